"""Acceleration: how a tissue's last days stand against its own longer average, and against the runner's own steps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.tissue.coefficient import Days
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.ledger import TISSUE_DAYS, Ledger, TissueDay

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

WEEK = 7
COVERED_DAYS = 28


class HistoryState(StrEnum):
    """Whether a tissue can be compared with the runner's volume on a day."""

    KNOWN = "known"
    BUILDING = "building"
    """The record is still too short for this tissue."""
    RETURNING = "return from break"
    """Weeks without a run ended lately, or the long average is next to nothing: ratios would mean nothing; single runs are
    still compared."""
    AWAY = "no run"
    """Nothing was run for weeks: both averages only fade, and their ratio says nothing."""
    COVERAGE = "coverage"
    """Over a fifth of the last 28 days is not known."""


HISTORY_STATES: tuple[HistoryState, ...] = tuple(HistoryState)
_KNOWN, _BUILDING, _RETURNING, _AWAY, _COVERAGE = range(len(HISTORY_STATES))
STATE_WORDS = {
    HistoryState.KNOWN: "compared with your own volume",
    HistoryState.BUILDING: "still building history for this tissue",
    HistoryState.RETURNING: "back from a break: too little lies behind it to compare with; each run is still compared with those before",
    HistoryState.AWAY: "nothing was run for weeks: there is nothing to compare",
    HistoryState.COVERAGE: "too many of the last 28 days are not known",
}


@dataclass(frozen=True, slots=True, eq=False)
class Divergence:
    """How much faster each tissue accelerates than the runner's steps; N days, T tissues, D draws.

    Logarithms: 0.05 is about 5 %. NaN where the state is not ``KNOWN``.

    Parameters
    ----------
    tissues : tuple of str
    first_day : int
    steps : array of shape (N, T)
        Acceleration of the runner's steps over each tissue's own days.
    acceleration, nominal : arrays of shape (N, T)
        Of the tissue by the nominal numbers, and that less the steps': the divergence.
    drawn : array of shape (N, T, D)
        The divergence by each draw.
    state : array of shape (N, T), int
        Places in ``HISTORY_STATES``.
    """

    tissues: tuple[str, ...]
    first_day: int
    steps: Floats
    acceleration: Floats
    nominal: Floats
    drawn: Floats
    state: NDArray[np.int8]

    def state_of(self, row: int, tissue: int) -> HistoryState:
        """Whether a tissue can be compared on the day of a row."""
        return HISTORY_STATES[int(self.state[row, tissue])]


def fading_average(daily: Floats, days: float) -> Floats:
    """Average of all days so far in which each weighs less than the one after it, weights made to add up to 1.

    Parameters
    ----------
    daily : array of shape (N, …)
    days : float
        Time constant: the newest day weighs ``1 - exp(-1 / days)``.
    """
    found = -np.expm1(-1.0 / days) * daily
    # what pandas' ewm gives (a test holds the two equal), in a quarter of its time for the many columns of draws:
    # sums over 1, 2, 4, … days: each is the one before, and once more as many days earlier, faded
    reach = 1
    while reach < len(found):
        found[reach:] += np.exp(-reach / days) * found[:-reach]
        reach *= 2
    begun = -np.expm1(-np.arange(1, len(daily) + 1) / days)
    return np.asarray(found / begun.reshape(-1, *[1] * (daily.ndim - 1)))


def acceleration(daily: Floats, days: Days) -> Floats:
    """Mean over seven days of the logarithm of the short average against the long one that ended before it.

    Parameters
    ----------
    daily : array of shape (N, …)
        0 where nothing was run.
    days : Days
        Of the tissue.

    Returns
    -------
    array of the same shape
        NaN for the first days, and wherever nothing was run up to then.
    """
    return log_ratio(fading_average(daily, days.acute), fading_average(daily, days.chronic), days)


def log_ratio(short: Floats, long: Floats, days: Days) -> Floats:
    """The same from the two averages, the long one taken as many days back as the short one lasts."""
    lag = round(days.acute)
    found = np.full(short.shape, np.nan)
    if len(short) < lag + WEEK:
        return found
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log(short[lag:] / long[:-lag])
    log[~np.isfinite(log)] = np.nan
    found[lag + WEEK - 1 :] = sum(log[n : len(log) - WEEK + 1 + n] for n in range(WEEK)) / WEEK
    return found


