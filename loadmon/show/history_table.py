"""The rows behind the history's panels, in the reader's units: days, the running week's frames, the ribbon's marks."""

from __future__ import annotations

from datetime import date

import pandas as pd

from loadmon import evidence
from loadmon.injury import Injury
from loadmon.measure import SILENT
from loadmon.show.charts.history import SAME_DAYS, THIS_WEEK
from loadmon.show.charts.panel import Domain
from loadmon.show.charts.ribbon import INJURY, NO_DATA, PAIN, WATCH
from loadmon.show.day_table import area_words
from loadmon.show.diary import gaps
from loadmon.show.history_view import HistoryView
from loadmon.show.words import capital, day_of_year
from loadmon.units import Units

DAY = pd.Timedelta(days=1)
IN_LOAD_UNITS = ("load", "mean_7d", "mean_before", "long_term", "short_term", "balance", "ramp", "strain")
GAP = pd.Timedelta(hours=10)
"""Left between the brackets of neighbouring weeks, so that they are seen to be several."""


def panel_table(view: HistoryView, units: Units) -> pd.DataFrame:
    """The rows behind the panels, in the reader's unit: one a day, oldest first."""
    days, per = view.days, view.load.per(units)
    table = pd.DataFrame(
        {
            "day": days["local_day"],
            "next_day": days["local_day"] + DAY,
            "state": days["state"],
            **{name: (days[name] / per).round(3) for name in IN_LOAD_UNITS},
            "estimated": days["estimated"],
            **{name: days[name].round(3) for name in ("ratio", "ratio_low", "ratio_high")},
            "ratio_coverage": days["ratio_coverage"].round(3),
            "ratio_partly": partly(days).round(3),
            "ratio_reason": days["ratio_reason"],
            "ratio_words": days["ratio_words"],
            "long_settling": (days["long_term"] / per).where(days["settling"]).round(3),
            "averages_coverage": days["averages_coverage"].round(3),
            "balance_words": days["balance_words"],
            "monotony": days["monotony"].round(3),
            "variety_words": days["variety_words"],
            "cadence": days["cadence_spm"].round(1),
            "cadence_treadmill": days["cadence_treadmill_spm"].round(1),
            "cadence_trend": days["cadence_trend_spm"].round(2),
            "cadence_level": days["cadence_level_spm"].round(1),
            "cadence_level_until": days["cadence_level_until"],
            "cadence_step": days["cadence_step_spm"].round(1),
            "device_change": days["device_change"],
            "injury": days["injury"],
        }
    )
    # the settled and the settling part of one line meet on the first settled day
    settled = ~days["settling"] | ~days["settling"].shift(-1, fill_value=True)
    return table.assign(long_term=table["long_term"].where(settled), **frames(view, units))


def partly(days: pd.DataFrame) -> pd.Series:
    """The ratio where days of its windows are not known, and of the days beside those: what is drawn as provisional."""
    provisional = days["ratio_coverage"] < 1.0
    beside = provisional.shift(1, fill_value=False) | provisional.shift(-1, fill_value=False)
    return days["ratio"].where(provisional | beside)


def table_behind(table: pd.DataFrame) -> pd.DataFrame:
    """The rows to be read and downloaded: what is only there for drawing is left out."""
    drawn = [
        "next_day", "ratio_partly", "ratio_reason", "long_settling", "cadence_level_until", "frame", "frame_after",
        "frame_words",
    ]  # fmt: skip
    whole = table["long_term"].fillna(table["long_settling"])
    return table.assign(day=table["day"].dt.date, long_term=whole).drop(columns=drawn)


