"""Make the external check that the model card shows: strict and lax protocols on SoccerMon, from the cohort's own file.

    nice python -m tests.bench.soccermon_check [write]

Prints the lines; with ``write`` they go into data/model/soccermon.json (figures only, none of the data).
"""

from __future__ import annotations

import json
import sys

from loadmon.risk.public_data import check_data
from tests.paths import ROOT, cohort


def main(*, write: bool) -> None:
    """Run every protocol on the file."""
    found = check_data(cohort("soccermon_team_a.csv").read_bytes())
    lines = [
        {
            "protocol": one.protocol, "features": one.features, "auc": round(one.auc.value, 3),
            "low": round(one.auc.low, 3), "high": round(one.auc.high, 3),
            "within": None if one.within is None else round(one.within, 3),
            "precision": round(one.precision, 4), "base": round(one.base, 4),
        }
        for one in found.lines
    ]  # fmt: skip
    held = {
        "title": found.title, "sha256": found.sha256, "rows": found.rows, "injuries": found.injuries,
        "players": found.runners, "lines": lines,
    }  # fmt: skip
    for line in lines:
        print(line, flush=True)
    if write:
        path = ROOT / "data" / "model" / "soccermon.json"
        path.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(write="write" in sys.argv[1:])
