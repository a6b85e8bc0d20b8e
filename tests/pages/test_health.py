"""Check-in, return to running and injury record: told, refused in words, decided, undone; from a note of pain to the next stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from loadmon.injury import Injury
from loadmon.planning.attention import State
from loadmon.planning.check_in import PROBLEM, CheckIn
from loadmon.planning.gate import GateAnswers, RedFlagTold
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.pre_injury import given_level
from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import Choice, ReturnOrder
from loadmon.planning.wording import FILE
from loadmon.report.return_table import totals_words
from loadmon.show import state
from loadmon.show.clinician_files import sheet_of
from loadmon.show.return_level import ran_since
from loadmon.show.return_view import return_view
from loadmon.store import check_ins, diary, pain, plans
from tests.made_team import JUMP, ONCE, STEADY
from tests.pages.conftest import NOW, Open, well, words
from tests.pages.test_runner import TODAY, box, press, who
from tests.planning.test_wording import four

Home = Callable[[str], object]
RULES = default_return_rules()


def entries(name: str) -> list[PainEntry]:
    with state.store().read() as conn:
        return list(pain.pain_entries(conn, state.viewer(), [who(name).id]).values())


def pills(at: AppTest, label: str, value: object) -> None:
    (group,) = [one for one in at.main.get("button_group") if one.label.startswith(label)]
    group.set_value(value)


def hurt(name: str, days_ago: int = 30, **more: object) -> int:
    with state.store().write() as conn:
        injury = Injury(who(name).id, TODAY - timedelta(days=days_ago), None, "Achilles tendon", "left", **more)  # type: ignore[arg-type]
        return diary.add_injury(conn, state.viewer(), injury)


def planned(name: str, profile: str = "tendon", days_ago: int = 4, **more: object) -> int:
    order = ReturnOrder(
        who(name).id,
        profile,
        TODAY - timedelta(days=days_ago),
        given_level(40_000.0, 2.8, 4.0),
        "Dr Osei",
        **more,  # type: ignore[arg-type]
    )
    answers = GateAnswers(frozenset(RULES.profile[profile].entry), 30.0)
    with state.store().write() as conn:
        return plans.add_plan(conn, state.viewer(), order, answers, today=TODAY)


def felt(name: str, days_ago: int, value: float = 1.0, flags: frozenset[str] = frozenset()) -> None:
    day = TODAY - timedelta(days=days_ago)
    with state.store().write() as conn:
        for moment, on in (("during", day), ("after", day), ("morning", day + timedelta(days=1))):
            entry = PainEntry(who(name).id, on, moment, value, flags=flags, without_recording=moment == "during")
            pain.add_pain(conn, state.viewer(), entry, today=TODAY)


def test_pain_of_a_day_is_told_in_a_few_taps_undone_and_taken_back(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("check_in.py", athlete=str(who(STEADY).id))
    at = press(at, "Keep it")  # nothing told yet
    assert "**Nothing was told.**" in words(at)
    assert entries(STEADY) == []
    at.main.radio[0].set_value("no run")
    at = well(at.run())
    pills(at, "How much it hurt", 3)
    at = press(at, "Keep it")
    assert [(one.moment, one.value, one.day) for one in entries(STEADY)] == [("day", 3.0, TODAY)]
    assert "another time of the day: 3 of 10" in words(at)
    at = press(at, "Undo")
    assert entries(STEADY) == []


def test_pain_of_a_run_is_told_at_its_moments(home: Home, open_page: Open) -> None:
    home("team")
    name = next(one for one in (STEADY, JUMP) if _ran_lately(one))
    at = open_page("check_in.py", athlete=str(who(name).id))
    pills(at, "During the run", 2)
    pills(at, "In the hour after it", 1)
    at = well(at.run())
    box(at, "checkbox", "Limping").set_value(True)
    at = press(at, "Keep it")
    told = entries(name)
    assert [(one.moment, one.value) for one in told] == [("during", 2.0), ("after", 1.0)]
    assert told[0].session_id is not None
    assert [one.flags for one in told] == [frozenset({"limp"}), frozenset()]
    assert "limping" in words(at)


def _ran_lately(name: str) -> bool:
    table = state.runner_sessions(who(name).id)
    days = [row["local_day"].date() for row in table.to_dict("records") if row["is_running"]]
    return any(0 <= (TODAY - day).days <= 3 for day in days)


def test_questionnaires_are_answered_scored_and_undone(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("check_in.py", athlete=str(who(STEADY).id))
    for label, value in (("Sleep", 2), ("Tiredness", 3), ("Stress", 2), ("Sore muscles", 4)):
        pills(at, label, value)
    at = _press_keyed(at, "keep-wellness")
    assert "11 of 28, where 4 is best. Against your own usual it is told from 7 days on (0 so far)." in words(at)
    at = _press_keyed(at, "keep-problem")
    assert "**Nothing was answered.**" in words(at)
    _radio(at, "Could you train").set_value(2)
    at = well(at.run())
    _radio(at, "How far did it change").set_value(3)
    _radio(at, "How far did it make").set_value(1)
    _radio(at, "How strong").set_value(2)
    pills(at, "What kind", 1)
    pills(at, "On how many", 0)
    at = well(at.run())
    pills(at, "Did it come", 0)  # asked of injuries only
    at = _press_keyed(at, "keep-problem")
    assert "Injury: 33 of 100" in words(at)
    assert "0 days missed, without a fall or a knock." in words(at)
    _radio(at, "Could you train").set_value(4)
    at = _press_keyed(at, "keep-problem")  # a second problem of the same day
    assert "33 of 100" in words(at)
    assert "100 of 100" in words(at)
    assert "A clear hindrance" in words(at)
    press(at, "Undo")
    with state.store().read() as conn:
        assert [one.kind for one in check_ins.check_ins(conn, state.viewer()).values()] == ["wellness", "problem"]


def test_one_area_is_asked_in_the_clubs_words_and_the_last_answers_are_taken_back_one_by_one(
    home: Home, open_page: Open
) -> None:
    folder = home("team")
    (folder / FILE).write_text(four("area", "Official question about your {area}"), encoding="utf-8")  # type: ignore[operator]
    at = open_page("check_in.py", athlete=str(who(STEADY).id))
    assert "nobody answered them here yet." in words(at)
    box(at, "selectbox", "Which area").set_value("knee")
    at = well(at.run())
    _radio(at, "Official question about your knee 1").set_value(4)
    at = well(at.run())
    assert "Official wording: a journal, 2020. Used by licence: permission of 12 March 2026." in words(at)
    at = _press_keyed(at, "keep-area")
    assert "Knee by itself: 100 of 100" in words(at)
    _radio(at, "Could you train").set_value(1)  # the week goes on in our own words
    at = _press_keyed(at, "keep-problem")
    assert "questions about the week are open" not in words(at)
    assert "Knee by itself, 17 May 2026: 100 · told " in words(at)
    assert "at this machine" in words(at)
    assert [one.label for one in at.main.button if str(one.key).startswith("check-in-")] == ["Take back"] * 2
    at = _press_keyed(at, "check-in-1")  # the earlier of the two
    with state.store().read() as conn:
        assert [one.kind for one in check_ins.check_ins(conn, state.viewer()).values()] == ["problem"]
    (folder / FILE).write_text("[area", encoding="utf-8")  # type: ignore[operator]
    box(at, "selectbox", "Which area").set_value("knee")
    assert "Until then the questions stand in our own words." in words(well(at.run()))
    squad = open_page("injuries.py", athlete=str(who(STEADY).id))
    assert "Not answered in the last seven days" in words(squad)
    others = len(state.athletes()) - 1  # who has answered is not reminded
    assert words(squad).count("never yet") == others
    assert any(f"questions: 1 of {others + 1} answered" in str(one.label) for one in squad.main.expander)


def _press_keyed(at: AppTest, key: str) -> AppTest:
    return well(at.main.button(key=key).click().run())


def _radio(at: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(one for one in at.main.radio if one.label.startswith(label))


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
    at = _press_keyed(at, "decide")
    assert "**Nobody is named who decides.**" in words(at)
    box(at, "text_input", "Decided by").set_value("Dr Osei")
    box(at, "text_area", "Note").set_value("calf is calm")
    at = _press_keyed(at, "decide")
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


def test_an_injury_is_noted_with_its_fields_and_the_squad_is_told_in_figures(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("injuries.py", athlete=str(who(STEADY).id))
    at = press(at, "Note the injury")
    assert "**Where the injury is has been left empty.**" in words(at)
    at.main.selectbox(key=f"where-new-{who(STEADY).id}-0").set_value("shin")
    at.main.selectbox(key=f"mode-new-{who(STEADY).id}-0").set_value("gradual")
    at.main.selectbox(key=f"code-new-{who(STEADY).id}-0").set_value("KT1")
    at = press(at, "Note the injury")
    assert "Which of them is right?" in words(at)
    assert "**Nothing was kept: place and code contradict each other.**" in words(at)
    at.main.selectbox(key=f"code-new-{who(STEADY).id}-0").set_value("QT1")
    at = press(at, "Note the injury")
    assert "Shin: since 17 May 2026, open · gradual · QT1 (Shin pain along the inner edge)" in words(at)
    at = press(at, "Back in full")
    assert "0 days lost, class 0" in words(at)
    at = press(at, "Undo")
    assert "open · gradual" in words(at)
    at = press(at, "Take back")
    assert "No injury noted so far." in words(at)
    press(at, "Undo")
    with state.store().read() as conn:
        (kept,) = diary.injuries(conn, state.viewer()).values()
    assert kept == replace(kept, area="shin", mode="gradual", code="QT1", onset=date(2026, 5, 17))


def test_who_could_not_train_at_all_is_first_of_the_squad_and_no_run_is_proposed(home: Home, open_page: Open) -> None:
    home("team")
    one = CheckIn(who(STEADY).id, TODAY, PROBLEM, {"participation": 4}, "lower back")
    with state.store().write() as conn:
        check_ins.add_check_in(conn, state.viewer(), one, today=TODAY)
    rows = state.squad_rows()
    first = rows[0]
    assert (first.athlete.name, first.week.attention.state) == (STEADY, State.ACT)
    found = words(open_page("week.py", athlete=str(who(STEADY).id)))
    assert "Could not train at all for a health problem (100 of 100" in found
    assert ">problem first<" in found
    assert "lower back" not in found


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


def test_an_injury_written_down_wrongly_is_put_right_field_by_field(home: Home, open_page: Open) -> None:
    home("team")
    number = hurt(STEADY, days_ago=30, note="after the hills")
    at = open_page("injuries.py", athlete=str(who(STEADY).id))

    def field(kind: str, start: str) -> Any:
        return next(one for one in at.main.get(kind) if str(one.key).startswith(f"{start}-{number}-"))

    field("date_input", "since").set_value(TODAY - timedelta(days=20))
    field("date_input", "until").set_value(TODAY - timedelta(days=25))
    at = press(well(at.run()), "Keep it")
    assert "The return lies before the injury." in words(at)
    field("date_input", "until").set_value(TODAY - timedelta(days=5))
    field("selectbox", "where").set_value("calf")
    field("button_group", "side").set_value("right")
    field("text_input", "note").set_value("on the track")
    at = press(well(at.run()), "Keep it")
    assert "14 days lost, class 8-28" in words(at)
    with state.store().read() as conn:
        kept = diary.injuries(conn, state.viewer())[number]
    assert (kept.area, kept.side, kept.note, kept.onset) == (
        "calf",
        "right",
        "on the track",
        TODAY - timedelta(days=20),
    )
    at = press(at, "Open again")
    field("text_input", "note").set_value("on the new track")
    press(well(at.run()), "Keep it")
    with state.store().read() as conn:
        kept = diary.injuries(conn, state.viewer())[number]
    assert (kept.note, kept.returned) == ("on the new track", None)  # the day that stood there before closed nothing


def test_a_run_without_a_watch_is_told_with_its_morning_and_is_green(home: Home, open_page: Open) -> None:
    home("once")
    planned(ONCE, "patellofemoral", days_ago=1)
    at = open_page("check_in.py", athlete=str(who(ONCE).id))
    box(at, "date_input", "Run on").set_value(TODAY - timedelta(days=1))
    at = well(at.run())
    pills_keyed(at, "during-unrecorded", 2)
    pills_keyed(at, "after-unrecorded", 1)
    pills_keyed(at, "morning-unrecorded", 0)
    at = well(at.run())
    (settle,) = [one for one in at.main.number_input if str(one.key).startswith("settle-unrecorded")]
    settle.set_value(30)
    at = _press_keyed(at, "tell-unrecorded")
    told = entries(ONCE)
    assert [(one.moment, one.value, one.without_recording) for one in told] == [
        ("during", 2.0, True),
        ("after", 1.0, True),
        ("morning", 0.0, False),
    ]
    assert told[1].settle_min == 30
    view = return_view(state.store(), state.viewer(), who(ONCE).id, NOW)
    assert view.followed is not None
    assert view.followed.plan.state.standing.greens == 1
    assert not view.followed.asks


def pills_keyed(at: AppTest, key: str, value: object) -> None:
    (group,) = [one for one in at.main.get("button_group") if str(one.key).startswith(key)]
    group.set_value(value)
