"""The acceptance figures of the risk model in full: null and signal worlds, literature against club, intervals, time.

    nice python -m tests.bench.risk_acceptance [worlds] [clubs]

Prints each figure with what it has to be and the seeds it comes from; ends in 1 if one is missed. Half an hour on one core.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable

import numpy as np

from loadmon.risk.audit import COVERAGE, covered, made_worlds
from loadmon.risk.builder_audit import built_worlds
from loadmon.risk.club_world import Literature, club_world
from loadmon.risk.fit import base_rate, fitted, literature_fit
from loadmon.risk.laplace import Rows, empirical_bayes, logit, with_intercept
from loadmon.risk.prior import default_prior
from loadmon.risk.ranking import auc
from loadmon.risk.recipes import contrast

INJURIES = (25, 50, 100, 200, 400, 800)
RUNNERS, RATE = 120, 0.015
BEHIND = 0.02


def compared(literature: Literature, injuries: int, clubs: Iterable[int], *, trees: bool) -> dict[str, float]:
    """Mean AUC on new runners of the literature, a ridge fit to the club alone, ours, and gradient boosting."""
    prior, found = default_prior(), []
    lit = literature_fit(prior)
    for seed in clubs:
        weeks = max(1, round(injuries / (RUNNERS * RATE)))
        rows = club_world(seed, literature=literature, runners=RUNNERS, weeks=weeks, rate=RATE).design.labelled
        new = club_world(seed, literature=literature, runners=400, weeks=26, rate=RATE, members=1)
        steps, size = prior.scaled(new.design.values), len(prior.names)
        mine = fitted(rows, prior)
        # the stronger opponent: how hard to shrink is learnt from the labels as well
        ridge = empirical_bayes(
            Rows(with_intercept(prior.scaled(rows.values)), rows.outcome, np.ones(len(rows))),
            np.zeros(size), np.full(size, 0.2), logit(base_rate(rows.outcome, prior)), 0.7, (0.0,),
            (0.25, 0.5, 1.0, 2.0, 4.0),
        )  # fmt: skip
        label = new.design.outcome
        line = {
            "oracle": auc(new.truth, label),
            "literature": auc(lit.posterior.log_odds(steps), label),
            "ridge": auc(ridge.log_odds(steps), label),
            "ours": auc(mine.posterior.log_odds(steps), label),
        }
        if trees:
            line["boosting"] = auc(contrast(prior)["gradient boosting"](rows, new.design), label)
        found.append(line)
    return {name: float(np.mean([line[name] for line in found])) for name in found[0]}


def main(worlds: int = 10, clubs: int = 20) -> int:
    """Print every figure; 1 if one is missed."""
    missed = 0
    for check in (*made_worlds(worlds), *built_worlds(worlds)):
        missed += not check.passed
        _say(check.name, check.figure, f"{check.low} to {check.high}", f"seeds 0-{worlds - 1}", ok=check.passed)
    for literature in (Literature.RIGHT, Literature.HALF, Literature.WRONG):
        for injuries in INJURIES:
            found = compared(literature, injuries, range(clubs), trees=injuries in (25, 100, 400))
            ok = found["ours"] >= max(found["literature"], found["ridge"]) - BEHIND
            missed += not ok
            words = ", ".join(f"{name} {value:.3f}" for name, value in found.items())
            _say(f"{literature.value}, {injuries} injuries", found["ours"], words, f"clubs 0-{clubs - 1}", ok=ok)
    # the truth of a whole club lies inside or outside together: many clubs are needed, and as many for every figure
    many = 5 * clubs
    for injuries in (25, 50, 100, 400):
        check = covered(many, injuries)
        missed += not check.passed
        _say(f"coverage, {injuries} injuries", check.figure, f"{COVERAGE}", f"clubs 0-{many - 1}", ok=check.passed)
    rows = club_world(1, runners=1000, weeks=200).design.labelled
    begun = time.process_time()
    fitted(rows, default_prior())
    spent = time.process_time() - begun
    missed += spent >= 10.0
    _say("a fit to 200,000 runner-weeks, s of processor time", spent, "under 10", "seed 1", ok=spent < 10.0)
    return int(missed > 0)


def _say(name: str, figure: float, wanted: str, seeds: str, *, ok: bool) -> None:
    print(f"{'ok    ' if ok else 'MISSED'} {name}: {figure:.3f} ({wanted}; {seeds})", flush=True)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
