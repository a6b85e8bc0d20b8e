"""Made clubs in which the truth is known: runners, weeks and injuries, with the literature right, half right or wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from loadmon.risk.design import Design
from loadmon.risk.laplace import logit, sigmoid
from loadmon.risk.prior import Floats, Prior, default_prior

FRAILTY = 0.6
"""Standard deviation of what makes one runner's odds higher than another's and is in no feature."""
_STEADY = {"load": 0.3, "gait": 0.95, "history": 0.95, "check-in": 0.1, "person": 1.0}
"""How much of a feature's variance is the runner's own and stays from week to week."""
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)


class Literature(StrEnum):
    """How right the literature is in a made club."""

    RIGHT = "literature right"
    HALF = "effects 40 % of the literature"
    WRONG = "literature wrong"
    NULL = "no effect at all"
    DRAWN = "effects drawn from the literature's own ranges"


@dataclass(frozen=True, slots=True, eq=False)
class ClubWorld:
    """A made club: its rows, and the probability each row truly had for a runner of whom only the features are known."""

    design: Design
    truth: Floats


def true_effects(literature: Literature, prior: Prior, seed: int) -> Floats:
    """Log-odds a step of each feature in a made club."""
    if literature is Literature.WRONG:
        return np.random.default_rng([seed, 7]).normal(0.0, 0.22, len(prior.names))
    if literature is Literature.DRAWN:
        return prior.mean + prior.sd * np.random.default_rng([seed, 8]).normal(size=len(prior.names))
    factor = {Literature.RIGHT: 1.0, Literature.HALF: 0.4, Literature.NULL: 0.0}[literature]
    return factor * prior.mean


def club_world(
    seed: int,
    *,
    literature: Literature = Literature.RIGHT,
    runners: int = 120,
    weeks: int = 52,
    rate: float = 0.015,
    members: int = 0,
    prior: Prior | None = None,
) -> ClubWorld:
    """A club over some weeks.

    Parameters
    ----------
    seed : int
        Of the effects, where they are drawn.
    literature : Literature
    runners, weeks : int
    rate : float
        New injuries a runner and week at the centre of all features.
    members : int
        Another number gives other runners under the same effects: new ones to tell of.
    prior : Prior | None
        Features and what the literature says; None for what ships with loadmon.
    """
    known = prior or default_prior()
    random = np.random.default_rng([seed, members, runners, weeks])
    steps = np.column_stack([_feature(random, known, name, runners, weeks) for name in known.names])
    _one_spike(steps, known)
    runner = np.repeat(np.arange(runners), weeks)
    for group, share in (("gait", 0.4), ("check-in", 0.5)):
        gone = (random.random(runners) < share)[runner]
        theirs = np.array([known.feature[name].group == group for name in known.names])
        steps[np.ix_(gone, theirs)] = np.nan
    fixed = logit(rate) - 0.5 * FRAILTY**2 + np.nan_to_num(steps) @ true_effects(literature, known, seed)
    frailty = random.normal(0.0, FRAILTY, runners)[runner]
    label = (random.random(len(fixed)) < sigmoid(fixed + frailty)).astype(np.float64)
    truth = sum(w * sigmoid(fixed + FRAILTY * z) for z, w in zip(_NODES, _WEIGHTS / _WEIGHTS.sum(), strict=True))
    instant = np.tile(20_000 + 7 * np.arange(weeks), runners).astype(np.int64)
    design = Design(
        known.names,
        runner.astype(np.int64) + 1 + 1_000_000 * members,
        instant,
        np.zeros(len(label), dtype=np.int8),
        known.centre + known.scale * steps,
        label,
        np.where(label > 0, instant + random.integers(0, 7, len(label)), -1),
    )
    return ClubWorld(design, np.asarray(truth, dtype=np.float64))


def _feature(random: np.random.Generator, prior: Prior, name: str, runners: int, weeks: int) -> Floats:
    """One feature in steps from its centre: amounts about a runner's own level, yes or no as often as the centre says."""
    one = prior.feature[name]
    steady = np.sqrt(_STEADY[one.group])
    own = np.repeat(random.normal(size=runners), weeks)
    drawn = steady * own + np.sqrt(1.0 - steady**2) * random.normal(size=runners * weeks)
    if one.unit != "yes or no":
        return np.asarray(np.clip(drawn, -4.0, 4.0), dtype=np.float64)
    edge = np.quantile(drawn, 1.0 - one.centre)
    return np.asarray((drawn > edge).astype(np.float64) - one.centre, dtype=np.float64)


def _one_spike(steps: Floats, prior: Prior) -> None:
    """Of a week's bands only the widest holds."""
    places = [place for place, name in enumerate(prior.names) if name.startswith("spike_")]
    widest = np.zeros(len(steps), dtype=bool)
    for place in reversed(places):
        one = steps[:, place]
        off = widest & (one > 0)
        one[off] -= 1.0
        widest |= one > 0
