"""Points: one scale for sessions measured in different ways, an hour at threshold being 100."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.athlete import LOAD_METHODS
from loadmon.load.distinct import distinct
from loadmon.measure import NO_LOAD_METHOD

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]

DEFAULT_ORDER: tuple[str, ...] = ("heart rate", "pace", "effort", "minutes")
MEASURED: tuple[str, ...] = ("heart rate", "pace", "power")
"""Methods that give points by themselves; effort and minutes are brought to points by a ratio."""

THRESHOLD_TAKEN = "threshold heart rate taken"
SEX_UNKNOWN = "sex unknown"
MEAN_SPEED = "mean speed"
SLOPES_UNKNOWN = "slopes unknown"
EFFORT_BY_OWN = "effort by own ratio"
EFFORT_BY_RULE = "effort by rule"
MINUTES_BY_OWN = "minutes by own ratio"
MINUTES_BY_RULE = "minutes by rule"

NOTE_WORDS: dict[str, str] = {
    THRESHOLD_TAKEN: f"Threshold heart rate is not known; {100 * evidence.THRESHOLD_RESERVE.value:.0f} % of the way from "
    "resting to maximum stands in (loadmon convention). Set it on the page Runner.",
    SEX_UNKNOWN: "The formula differs for women and men; this is the mean of both. Set sex on the page Runner "
    "for the runner's own.",
    MEAN_SPEED: "Only the mean speed is known, so hills and changes of pace count for nothing.",
    SLOPES_UNKNOWN: "The slopes of this session are not known, so hills count for nothing.",
    EFFORT_BY_OWN: "From how hard it felt, by what effort × minutes usually came to in this runner's measured sessions.",
    EFFORT_BY_RULE: "From how hard it felt: an hour at 7 is taken as 100 points (loadmon convention) until "
    f"{evidence.POINTS_RATIO_SESSIONS.value:.0f} sessions have both effort and a measurement.",
    MINUTES_BY_OWN: "From its minutes alone, by what a minute usually came to in this runner's other sessions.",
    MINUTES_BY_RULE: f"From its minutes alone: an hour is taken as {evidence.POINTS_AN_HOUR_UNTOLD.value:.0f} points (loadmon "
    f"convention) until {evidence.POINTS_RATIO_SESSIONS.value:.0f} other sessions have points.",
}
"""What to say beside points, by code."""

NOT_GUESSED = frozenset({SEX_UNKNOWN, SLOPES_UNKNOWN})
"""Notes that tell of a difference of formulas, or of what is left out: points with no other are not called an estimate."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one method says of n sessions.

    Parameters
    ----------
    value : array of shape (n,)
        Points, or effort × minutes, or minutes; above 0, NaN where the method cannot tell.
    reason : Categorical of shape (n,)
        Why not, exactly where ``value`` is NaN.
    notes : tuple of (flags of shape (n,), code of ``NOTE_WORDS``)
        What to say where this method is used.
    """

    value: Floats
    reason: pd.Categorical
    notes: tuple[tuple[Flags, str], ...] = ()


def points(
    runs: pd.DataFrame, told: Mapping[str, Told], order: Mapping[int, tuple[str, ...] | None] | None = None
) -> dict[str, Any]:
    """Each session's points by the best method of its runner's order that could tell.

    Effort and minutes become points by the runner's own ratio: the middle of points per unit over all runs that have both,
    at least ten; until then by a stated convention. The ratio is learnt from the whole table, so give it whole.

    Parameters
    ----------
    runs : DataFrame
        athlete_id, is_running, excluded; n rows.
    told : mapping
        ``Told`` of each of ``loadmon.athlete.LOAD_METHODS``.
    order : mapping of athlete_id to tuple of methods, optional
        Best first; ``DEFAULT_ORDER`` for whom there is none.

    Returns
    -------
    dict of arrays of shape (n,)
        points; points_reason (categorical; set exactly where points are NaN); points_method (categorical);
        points_why_not (tuple of (method, reason code) of the better methods that could not tell); points_notes (tuple of
        codes of ``NOTE_WORDS``); points_estimated (bool: more than a difference of formulas was guessed).

    Raises
    ------
    ValueError
        If an order names a method that does not exist, or one twice.
    """
    athletes, who = np.unique(runs["athlete_id"].to_numpy(dtype=np.int64), return_inverse=True)
    orders = [(order or {}).get(int(a)) or DEFAULT_ORDER for a in athletes]
    for one in orders:
        if not set(one) <= set(LOAD_METHODS) or len(set(one)) < len(one):
            raise ValueError(f"an order of load methods holds some of {LOAD_METHODS}, each once, not {one}")
    counts = runs["is_running"].to_numpy(dtype=bool) & ~runs["excluded"].to_numpy(dtype=bool)
    scaled = dict(told)
    measured = _first_of(told, orders, who, MEASURED)[0]
    scaled["effort"] = _by_ratio(
        told["effort"], measured, counts, who, evidence.POINTS_PER_EFFORT_AU.value, (EFFORT_BY_OWN, EFFORT_BY_RULE)
    )
    better = _first_of(scaled, orders, who, (*MEASURED, "effort"))[0]
    an_hour = evidence.POINTS_AN_HOUR_UNTOLD.value
    scaled["minutes"] = _by_ratio(
        told["minutes"], better, counts, who, an_hour / 60.0, (MINUTES_BY_OWN, MINUTES_BY_RULE)
    )
    value, method = _first_of(scaled, orders, who, LOAD_METHODS)
    notes, estimated = _notes(scaled, method)
    return {
        "points": value,
        "points_reason": pd.Categorical.from_codes(np.where(method < 0, 0, -1), categories=pd.Index([NO_LOAD_METHOD])),
        "points_method": pd.Categorical.from_codes(method, categories=pd.Index(LOAD_METHODS)),
        "points_why_not": _why_not(scaled, orders, who, method),
        "points_notes": notes,
        "points_estimated": estimated,
    }


def _first_of(
    told: Mapping[str, Told], orders: list[tuple[str, ...]], who: Whole, methods: tuple[str, ...]
) -> tuple[Floats, Whole]:
    """Value and place in ``LOAD_METHODS`` of the first of some methods, in each runner's order, that could tell."""
    value, method = np.full(len(who), np.nan), np.full(len(who), -1)
    for one in dict.fromkeys(orders):
        open_ = np.array([each == one for each in orders])[who]
        for name in one:
            if name in methods:
                takes = open_ & ~np.isnan(told[name].value)
                value[takes], method[takes] = told[name].value[takes], LOAD_METHODS.index(name)
                open_ &= ~takes
    return value, method


