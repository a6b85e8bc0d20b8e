"""Adherence on the page: whether the target is reached by its rule, and how the watch's range was kept to, of runs since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.clinic.adherence import (
    LIKE_SPEED_MPS,
    SUCCESS_SHARE,
    WITHIN_SPM,
    WeekOfAdherence,
    by_speed,
    by_week,
    time_in_range,
)
from loadmon.clinic.cadence_target import CadenceTarget
from loadmon.days import day_words
from loadmon.report.cadence_workout import cadence_range_spm
from loadmon.show import clinic_state, parts
from loadmon.show.charts.adherence import adherence_chart
from loadmon.show.plain import plain


@dataclass(frozen=True, slots=True)
class Kept:
    """How far a target was kept to since a day.

    Parameters
    ----------
    target_spm : int
    speed_mps : float | None
        Of the assessment: the rule holds there; None where nobody told it.
    by_rule : tuple of WeekOfAdherence
        Within two steps of the target at that speed; weeks without such running have none.
    on_the_watch : tuple of WeekOfAdherence
        Within the watch's range, at any speed.
    """

    target_spm: int
    speed_mps: float | None
    by_rule: tuple[WeekOfAdherence, ...]
    on_the_watch: tuple[WeekOfAdherence, ...]

    @property
    def watch_range(self) -> tuple[int, int]:
        """What the watch keeps to, steps a minute."""
        return cadence_range_spm(self.target_spm)


def kept_to(exposures: Mapping[int, bytes], days: Mapping[int, date], target_spm: int, speed_mps: float | None) -> Kept:
    """How far a target was kept to, by the rule and by the watch's wider range.

    Parameters
    ----------
    exposures, days
        As ``time_in_range`` takes them.
    target_spm : int
    speed_mps : float | None
    """
    low, high = cadence_range_spm(target_spm)
    rule = () if speed_mps is None else by_week(time_in_range(exposures, days, target_spm, speed_mps=speed_mps))
    wide = by_week(time_in_range(exposures, days, (low + high) / 2, within_spm=(high - low) / 2))
    return Kept(target_spm, speed_mps, rule, wide)


def adherence(athlete: Athlete, target: CadenceTarget | None, since: date, speed_mps: float | None) -> None:
    """How much of the running since the assessment kept to the target."""
    if target is None or not target.changes:
        st.caption("No other cadence was agreed: there is no range to keep to.")
        return
    exposures, days = clinic_state.came_back(athlete.id, since)
    kept = kept_to(exposures, days, target.target_spm, speed_mps)
    if not kept.on_the_watch:
        st.caption(
            f"No run with a cadence has come back since {day_words(since)}. Adherence is told from the files that come in."
        )
        return
    words = adherence_words(kept)
    st.markdown(plain(words))
    if kept.by_rule:
        st.vega_lite_chart(week_rows(kept.by_rule), adherence_chart(), width="stretch", alt=words)
    st.caption(plain(watch_words(kept)))
    parts.table_behind("By week, as a table", weeks_table(kept), "adherence-weeks.csv")
    speeds = by_speed(time_in_range(exposures, days, target.target_spm)).assign(
        minutes=lambda t: (t["seconds"] / 60).round(1), share=lambda t: (100 * t["share"]).round(1)
    )
    parts.table_behind("By speed", speeds[["speed_mps", "minutes", "share"]], "adherence-speeds.csv")


def week_rows(weeks: tuple[WeekOfAdherence, ...]) -> pd.DataFrame:
    """The weeks as a table: ``week``, ``share`` (%), ``minutes``, ``runs``."""
    return pd.DataFrame(
        {
            "week": [one.week for one in weeks],
            "share": [None if one.share is None else round(100 * one.share, 1) for one in weeks],
            "minutes": [round(one.seconds / 60.0, 1) for one in weeks],
            "runs": [one.runs for one in weeks],
        }
    )


def weeks_table(kept: Kept) -> pd.DataFrame:
    """Week by week by the rule, and beside it within the watch's range at any speed."""
    wide = week_rows(kept.on_the_watch).rename(columns={"share": "share on the watch", "minutes": "all minutes"})
    table: pd.DataFrame = wide.merge(week_rows(kept.by_rule).drop(columns="runs"), on="week", how="left")
    return table[["week", "share", "minutes", "share on the watch", "all minutes", "runs"]]


def adherence_words(kept: Kept) -> str:
    """How it stands by the rule, in a sentence: within two steps of the target, at the assessment's speed."""
    if kept.speed_mps is None:
        return "The speed of the assessment was not told: whether the target is reached holds of one speed, and cannot be said."
    rule = (
        f"Within {WITHIN_SPM:g} steps of {kept.target_spm} a minute at {kept.speed_mps:g} m/s "
        f"({LIKE_SPEED_MPS:g} m/s more or less)"
    )
    if not kept.by_rule:
        return f"{rule}: no running at that speed has come back, so whether the target is reached cannot be said."
    last, latest = kept.by_rule[-1], kept.on_the_watch[-1]
    share = "none" if last.share is None else f"{last.share:.0%}"
    which = f"the latest week ({last.week})"
    if last.week != latest.week:
        which = f"the week {last.week}, the latest with any"
    aim = "the four fifths aimed at are reached" if last.reached else f"{SUCCESS_SHARE:.0%} are aimed at"
    return f"{rule}: {share} of the {last.seconds / 60.0:.0f} minutes at that speed in {which}; {aim}."


def watch_words(kept: Kept) -> str:
    """What the watch's wider range says of all running."""
    low, high = kept.watch_range
    last = kept.on_the_watch[-1]
    share = "none" if last.share is None else f"{last.share:.0%}"
    return (
        f"At any speed, within the {low}\N{EN DASH}{high} that the watch keeps to: {share} of the running of the latest week "
        f"({last.week}). The watch's range is wider than the rule, so this says nothing of whether the target is reached."
    )
