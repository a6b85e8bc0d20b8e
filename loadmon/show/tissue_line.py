"""The tables behind a tissue's time line: a row a day or a week, and the marks under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from loadmon.days import DayState, day_of_number, week_start
from loadmon.finding import Finding
from loadmon.show.charts.tissue_line import FINDING, SPIKE
from loadmon.show.finding_words import since_words
from loadmon.show.words import day_of_year, plural
from loadmon.tissue.acceleration import HISTORY_STATES, STATE_WORDS, HistoryState
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.found import last_until
from loadmon.tissue.ledger import TISSUE_DAYS, TissueDay
from loadmon.tissue.sheet import TissueSheet
from loadmon.tissue.week import WEEK
from loadmon.units import Units

_DAY_WORDS = {TissueDay.UNKNOWN: "declared missing", TissueDay.PARTLY: "partly recorded: the sum is too low"}
WALKED_WORDS = "mostly walked: load is told, damage is not"
LEAST_REACH, MOST_REACH = (70.0, 140.0), (0.0, 300.0)
"""What the index's axis shows at least and at most: small changes are no mountains, and a wide interval hides no line."""


@dataclass(frozen=True, slots=True)
class TissueSpike:
    """A run that did more to a tissue than any of the 30 days before it, told where even the interval's low end is over.

    Parameters
    ----------
    day : date
    session_id : int
    ratio, low, high : float
        Against the most damaging run of 30 days: middle, 10th and 90th percentile.
    distance_ratio : float
        The same for distance; NaN where it is not known.
    band : str
        One of ``loadmon.tissue.spike.BANDS``, by the middle.
    provisional : bool
        True where the record of the 30 days before is short or has gaps.
    """

    day: date
    session_id: int
    ratio: float
    low: float
    high: float
    distance_ratio: float
    band: str
    provisional: bool = False

    @property
    def words(self) -> str:
        """One sentence for the screen."""
        distance = (
            "" if np.isnan(self.distance_ratio) else f"; its distance {self.distance_ratio:.1f} times the longest"
        )
        return (
            f"{day_of_year(self.day)}: {self.ratio:.1f} times ({self.low:.1f} to {self.high:.1f}) the most damaging run of the "
            f"30 days before, band “{self.band}”{distance}{'; provisional: the record before it is short or has gaps' if self.provisional else ''}."
        )


def day_rows(sheet: TissueSheet, tissue: str, units: Units, spikes: Sequence[TissueSpike] = ()) -> pd.DataFrame:
    """Every day of a runner's sheet for one tissue.

    Parameters
    ----------
    sheet : TissueSheet
    tissue : str
    units : Units
        Of damage-equivalent distance.
    spikes : sequence of TissueSpike
        Of this tissue.

    Returns
    -------
    DataFrame
        day, next_day, bar_end, middle (datetime64); period, damage, low, high (units of length), load, steps, runs, state,
        running, whole (all of it is known and is told), words; index, index_low, index_high, steps_index (100 is the runner's own longer average; NaN where
        that cannot be told), index_words, spike.
    """
    ledger, found, place = sheet.days, sheet.divergence, sheet.tissues.index(tissue)
    day = _series([day_of_number(int(n)) for n in ledger.days])
    low, _, high = sheet.day_quantiles_m[:, :, place]
    steps = found.steps[:, place]
    walked = sheet.walked_days
    bare = walked | ledger.untold
    states = [HISTORY_STATES[int(code)] for code in found.state[:, place]]
    return pd.DataFrame(
        {
            "day": day,
            "next_day": day + pd.Timedelta(days=1),
            "bar_end": day + pd.Timedelta(hours=20),
            "middle": day + pd.Timedelta(hours=10),
            "period": [day_of_year(one.date()) for one in day],
            "damage": np.where(bare, np.nan, ledger.damage_m[:, place]) / units.metres,
            "low": np.where(bare, np.nan, low) / units.metres,
            "high": np.where(bare, np.nan, high) / units.metres,
            "load": np.where(ledger.untold, np.nan, ledger.load_bws[:, place]),
            "steps": np.where(ledger.untold, np.nan, ledger.steps),
            "runs": ledger.runs,
            "state": np.where(ledger.known, DayState.OBSERVED.value, DayState.UNKNOWN.value),
            "running": False,
            "whole": ledger.known & ~walked,
            "words": [
                WALKED_WORDS if on_foot else _DAY_WORDS.get(TISSUE_DAYS[int(code)], "")
                for on_foot, code in zip(walked.tolist(), ledger.state.tolist(), strict=True)
            ],
            "index": 100.0 * np.exp(found.acceleration[:, place]),
            "index_low": 100.0 * np.exp(found.low[:, place] + steps),
            "index_high": 100.0 * np.exp(found.high[:, place] + steps),
            "steps_index": 100.0 * np.exp(steps),
            "index_words": ["" if one is HistoryState.KNOWN else STATE_WORDS[one] for one in states],
            "spike": _spikes_of(day, day + pd.Timedelta(days=1), spikes),
        }
    )


