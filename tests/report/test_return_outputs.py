"""One plan, many outputs: table, page, calendar, watch and intervals.icu come to the same sums."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from icalendar import Calendar

from loadmon.measure import NO_SESSIONS
from loadmon.planning.pain import Grade
from loadmon.planning.planned_run import BUILD, PlannedRun
from loadmon.planning.pre_injury import given_level
from loadmon.planning.return_plan import ReturnPlan, return_plan
from loadmon.planning.way_back import Choice, Decision, Graded, ReturnOrder
from loadmon.report.fit_message import STRING_SIZE
from loadmon.report.fit_workout import fit_workout
from loadmon.report.paper import PAPERS, Paper
from loadmon.report.planned_workout import intervals_text, watch_name, workout_of, zipped_workouts
from loadmon.report.return_calendar import REACH_AHEAD, return_calendar, uid
from loadmon.report.return_page import WEEKS, return_page
from loadmon.report.return_table import run_table, totals_words, week_table
from loadmon.units import Units, UnitSystem
from tests.report.fit_libraries import LIBRARIES

MADE = datetime(2025, 9, 1, 7, 30, tzinfo=UTC)
START = date(2025, 9, 1)
LEVEL = replace(given_level(45_000.0, 2.8, 5.0, 15_000.0), cadence_spm=168.0)
UNITS = Units()


def made_plan(profile: str = "tendon", *, held: bool = False, amber: bool = False) -> ReturnPlan:
    events = [Graded(START, Grade.STOP, 7.0, "pain 7 of 10")] if held else []
    if amber:
        events = [Graded(START, Grade.AMBER, 4.0), Graded(START + timedelta(days=2), Grade.AMBER, 4.0)]
    return return_plan(ReturnOrder(1, profile, START, LEVEL, "Eva Lind"), events, START + timedelta(days=2))


def fast_plan() -> ReturnPlan:
    """A plan with strides in it, whatever leads there."""
    order = ReturnOrder(1, "tendon", START, LEVEL, "Eva Lind", successes=1)
    events: list[Graded | Decision] = []
    for n in range(60):
        day = START + timedelta(days=n)
        plan = return_plan(order, events, day, weeks_ahead=1)
        if plan.on(day):
            events.append(Graded(day, Grade.GREEN))
            if return_plan(order, events, day, weeks_ahead=1).state.ready:
                events.append(Decision(day, MADE, "Eva Lind", "clinician", Choice.ADVANCE, 1))
        if plan.unlock.is_open and plan.state.standing.stage == 12:
            events.append(Decision(day, MADE, "Eva Lind", "clinician", Choice.FAST, 12))
            return return_plan(order, events, day)
    raise AssertionError("never fast")


def read_text(text: str) -> tuple[float, float]:
    """Seconds of running and walking that a text for intervals.icu comes to."""
    sums = {"run": 0.0, "walk": 0.0}
    for section in text.strip().split("\n\n"):
        head, *lines = section.split("\n")
        times = int(head[:-1]) if head.endswith("x") else 1
        for line in lines:
            name, length = re.match(r"- (Run|Walk|Stride) (\S+)", line).groups()  # type: ignore[union-attr]
            minutes, seconds = (re.search(rf"(\d+){unit}", length) for unit in "ms")
            told = 60 * int(minutes[1] if minutes else 0) + int(seconds[1] if seconds else 0)
            sums["walk" if name == "Walk" else "run"] += times * told
    return sums["run"], sums["walk"]


def read_watch(library: str, run: PlannedRun) -> tuple[float, float]:
    """Seconds of running and walking that a watch would count, as a foreign library reads the file."""
    steps = LIBRARIES[library](fit_workout(workout_of(run), made=MADE))["workout_step"]
    seconds: list[tuple[str, float]] = []
    for step in steps:
        if step.get("repeat_steps") is not None:
            seconds += seconds[int(step["duration_step"]) :] * (int(step["repeat_steps"]) - 1)
        else:
            seconds.append((step["wkt_step_name"], float(step["duration_time"])))
    walked = sum(s for name, s in seconds if name == "Walk")
    return sum(s for _, s in seconds) - walked, walked


def resumed_plan() -> ReturnPlan:
    """A plan that was on hold for a week and goes on."""
    order = ReturnOrder(1, "mtss", START, LEVEL, "Eva Lind")
    stop = Graded(START + timedelta(days=2), Grade.STOP, 7.0, "pain 7 of 10")
    day = START + timedelta(days=9)
    on = Decision(day, MADE + timedelta(days=9), "Eva Lind", "clinician", Choice.RESUME, 1, "looked at")
    return return_plan(order, [Graded(START, Grade.GREEN), stop, on], day)


PLANS = {
    "walk and run": made_plan(), "bone": made_plan("bone_low_risk"), "strides": fast_plan(), "on hold": made_plan(held=True),
    "after a hold": resumed_plan(),
}  # fmt: skip


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_every_output_comes_to_the_same_sums(plan: ReturnPlan) -> None:
    totals, stands = plan.totals, [run for run in plan.runs if run.on_hold is None]
    assert len(stands) == totals.runs
    assert totals.steps == pytest.approx(totals.run_s * 168.0 / 60.0)
    table, weeks = run_table(plan, UNITS), week_table(plan, UNITS)
    assert len(table) == len(plan.runs)
    table = table[~table["state"].str.startswith("on hold")]
    for rows in (table, weeks):
        assert rows["run_min"].sum() * 60 == pytest.approx(totals.run_s)
        assert rows["walk_min"].sum() * 60 == pytest.approx(totals.walk_s)
        assert rows["run_km"].sum() * 1000 == pytest.approx(totals.run_m, rel=1e-4)
        assert rows["steps"].sum() == pytest.approx(totals.steps, rel=1e-3)
    assert weeks["runs"].sum() == totals.runs == len(table)
    events = [event for event in entries(plan) if event["status"] != "CANCELLED"]
    assert len(events) == totals.runs
    assert sum(int(event["x-loadmon-run-seconds"]) for event in events) == totals.run_s
    assert sum(int(event["x-loadmon-walk-seconds"]) for event in events) == totals.walk_s
    texts = [read_text(intervals_text(run)) for run in stands]
    assert (sum(run for run, _ in texts), sum(walk for _, walk in texts)) == (totals.run_s, totals.walk_s)
    kinds = {run.title: read_watch("fitparse", run) for run in stands}
    assert sum(kinds[run.title][0] for run in stands) == totals.run_s
    assert sum(kinds[run.title][1] for run in stands) == totals.walk_s
    files = ZipFile(BytesIO(zipped_workouts(plan, made=MADE))).namelist()
    assert len(files) == len({run.title for run in plan.ahead if run.on_hold is None})
    assert totals_words(totals, UNITS) in on_page(return_page(plan, "Ana", UNITS, made=MADE, compress=False))


def test_the_plans_that_are_compared_hold_what_their_names_say() -> None:
    assert PLANS["on hold"].is_frozen
    assert not PLANS["after a hold"].is_frozen
    assert any(run.on_hold for run in PLANS["after a hold"].runs)
    shares = [
        sum(run.fast_s for run in PLANS["strides"].runs if week.first <= run.day <= week.last) / week.run_s
        for week in PLANS["strides"].weeks
    ]
    assert 0.0 < max(shares) <= 0.10
    assert sum(share > 0.0 for share in shares) > 3


@pytest.mark.parametrize("library", ["fitparse", "garmin"])
def test_the_watch_counts_what_is_planned(library: str) -> None:
    for plan in (made_plan(), made_plan("bone_low_risk"), fast_plan()):
        kinds = {(run.words): run for run in plan.runs}
        for run in kinds.values():
            assert read_watch(library, run) == (run.run_s, run.walk_s)


def test_sessions_with_strides_reach_the_watch_and_the_calendar_by_name() -> None:
    plan = fast_plan()
    sessions = {(run.run_s, run.fast_s) for run in plan.ahead}
    assert len(sessions) > len({run_s for run_s, _ in sessions})  # some differ in nothing but their strides
    archive = ZipFile(BytesIO(zipped_workouts(plan, made=MADE)))
    assert len(archive.namelist()) == len({run.words for run in plan.ahead})
    counted = []
    for name in archive.namelist():
        steps = LIBRARIES["fitparse"](archive.read(name))["workout_step"]
        strides = any(step.get("wkt_step_name") == "Stride" for step in steps)
        assert strides == ("strides" in name)
        counted.append(strides)
    assert 0 < sum(counted) < len(counted)
    events = entries(plan)
    told = {event.decoded("dtstart"): str(event["summary"]) for event in events}
    assert all(("strides" in told[run.day]) == bool(run.fast_s) for run in plan.runs)


def on_page(data: bytes) -> str:
    """The words of an uncompressed page, lines put together again."""
    found = re.findall(rb"\((.*?)\) Tj", data)
    return " ".join(part.decode("latin-1").replace("\\(", "(").replace("\\)", ")").strip() for part in found)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "plan", [made_plan(), made_plan("bone_high_risk"), made_plan(held=True)], ids=["tendon", "bone", "held"]
)
def test_the_runners_page_is_one_page_of_the_paper_asked_for(paper: Paper, plan: ReturnPlan) -> None:
    data = return_page(
        plan, "Zoë Müller-Łukasz " * 4, Units(UnitSystem.IMPERIAL), made=MADE, paper=paper, compress=False
    )
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == 1
    assert (b"595.28 841.89" if paper == "A4" else b"612.00 792.00") in data
    words = on_page(data)
    assert "Pain log" in words
    assert "STOP and ask" in words
    assert ("ON HOLD" in words) == plan.is_frozen
    assert data == return_page(
        plan, "Zoë Müller-Łukasz " * 4, Units(UnitSystem.IMPERIAL), made=MADE, paper=paper, compress=False
    )


def entries(plan: ReturnPlan, made: datetime = MADE) -> list[Any]:
    """The calendar's entries of days that have a run."""
    events = Calendar.from_ical(return_calendar(plan, 7, made=made)).walk("VEVENT")
    return [event for event in events if "x-loadmon-run-seconds" in event]


