"""Why a tissue took more, step for step: what its last runs had that those before had less of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from loadmon import evidence
from loadmon.tissue.acceleration import WEEK
from loadmon.tissue.coefficient import Days
from loadmon.tissue.makeup import CAUSES, MakeUp


@dataclass(frozen=True, slots=True)
class Cause:
    """What changed most between a tissue's last runs and those before.

    Parameters
    ----------
    name : str
        One of ``loadmon.tissue.makeup.CAUSES``.
    factor : float
        By how much it changed the damage of a kilometre: 1.3 is 30 % more.
    since : date
        The first of the last days.
    """

    name: str
    factor: float
    since: date


def reach(days: Days) -> tuple[int, int]:
    """How many last days a call looks at, and how many before: the short average and the week it is taken over; the long one."""
    return round(days.acute) + WEEK, round(days.chronic)


def strongest_cause(made: Iterable[tuple[date, MakeUp]], tissue: str, days: Days, on: date) -> Cause | None:
    """The cause by which the last runs did more to a tissue, a kilometre, than those before; None where none stands out.

    Parameters
    ----------
    made : iterable of (day, MakeUp)
        Runs of one runner.
    tissue : str
    days : Days
        Of the tissue.
    on : date
        Day of the call.
    """
    last, before = reach(days)
    since = on - timedelta(days=last - 1)
    sums = np.zeros((2, len(CAUSES)))
    metres = np.zeros(2)
    for day, one in made:
        if not since - timedelta(days=before) <= day <= on:
            continue
        place = one.tissues.index(tissue)
        which = int(day >= since)
        sums[which] += [one.distance_m * one.causes[name][place] for name in CAUSES]
        metres[which] += one.distance_m
    if (metres <= 0).any():
        return None
    change = sums[1] / metres[1] - sums[0] / metres[0]
    top = int(np.argmax(change))
    if change[top] < np.log1p(evidence.DIRECTION_SHARE.value):
        return None
    return Cause(CAUSES[top], float(np.exp(change[top])), since)
