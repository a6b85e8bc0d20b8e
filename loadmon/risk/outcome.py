"""What follows each look, and in which state the runner is: a new injury within 7 days, or not, or not known yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.days import day_number
from loadmon.injury import Injury
from loadmon.load.running import DAY_SPAN
from loadmon.risk.windows import Floats, Looks, Whole

HORIZON = int(evidence.RISK_HORIZON_DAYS.value)
RETURNING = int(evidence.RISK_RETURNING_DAYS.value)
YEAR = 365


class RiskState(StrEnum):
    """What a runner is at the time of a look; told from the days before it alone."""

    AT_RISK = "at risk of a new injury"
    RETURNING = "injured or just back"
    """An injury is open, or ended within 21 days: another question, and none that this model answers."""
    AWAY = "not running"
    """No run within 28 days."""
    NEW = "record too short"


STATES: tuple[RiskState, ...] = tuple(RiskState)


@dataclass(frozen=True, slots=True, eq=False)
class Injuries:
    """Injuries as arrays, ordered by runner and onset.

    Parameters
    ----------
    key : array of int
        Runner and day of onset as one number.
    closed : array of int
        Runner and the last day on which the runner counts as returning, as one number; far ahead while the injury is open.
    """

    key: Whole
    closed: Whole

    @classmethod
    def of(cls, injuries: Iterable[Injury]) -> Injuries:
        """Order them; two of one runner within 21 days are told apart by the returning state alone."""
        rows = sorted((one.athlete_id, day_number(one.onset), one) for one in _known(injuries))
        onset = np.array([who * DAY_SPAN + day for who, day, _ in rows], dtype=np.int64)
        last = [
            DAY_SPAN - 1 if one.returned is None else max(day, day_number(one.returned)) + RETURNING
            for _, day, one in rows
        ]
        closed = np.array([row[0] * DAY_SPAN + end for row, end in zip(rows, last, strict=True)], dtype=np.int64)
        return cls(onset, np.maximum.accumulate(closed) if len(closed) else closed)


def _known(injuries: Iterable[Injury]) -> list[Injury]:
    """One a runner and day: the longest of those that began together."""
    found: dict[tuple[int, int], Injury] = {}
    for one in injuries:
        kept = found.setdefault((one.athlete_id, day_number(one.onset)), one)
        if kept.returned is not None and (one.returned is None or one.returned > kept.returned):
            found[one.athlete_id, day_number(one.onset)] = one
    return list(found.values())


def of_running(injuries: Iterable[Injury]) -> list[Injury]:
    """Those that count as running injuries: not from a blow, nor from outside of training and competition."""
    return [one for one in injuries if one.contact != "direct" and one.setting != "other"]


def state_of(
    looks: Looks, injuries: Injuries, history_days: Whole, runs_28d: Whole, *, today: bool = False
) -> NDArray[np.int8]:
    """Places in ``STATES``, from what had happened by then.

    Parameters
    ----------
    looks : Looks
    injuries : Injuries
    history_days : array of int
        Days of record before the look.
    runs_28d : array of int
        Runs within the 28 days before it.
    today : bool
        Also an injury that began on the day of the look itself: what is told already counts, though the day is not over.
    """
    key = looks.athlete * DAY_SPAN + looks.instant
    last = np.searchsorted(injuries.key, key, side="right" if today else "left") - 1
    before = np.zeros(len(last), dtype=np.bool_)
    if len(injuries.key):
        held = injuries.closed[np.maximum(last, 0)]
        same = (last >= 0) & (injuries.key[np.maximum(last, 0)] >= looks.athlete * DAY_SPAN)
        before = same & (held >= key)
    places = [STATES.index(one) for one in (RiskState.RETURNING, RiskState.NEW, RiskState.AWAY)]
    found = np.select(
        [before, history_days < evidence.RISK_LEAST_DAYS.value, runs_28d == 0],
        places,
        default=STATES.index(RiskState.AT_RISK),
    )
    return found.astype(np.int8)


def outcome_of(looks: Looks, injuries: Injuries, today: Mapping[int, int], diary_days: Whole) -> Floats:
    """1 where a new injury began within the 7 days from the look on, 0 where none did; NaN where nobody can know.

    That is while they are not over, and before the runner's diary begins.

    Parameters
    ----------
    looks : Looks
    injuries : Injuries
    today : mapping of runner to day number
        The last day that is known.
    diary_days : array of int
        As ``loadmon.risk.diary_begin.days_kept`` tells them.
    """
    opens, closes = looks.between(injuries.key, 0, -(HORIZON - 1))
    who, code = np.unique(looks.athlete, return_inverse=True)
    ends = np.array([today.get(one, -1) for one in who.tolist()], dtype=np.int64)
    known = (looks.instant + HORIZON - 1 <= ends[code]) & (diary_days > 0)
    return np.where(known, (closes > opens).astype(np.float64), np.nan)


def onset_of(looks: Looks, injuries: Injuries, diary_days: Whole) -> Whole:
    """Day number of the first new injury within the 7 days from each look on; -1 where there is none, or no diary yet."""
    opens, closes = looks.between(injuries.key, 0, -(HORIZON - 1))
    there = (closes > opens) & (diary_days > 0)
    found = np.full(len(opens), -1, dtype=np.int64)
    found[there] = injuries.key[opens[there]] - looks.athlete[there] * DAY_SPAN
    return found


def injured_before(looks: Looks, injuries: Injuries, diary_days: Whole) -> Floats:
    """1 with an injury in the twelve months before, 0 without one, NaN where the diary does not reach back a year."""
    opens, closes = looks.between(injuries.key, YEAR, 1)
    return np.where(closes > opens, 1.0, np.where(diary_days >= YEAR, 0.0, np.nan))
