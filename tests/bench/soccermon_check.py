"""Make the external check that the model card shows: strict and lax protocols on SoccerMon, from the cohort's own file.

    nice python -m tests.bench.soccermon_check [write]

Prints the lines, then what they have to be, and ends in 1 if one is not; with ``write`` they go into
data/model/soccermon.json (figures only, none of the data).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from loadmon.risk.public_data import check_data
from loadmon.risk.soccermon_table import RANDOM, UNFITTED
from loadmon.risk.validation import BY_RUNNER
from tests.paths import ROOT, cohort

Line = dict[str, Any]


def bounds(lines: Sequence[Line]) -> Iterator[tuple[str, float, float, float]]:
    """Each figure of the specification with what it may be: name, figure, least, most."""
    of = {(one["protocol"], one["features"]): one for one in lines}
    literature = of[UNFITTED, "literature only: all"]
    yield "literature, AUC", literature["auc"], 0.60, 0.73
    yield "literature, low end (36 injuries are few)", literature["low"], 0.45, 0.60
    yield "literature, high end", literature["high"], 0.73, 0.85
    yield "literature, within players (who, not when)", literature["within"], 0.33, 0.48
    for name, figure in (("load", 0.548), ("wellness", 0.572), ("previous injury", 0.673)):
        yield f"literature, {name} alone", of[UNFITTED, f"literature only: {name}"]["auc"], figure - 0.02, figure + 0.02
    for name in ("load", "load and wellness", "and history"):
        lax, strict = (of[split, f"random forest: {name}"]["auc"] for split in (RANDOM, BY_RUNNER))
        yield f"the same forest on random rows, {name}", lax, 0.78, 1.0
        yield f"how much of that is leakage, {name}", lax - strict, 0.20, 0.50


def main(*, write: bool) -> int:
    """Run every protocol on the file; 1 if a figure is not what it has to be."""
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
    missed = 0
    for name, figure, low, high in bounds(lines):
        missed += not low <= figure <= high
        print(f"{'ok    ' if low <= figure <= high else 'MISSED'} {name}: {figure:.3f} ({low:.3f} to {high:.3f})")
    if write and not missed:
        path = ROOT / "data" / "model" / "soccermon.json"
        path.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(write="write" in sys.argv[1:]))