def divergence(ledger: Ledger, coefficients: Coefficients, measure: str = "damage") -> Divergence:
    """How every tissue accelerates against the runner's own steps, on every day.

    Parameters
    ----------
    ledger : Ledger
    coefficients : Coefficients
        For each tissue's days.
    measure : str
        ``"damage"`` or ``"load"``.

    Returns
    -------
    Divergence
    """
    nominal, drawn = {
        "damage": (ledger.damage_m, ledger.drawn_damage_m),
        "load": (ledger.load_bws, ledger.drawn_load_bws),
    }[measure]
    n, tissues, draws = drawn.shape
    found_steps, found, found_drawn = np.empty((n, tissues)), np.empty((n, tissues)), np.empty(drawn.shape)
    state = np.full((n, tissues), _KNOWN, dtype=np.int8)
    run_free = ledger.state == TISSUE_DAYS.index(TissueDay.NO_RUN)
    away = run_free_days(run_free) >= evidence.BREAK_RUN_FREE_DAYS.value
    uncovered = trailing_share(~ledger.known, COVERED_DAYS) > 1.0 - evidence.MINIMUM_COVERAGE.value + 1e-9
    for days, places in _alike(coefficients).items():
        chosen = np.array(places)
        # draws, nominal numbers and steps of all tissues with the same days fade together
        together = np.concatenate(
            [drawn[:, chosen].reshape(n, len(chosen) * draws), nominal[:, chosen], ledger.steps[:, None]], axis=1
        )
        span = coefficients.tissue[coefficients.tissues[places[0]]].days
        short, long = fading_average(together, days[0]), fading_average(together, days[1])
        speed_up = log_ratio(short, long, span)
        found_steps[:, chosen] = speed_up[:, -1:]
        found[:, chosen] = speed_up[:, -1 - len(chosen) : -1]
        found_drawn[:, chosen] = (
            speed_up[:, : -1 - len(chosen)].reshape(n, len(chosen), draws) - speed_up[:, -1, None, None]
        )
        least = max(evidence.TISSUE_HISTORY_DAYS.value, evidence.TISSUE_HISTORY_SHARE.value * days[1])
        long_before = shifted(long[:, -1 - len(chosen) : -1], round(days[0]))
        back = after_a_break(run_free, span)[:, None] | _on_return(long_before)
        state[:, chosen] = np.where(back, _RETURNING, state[:, chosen])
        state[away[:, None] & np.isin(np.arange(tissues), chosen)] = _AWAY
        state[uncovered[:, None] & np.isin(np.arange(tissues), chosen)] = _COVERAGE
        state[: int(np.ceil(least)) - 1, chosen] = _BUILDING
    lost = np.isnan(found) | np.isnan(found_steps)
    state[lost & (state == _KNOWN)] = _BUILDING
    hidden = state != _KNOWN
    for values in (found_steps, found, found_drawn):
        values[hidden] = np.nan
    return Divergence(ledger.tissues, ledger.first_day, found_steps, found, found - found_steps, found_drawn, state)


def _alike(coefficients: Coefficients) -> dict[tuple[float, float], list[int]]:
    """Places of the tissues that have the same days."""
    groups: dict[tuple[float, float], list[int]] = {}
    for place, one in enumerate(coefficients.tissue.values()):
        groups.setdefault((one.days.acute, one.days.chronic), []).append(place)
    return groups


def trailing_share(flags: Flags, days: int) -> Floats:
    """Share of each day and those before it, up to so many, that are True."""
    seen = np.concatenate(([0], np.cumsum(flags)))
    row = np.arange(1, len(flags) + 1)
    reach = np.minimum(row, days)
    return np.asarray((seen[row] - seen[row - reach]) / reach)


def shifted(values: Floats, days: int) -> Floats:
    """The values of so many days before; NaN before the first."""
    back = np.full(values.shape, np.nan)
    back[days:] = values[: max(0, len(values) - days)]
    return back


def after_a_break(run_free: Flags, days: Days) -> Flags:
    """Days on which a long run-free stretch has ended, and not longer ago than the tissue's long average lasts.

    The long average and its own middle fade together, so that they alone would tell hardly any break.

    Parameters
    ----------
    run_free : array of shape (N,), bool
        True where it is known that nothing was run: a day that is not known ends a stretch as a run does.
    days : Days
        Of the tissue.
    """
    row = np.arange(len(run_free))
    stretch = run_free_days(run_free)
    least = max(evidence.BREAK_RUN_FREE_DAYS.value, evidence.BREAK_RUN_FREE_SHARE.value * days.chronic)
    ends = run_free & (stretch >= least) & np.append(~run_free[1:], False)
    last = np.maximum.accumulate(np.where(ends, row, -len(row) - int(days.chronic) - 1))
    return np.asarray((row > last) & (row - last <= days.chronic))


def run_free_days(run_free: Flags) -> NDArray[np.int64]:
    """How many days up to each one nothing was run; 0 on a day with a run, or of which nothing is known."""
    row = np.arange(len(run_free))
    return np.asarray(row - np.maximum.accumulate(np.where(run_free, -1, row)))


def _on_return(long: Floats) -> Flags:
    """Days on which the long average lies below a tenth of its own middle over half a year."""
    with np.errstate(invalid="ignore"):
        low = long < evidence.BREAK_SHARE.value * np.fmax.accumulate(long, axis=0)
    if not low.any():  # as nearly always: no middle lies above the highest so far
        return np.zeros(long.shape, dtype=np.bool_)
    middle = pd.DataFrame(long).rolling(int(evidence.BREAK_DAYS.value), min_periods=1).median().to_numpy()
    with np.errstate(invalid="ignore"):
        return np.asarray(long < evidence.BREAK_SHARE.value * middle, dtype=np.bool_)
