"""The rows behind the page of a return to running, and its sentences. Knows nothing of Streamlit."""

from __future__ import annotations

from datetime import date, timedelta
from math import inf

import pandas as pd

from loadmon.planning.closed_loop import Followed
from loadmon.planning.ladder import minutes
from loadmon.planning.matching import LIKE, most_as_planned_s
from loadmon.planning.pain import Grade
from loadmon.planning.pain_log import MOMENT_WORDS, PainEntry
from loadmon.planning.planned_run import PlannedRun
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.way_back import Choice, Decision
from loadmon.show.words import day_of_year, moment_words
from loadmon.units import Units

WEEKS_SHOWN = 6
GRADE_WORDS = {Grade.GREEN: "green", Grade.AMBER: "amber", Grade.RED: "red", Grade.STOP: "stop"}
NOT_GRADED = "not graded yet"
CHOICE_WORDS = {
    Choice.ADVANCE: "Go one stage forward",
    Choice.REPEAT: "Stay at this stage",
    Choice.REGRESS: "Go back to an earlier stage",
    Choice.HOLD: "Hold the plan",
    Choice.RESUME: "Go on after a stop",
    Choice.FAST: "Let strides come back",
    Choice.ONSET: "It begins to hurt at another time now",
    Choice.END: "End the plan",
}
_NOON = pd.Timedelta(hours=12)


def span(told: Followed) -> tuple[str, str]:
    """What the charts show: from the first run, or six weeks back, to three weeks ahead."""
    first = max(told.plan.order.start, told.plan.today - timedelta(weeks=WEEKS_SHOWN))
    last = max(told.plan.today, told.plan.order.start) + timedelta(weeks=3)
    return first.isoformat(), last.isoformat()


def corridor_rows(told: Followed) -> pd.DataFrame:
    """A row a planned run or a day that was run: the corridor, the plan and what was done, in minutes of running."""
    opens, closes = (date.fromisoformat(end) for end in span(told))
    rows = []
    by_day = {line.day: line for line in told.lines}
    for run in told.plan.runs:
        line = by_day.pop(run.day, None)
        done = None if line is None or line.run_s is None else line.run_s / 60.0
        felt = line.ran_on if line is not None and line.done is not None else None
        most_s = max(min(most_as_planned_s(run), run.most_s or inf), run.run_s)
        rows.append(_row(run.day, run, most_s, done, told, _line_words(run, line.words if line else None), felt))
    rows += [
        _row(day, None, None, line.run_s / 60.0, told, f"{day_of_year(day)}: {line.words}")
        for day, line in by_day.items()
        if line.run_s is not None
    ]
    columns = ["day", "next_day", "middle", "low", "high", "planned", "done", "grade", "words", "held"]
    table = pd.DataFrame(rows, columns=columns).sort_values("day")
    return table[(table["day"] >= pd.Timestamp(opens)) & (table["day"] < pd.Timestamp(closes))]


def _row(
    day: date,
    run: PlannedRun | None,
    most_s: float | None,
    done: float | None,
    told: Followed,
    words: str,
    felt: date | None = None,
) -> dict[str, object]:
    at = pd.Timestamp(day)
    grade = told.grades.get(felt or day)
    named = NOT_GRADED if grade is None or grade.grade is None else GRADE_WORDS[grade.grade]
    return {
        "day": at,
        "next_day": at + pd.Timedelta(days=1),
        "middle": at + _NOON,
        "low": None if run is None else LIKE * run.run_s / 60.0,
        "high": None if most_s is None else most_s / 60.0,
        "planned": None if run is None else run.run_s / 60.0,
        "done": done,
        "grade": named,
        "words": f"{words}. Pain: {named}" if done is not None else words,
        "held": bool(run and run.on_hold),
    }


def _line_words(run: PlannedRun, done: str | None) -> str:
    state = f", on hold: {run.on_hold}" if run.on_hold else " (if all goes well)" if run.is_projection else ""
    after = f"; {done}" if done else ""
    return f"{day_of_year(run.day)}: {run.words}, {minutes(run.run_s)} min running{state}{after}"


def more_than_planned(told: Followed, days: int = 14) -> str:
    """Runs of the last days that were clearly longer than planned, in a sentence; empty where there were none."""
    since = told.plan.today - timedelta(days=days)
    found = [
        f"{day_of_year(line.ran_on)}: {minutes(round(line.run_s / 60.0) * 60.0)} of {minutes(line.planned.run_s)} min"
        for line in told.lines
        if line.planned is not None and line.run_s is not None and line.is_more and line.ran_on >= since
    ]  # fmt: skip
    return (
        f"More was run than planned: {'; '.join(found)}. The plan grows from what was planned, not from these, "
        "and none of them is a step."
        if found
        else ""
    )