def test_a_day_within_reach_that_has_no_run_any_more_leaves_the_calendar() -> None:
    before, after = made_plan(), made_plan(amber=True)
    gone = {run.day for run in before.runs} - {run.day for run in after.runs}
    near = {day for day in gone if day <= after.today + REACH_AHEAD}
    assert near
    data = return_calendar(after, 7, made=MADE)
    events = Calendar.from_ical(data).walk("VEVENT")
    told = {str(event["uid"]): str(event["status"]) for event in events}
    assert len(told) == len(events)
    assert all(told[uid(7, day)] == "CANCELLED" for day in near)
    assert all(told[uid(7, run.day)] != "CANCELLED" for run in after.runs)
    cancelled = sum(status == "CANCELLED" for status in told.values())
    assert cancelled <= 59  # a handful of weeks, not the whole horizon
    assert len(data) < 700 * len(after.runs)


def test_an_entry_out_of_reach_leaves_the_calendar_when_it_comes_near() -> None:
    plan = made_plan()
    day = plan.runs[-1].day
    shorter = replace(plan, runs=plan.runs[:-1])

    def told(today: date) -> dict[str, str]:
        data = return_calendar(replace(shorter, today=today), 7, made=MADE)
        return {str(one["uid"]): str(one["status"]) for one in Calendar.from_ical(data).walk("VEVENT")}

    assert uid(7, day) not in told(plan.today)
    assert told(day - timedelta(weeks=7))[uid(7, day)] == "CANCELLED"


