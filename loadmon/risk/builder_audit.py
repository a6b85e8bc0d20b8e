"""The audit of the builder of features itself: made clubs go through ``weekly_design`` as people do, and may tell it nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from loadmon.risk.audit import LEAK, NULL_AUC, NULL_PRECISION, SIGNAL_SHARE, Check, Tell
from loadmon.risk.design import Design, weekly_design
from loadmon.risk.prior import Prior, default_prior
from loadmon.risk.ranking import auc, average_precision
from loadmon.risk.record_world import FIRST_DAY, RecordWorld, record_world
from loadmon.risk.splits import plain_scores
from loadmon.risk.windows import EMBARGO

WEEK = 7
CHANGED_FROM = (31, 47)
"""Weeks of a made club from whose Monday on another future is tried."""
OWN = "own standard deviations"
"""The unit of features that are told against the runner's own usual."""


def built_worlds(worlds: int = 3, tell: Tell | None = None, prior: Prior | None = None) -> Iterator[Check]:
    """A club by chance, a club with a signal, a leak built in on purpose and another future, all through ``weekly_design``.

    Parameters
    ----------
    worlds : int
        How many clubs of each kind; means are told.
    tell : callable, optional
        Told what is being done.
    prior : Prior | None
        None for the one that ships with loadmon.
    """
    known, say = prior or default_prior(), tell or (lambda _: None)
    chance, some, ahead = [], [], []
    say("Other days after a week, and before it")
    small = record_world(0, signal=False, runners=60, weeks=52)
    moved, near = moved_by_another_future(small, known), moved_within_the_embargo(small, known)
    for seed in range(worlds):
        say(f"A club by chance, day by day, {seed + 1} of {worlds}")
        world = record_world(seed, signal=False)
        design = weekly_design(world.record, known)
        chance.append(_judged(design.labelled, known))
        ahead.append(_judged(with_week_to_come(design), known)[0])
        say(f"A club with a signal, day by day, {seed + 1} of {worlds}")
        world = record_world(1000 + seed, signal=True)
        rows = weekly_design(world.record, known).labelled
        some.append((_judged(rows, known)[0] - 0.5, auc(world.oracle(rows), rows.outcome) - 0.5))
    rank, precision = np.mean(chance, axis=0)
    reached = float(np.sum([one for one, _ in some]) / np.sum([best for _, best in some]))
    yield Check(
        "values that another future changes", float(moved), 0.0, 0.0,
        "A week knows only what had been by then: whatever comes after it, its values stay the same.",
    )  # fmt: skip
    yield Check(
        "own usuals that the last weeks change", float(near), 0.0, 0.0,
        f"A runner's own usual ends {EMBARGO} days before: no day is in both it and the week that is told against it.",
    )  # fmt: skip
    yield Check(
        "club by chance through the builder, AUC", float(rank), *NULL_AUC,
        "Where injuries come by chance, nothing is found in days, runs and check-ins.",
    )  # fmt: skip
    yield Check(
        "club by chance through the builder, precision against the base rate", float(precision), 0.0, NULL_PRECISION,
        "Nor is anything found among the highest scores alone.",
    )  # fmt: skip
    yield Check(
        "club with a signal through the builder, share of what is possible", reached, SIGNAL_SHARE, 1.02,
        "Where something is to be found in them, it is found.",
    )  # fmt: skip
    yield Check(
        "canary: the week of the injury among the features", float(np.mean(ahead)), LEAK, 1.0,
        "A leak that was built in on purpose is called one.",
    )  # fmt: skip


def _judged(rows: Design, prior: Prior) -> tuple[float, float]:
    """AUC with runners kept whole, and average precision over the base rate."""
    score = plain_scores(prior.scaled(rows.values), rows.outcome, rows.athlete)
    return auc(score, rows.outcome), average_precision(score, rows.outcome) / float(rows.outcome.mean())


def with_week_to_come(design: Design) -> Design:
    """The labelled rows with the features of a week later: what a builder would make that looks into the days it foretells."""
    place = {key: row for row, key in enumerate(zip(design.athlete.tolist(), design.instant.tolist(), strict=True))}
    rows = design.labelled
    later = [
        place.get((who, day + WEEK), -1) for who, day in zip(rows.athlete.tolist(), rows.instant.tolist(), strict=True)
    ]
    there = np.array(later, dtype=np.int64)
    kept = rows.rows(there >= 0)
    return Design(
        kept.names, kept.athlete, kept.instant, kept.state, design.values[there[there >= 0]], kept.outcome, kept.onset
    )


def moved_by_another_future(world: RecordWorld, prior: Prior) -> int:
    """How many values and states of weeks change if everything from a later day on is made another: 0 for an honest builder."""
    before, moved = weekly_design(world.record, prior), 0
    for week in CHANGED_FROM:
        day = FIRST_DAY + WEEK * week
        after = weekly_design(world.with_another_future(day), prior)
        mine, theirs = (rows.rows(rows.instant <= day) for rows in (before, after))
        same = np.isclose(mine.values, theirs.values, rtol=1e-7, atol=1e-9, equal_nan=True)
        moved += int((~same).sum()) + int((mine.state != theirs.state).sum())
    return moved


def moved_within_the_embargo(world: RecordWorld, prior: Prior) -> int:
    """How many values against a runner's own usual change if days between the week and the usual are made others: 0."""
    own = [place for place, one in enumerate(prior.feature.values()) if one.unit == OWN]
    before, moved = weekly_design(world.record, prior), 0
    for week in CHANGED_FROM:
        day = FIRST_DAY + WEEK * week
        after = weekly_design(world.with_other_days(day - EMBARGO + 1, day - WEEK - 1), prior)
        mine, theirs = (rows.values[rows.instant == day][:, own] for rows in (before, after))
        moved += int((~np.isclose(mine, theirs, rtol=1e-7, atol=1e-9, equal_nan=True)).sum())
    return moved
