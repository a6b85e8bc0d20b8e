"""Return to running: told, refused in words, decided, undone; from a note of pain to the next stage."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loadmon.planning.gate import RedFlagTold
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.way_back import Choice
from loadmon.report.return_table import totals_words
from loadmon.show import state
from loadmon.show.clinician_files import sheet_of
from loadmon.show.return_level import ran_since
from loadmon.show.return_view import return_view
from loadmon.store import pain, plans
from tests.made_team import ONCE, STEADY
from tests.pages.conftest import NOW, Open, words
from tests.pages.test_runner import TODAY, box, press, who
from tests.pages.told_health import (
    Home,
    felt,
    hurt,
    planned,
    press_keyed,
)


def test_without_an_injury_the_page_leads_to_where_one_is_noted(home: Home, open_page: Open) -> None:
    home("team")
    found = words(open_page("return_to_run.py", athlete=str(who(STEADY).id)))
    assert "No injury is noted yet" in found
    assert "it is no diagnosis" in found.lower()


def test_a_plan_is_made_through_the_gate_and_undone(home: Home, open_page: Open) -> None:
    home("team")
    hurt(STEADY, days_ago=2, code="QTA")  # its code leads to the rules
    at = open_page("return_to_run.py", athlete=str(who(STEADY).id))
    assert "middle values of" in words(at)  # the level before, from the watch
    assert [one.value for one in at.main.get("button_group") if one.label == "As"] == [None]  # nobody cleared it yet
    at = press(at, "Make the plan")
    assert "a clinician has to go along" in words(at)
    assert "Open besides:" in words(at)
    box(at, "number_input", "Age").set_value(30)
    at = press(at, "Make the plan")
    assert "**Still open before the first run" in words(at)
    for check in (
        one for one in at.main.checkbox if str(one.key).startswith("check-")
    ):  # the signs above stay as they are
        check.set_value(True)
    box(at, "text_input", "Made by").set_value("Dr Osei")
    at = press(at, "Make the plan")
    found = words(at)
    assert "Stage 1 of 11" in found
    assert "Answered by Dr Osei on" in found
    assert "Age: 30 years." in found
    assert "Next run today" in found
    assert "Achilles-km" in found or "Tissue load" in found
    view = return_view(state.store(), state.viewer(), who(STEADY).id, NOW)
    assert view.followed is not None
    assert f"{view.followed.plan.totals.runs} runs" in found
    since = ran_since(view.runs, TODAY - timedelta(days=2), TODAY)
    assert since.startswith("One run lies after")
    assert since in found
    press(at, "Undo")
    with state.store().read() as conn:
        assert plans.plans(conn, state.viewer()) == {}


@pytest.mark.parametrize("name", [ONCE])
def test_without_a_history_a_level_can_be_given_by_hand(name: str, home: Home, open_page: Open) -> None:
    home("team")
    hurt(name, days_ago=1, code="QTA")
    at = open_page("return_to_run.py", athlete=str(who(name).id))
    assert "weeks are needed to tell a level" in words(at)
    at = press(at, "Make the plan")
    assert "The level before the injury is left open above" in words(at)
    assert words(at).count("Import earlier files") == 1  # said once, where the level is asked for
    box(at, "number_input", "Usual week").set_value(30.0)
    box(at, "number_input", "Runs a week").set_value(3)
    box(at, "text_input", "Usual pace").set_value("6:00")
    box(at, "number_input", "Age").set_value(30)
    for check in (
        one for one in at.main.checkbox if str(one.key).startswith("check-")
    ):  # the signs above stay as they are
        check.set_value(True)
    box(at, "text_input", "Made by").set_value("Dr Osei")
    at = press(at, "Make the plan")
    assert "Stage 1 of 11" in words(at)


def test_two_green_runs_are_proposed_and_a_named_clinician_decides(
    home: Home, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "now", lambda: NOW)  # for a day a decision can be undone as a slip
    home("team")
    number = planned(ONCE, days_ago=9)
    for days_ago in (9, 7):
        felt(ONCE, days_ago)
    at = open_page("return_to_run.py", athlete=str(who(ONCE).id))
    assert "ready for stage 2" in words(at)
    at = press_keyed(at, "decide")
    assert "**Nobody is named who decides.**" in words(at)
    box(at, "text_input", "Decided by").set_value("Dr Osei")
    box(at, "text_area", "Note").set_value("calf is calm")
    at = press_keyed(at, "decide")
    found = words(at)
    assert "Dr Osei (clinician): go one stage forward, stage 2: calf is calm" in found
    assert "Stage 2 of 11" in found
    with state.store().read() as conn:
        (decision,) = plans.plans(conn, state.viewer())[number].decisions.values()
    assert (decision.choice, decision.by, decision.day) == (Choice.ADVANCE, "Dr Osei", TODAY)
    at = press(at, "Undo")
    assert "ready for stage 2" in words(at)


def test_a_red_flag_puts_the_plan_on_hold_and_says_so(home: Home, open_page: Open) -> None:
    home("team")
    planned(STEADY)
    felt(STEADY, 2, 1.0, frozenset({"night_pain"}))
    found = words(open_page("return_to_run.py", athlete=str(who(STEADY).id)))
    assert "On hold: pain at night or at rest" in found
    assert "do not run" in found
    history = words(open_page("history.py", athlete=str(who(STEADY).id)))
    assert "days on which any was told" in history


def test_a_sign_from_before_the_plan_holds_it_when_it_is_told_later(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home("team")
    monkeypatch.setattr(plans, "now", lambda: NOW - timedelta(days=4))
    monkeypatch.setattr(pain, "now", lambda: NOW)
    planned(STEADY)
    sign = PainEntry(who(STEADY).id, TODAY - timedelta(days=20), "day", None, flags=frozenset({"fever"}))
    with state.store().write() as conn:
        pain.add_pain(conn, state.viewer(), sign, today=TODAY)
    told = return_view(state.store(), state.viewer(), who(STEADY).id, NOW).followed
    assert told is not None
    assert told.plan.is_frozen
    assert "told later" in str(told.plan.state.hold)


def test_a_sign_that_was_told_earlier_asks_for_a_clearance_and_says_who_told_it(home: Home, open_page: Open) -> None:
    home("team")
    hurt(STEADY, days_ago=40, code="QTA")
    sign = PainEntry(who(STEADY).id, TODAY - timedelta(days=30), "day", None, flags=frozenset({"night_pain"}))
    with state.store().write() as conn:
        pain.add_pain(conn, state.viewer(), sign, today=TODAY)
    with pytest.raises(RedFlagTold, match="not cleared since"):
        planned(STEADY, injury_id=1)
    found = words(open_page("return_to_run.py", athlete=str(who(STEADY).id)))
    assert "**Told earlier.**" in found
    assert "told in Check-in" in found


def test_a_clinician_sees_the_stages_and_takes_the_sheet_of_the_plan_that_is_shown(home: Home, open_page: Open) -> None:
    home("team")
    planned(STEADY)
    at = open_page("return_to_run.py", athlete=str(who(STEADY).id))
    assert "Clinician's sheet (CSV)" in [one.proto.label for one in at.main.get("download_button")]
    assert "Plyometrics only while hopping hurts no more than 2 of 10." in words(at)
    view = return_view(state.store(), state.viewer(), who(STEADY).id, NOW)
    told = {one.title: one for one in sheet_of(view)}
    assert view.followed is not None
    plan = view.followed.plan
    about = dict(told["Return to running: clinician's sheet"].rows)
    assert (about["Runner"], about["Made by"]) == (STEADY, "Dr Osei")
    assert about["Whole plan"] == totals_words(plan.totals, state.units())
    assert {met for _, met in told["Before the first run"].rows} == {"yes"}


def test_the_stages_of_a_ladder_are_seen_before_a_plan_is_made_and_after(home: Home, open_page: Open) -> None:
    home("team")
    hurt(STEADY, code="QTA")

    def stages() -> list[str]:
        at = open_page("return_to_run.py", athlete=str(who(STEADY).id))
        (table,) = [one.value for one in at.main.table if {"Session", "Stage"} <= set(one.value.columns)]
        return [str(one) for one in table["Session"]]

    before = stages()
    assert (before[0], before[-1]) == ("8 x (1 min run, 2 min walk)", "30 min in one piece")
    planned(STEADY)
    assert stages() == before
