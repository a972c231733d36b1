# SPDX-License-Identifier: MIT
"""history.py MOPSLINT: how large the history of a job becomes, by its columns, the different values of each and how many
cells are wrong: after the first night, what each night adds whose values are the same, and each whose values are all new."""
import os, random, subprocess, sys, tempfile

ROWS, NIGHTS = 2500, 5
JOBS = [(40, 20, 1), (40, 1000, 5), (300, 1000, 30), (600, 1000, 30)]  # columns, values of each, % of cells that are wrong


def write(folder, columns, values, wrong, night):
    """Half the distinct values of a column are right ones, half wrong ones."""
    rng = random.Random(night)
    text = lambda kind: "%s value %d of night %d" % (kind, rng.randrange(max(values // 2, 1)), night)
    with open(os.path.join(folder, "t.yaml"), "w", encoding="utf-8") as f:
        f.write("mopslint: 1\nname: size\nowner: o\nrecords:\n  lead:\n    key: id\n    fields:\n      id: {}\n")
        f.writelines(f"      c{i}: {{pattern: 'right.*'}}\n" for i in range(columns))
    with open(os.path.join(folder, "leads.csv"), "w", encoding="utf-8") as f:
        f.write(",".join(["id"] + [f"c{i}" for i in range(columns)]) + "\n")
        for r in range(ROWS):
            f.write(",".join([f"L{r}"] + [text("wrong" if rng.random() * 100 < wrong else "right") for _ in range(columns)]) + "\n")


def size(mopslint, folder, nights):
    """Bytes of the history after each night; `nights` says whose data each has."""
    sizes = []
    history = os.path.join(folder, "nights.history")
    for day, data in enumerate(nights, 1):
        write(folder, *data)
        done = subprocess.run([mopslint, "check", "-q", "-r", "t.yaml", "leads.csv", "--now", f"2026-11-{day:02d}", f"--history={history}"],
                              cwd=folder, stdout=subprocess.DEVNULL)
        if done.returncode > 1:
            sys.exit("exit status %d" % done.returncode)
        sizes.append(os.path.getsize(history))
    os.remove(history)
    return sizes


def main():
    print("%8s %8s %7s %14s %18s %16s" % ("columns", "values", "wrong", "first night", "each like it", "each all new"))
    with tempfile.TemporaryDirectory() as folder:
        for columns, values, wrong in JOBS:
            same = size(sys.argv[1], folder, [(columns, values, wrong, 1)] * NIGHTS)
            new = size(sys.argv[1], folder, [(columns, values, wrong, n) for n in range(1, 3)])
            print("%8d %8d %6d%% %11.0f KB %15.0f KB %13.0f KB" % (columns, values, wrong, same[0] / 1e3,
                                                                  (same[-1] - same[0]) / 1e3 / (NIGHTS - 1), (new[1] - new[0]) / 1e3))


main()
