# SPDX-License-Identifier: MIT
"""hostile.py DIR: a taxonomy and sources with what data can do to a report, and ten thousand distinct values."""
import csv, pathlib, sys

where = pathlib.Path(sys.argv[1])
values = ["\n::add-mask::x", "::error file=a::b", "]]>", "a|b", "<script>alert(1)</script>", "\x1b[31mred", "&amp;", "100%25",
          "[click](https://evil.example)", "`tick`", "##[command]x", "\u202eevil", "\ufffe", "a,b:c", "{0}", "\U0001f600" * 40,
          "x" * 5000, "'", '"', "@dana #12", "%0A::error::x", "\x08", "caf\u00e9"]

(where / "taxonomy.yaml").write_text("""mopslint: 1
name: "hostile ]]> <b> `x` | :: , % [a](b)"
records:
  lead:
    key: id
    fields:
      id: {required: true}
      source:
        values: [google, facebook]
        owner: "d|na"
      email: {type: email, required: true}
rules:
  - id: source-is-short
    record: lead
    then: {source: {length: {max: 3}}}
    severity: warning
    message: "'{source}' is ::long:: ]]> | <i>"
    examples:
      pass: [{source: "]]> | <script> ::add-mask::x"}]
      fail: [{source: "a\\n::error::b \\u202e"}, {source: ab}]
""", encoding="utf-8")


def write(name, rows):
    with open(where / name, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(["id", "source", "email"])
        out.writerows(rows)


write("le ads,100%#[x].csv", [(f"L{i}", v, "jane.roe@example.com" if i % 3 else v) for i, v in enumerate(values)])
write("many.csv", [(f"L{i}", f"value {i}", f"p{i}@example") for i in range(10000)])
with open(where / "bytes.csv", "wb") as f:
    f.write(b"id,source,email\nL1,\xff\xfe\xc3,a@example.com\nL2,go\x00ogle,b@example.com\nL3,google\n")
with open(where / "broken.csv", "wb") as f:
    f.write(b'id,source,email\nL1,fcebook,a@example.com\nL2,"never closed,b@example.com\n')