def test_a_calendar_is_changed_by_the_next_and_never_doubled() -> None:
    before = entries(made_plan())
    after = entries(made_plan(held=True), MADE + timedelta(days=2))
    names = [str(event["uid"]) for event in before]
    assert len(set(names)) == len(names)
    assert names[0] in {str(event["uid"]) for event in after}
    assert {str(event["status"]) for event in before} == {"CONFIRMED", "TENTATIVE"}
    held = [event for event in after if event["status"] == "CANCELLED"]
    assert len(held) > 10
    assert all(str(event["summary"]).startswith("On hold: ") for event in held)
    assert int(after[0]["sequence"]) > int(before[0]["sequence"])
    assert before[0].decoded("dtend") - before[0].decoded("dtstart") == timedelta(days=1)


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ("patellofemoral", ["gone within 60 minutes", "gone within 24 hours", "no more than your usual"]),
        ("tendon", ["no step forward", "at most 5", "one stage back"]),
        ("bone_low_risk", ["4 days without running (3 beside the usual one), and two stages back", "at most 0,"]),
    ],
)
def test_the_page_tells_every_limit_of_its_tissue(profile: str, words: list[str]) -> None:
    page = on_page(return_page(made_plan(profile), "Ana", UNITS, made=MADE, compress=False))
    assert [one for one in words if one not in page] == []
    assert ("no step forward" in page) == (profile == "tendon")
    assert "Between runs of the ladder" in page


