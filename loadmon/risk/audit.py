"""The audit: worlds in which the truth is known, leaks that have to be seen, and controls on a club's own rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from loadmon import evidence
from loadmon.risk.club_world import Literature, club_world
from loadmon.risk.design import Design
from loadmon.risk.estimate import interval
from loadmon.risk.event_frame import EventRows, event_rows
from loadmon.risk.fit import fitted
from loadmon.risk.prior import Floats, Prior, default_prior
from loadmon.risk.ranking import Interval, auc, auc_interval, average_precision
from loadmon.risk.splits import plain_scores

LEAK = evidence.RISK_LEAK_AUC.value
NULL_AUC, NULL_PRECISION = (0.47, 0.53), 1.2
SIGNAL_SHARE = 0.85
COVERAGE = (0.85, 0.98)
PERMUTATIONS = 5
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Check:
    """One check of an audit.

    Parameters
    ----------
    name : str
    figure : float
        What was measured.
    low, high : float
        Between which it passes.
    words : str
        What it means, in a sentence.
    """

    name: str
    figure: float
    low: float
    high: float
    words: str

    @property
    def passed(self) -> bool:
        """True where the figure lies where it should; a figure that is none never does."""
        return bool(self.low <= self.figure <= self.high)


def leakage(found: Interval, controls: tuple[Check, ...]) -> str | None:
    """What to say of a result that is too good to be true; None of one that is not.

    Parameters
    ----------
    found : Interval
        AUC with runners kept whole.
    controls : tuple of Check
        The controls on the same rows, as ``club_controls`` gives them.
    """
    if found.value <= LEAK:
        return None
    told = f"An AUC of {found.value:.2f} from load and gait is probably leakage"
    failed = [check.name for check in controls if not check.passed]
    if failed:
        return f"{told}; these controls did not pass: {', '.join(failed)}."
    return (
        f"{told}, although every control passed: look at how injuries and days were written down before believing it."
    )


def made_worlds(worlds: int = 3, tell: Tell | None = None) -> Iterator[Check]:
    """Null world, signal world and the two canaries, in the frame of the public data.

    Parameters
    ----------
    worlds : int
        How many of each kind; their means are told.
    tell : callable, optional
        Told what is being done.
    """
    say = tell or (lambda _: None)
    nothing, some, gaps, missing = [], [], [], []
    for seed in range(worlds):
        say(f"Null world {seed + 1} of {worlds}")
        world = event_rows(seed, signal=False)
        nothing.append(judged(world, world.with_usual()))
        gaps.append(judged(world, _gap_steps(world))[0])
        missing.append(judged(world, world.missing_in_28_days())[0])
        say(f"Signal world {seed + 1} of {worlds}")
        world = event_rows(1000 + seed, signal=True)
        some.append((judged(world, world.with_usual())[0] - 0.5, auc(world.oracle, world.label) - 0.5))
    rank, precision = np.mean(nothing, axis=0)
    reached = float(np.sum([one for one, _ in some]) / np.sum([best for _, best in some]))
    yield Check("null world, AUC", float(rank), *NULL_AUC, "Where nothing is to be found, nothing is found.")
    yield Check(
        "null world, precision against the base rate", float(precision), 0.0, NULL_PRECISION,
        "Nor is anything found among the highest scores alone.",
    )  # fmt: skip
    yield Check(
        "signal world, share of what is possible",
        reached,
        SIGNAL_SHARE,
        1.02,
        "Where something is to be found, it is found.",
    )
    seen = "A leak that was built in on purpose is called one."
    yield Check("canary: the gap before an injury", float(np.mean(gaps)), LEAK, 1.0, seen)
    yield Check("canary: which days are missing", float(np.mean(missing)), LEAK, 1.0, seen)


def judged(world: EventRows, features: Floats) -> tuple[float, float]:
    """AUC with runners kept whole, and average precision over the base rate."""
    score = plain_scores(features, world.label, world.athlete)
    return auc(score, world.label), average_precision(score, world.label) / float(world.label.mean())


def _gap_steps(world: EventRows) -> Floats:
    gap = world.days_since_last()
    return np.column_stack([gap > 7, gap > 21, gap > 28]).astype(np.float64) * 4.0


def covered(worlds: int = 4, injuries: int = 100, prior: Prior | None = None) -> Check:
    """How often the 90 % interval holds the true probability, in clubs whose truth is drawn from the literature's ranges."""
    known = prior or default_prior()
    found = []
    for seed in range(worlds):
        weeks = max(1, round(injuries / (120 * known.base_rate)))
        fit = fitted(club_world(seed, literature=Literature.DRAWN, weeks=weeks, prior=known).design.labelled, known)
        others = club_world(seed, literature=Literature.DRAWN, runners=400, weeks=5, members=1, prior=known)
        low, _, high = interval(others.design.values, fit)
        found.append(float(np.mean((low <= others.truth) & (others.truth <= high))))
    return Check(
        "90 % intervals that hold the truth", float(np.mean(found)), *COVERAGE, "The range is as wide as it has to be."
    )


def club_controls(rows: Design, prior: Prior | None = None, tell: Tell | None = None) -> tuple[Check, ...]:
    """Controls on a club's own labelled rows: they must find nothing where nothing can be.

    Parameters
    ----------
    rows : Design
        As ``Design.labelled``.
    """
    say = tell or (lambda _: None)
    known = prior or default_prior()
    say("Labels dealt out anew")
    features, label = known.scaled(rows.values), rows.outcome
    random = np.random.default_rng(0)
    dealt = [random.permutation(label) for _ in range(PERMUTATIONS)]
    chance = [auc(plain_scores(features, one, rows.athlete, seed), one) for seed, one in enumerate(dealt)]
    room = float(2.6 * np.sqrt(1.0 / (12.0 * max(float(label.sum()), 1.0) * PERMUTATIONS)))
    yielded = [
        Check(
            "labels dealt out anew, AUC", float(np.mean(chance)), 0.5 - room, 0.5 + room,
            "With labels that mean nothing nothing may be found.",
        )
    ]  # fmt: skip
    say("Gaps and missing values alone")
    words = "If this alone told who is injured, the record itself would leak it."
    for name, alone in (
        ("the gap since the runner's last row alone", gap_alone(rows)),
        ("which values are missing alone", np.isnan(rows.values).astype(np.float64)),
    ):
        low = auc_interval(plain_scores(alone, label, rows.athlete), label, rows.athlete, draws=200).low
        yielded.append(Check(f"{name}, low end of the AUC", low, 0.0, 0.6, words))
    return tuple(yielded)


def gap_alone(rows: Design) -> Floats:
    """Days since the runner's row before, in stretches."""
    order = np.lexsort((rows.instant, rows.athlete))
    gap = np.full(len(rows), 7.0)
    ordered = np.diff(rows.instant[order], prepend=rows.instant[order][:1])
    first = np.diff(rows.athlete[order], prepend=-1) != 0
    gap[order] = np.where(first, 7.0, ordered)
    return np.column_stack([gap > 7, gap > 21, gap > 28]).astype(np.float64)
