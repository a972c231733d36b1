# SPDX-License-Identifier: MIT
"""browse.py BROWSER PAGE OUT: the page in a headless browser, light, dark, on a phone and on paper; into OUT.

The script of the page runs under its own content policy, and sorts; at no width does the page itself scroll sideways, nor
the table of reports."""
import json, pathlib, re, shutil, subprocess, sys, tempfile

browser, page, out = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve()
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --hide-scrollbars --allow-file-access-from-files --virtual-time-budget=4000""".split()
PHONE = 640
faults = []


def browse(url, *more):
    profile = tempfile.mkdtemp(prefix="mopslint-browser.")
    try:
        done = subprocess.run([browser, *FLAGS, f"--user-data-dir={profile}", "--enable-logging=stderr", *more, url],
                              capture_output=True, timeout=120)
        return done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    finally:
        shutil.rmtree(profile, ignore_errors=True)


def picture(name, *more):
    target = out / name
    target.unlink(missing_ok=True)
    browse(page.as_uri(), *more, f"--{'print-to-pdf' if name.endswith('pdf') else 'screenshot'}={target}")
    head = target.read_bytes()[:8] if target.exists() else b""
    if head[:4] != (b"%PDF" if name.endswith("pdf") else b"\x89PNG"):
        faults.append(f"no {name}")


# A copy without the policy, so that a probe can look at it from within.
PROBE = """<script>window.addEventListener('load', function () {
  var tell = {width: document.documentElement.scrollWidth, room: window.innerWidth, sorted: null, filtered: null};
  tell.cut = !document.querySelector('.reports .scroll') || Array.prototype.some.call(document.querySelectorAll('.reports .scroll'), function (s) { return s.scrollWidth > s.clientWidth; });
  tell.rows = Array.prototype.some.call(document.querySelectorAll('.rows .scroll'), function (s) { return s.scrollWidth > s.clientWidth; });
  tell.cards = Array.prototype.filter.call(document.querySelectorAll('.card, .verdict'), function (c) {
    var edge = c.getBoundingClientRect().right;
    return c.scrollWidth > c.clientWidth || Array.prototype.some.call(c.querySelectorAll('*'), function (x) {
      return x.getBoundingClientRect().right > edge + 1; });
  }).length;
  Array.prototype.forEach.call(document.querySelectorAll('table.sort'), function (t) {
    var buttons = t.querySelectorAll('thead button'), column = -1;
    if (t.tBodies[0].rows.length < 2) return;
    Array.prototype.forEach.call(buttons, function (b, i) { if (b.textContent === 'points lost') column = i; });
    if (column < 0) return;
    buttons[column].click(); buttons[column].click();
    var cells = Array.prototype.map.call(t.tBodies[0].rows, function (r) { return parseFloat(r.cells[column].textContent) || -1; });
    tell.sorted = tell.sorted !== false && cells.every(function (v, i) { return !i || cells[i - 1] <= v; });
  });
  var input = document.querySelector('.filter input');
  if (input) {
    input.value = 'no row has this'; input.dispatchEvent(new Event('input'));
    tell.filtered = Array.prototype.every.call(input.closest('section').querySelector('table').tBodies[0].rows,
      function (r) { return r.hidden; }) || input.closest('section').querySelectorAll('tr[hidden]').length > 0;
  }
  parent.postMessage(JSON.stringify(tell), '*');
});</script>"""


def probe(width):
    with tempfile.TemporaryDirectory() as folder:
        copy, frame = pathlib.Path(folder, "copy.html"), pathlib.Path(folder, "frame.html")
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text(encoding="utf-8"))
        copy.write_text(text.replace("</head>", PROBE + "</head>", 1), encoding="utf-8")
        frame.write_text(f"<!DOCTYPE html><title>frame</title><script>addEventListener('message', function (e) {{"
                         f"document.body.textContent = 'TOLD' + e.data + 'END'; }});</script>"
                         f"<iframe src='{copy.as_uri()}' width={width} height=800></iframe>", encoding="utf-8")
        dom, _ = browse(frame.as_uri(), "--dump-dom")
    told = re.search(r"TOLD(\{.*?\})END", dom)
    if not told:
        faults.append(f"the probe at {width} pixels tells nothing")
        return {}
    told = json.loads(told.group(1))
    if told["width"] > told["room"]:
        faults.append(f"at {width} pixels the page is {told['width']} wide")
    if told["cards"]:
        faults.append(f"at {width} pixels {told['cards']} cards hold more than has room")
    if told["cut"]:
        faults.append(f"at {width} pixels the table of reports is cut off")
    if told["rows"] and width <= PHONE:
        faults.append(f"at {width} pixels a table of rows is cut off")
    return told


dom, log = browse(page.as_uri(), "--dump-dom")
if 'data-script="runs"' not in dom:
    faults.append("its script does not run")
for line in re.findall(r"CONSOLE.*", log):
    faults.append(line)
if re.search(r"Refused to|violates the following", log):
    faults.append("the content policy refuses something of the page's own")
picture("light.png", "--window-size=1280,2400")
picture("dark.png", "--window-size=1280,2400", "--blink-settings=preferredColorScheme=0")
picture("phone.png", "--window-size=500,2400")
picture("page.pdf", "--no-pdf-header-footer")
for width in (360, 768, 1024, 1152, 1190, 1230, 1280, 1440, 1920):
    told = probe(width)
    if told.get("sorted") is False or told.get("filtered") is False:
        faults.append(f"the script sorts or filters wrongly: {told}")
print("\n".join(faults), end="\n" if faults else "")
sys.exit(bool(faults))