def test_the_page_says_what_it_leaves_off_and_asks_no_rest_day_of_building_weeks() -> None:
    plan = made_plan()
    near = return_plan(plan.order, [], plan.today, weeks_ahead=WEEKS - 2)
    page = on_page(return_page(near, "Ana", UNITS, made=MADE, compress=False))
    assert "not printed here" not in page
    far = replace(plan.order, goal=given_level(120_000.0, 2.0, 6.0))
    long = return_plan(far, [], plan.today)
    left_off = len([week for week in long.weeks if week.last >= long.today]) - WEEKS
    assert left_off > 1
    page = on_page(return_page(long, "Ana", UNITS, made=MADE, compress=False))
    assert f"{left_off} more weeks are not printed here" in page
    building = fast_plan()
    later = replace(building, runs=tuple(run for run in building.runs if run.phase == BUILD))
    assert "Between runs of the ladder" not in on_page(return_page(later, "Ana", UNITS, made=MADE, compress=False))


def test_what_a_table_cannot_tell_has_its_reason_beside_it() -> None:
    order = ReturnOrder(1, "tendon", START, given_level(20_000.0, 2.8, 3.0), "Eva Lind")
    plan = return_plan(order, [], START + timedelta(days=2), weeks_ahead=2)
    first, second, *_ = (run.day for run in plan.runs)
    ratios: dict[date, tuple[float | None, str | None]] = {run.day: (1.234, None) for run in plan.ahead}
    table = run_table(plan, UNITS, ratios | {second: (None, NO_SESSIONS)}).set_index("day")
    assert table["steps"].isna().all()
    assert table["no_steps_because"].str.contains("steps").all()
    assert table.loc[first, "nothing_to_compare_because"] != ""
    assert (table["against_longest_pct"].isna() == (table["nothing_to_compare_because"] != "")).all()
    assert (table["acute_chronic"].isna() == (table["no_ratio_because"] != "")).all()
    assert table["no_ratio_because"].nunique() == 3
    assert week_table(plan, UNITS)["no_steps_because"].str.len().gt(0).all()
    assert (run_table(made_plan(), UNITS)["no_steps_because"] == "").all()


def test_the_text_is_what_intervals_icu_reads() -> None:
    assert intervals_text(made_plan().runs[0]) == (
        "Warmup\n- Walk 5m\n\n8x\n- Run 1m\n- Walk 2m\n\nCooldown\n- Walk 5m\n"
    )


def test_a_cadence_to_keep_is_asked_for_while_running_only() -> None:
    steps = list(workout_of(made_plan().runs[0], (170.0, 178.0)).steps())
    assert [step.target is not None for step in steps] == [False, True, False, False]


def test_the_zipped_workouts_carry_the_cadence_that_was_agreed() -> None:
    for cadence, asked in (((170.0, 178.0), {"cadence"}), (None, {"open"})):
        with ZipFile(BytesIO(zipped_workouts(made_plan(), made=MADE, cadence_spm=cadence))) as archive:
            for name in archive.namelist():
                steps = LIBRARIES["fitparse"](archive.read(name))["workout_step"]
                running = [step for step in steps if step.get("intensity") == "active"]
                assert {step["target_type"] for step in running} == asked


def test_no_name_is_cut_off_on_a_watch() -> None:
    for plan in (made_plan(), fast_plan(), made_plan("bone_low_risk")):
        names = {watch_name(run) for run in plan.runs}
        assert max(len(name.encode()) for name in names) < STRING_SIZE
    assert watch_name(made_plan().runs[0]) == "Stage 1: 8 min"


def test_a_sign_of_today_is_a_hold_in_every_output_and_nothing_is_left_to_run() -> None:
    plan = return_plan(
        ReturnOrder(1, "tendon", START, LEVEL, "Eva Lind"), [Graded(START, Grade.STOP, None, "limping")], START
    )
    assert plan.on(START) is not None
    assert run_table(plan, UNITS)["state"].str.startswith("on hold: limping").all()
    assert len(week_table(plan, UNITS)) == 0
    entries = {
        event.decoded("dtstart"): str(event["status"])
        for event in Calendar.from_ical(return_calendar(plan, 1, made=MADE)).walk("VEVENT")
    }
    assert entries[START] == "CANCELLED"
    assert set(entries.values()) == {"CANCELLED"}
    assert ZipFile(BytesIO(zipped_workouts(plan, made=MADE))).namelist() == []
    assert plan.next_run is None  # no text for intervals.icu either
    page = return_page(plan, "Ana", UNITS, made=MADE, compress=False).decode("latin-1")
    assert "ON HOLD: limping" in page
    assert "None while the plan is on hold." in page
    assert totals_words(plan.totals, UNITS).startswith("0 runs, 0 min running")
