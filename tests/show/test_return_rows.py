"""The rows and sentences of the page of a return to running: corridor, pain, what is next, what was run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from loadmon.days import day_words
from loadmon.planning.closed_loop import Followed, followed
from loadmon.planning.done import Done
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.pre_injury import given_level
from loadmon.planning.recorded_before import NO_RUN, Recorded
from loadmon.planning.return_plan import return_plan
from loadmon.planning.return_rules import RULES_NEEDED, default_return_rules
from loadmon.planning.way_back import Choice, Decision, ReturnOrder
from loadmon.report.return_rule_rows import rule_rows, tissue_rows
from loadmon.show import return_level as level
from loadmon.show import return_reason_rows as reasons
from loadmon.show import return_rows as rows
from loadmon.show.charts.way_back import GRADES, MOMENTS, corridor_panel, pain_panel
from loadmon.show.check_in_words import problem_words, wellness_words
from loadmon.units import Units, signed_percent

START = date(2025, 9, 1)
ORDER = ReturnOrder(1, "tendon", START, given_level(45_000.0, 2.8, 5.0), "Eva Lind")
UNITS = Units()


def on(n: int) -> date:
    return START + timedelta(days=n)


def told(minutes: float = 8.0, during: float = 1.0) -> Followed:
    done = [Done(on(0), 60.0 * minutes, 900.0, 8, 7.5 * minutes)]
    entries = [
        PainEntry(1, on(0), "during", during),
        PainEntry(1, on(0), "after", 1.0),
        PainEntry(1, on(1), "morning", 0.0),
    ]
    return followed(ORDER, (), entries, done, on(3))


def test_the_corridor_holds_the_plan_and_what_was_run_with_its_grade() -> None:
    table = rows.corridor_rows(told())
    first = table.iloc[0]
    assert (first["planned"], first["done"], first["grade"]) == (8.0, 8.0, "green")
    assert first["low"] == pytest.approx(7.2)
    assert (table["high"] >= table["planned"]).all()
    most = {  # what still counts as the planned run, and never beyond the cap of its day
        run.day: max(min(max(1.15 * run.run_s, run.run_s + 120.0), run.most_s or 1e9), run.run_s)
        for run in told().plan.runs
    }
    planned = table[table["planned"].notna()]
    assert planned["high"].tolist() == [most[day.date()] / 60.0 for day in planned["day"]]
    assert most[on(2)] == 10 * 60.0  # two minutes more than the eight are still the planned run
    assert table["day"].is_monotonic_increasing
    assert table["day"].max().date() < on(3) + timedelta(weeks=3)
    assert set(table["grade"]) <= set(GRADES)
    assert "as planned. Pain: green" in first["words"]


def test_a_plan_on_hold_is_drawn_as_such_and_says_so() -> None:
    held = told(during=8.0)
    table = rows.corridor_rows(held)
    assert table[table["day"].dt.date > on(3)]["held"].all()
    assert rows.next_rows(held.plan, UNITS)["Session"].str.startswith("On hold").all()
    assert reasons.reason_rows(held.plan, UNITS)["Why so long"].str.contains("On hold").all()
    assert "On hold" in level.goal_words(held.plan, UNITS)
    assert "1 stop" in rows.chart_words(held)


def test_more_than_planned_is_said_in_numbers() -> None:
    assert rows.more_than_planned(told()) == ""
    assert "1 Sep 2025: 40 of 8 min" in rows.more_than_planned(told(40.0))


def test_pain_is_drawn_by_moment_and_nothing_told_is_no_row() -> None:
    entries = {
        1: PainEntry(1, on(0), "during", 2.0),
        2: PainEntry(1, on(0), "day", None),
        3: PainEntry(1, on(99), "day", 1.0),
    }
    table = rows.pain_rows(entries, rows.span(told()))
    assert table["value"].tolist() == [2.0]
    assert set(table["moment"]) <= set(MOMENTS)
    assert table["words"].iloc[0] == "1 Sep 2025, during the run: 2 of 10"
    assert rows.pain_rows({}, rows.span(told())).empty


def test_the_charts_name_only_columns_that_are_there() -> None:
    domain = rows.span(told())
    assert len(corridor_panel(domain)["layer"]) == 3
    assert len(pain_panel(domain, 6.0)["layer"]) == 2


def test_the_ratio_is_a_description_and_its_absence_has_a_reason() -> None:
    assert "at most 1.70" in reasons.ratio_note({on(0): (1.7, None), on(2): (1.2, None)})
    assert "holds nothing back" in reasons.ratio_note({on(0): (1.7, None)})
    assert "holds nothing back" not in reasons.ratio_note({on(0): (1.2, None)})
    assert reasons.ratio_note({on(0): (None, "no sessions")}).startswith("Projected acute:chronic: none.")
    assert reasons.ratio_note({}) == ""


def test_every_rule_that_bounds_a_plan_is_told_with_its_source() -> None:
    rules = default_return_rules()
    table = rule_rows()
    assert set(table["Rule"]) == {one.words for one in rules.rule.values()}
    assert len(table) == len(RULES_NEEDED)
    assert table["Rests on"].str.len().gt(0).all()
    assert "Buist" in " ".join(table["Rests on"])
    values = dict(zip(table["Rule"], table["Value"], strict=True))
    for name, value in {
        "stop_pain": "6", "session_step_s": "5 min", "stride_s": "20 s", "week_short_below_m": "20 km",
        "deload_factor": "0.8", "first_fast_week_factor": "0.85", "reds_within_days": "14", "week_share_middle": "15 %",
    }.items():  # fmt: skip
        assert values[rules.rule[name].words] == value


def test_every_rule_of_a_tissue_is_told_with_its_source() -> None:
    bone = tissue_rows(default_return_rules().profile["bone_low_risk"])
    told = dict(zip(bone["Rule"], bone["Value"], strict=True))
    assert told["With this tissue a week always grows by no more than"] == "10 %"
    assert told["Stages back after a red run"] == "2"
    assert told["Begins with the clearance of"] == "a clinician"
    assert "at most 0" in told["Pain, GREEN"]
    knee = tissue_rows(default_return_rules().profile["patellofemoral"])
    assert "0.85" in set(knee["Value"])
    assert knee["Rests on"].str.len().gt(0).all()
    assert len(tissue_rows(default_return_rules().profile["tendon"])) > len(bone) - 2


def test_decisions_and_scores_are_told_in_words() -> None:
    made = Decision(on(3), datetime(2025, 9, 4, 18, 5, tzinfo=UTC), "Eva Lind", "clinician", Choice.ADVANCE, 2, "calm")
    assert (
        rows.decision_words(made) == "4 Sep 2025, 18:05 UTC, Eva Lind (clinician): go one stage forward, stage 2: calm"
    )
    assert rows.decision_words(made, "Europe/Warsaw").startswith("4 Sep 2025, 20:05, Eva Lind")
    assert rows.decision_words(made, void=True).endswith(
        "calm. It moves nothing now: what was told since does not bear it"
    )
    assert problem_words(33, substantial=True).endswith("by the published rule.")
    assert wellness_words(12, -2.0, 28).endswith("2 better than your own middle of the last 28 days.")
    assert "7 days on (3 so far)" in wellness_words(12, None, 3)


def test_the_week_comes_back_before_the_long_run_and_that_is_said() -> None:
    far = replace(ORDER, goal=replace(ORDER.goal, longest_m=15_000.0))
    whole = followed(far, (), (), [], on(0)).plan
    assert whole.arrives
    longest = max(run.run_m for run in whole.runs)
    assert longest < whole.order.goal.longest_m
    assert UNITS.distance(longest) in level.goal_words(whole, UNITS)
    assert UNITS.distance(whole.order.goal.longest_m) in level.goal_words(whole, UNITS)
    short = replace(whole, order=replace(ORDER, goal=replace(ORDER.goal, longest_m=longest)))
    assert "longest run" not in level.goal_words(short, UNITS)


def test_the_first_run_is_told_against_what_was_recorded_before_it() -> None:
    plan = followed(ORDER, (), (), [], on(0)).plan
    before = Recorded(-87.4, 10_000.0, on(-6))
    told = reasons.reason_rows(plan, UNITS, {on(0): before})["Against the longest of 30 days"].tolist()
    assert told[0] == f"{signed_percent(-87.4)} (10.0 km, recorded on {day_words(on(-6))})"
    assert told[1] == "±0 %"
    assert reasons.reason_rows(plan, UNITS, {on(0): NO_RUN}).iloc[0, 2] == "No run was recorded in the 30 days before"


def test_running_on_after_the_injury_is_said() -> None:
    days = [on(-9), on(-3), on(-2), on(-1)]
    runs = pd.DataFrame(
        {
            "local_day": pd.to_datetime(days),
            "is_running": [True, True, True, False],
            "excluded": [False, False, True, False],
        }
    )
    assert level.ran_since(runs, on(-9)).startswith("One run lies after")
    assert "2 days" in level.ran_since(runs, on(-12))
    assert level.ran_since(runs, on(-3)) == ""
    assert level.ran_since(runs, on(-12), on(-9)) == ""  # on the page of a plan: before its first run
    assert level.ran_since(runs, on(-12), on(-8)).startswith("One run lies after")


def test_a_slower_pace_is_told_where_the_level_is_one_of_running_time() -> None:
    knee = replace(ORDER, profile="patellofemoral", successes=1)
    whole = return_plan(knee, (), START)
    assert whole.arrives
    last = whole.weeks[-1]
    assert last.run_s * knee.goal.speed_mps == pytest.approx(knee.goal.week_m, rel=0.05)
    assert last.run_m < 0.9 * knee.goal.week_m
    words = level.goal_words(whole, UNITS)
    assert (
        f"in running time. At the slower pace of this plan, 85 % of the speed before, that is {UNITS.distance(last.run_m)}"
        in words
    )
    assert "at 85 % of the speed from before" in rows.next_note(whole)
    usual = return_plan(replace(ORDER, successes=1), (), START)
    assert "running time" not in level.goal_words(usual, UNITS)
    assert "at the pace from before" in rows.next_note(usual)


def test_runs_on_hold_are_remarked_on_and_none_is_a_step() -> None:
    assert rows.ran_on_hold(told()) == ""
    done = [Done(on(n), 480.0, 900.0, 8, 60.0) for n in (0, 2)]
    stop = PainEntry(1, on(0), "during", 8.0)
    held = followed(ORDER, (), [stop], done, on(3))
    assert rows.ran_on_hold(held).startswith("Was run while the plan was on hold: 3 Sep 2025.")
    assert "0 of" not in rows.chart_words(held)  # the run on hold is neither due nor done
    assert held.plan.state.standing.greens == 0


def test_what_bounds_a_run_by_when_it_hurts_is_said_with_the_way_out() -> None:
    itb, tendon = (default_return_rules().profile[one] for one in ("itb", "tendon"))
    said = level.bounded_words(itb, 20 * 60.0, ORDER.goal)
    assert "70 % of that, 14 min" in said
    assert "only when a clinician writes down" in said
    assert "Decide" not in level.bounded_words(itb, 300 * 60.0, ORDER.goal)
    assert level.bounded_words(itb, None, ORDER.goal) == level.bounded_words(tendon, 1200.0, ORDER.goal) == ""
    made = Decision(
        on(3), datetime(2025, 9, 4, 18, 5, tzinfo=UTC), "Eva Lind", "clinician", Choice.ONSET, 2, onset_s=2400.0
    )
    assert rows.decision_words(made).endswith("it begins to hurt at another time now, after 40 min of running")
