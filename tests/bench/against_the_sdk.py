"""Every FIT file of a folder read by us, the vendor's SDK, fitparse and fitdecode, field by field.

    python -m tests.bench.against_the_sdk FOLDER [--only garmin-fit-sdk]

Prints a table of equal (file, field) pairs, every difference with its reason, and what only one side reads. Takes about
six seconds of a core for each megabyte.
"""

from __future__ import annotations

import argparse
import warnings
from pathlib import Path

from tests.readers.side_by_side import LIBRARIES, lay


def main() -> None:
    """Compare and print; fails where a difference has no known reason or a file was lost."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--only", choices=list(LIBRARIES), action="append")
    given = asked.parse_args()
    warnings.simplefilter("ignore")
    laid = lay(
        sorted(path for path in given.folder.rglob("*") if path.suffix.lower() == ".fit"),
        {name: read for name, read in LIBRARIES.items() if given.only is None or name in given.only},
    )
    print(laid.told())
    if laid.lost or laid.unexplained():
        raise SystemExit(f"{len(laid.lost)} files lost, {len(laid.unexplained())} differences without a reason")


if __name__ == "__main__":
    main()
