# Every sentence of the text's "what changed" stands in the page: word for word, what lists name as a row.
import html, json, re, sys

def words(text):
    return re.sub(r"\s+", " ", text).strip()

def section(text):
    lines = text.split("\n")
    begin = next((i for i, l in enumerate(lines) if l.startswith("What changed since")), None)
    if begin is None:
        return []
    out = []
    for l in lines[begin + 1:]:
        if l and not l.startswith(" "):
            break
        out.append(l[2:])
    return out

def sentences(lines):
    """Paragraphs and items, and the rows of the table as they are."""
    said = []
    table = False
    for l in lines:
        if not l.strip():
            table = False
        elif l.startswith("clean  "):
            table = True
        elif l.startswith("- "):
            table = False
            said.append(l[2:])
        elif table:
            said.append(("row", l))
        elif l.startswith("  ") and said and isinstance(said[-1], str):
            said[-1] += " " + l.strip()
        else:
            said.append(l)
    return said

text = sentences(section(open("o.txt").read()))
page = open("o.html").read()
page = re.search(r"<section[^>]*>\s*<h2[^>]*>What changed.*?</section>", page, re.S)
page = words(html.unescape(re.sub(r"<[^>]*>", " ", page.group(0) if page else "")))
BY = r"(?:, (?P<by>.*))?"
lists = (r"(?P<how>worse|better): (?P<what>.*): (?P<a>.* of [^ ]*) failed(?P<r>(?: \(.*?\))?), now (?P<b>.* of [^ ]*) fail(?P<q>(?: \(.*?\))?)" + BY,
         r"(?P<how>new|gone): (?P<what>.*): (?P<a>.* of .*) fail(?:ed)?",
         r"(?:first seen|(?P<how>vanished)): (?P<what>[^ ]*) '(?P<a>.*)' \((?P<b>.*) records?\)" + BY,
         r"(?P<what>[^ ]*) filled: (?P<a>.* %), now (?P<b>[^%]* %) of the records" + BY,
         r"(?P<what>[^ ]*): (?P<a>.* %), now (?P<b>[^%]* %) of the records" + BY,
         r"(?P<what>[^ ]*) records: (?P<a>.*), now (?P<b>.*)")
for s in text:
    if isinstance(s, str):
        of = next((m for m in (re.fullmatch(l, words(s)) for l in lists) if m), None)
        want = [x for x in of.groupdict().values() if x] if of else [words(s)]
        print("sentence" if not of else "row", "is there" if all(w in page for w in want) else "IS NOT THERE", ":", words(s))
# the figures of the table are those of JSON, which text shows
since = json.load(open("o.json"))["since"]
def points(n):
    return "-" if n is None else f"{'+' if n > 0 else '-' if n < 0 else ''}{abs(n):.1f}"
for x in since["scores"] if since else []:
    for basis in ("records", "value"):
        b = x[basis] if isinstance(x.get(basis), dict) else None
        if x["of"] == "report" and b and b["data"] is not None:
            row = f"{points(b['data'])} {points(b['rules'])}"
            print("shares", "are there" if row in page else "ARE NOT THERE", ":", x["name"], basis, row)
