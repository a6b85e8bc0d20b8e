"""Long-term and short-term load, the balance between them, and how fast the long-term load climbs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.load.average import weighted_average
from loadmon.load.daily import WEEK, unknown_days
from loadmon.load.kind import POINTS, LoadKind
from loadmon.load.ratio_method import EDGE
from loadmon.load.windows import Flags, Floats, shifted, trailing_count
from loadmon.measure import COVERAGE, HISTORY_7
from loadmon.refusal import Refusal

LONG = evidence.LONG_TERM_DAYS.value
SHORT = evidence.SHORT_TERM_DAYS.value
SETTLING = int(evidence.SETTLING_DAYS.value)
DECAYS = ("exponential", "inverse", "span")
REASONS = (HISTORY_7, COVERAGE)
COLUMNS = ("long_term", "short_term", "balance", "ramp")


class UnusableDecay(Refusal):
    """The time constants, or the way in which old days fade, make no average."""

    name = "unusable decay"


def newest_weight(days: float, decay: str = "exponential") -> float:
    """Weight of the newest day for a time constant in days.

    Parameters
    ----------
    days : float
        Time constant, 1 or more.
    decay : str
        ``"exponential"``, 1 - exp(-1/days), the default; ``"inverse"``, 1/days, and ``"span"``, 2/(days + 1), for comparing
        with software that has it so. The three are three scales: never mix their values.

    Raises
    ------
    UnusableDecay
        If there is no such way, or less than one day.
    """
    if decay not in DECAYS or not days >= 1.0:
        raise UnusableDecay(
            f"No day can be weighed by {decay!r} over {days:g} days.",
            f"Choose {' or '.join(DECAYS)}, and 1 day or more.",
        )
    weights = {"exponential": float(-np.expm1(-1.0 / days)), "inverse": 1.0 / days, "span": 2.0 / (days + 1.0)}
    return weights[decay]


def definition(
    name: str,
    kind: LoadKind = POINTS,
    *,
    long_days: float = LONG,
    short_days: float = SHORT,
    decay: str = "exponential",
) -> str:
    """What a column is, for its label; ``name`` is one of ``COLUMNS``."""
    weights = {"exponential": "", "inverse": ", weight 1/days", "span": ", weight 2/(days + 1)"}[decay]
    words = {
        "long_term": f"average fading over {long_days:g} d{weights}",
        "short_term": f"average fading over {short_days:g} d{weights}",
        "balance": f"yesterday's long-term ({long_days:g} d) − short-term ({short_days:g} d){weights}",
        "ramp": f"change of long-term load ({long_days:g} d) in {WEEK} d{weights}",
    }
    return f"{words[name]}, {kind.name}"


def fitness(
    timeline: pd.DataFrame,
    kind: LoadKind = POINTS,
    *,
    long_days: float = LONG,
    short_days: float = SHORT,
    decay: str = "exponential",
) -> pd.DataFrame:
    """Long-term and short-term load of every day, beginning at 0 on the day before the record.

    Parameters
    ----------
    timeline : DataFrame
        As ``loadmon.timeline.timeline`` makes it; any number of runners, whole history.
    kind : LoadKind
        What is averaged.
    long_days, short_days : float
        Time constants in days.
    decay : str
        How old days fade, as ``newest_weight`` explains.

    Returns
    -------
    DataFrame
        athlete_id, local_day, long_term, short_term (a day, unit of the kind), balance (long minus short of the day
        before), ramp (change of long_term in seven days), warming_up (fewer than 90 days of record), long_term_coverage and
        short_term_coverage (known share of the days of one time constant), and for each of the four ``…_reason``: a code
        exactly where it is NaN (over a fifth of those days not known; for ramp, also less than a week of record).

    Raises
    ------
    UnusableDecay
        If the time constants or the decay make no average.
    """
    load = kind.of(timeline)
    athlete, history = timeline["athlete_id"].to_numpy(), timeline["history_days"].to_numpy()
    lost = unknown_days(timeline, kind)

    def average(days: float) -> tuple[Floats, Floats]:
        window = round(days)
        known = 1.0 - trailing_count(lost, window, history) / np.minimum(history, window)
        found = weighted_average(load, athlete, history, newest_weight(days, decay), "zero")
        found[known < evidence.MINIMUM_COVERAGE.value - EDGE] = np.nan
        return found, known

    long_term, long_known = average(long_days)
    short_term, short_known = average(short_days)
    balance = np.where(history == 1, 0.0, shifted(long_term - short_term, 1))
    young = history < WEEK
    week_before = np.where(history == WEEK, 0.0, shifted(long_term, WEEK))
    ramp = np.where(young, np.nan, long_term - week_before)
    return pd.DataFrame(
        {
            "athlete_id": athlete,
            "local_day": timeline["local_day"].to_numpy(),
            "long_term": long_term,
            "short_term": short_term,
            "balance": balance,
            "ramp": ramp,
            "warming_up": history < SETTLING,
            "long_term_coverage": long_known,
            "short_term_coverage": short_known,
            "long_term_reason": _reasons(np.isnan(long_term)),
            "short_term_reason": _reasons(np.isnan(short_term)),
            "balance_reason": _reasons(np.isnan(balance)),
            "ramp_reason": _reasons(np.isnan(ramp), young),
        }
    )


def _reasons(missing: Flags, young: Flags | None = None) -> pd.Categorical[str]:
    """Why there is no number: the record is younger than a week, or else too much of it is not known."""
    code = np.select([missing & (False if young is None else young), missing], [0, 1], default=-1)
    return pd.Categorical.from_codes(code, categories=pd.Index(REASONS))