def week_rows(
    sheet: TissueSheet, days: pd.DataFrame, tissue: str, units: Units, spikes: Sequence[TissueSpike] = ()
) -> pd.DataFrame:
    """The same by ISO weeks: sums with the interval of the sum; the index is that of the week's last day.

    Parameters
    ----------
    sheet, tissue, units, spikes
        As for ``day_rows``.
    days : DataFrame
        As ``day_rows`` makes it.
    """
    if days.empty:
        return days
    weeks = sheet.weeks[sheet.weeks["tissue"] == tissue].reset_index(drop=True)
    place = pd.factorize(np.array([week_start(one.date()) for one in days["day"]]))[0]
    size = days.groupby(place).size().to_numpy()
    begin = weeks["week"]
    after = begin + pd.Timedelta(days=WEEK)
    untold = np.bincount(place, weights=~sheet.days.untold) == 0
    last, lost = np.arange(len(weeks)) == len(weeks) - 1, size - weeks["days_known"].to_numpy()
    return (
        days.groupby(place)
        .last()
        .assign(
            day=begin,
            whole=(size == WEEK) & (lost == 0),
            next_day=after,
            bar_end=begin + pd.Timedelta(days=6),
            middle=begin + pd.Timedelta(days=3),
            period=[f"week of {day_of_year(one.date())}" for one in begin],
            damage=weeks["damage_m"].mask(untold) / units.metres,
            low=weeks["damage_low_m"].mask(untold) / units.metres,
            high=weeks["damage_high_m"].mask(untold) / units.metres,
            load=weeks["load_bws"].mask(untold),
            steps=weeks["steps"].mask(untold),
            runs=weeks["runs"],
            state=np.where(lost > size / 2, DayState.UNKNOWN.value, DayState.OBSERVED.value),
            running=last & (size < WEEK),
            words=[_week_words(*row) for row in zip(size.tolist(), lost.tolist(), last.tolist(), strict=True)],
            spike=_spikes_of(begin, after, spikes),
        )
        .reset_index(drop=True)
    )


def _week_words(size: int, lost: int, last: bool) -> str:
    said = []
    if size < WEEK:
        said.append(f"{size} of 7 days{'' if last else ': the record begins within it'}")
    if lost:
        said.append(f"{lost} of its days not known")
    return "; ".join(said)


def _series(days: list[date]) -> pd.Series:
    return pd.Series(pd.to_datetime(days)).astype("datetime64[us]")


def _spikes_of(first: pd.Series, after: pd.Series, spikes: Sequence[TissueSpike]) -> list[str]:
    """The sentences of the spikes that fall into each row."""
    return [
        " ".join(one.words for one in spikes if begin <= pd.Timestamp(one.day) < end)
        for begin, end in zip(first, after, strict=True)
    ]


def index_reach(rows: pd.DataFrame) -> tuple[float, float]:
    """What the index's axis shows, in whole tens: both lines, and the interval unless it runs far off."""
    lines = rows[["index", "steps_index"]].min().min(), rows[["index", "steps_index"]].max().max()
    if np.isnan(lines[0]):
        return LEAST_REACH
    low = min(LEAST_REACH[0], lines[0], max(MOST_REACH[0], float(rows["index_low"].min())))
    high = max(LEAST_REACH[1], lines[1], min(MOST_REACH[1], float(rows["index_high"].max())))
    return float(np.floor(low / 10.0) * 10.0), float(np.ceil(high / 10.0) * 10.0)


def mark_rows(
    spikes: Iterable[TissueSpike],
    findings: Iterable[Finding],
    coefficients: Coefficients,
    tissue: str,
    first: date,
    last: date,
) -> pd.DataFrame:
    """Spikes of a tissue and findings that concern it, within a span.

    Returns
    -------
    DataFrame
        row, first, after (the day after the last), words.
    """
    end = last + timedelta(days=1)
    rows = [(SPIKE, one.day, one.day + timedelta(days=1), one.words) for one in spikes if first <= one.day <= last]
    for one in findings:
        known = coefficients.finding[one.kind]
        if tissue not in {*known.factors, *known.degrees, *known.widens} and known.cadence_ratio is None:
            continue
        begin, after = max(one.begins, first), min(last_until(one) or end, end)
        if begin < after:
            rows.append((FINDING, begin, after, f"{known.name}, {since_words(one)}. {known.note}"))
    table = pd.DataFrame(rows, columns=["row", "first", "after", "words"])
    return table.assign(first=pd.to_datetime(table["first"]), after=pd.to_datetime(table["after"]))


def line_sentence(rows: pd.DataFrame, name: str, unit: str) -> str:
    """The time line in a sentence or two."""
    if rows.empty or not (rows["damage"] > 0).any():
        return f"{name}: nothing was run in this span."
    by_week = rows["next_day"].iloc[0] - rows["day"].iloc[0] > pd.Timedelta(days=1)
    # a week without a run is a week of zero; days are mostly rest, so of them those with a run are told
    done = rows[rows["whole"] & ~rows["running"] & (by_week | (rows["damage"] > 0))]["damage"]
    told = f"{name}: "
    if len(done):
        told += f"between {done.min():.0f} and {done.max():.0f} {unit}, {done.median():.0f} in the middle "
        told += f"(the {plural(len(done), 'week')} known from end to end)." if by_week else "(days with a run)."
    elif rows["running"].iloc[-1]:
        told += f"{rows['damage'].iloc[-1]:.0f} {unit} so far."
    else:
        told += "no week is known from end to end yet." if by_week else "no day with a run is wholly known."
    latest = rows.dropna(subset=["index"])
    if latest.empty:
        return f"{told} No index yet: {rows['index_words'].iloc[-1]}."
    end = latest.iloc[-1]
    told += (
        f" Index {end['index']:.0f} ({end['index_low']:.0f} to {end['index_high']:.0f}), your steps {end['steps_index']:.0f}; "
        "100 is your own longer average."
    )
    if latest.index[-1] != rows.index[-1]:
        told += f" None since: {rows['index_words'].iloc[-1]}."
    return told
