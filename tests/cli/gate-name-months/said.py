# The state of one check of a JSON checklist, and what is said of it.
import json, sys

for check in json.load(sys.stdin)["checks"]:
    if check["id"] == sys.argv[1]:
        print("  " + check["state"])
        for item in check["items"]:
            print(f"  {item['message']}; do: {item['repair']}")
