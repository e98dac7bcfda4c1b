"""Check all tables: `python run.py check-data`. First the schema; where that holds, the rules of the pack."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from tools import data_rules
from utils import tables


def problems() -> list[str]:
    """Return everything that is wrong with the tables of `tables.folder()`, as sentences; [] if all is well."""
    return tables.check() or data_rules.broken()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every problem, or a line a table if there is none. Return the exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if arguments and not arguments[0].startswith("-"):
        os.environ[tables.VARIABLE] = arguments[0]
    if code := tables.main(arguments):
        print("The rules of docs/DATA.md (both accounts, words, confidence ...) are tried after that.", file=sys.stderr)
        return code
    if found := data_rules.broken():
        print(*found, sep="\n", file=sys.stderr)
        print(f"Rules broken: {len(found)}. docs/DATA.md explains them. Correct and check again.", file=sys.stderr)
        return 1
    print(f"All {len(data_rules.RULES)} rules of docs/DATA.md hold.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
