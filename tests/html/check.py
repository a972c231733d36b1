# SPDX-License-Identifier: MIT
"""check.py PAGE... [--never TEXT]: what a page of `check -f html` must be, whatever was judged.

Elements nest and close, ids are there once and where they are named, nothing is loaded or linked from anywhere, nothing
runs but the script whose hash the content policy names, tables and pictures have names, colours have contrast."""
import base64, hashlib, html.parser, re, sys

MOST = 1_000_000
VOID = {"meta", "br"}
KNOWN = VOID | set("""html head title style body a main header section h1 h2 h3 p b ul ol li div span nav table thead tbody tr th
td code bdi details summary svg rect path line text desc footer script small circle""".split())
KEYS = set("""lang charset http-equiv content name class id href role tabindex scope viewbox preserveaspectratio x y x1 x2 y1 y2 d
width height cx cy r data-label aria-labelledby aria-label aria-hidden""".split())


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.faults, self.open, self.ids, self.named, self.levels = [], [], [], [], []
        self.texts = {"style": [], "script": []}
        self.policy, self.has = "", set()
        self.titles = []
        self.feed(text)
        self.close()
        if self.open:
            self.fault(f"never closed: {self.open}")

    def fault(self, what):
        self.faults.append(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attrs):
        keys = dict(attrs)
        self.has.add(tag)
        if tag not in KNOWN:
            self.fault(f"unexpected <{tag}>")
        for key, value in attrs:
            if key not in KEYS:
                self.fault(f"unexpected attribute {key} of <{tag}>")
        if len(keys) != len(attrs):
            self.fault(f"an attribute twice in <{tag}>")
        if "id" in keys:
            self.ids.append(keys["id"])
        if "href" in keys:
            self.named.append(keys["href"][1:])
            if not keys["href"].startswith("#"):
                self.fault(f"a link out of the page: {keys['href']}")
        self.named += keys.get("aria-labelledby", "").split()
        getattr(self, "see_" + tag, lambda keys: None)(keys)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if self.open and tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.fault(f"</{tag}> closes nothing")

    def handle_data(self, data):
        if self.open and self.open[-1] in self.texts:
            self.texts[self.open[-1]].append(data)
        if self.open and self.open[-1] == "title" and not data.strip():
            self.fault("an empty title")

    def see_meta(self, keys):
        if keys.get("http-equiv"):
            self.policy = keys["content"]
        self.has.add("meta " + (keys.get("name") or keys.get("http-equiv") or "charset"))

    def see_html(self, keys):
        if not keys.get("lang"):
            self.fault("no language")

    def see_th(self, keys):
        if keys.get("scope") not in ("row", "col"):
            self.fault("<th> without scope")

    def see_table(self, keys):
        if not keys.get("aria-labelledby"):
            self.fault("<table> without a name")

    def see_div(self, keys):
        if keys.get("class") == "scroll" and (keys.get("tabindex") != "0" or not keys.get("aria-labelledby")):
            self.fault("what scrolls has no name, or no keyboard")

    def see_section(self, keys):
        if not keys.get("aria-labelledby"):
            self.fault("<section> without a name")

    def see_nav(self, keys):
        if not keys.get("aria-label"):
            self.fault("<nav> without a name")

    def see_svg(self, keys):
        if keys.get("aria-hidden") == "true":
            return
        names = keys.get("aria-labelledby", "").split()
        if keys.get("role") != "img" or len(names) != 2:
            self.fault("a picture without title and description")

    def heading(self, level):
        if level > (self.levels[-1] if self.levels else 0) + 1:
            self.fault(f"<h{level}> after <h{self.levels[-1] if self.levels else 0}>")
        self.levels.append(level)

    def see_h1(self, keys):
        self.heading(1)

    def see_h2(self, keys):
        self.heading(2)

    def see_h3(self, keys):
        self.heading(3)


def hashed(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def check_policy(page):
    want = {"style-src": page.texts["style"], "script-src": page.texts["script"]}
    rules = dict((r.split(None, 1) + [""])[:2] for r in page.policy.split("; "))
    if rules.get("default-src") != "'none'":
        page.fault("the content policy lets something be loaded")
    for key, texts in want.items():
        if len(texts) != 1 or rules.get(key) != hashed(texts[0]):
            page.fault(f"{key} is not the hash of what is there")
    css = page.texts["style"][0] if page.texts["style"] else ""
    for word in ("url(", "@import", "expression("):
        if word in css:
            page.fault(f"'{word}' in the style sheet")


# ---- contrast, by WCAG 2 ----

def luminance(colour):
    part = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    part = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in part]
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2]


def contrast(a, b):
    x, y = sorted((luminance(a), luminance(b)), reverse=True)
    return (x + 0.05) / (y + 0.05)


PAIRS = [(text, ground, 4.5) for text in ("text", "faint", "link", "good", "bad", "warn") for ground in ("bg", "panel")] + [
    ("bad", "bad-bg", 4.5), ("good", "good-bg", 4.5), ("text", "none-bg", 4.5), ("clean", "bg", 3), ("mark", "clean", 3),
    ("went", "bg", 3), ("came", "bg", 3), ("went", "came", 3)]


def check_contrast(page):
    css = page.texts["style"][0]
    themes = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{([^}]*)\}", css)]
    if len(themes) != 3:
        page.fault("not three themes: light, dark, print")
    for n, theme in enumerate(themes):
        full = {**themes[0], **theme}
        for text, ground, least in PAIRS:
            got = contrast(full[text], full[ground])
            if got < least:
                page.fault(f"theme {n}: {text} on {ground} has a contrast of {got:.2f}, not {least}")
        parts = re.findall(r"(?m)(?:^|\} )\.(p[0-9x]) \{ fill: (#[0-9a-f]{6});", css)
        if len(parts) < 10:
            page.fault("the parts of bars have no colours")
        for name, colour in parts:
            if contrast(colour, full["bg"]) < 3:
                page.fault(f"theme {n}: the part {name} of a bar has a contrast of {contrast(colour, full['bg']):.2f}, not 3")


def check(path, never):
    raw = open(path, "rb").read()
    text = raw.decode("utf-8")
    page = Page(text)
    page.getpos = lambda: (0, 0)
    if len(raw) >= MOST:
        page.fault(f"{len(raw)} bytes")
    if not text.startswith("<!DOCTYPE html>\n") or not text.endswith("</html>\n"):
        page.fault("not whole")
    if re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text):
        page.fault("a character that steers")
    for double in {i for i in page.ids if page.ids.count(i) > 1} if len(page.ids) != len(set(page.ids)) else ():
        page.fault(f"id '{double}' twice")
    for name in set(page.named) - set(page.ids):
        page.fault(f"no id '{name}'")
    for part in ("title", "main", "nav", "h1", "meta viewport", "meta charset", "meta color-scheme"):
        if part not in page.has:
            page.fault(f"no {part}")
    if page.levels.count(1) != 1:
        page.fault("not one <h1>")
    for word in never:
        if word in text:
            page.fault(f"'{word}' is in it")
    check_policy(page)
    check_contrast(page)
    return page.faults


never = [a[len("--never="):] for a in sys.argv[1:] if a.startswith("--never=")]
bad = 0
for path in [a for a in sys.argv[1:] if not a.startswith("--")]:
    for fault in check(path, never):
        bad += 1
        print(f"{path}: {fault}")
sys.exit(bad > 0)
