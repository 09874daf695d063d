"""The runs that judges of random tables share: a line for each table, and what its options are good for, at the end or with
--blind."""

import argparse
import os
import random
import tempfile


def each(one, blinds):
    """Judges so many tables: `one` says "ok" or "not ok" of one from the tools' folder, a seed, what it is to be blind to
    (None, or one of `blinds`, the first unless --blind says which) and a folder of its own.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--tables", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--blind", nargs="?", choices=blinds, const=blinds[0])
    args = parser.parse_args()
    for number in range(args.tables):
        with tempfile.TemporaryDirectory() as folder:
            answer = one(args.build, args.seed * 1000003 + number, args.blind, folder)
        print(f"{answer} ({number})")


def main(judge, tables, without):
    """Judges so many tables unless --tables says otherwise.  `judge` makes one from the tools' folder and a source of
    random numbers; its verdict() is None or what is wrong, is_blind() whether the table gives something away `without`
    its options.  It works in a temporary folder.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=os.path.abspath)
    parser.add_argument("--tables", type=int, default=tables)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    blind = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for number in range(options.tables):
            table = judge(options.build, random.Random(options.seed * 1000003 + number))
            wrong = table.verdict()
            print(f"ok {number}" if wrong is None else f"not ok {number}: {wrong}")
            blind += table.is_blind()
    print(f"{blind} of {options.tables} give something away without {without}")