def _by_ratio(told: Told, better: Floats, counts: Flags, who: Whole, by_rule: float, codes: tuple[str, str]) -> Told:
    """A method brought to points: by each runner's own middle ratio where enough runs have both, else by rule."""
    both = counts & ~np.isnan(better) & ~np.isnan(told.value)
    ratios = pd.Series(better[both] / told.value[both]).groupby(who[both])
    found = ratios.median()[ratios.size() >= evidence.POINTS_RATIO_SESSIONS.value]
    own = found.reindex(np.arange(int(who.max(initial=-1)) + 1)).to_numpy(dtype=np.float64)[who]
    by_own = ~np.isnan(own)
    value = told.value * np.where(by_own, own, by_rule)
    return Told(value, told.reason, ((by_own, codes[0]), (~by_own, codes[1])))


def _why_not(told: Mapping[str, Told], orders: list[tuple[str, ...]], who: Whole, method: Whole) -> NDArray[Any]:
    """For each session the methods before the one that was used, each with why it could not tell."""
    out = np.empty(len(who), dtype=object)
    for one in dict.fromkeys(orders):
        rows = np.flatnonzero(np.array([each == one for each in orders])[who])
        place = np.array([one.index(name) if name in one else len(one) for name in LOAD_METHODS] + [len(one)])
        until = place[method[rows]]  # -1, no method, reads the last: all of them failed
        codes = [np.where(until > n, told[name].reason.codes[rows], -1) for n, name in enumerate(one)]
        first, which = distinct(codes)
        words = np.empty(len(first), dtype=object)
        for k, row in enumerate(first.tolist()):
            failed = ((name, int(code[row])) for name, code in zip(one, codes, strict=True) if code[row] >= 0)
            words[k] = tuple((name, str(told[name].reason.categories[code])) for name, code in failed)
        out[rows] = words[which]
    return out


def _notes(told: Mapping[str, Told], method: Whole) -> tuple[NDArray[Any], Flags]:
    """What to say of each session's points, and whether they rest on a guess."""
    bits = np.zeros(len(method), dtype=np.int64)
    estimated = np.zeros(len(method), dtype=np.bool_)
    for n, name in enumerate(LOAD_METHODS):
        used = method == n
        for bit, (flags, code) in enumerate(told[name].notes):
            bits |= (used & flags).astype(np.int64) << bit
            estimated |= used & flags & (code not in NOT_GUESSED)
    first, which = distinct([method, bits])
    words = np.empty(len(first), dtype=object)
    for k, row in enumerate(first.tolist()):
        notes = told[LOAD_METHODS[method[row]]].notes if method[row] >= 0 else ()
        words[k] = tuple(code for bit, (_, code) in enumerate(notes) if bits[row] >> bit & 1)
    return words[which], estimated