def frames(view: HistoryView, units: Units) -> dict[str, pd.Series]:
    """The running week and the same days of the weeks before: on the row of their first day, what, until when, words."""
    days = view.days["local_day"]
    kinds = pd.Series("", index=days.index, dtype="str")
    words = pd.Series("", index=days.index, dtype="str")
    after = pd.Series(pd.NaT, index=days.index, dtype="datetime64[us]")
    found: list[tuple[date, str, pd.Timestamp, str]] = []
    week = view.week
    if week is not None:
        so_much = "nothing known" if week.load is None else load_words(week.load, view, units)
        told = f"this week, {week.days} of 7 days: {so_much}"
        found.append((week.first, THIS_WEEK, pd.Timestamp(week.ends) + DAY, told))
        for first, load in week.earlier:
            after_last = pd.Timestamp(first) + week.days * DAY - GAP
            found.append((first, SAME_DAYS, after_last, f"the same days: {load_words(load, view, units)}"))
    for first, kind, until, said in found:
        here = days.index[days == pd.Timestamp(first)]
        kinds[here], after[here], words[here] = kind, until, said
    return {"frame": kinds, "frame_after": after, "frame_words": words}


def load_words(load: float, view: HistoryView, units: Units) -> str:
    """A load of the kind shown, with its unit."""
    value = load / view.load.per(units)
    return f"{value:,.1f} {view.load.unit(units)}" if value < 100 else f"{value:,.0f} {view.load.unit(units)}"


def domain(table: pd.DataFrame, view: HistoryView) -> Domain:
    """What the shared time axis shows: the span, and the rest of the running week."""
    after = table["next_day"].iloc[-1]
    if view.week is not None:
        after = max(after, pd.Timestamp(view.week.ends) + DAY)
    return f"{table['day'].iloc[0]:%Y-%m-%d}", f"{after:%Y-%m-%d}"


def marks(view: HistoryView) -> pd.DataFrame:
    """What the ribbon under the panels shows: a row an injury, a day with pain, a stretch without data, a change of watch."""
    first, last = view.days["local_day"].iloc[0], view.days["local_day"].iloc[-1]
    found: list[tuple[str, pd.Timestamp, pd.Timestamp, str]] = []
    for injury in view.injuries.values():
        after = last + DAY if injury.returned is None else pd.Timestamp(injury.returned)
        onset = pd.Timestamp(injury.onset)
        found.append((INJURY, onset, max(after, onset + DAY), injury_words(injury)))
    found += [
        (PAIN, pd.Timestamp(day), pd.Timestamp(day) + DAY, f"{day_of_year(day)}: pain {worst:g} of 10 at worst")
        for day, worst in view.pain.items()
        if worst > 0
    ]
    found += silences(view)
    found += [
        (NO_DATA, pd.Timestamp(gap.first), pd.Timestamp(gap.last) + DAY, gap.words())
        for gap in gaps(view.unknown).values()
    ]
    changed = view.days[view.days["device_change"] != ""]
    for day, device in zip(changed["local_day"], changed["device_change"], strict=True):
        found.append((WATCH, day, day, f"{device} from {day_of_year(day)} on"))
    inside = [
        (row, max(begin, first), min(after, last + DAY), words)
        for row, begin, after, words in found
        if after >= first and begin <= last
    ]
    table = pd.DataFrame(inside, columns=["row", "first", "after", "words"])
    return table.astype({"first": "datetime64[us]", "after": "datetime64[us]"})


def silences(view: HistoryView) -> list[tuple[str, pd.Timestamp, pd.Timestamp, str]]:
    """The ribbon's rows of stretches of days on which nothing had been heard of the runner for long."""
    silent = view.days[view.days["state"] == SILENT]["local_day"]
    stretches = silent.groupby((silent.diff() != DAY).cumsum()).agg(["first", "last"])
    words = f"no session for {evidence.SILENT_DAYS.value:.0f} days or more"
    return [
        (NO_DATA, first, last + DAY, words) for first, last in zip(stretches["first"], stretches["last"], strict=True)
    ]


def injury_words(injury: Injury) -> str:
    """An injury in a few words: ``Shin (left) from 4 Sep 2026, open``."""
    until = f" to {day_of_year(injury.returned)}" if injury.returned else ", open"
    return f"{capital(area_words(injury))} from {day_of_year(injury.onset)}{until}"
