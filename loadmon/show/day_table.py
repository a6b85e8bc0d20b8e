"""A runner's days as the history shows them: load, means, ratio, averages, variety, and what each day's record lacks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from loadmon.days import DayState
from loadmon.gait.cadence import RunnerCadence
from loadmon.injury import Injury
from loadmon.load.band import ratio_band
from loadmon.load.daily import WEEK, rolling_week, unknown_days
from loadmon.load.fitness import fitness
from loadmon.load.kind import DISTANCE, LoadKind
from loadmon.load.ratio import ratio
from loadmon.load.silence import silent_days
from loadmon.load.variety import rolling_variety
from loadmon.load.windows import Flags
from loadmon.measure import COVERAGE, SILENT, reason_words
from loadmon.show.cadence_days import cadence_days
from loadmon.show.ratio_shown import RATIOS, ShownRatio
from loadmon.units import Units

UNCOUPLED = RATIOS["uncoupled"]


def day_table(
    line: pd.DataFrame,
    runs: pd.DataFrame,
    values: pd.DataFrame,
    cadence: RunnerCadence,
    injuries: Mapping[int, Injury],
    units: Units,
    kind: LoadKind = DISTANCE,
    since: date | None = None,
    shown: ShownRatio = UNCOUPLED,
) -> pd.DataFrame:
    """One row a day of one runner.

    Parameters
    ----------
    line : DataFrame
        The runner's timeline, whole history.
    runs : DataFrame
        Their sessions, ``excluded`` completed.
    values : DataFrame
        Cadence at the common pace a run, as ``figures.cadence_of`` gives it.
    cadence : RunnerCadence
        Its trend.
    injuries : mapping of number to Injury
        Of this runner.
    units : Units
        Units of the words.
    kind : LoadKind
        Which load is told.
    since : date | None
        First day that is shown; the days before are only read.
    shown : ShownRatio
        Which definition of acute to chronic.

    Returns
    -------
    DataFrame
        local_day, state (``silent`` on days without a session after which nothing had been heard for long), what
        ``load_days`` and ``cadence_days`` tell, injury.
    """
    found = load_days(line, kind, units, since, shown)
    found |= cadence_days(line["local_day"], values, cadence, runs, since)
    state = line["state"].astype("str").mask(silent_days(line) & (line["state"] == DayState.REST.value), SILENT)
    table = pd.DataFrame({"local_day": line["local_day"], "state": state, **found})
    if since is not None:
        table = table[table["local_day"] >= pd.Timestamp(since)]
    return table.assign(injury=[injured(injuries, day.date()) for day in table["local_day"]])


def load_days(
    line: pd.DataFrame, kind: LoadKind, units: Units, since: date | None = None, shown: ShownRatio = UNCOUPLED
) -> dict[str, pd.Series]:
    """Everything about the load of a runner's days, a value a day; all loads in the unit of the kind.

    Parameters
    ----------
    line, kind, units, since, shown
        As for ``day_table``.

    Returns
    -------
    dict of Series
        load (NaN where nothing is known of it), estimated (True where it rests on an estimate), mean_7d, mean_before;
        ratio, ratio_low, ratio_high (NaN where the definition has no band); long_term, short_term, balance, ramp, settling;
        monotony, strain. ratio_coverage and averages_coverage are the known share of the days that those rest on: below 1
        they are provisional. ratio_reason is the code, empty where there is a ratio; ratio_words, balance_words and variety_words say why there is none where there is none. Where nothing has been heard for so long
        that a week withholds its ratio, every one of these is withheld as well.
    """
    ratios = ratio(line, kind, **shown.how)
    usual = ratios if shown == UNCOUPLED else ratio(line, kind)
    lost = pd.Series(unknown_days(line, kind), index=line.index)
    # A mean over days of which nothing is known would sink as if nobody had run: both are withheld.
    withheld = (usual["reason"].astype("str") == COVERAGE).to_numpy()
    band = ratio_band(line, kind, coupled=shown.coupled, since=since).reindex(ratios.index) if shown.has_band else None
    averages, variety = fitness(line, kind), rolling_variety(line, kind)
    estimated = line.get("points_estimated", False) if kind.column == "points" else False
    history = line["history_days"]
    silent = silent_days(line)
    columns = {
        "load": line[kind.column].where(~lost | (line[kind.column] > 0)),
        "estimated": estimated,
        "mean_7d": rolling_week(line, kind)["sum_7d"].to_numpy() / WEEK,
        "mean_before": np.where(withheld, np.nan, usual["chronic"]),
        "ratio": ratios["value"].to_numpy(),
        "ratio_low": np.nan if band is None else band["low"].to_numpy(),
        "ratio_high": np.nan if band is None else band["high"].to_numpy(),
        "ratio_coverage": ratios["coverage"].to_numpy(),
        "ratio_reason": ratios["reason"].astype("object").mask(silent, SILENT).fillna("").to_numpy(),
        "ratio_words": _why(ratios["reason"], silent, history, kind, units),
        "long_term": averages["long_term"].to_numpy(),
        "short_term": averages["short_term"].to_numpy(),
        "balance": averages["balance"].to_numpy(),
        "ramp": averages["ramp"].to_numpy(),
        "settling": averages["warming_up"].to_numpy(),
        "averages_coverage": averages[["long_term_coverage", "short_term_coverage"]].min(axis=1).to_numpy(),
        "balance_words": _why(averages["balance_reason"], silent | _before(silent, 1), history, kind, units),
        "monotony": variety["monotony"].to_numpy(),
        "strain": variety["strain"].to_numpy(),
        "variety_words": _why(variety["reason"], silent, history, kind, units),
    }
    told = {name: pd.Series(values, index=line.index) for name, values in columns.items()}
    for name in WITHHELD_WHILE_SILENT:
        told[name] = told[name].mask(silent)
    # the balance is yesterday's, the climb reaches back a week: they go with the days they are made from
    told["balance"] = told["balance"].mask(silent | _before(silent, 1))
    told["ramp"] = told["ramp"].mask(silent | _before(silent, WEEK))
    return told


WITHHELD_WHILE_SILENT = (
    "load", "mean_7d", "mean_before", "ratio", "ratio_low", "ratio_high", "long_term", "short_term", "monotony", "strain",
)  # fmt: skip
"""Zeros of a watch that was not synced are no zeros, and nothing made from them is told."""


def _before(flags: Flags, days: int) -> Flags:
    """What held so many days earlier; False before the record."""
    return np.concatenate([np.zeros(days, dtype=np.bool_), flags])[: len(flags)]


def _why(codes: pd.Series, silent: Flags, history: pd.Series, kind: LoadKind, units: Units) -> list[str]:
    """Each day's reason in words, silence before any other; empty where there is none."""
    return [
        reason_words(code, n_days=days, unit=kind.unit, units=units) if isinstance(code, str) else ""
        for code, days in zip(codes.astype("object").mask(silent, SILENT), history, strict=True)
    ]


def injured(injuries: Mapping[int, Injury], day: object) -> str:
    """The areas hurt on a day, in words; empty if none."""
    return ", ".join(area_words(injury) for injury in injuries.values() if injury.open_on(day))  # type: ignore[arg-type]


def area_words(injury: Injury) -> str:
    """Where an injury is: ``Achilles tendon (left)``."""
    return injury.area + (f" ({injury.side})" if injury.side else "")
