"""The run that judges of random tables share: a line for each table, and at the end what its options are good for."""

import argparse
import os
import random
import tempfile


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
