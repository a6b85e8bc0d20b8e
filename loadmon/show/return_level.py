"""The level before an injury in sentences: what it was, when it comes back and in what, what was run since. No Streamlit."""

from __future__ import annotations

from datetime import date

import pandas as pd

from loadmon.planning.ladder import minutes
from loadmon.planning.pre_injury import Level
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.return_rules import Profile
from loadmon.show.words import day_of_year
from loadmon.units import Units

ABOUT_AS_LONG = 0.95
"""A longest run of this share of the one before is not said to be shorter (loadmon convention)."""


def level_words(level: Level, units: Units) -> str:
    """The level before the injury in a sentence."""
    cadence = "" if level.cadence_spm is None else f", {level.cadence_spm:.0f} steps a minute"
    return (
        f"{units.distance(level.week_m)} a week in {level.runs_a_week:g} runs, the longest {units.distance(level.longest_m)}, "
        f"at {units.pace(level.speed_mps)}{cadence}: {level.told_by}."
    )


def longest_words(plan: ReturnPlan, units: Units) -> str:
    """That the week comes back before the long run does; empty where the longest run is as long as it was."""
    longest, before = max(run.run_m for run in plan.runs), plan.order.goal.longest_m
    if longest >= ABOUT_AS_LONG * before:
        return ""
    return (
        f"The longest run is not: {units.distance(longest)} of {units.distance(before)}. The rest of it is no part of this plan "
        "and comes step by step after it, as My week tells from the longest run of 30 days."
    )


def slower_words(plan: ReturnPlan, units: Units) -> str:
    """That the level is one of running time where a tissue asks for a slower pace; empty where the pace is the usual one."""
    planned, before = plan.runs[-1].speed_mps, plan.order.goal.speed_mps
    if planned >= before:
        return ""
    return (
        f" in running time. At the slower pace of this plan, {100 * planned / before:.0f} % of the speed before, that is "
        f"{units.distance(plan.weeks[-1].run_m)} of {units.distance(plan.order.goal.week_m)}; the usual pace comes back after it"
    )


def onset_words(plan: ReturnPlan) -> str:
    """How runs are bounded by when it begins to hurt, and what lifts that; empty where nothing of the kind bounds them."""
    return bounded_words(plan.profile, plan.state.onset_s, plan.order.goal)


def bounded_words(profile: Profile, onset_s: float | None, goal: Level) -> str:
    """The same of a plan that is not made yet.

    Parameters
    ----------
    profile : Profile
    onset_s : float | None
        Seconds of running after which it usually begins to hurt.
    goal : Level
    """
    if profile.onset_share is None or onset_s is None:
        return ""
    most, usual = profile.onset_share * onset_s, goal.week_s / goal.runs_a_week
    words = (
        f"It begins to hurt after {minutes(onset_s)} min: no run is longer than {100 * profile.onset_share:.0f} % of that, "
        f"{minutes(most // 60.0 * 60.0)} min (loadmon convention)."
    )
    if most < usual:
        words += (
            f" Runs before the injury took {minutes(round(usual / 60.0) * 60.0)} min: the plan gets there only when a clinician "
            "writes down under Decide that it begins later now."
        )
    return words


def ran_since(runs: pd.DataFrame, onset: date, start: date | None = None) -> str:
    """That was run on after the injury began, where files say so; empty where they do not.

    Parameters
    ----------
    runs : DataFrame
        The runner's sessions: local_day, is_running, excluded.
    onset : date
        When the injury began.
    start : date, optional
        Of the plan's first run, where there is a plan: runs from then on are its own.
    """
    counted = runs[(~runs["excluded"].astype(bool) & runs["is_running"].astype(bool)).to_numpy(dtype=bool)]
    days = sorted(
        {one for one in pd.to_datetime(counted["local_day"]).dt.date if one > onset and (start is None or one < start)}
    )
    if not days:
        return ""
    times = "One run lies" if len(days) == 1 else f"Runs on {len(days)} days lie"
    return (
        f"{times} after the day on which this injury began, the last on {day_of_year(days[-1])}. They are no part of the plan "
        "and of no level before the injury; the plan begins with its first stage whatever was run since."
    )


def goal_words(plan: ReturnPlan, units: Units) -> str:
    """When the plan would be at the level before the injury, and in what, if all goes well."""
    weeks = plan.weeks
    if plan.is_frozen or not weeks or not plan.runs:
        return "On hold: when the level before the injury is reached cannot be told."
    last = day_of_year(weeks[-1].first)
    if plan.arrives:
        return (
            f"If all goes well and every step is decided at once, the week from {last} is at the level before the injury"
            f"{slower_words(plan, units)}. {longest_words(plan, units)}".strip()
        )
    return f"Up to the week from {last} the level before the injury is not reached yet. {onset_words(plan)}".strip()
