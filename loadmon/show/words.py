"""Sentences that several pages say, from the same numbers that the charts show."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import floor

from loadmon import evidence
from loadmon.days import offset_in_zone
from loadmon.gait.cadence import CadenceModel, CadenceStep, CadenceTrend, RunnerCadence
from loadmon.load.ratio import AFTER_LAY_OFF
from loadmon.measure import TOO_FEW_RUNS, TREND_TOO_SHORT, Measure, reason_sentence, reason_words
from loadmon.planning.next_run import NextRun
from loadmon.planning.week import RunnerWeek
from loadmon.units import NOTHING, Units, signed_percent
from loadmon.units import plural as plural  # what counts on a page counts in a report as well

_SHORT = {
    "injury open": "injury open",
    "on a return plan": "by the return plan",
    "pain told": "pain first",
    "problem told": "problem first",
    "in a lay-off": "in a lay-off",
    "back from injury": "just back from injury",
    "no run in 30d": "no run in 30 days",
    "distance missing": "distance missing",
}


def day_of_year(day: date) -> str:
    """A day in words: ``3 May 2026``."""
    return f"{day.day} {day:%b %Y}"


def moment_words(at: datetime, zone: str | None) -> str:
    """An instant by a runner's own clock: ``17 May 2026, 18:05``; in UTC, and said so, where no zone is known.

    Parameters
    ----------
    at : datetime
        Aware.
    zone : str | None
        The runner's.
    """
    local = at + timedelta(seconds=(offset_in_zone(at, zone) if zone else 0) or 0)
    return f"{day_of_year(local.date())}, {local:%H:%M}{'' if zone else ' UTC'}"


def capital(words: str) -> str:
    """The same with a capital first letter, the rest as it was."""
    return words[:1].upper() + words[1:]


def next_run_short(run: NextRun, units: Units) -> str:
    """The longest sensible next run in a word or two, or why there is none."""
    if run.value_m is not None:
        return units.distance(run.value_m)
    return _SHORT.get(run.reason or "", NOTHING)


def usual_words(week: RunnerWeek, units: Units) -> str:
    """What is usual by this weekday, or that it is not known yet."""
    if week.usual_distance_m is None:
        return "what is usual is not known yet"
    low, high = (f"{units.distance_value(end):,.0f}" for end in week.usual_distance_m)
    return f"usual by {week.weekday}: {low if low == high else f'{low}–{high}'} {units.length}"


def measure_words(measure: Measure) -> str:
    """A ratio in two decimals, a change in percent, or a dash."""
    if measure.value is None:
        return NOTHING
    return f"{measure.value:.2f}" if measure.unit == "ratio" else signed_percent(measure.value)


def ratio_words(ratio: Measure, units: Units) -> str:
    """What stands beside an acute:chronic ratio: its definition and what it must be read with, or why there is none."""
    if ratio.value is None:
        return reason_sentence(ratio, units)
    lay_off = " There was a lay-off within these weeks." if AFTER_LAY_OFF in ratio.notes else ""
    return f"7 d ÷ the 21 d before. Description only.{lay_off}"


def cadence_words(cadence: RunnerCadence | None) -> tuple[str, str]:
    """Cadence at the common pace and its trend, each in a few words."""
    if cadence is None or cadence.latest_spm is None:
        return NOTHING, "no run yet with two minutes of steady running and a cadence"
    latest, trend = f"{cadence.latest_spm:.0f} spm", cadence.trend
    if trend.change_spm is None or trend.low_spm_per_day is None or trend.high_spm_per_day is None:
        return latest, no_trend_words(trend)
    days = evidence.CADENCE_TREND_DAYS.value
    low, high = trend.low_spm_per_day * days, trend.high_spm_per_day * days
    if trend.step is not None:
        other = _another_surface(cadence)
        return latest, step_words(trend.step, None if other else trend.surface) + other
    change = f"{trend.change_spm:+.1f} spm in 8 weeks (95 % range {low:+.1f} to {high:+.1f})".replace("-", "−")
    on = ", on the treadmill" if trend.surface == "treadmill" else ""
    on = _another_surface(cadence) or on
    return latest, (change if trend.changed else f"no clear change: {change}") + on


def _another_surface(cadence: RunnerCadence) -> str:
    """Where the trend is told of another surface than that of the latest run: which, and how long ago; else empty."""
    told, end = cadence.trend.surface, cadence.trend.last_day
    if told is None or end is None or cadence.surface is None or told == cadence.surface:
        return ""
    return f", on the {told} up to {day_of_year(end)}; the latest run was on the {cadence.surface}"


def step_words(step: CadenceStep, surface: str | None) -> str:
    """A change of cadence that came in steps."""
    on = f" on the {surface}" if surface else ""
    how = "in one step" if step.count == 1 else f"in {step.count} steps, the last"
    return f"{step.change_spm:+.1f} spm{on}, {how} on {day_of_year(step.day)}".replace("-", "−")


def no_trend_words(trend: CadenceTrend) -> str:
    """Why there is no trend of cadence, with what there is so far."""
    if trend.reason is None:
        return ""
    words = reason_words(trend.reason)
    if trend.reason not in {TOO_FEW_RUNS, TREND_TOO_SHORT} or trend.first_day is None or trend.last_day is None:
        return words
    days = plural((trend.last_day - trend.first_day).days, "day")
    over = f", the first and the last {days} apart" if trend.reason == TREND_TOO_SHORT else ""
    on = f" on the {trend.surface}" if trend.surface else ""
    return f"{words.rstrip('.')} (so far {plural(trend.n_runs, 'run')}{on}{over})."


def stand_in_words(model: CadenceModel | None) -> str:
    """That other runners' rule stands in for the runner's own, and what is lacking; empty where it does not."""
    if model is None or not model.is_prior:
        return ""
    runs, days = evidence.CADENCE_BASELINE_RUNS.value, evidence.CADENCE_BASELINE_DAYS.value
    windows, spread = evidence.CADENCE_BASELINE_WINDOWS.value, evidence.CADENCE_BASELINE_SPREAD_MPS.value
    if model.runs_so_far < runs and model.days_so_far < days:
        lacking = f"there are enough runs ({model.runs_so_far} of {runs:.0f} so far)"
    elif model.windows_so_far < windows:
        lacking = f"there is more steady running ({model.windows_so_far} of {windows:.0f} half minutes so far)"
    else:
        so_far = floor(100 * (model.spread_so_far_mps or 0.0)) / 100  # 0.598 is not yet 0.60
        lacking = f"there is some faster and some slower running (speeds span {so_far:.2f} m/s so far, {spread:.1f} are needed)"
    return f"By other runners' rule until {lacking}."