def ran_on_hold(told: Followed) -> str:
    """Runs that were made while the plan was on hold, in a sentence; empty where there were none."""
    held = told.plan.state.held_since if told.plan.is_frozen else None
    days = sorted(
        {
            line.ran_on
            for line in told.lines
            if line.done is not None and line.planned is not None and line.planned.on_hold
        }
        | {day for day in told.plan.ran if held is not None and day > held}
    )
    if not days:
        return ""
    when = ", ".join(day_of_year(day) for day in days)
    return (
        f"Was run while the plan was on hold: {when}. None of it counts as a step, and the clinician has to know of it."
    )


def pain_rows(entries: dict[int, PainEntry], domain: tuple[str, str]) -> pd.DataFrame:
    """A row an entry with a number, within the span."""
    rows = [
        {
            "middle": pd.Timestamp(one.day) + _NOON,
            "value": one.value,
            "moment": one.moment,
            "words": f"{day_of_year(one.day)}, {MOMENT_WORDS[one.moment][0].lower()}{MOMENT_WORDS[one.moment][1:]}: {one.value:g} of 10",
        }
        for one in entries.values()
        if one.value is not None and domain[0] <= one.day.isoformat() < domain[1]
    ]
    return pd.DataFrame(rows, columns=["middle", "value", "moment", "words"])


def chart_words(told: Followed) -> str:
    """The charts in a sentence."""
    due = [line for line in told.lines if line.planned is not None and line.planned.on_hold is None]
    done = [line for line in due if line.done is not None]
    named = [GRADE_WORDS[found.grade] for found in told.grades.values() if found.grade is not None]
    grades = (
        ", ".join(f"{named.count(word)} {word}" for word in GRADE_WORDS.values() if word in named) or "none graded yet"
    )
    return (
        f"{len(done)} of {len(due)} planned runs up to today were run. Pain with every run since the first: {grades}."
    )


def next_note(plan: ReturnPlan) -> str:
    """What the star means, and at which pace the distances are told."""
    share = plan.profile.speed_factor
    pace = "the pace" if share == 1.0 else f"{100 * share:.0f} % of the speed"
    return (
        "* If all goes well: what is told of each run, and your clinician, decide about what comes after it. "
        f"Kilometres and miles are those of running alone, at {pace} from before the injury."
    )


def next_rows(plan: ReturnPlan, units: Units, weeks: int = 4) -> pd.DataFrame:
    """The runs of the next weeks, for the runner: when, what, how much of it is running."""
    rows = [
        {
            "Day": _unbroken(
                f"{run.day:%a} {run.day.day} {run.day:%b}{' *' if run.is_projection and not run.on_hold else ''}"
            ),
            "Session": f"On hold: {run.words}" if run.on_hold else run.words,
            "Running": f"{minutes(run.run_s)} min, {units.distance(run.run_m)}",
        }
        for run in next_runs(plan, weeks)
    ]
    return pd.DataFrame(rows, columns=["Day", "Session", "Running"])


def _unbroken(words: str) -> str:
    """Words that a narrow column keeps on one line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def next_runs(plan: ReturnPlan, weeks: int) -> list[PlannedRun]:
    """The runs of the next weeks, on hold or not."""
    last = plan.today + timedelta(weeks=weeks)
    return [run for run in plan.ahead if run.day < last]


def done_rows(told: Followed) -> pd.DataFrame:
    """What was planned and run up to today, the newest first."""
    rows = []
    for line in reversed(told.lines):
        found = told.grades.get(line.ran_on if line.done is not None else line.day)
        if found is None:
            pain = ""
        elif found.grade is None:
            pain = f"waits for: {', '.join(found.waits_for)}"
        else:
            pain = f"{GRADE_WORDS[found.grade]}: {'; '.join(found.reasons)}"
        like = "" if line.like_stage is None else f", most like stage {line.like_stage}"
        planned = line.planned.words if line.planned is not None else "nothing"
        rows.append({"Day": day_of_year(line.day), "Planned and run": f"{planned}. {line.words}{like}.", "Pain": pain})
    return pd.DataFrame(rows, columns=["Day", "Planned and run", "Pain"])


def decision_words(decision: Decision, zone: str | None = None, *, void: bool = False) -> str:
    """A decision in a line: what, by whom, when, by the runner's own clock; and where it moves nothing, that it does not."""
    note = f": {decision.note}" if decision.note else ""
    note += ". It moves nothing now: what was told since does not bear it" if void else ""
    what = f"stage {decision.stage}"
    if decision.onset_s is not None:
        what = f"after {minutes(decision.onset_s)} min of running"
    return (
        f"{moment_words(decision.at, zone)}, {decision.by} ({decision.role}): "
        f"{CHOICE_WORDS[decision.choice].lower()}, {what}{note}"
    )
