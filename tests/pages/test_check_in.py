"""Check-in: pain, questionnaires and runs without a watch are told, undone and taken back."""

from __future__ import annotations

from datetime import timedelta

from loadmon.planning.attention import State
from loadmon.planning.check_in import PROBLEM, CheckIn
from loadmon.planning.wording import FILE
from loadmon.show import state
from loadmon.show.return_view import return_view
from loadmon.store import check_ins
from tests.made_team import JUMP, ONCE, STEADY
from tests.pages.conftest import NOW, Open, well, words
from tests.pages.test_runner import TODAY, box, press, who
from tests.pages.told_health import (
    Home,
    entries,
    pills,
    pills_keyed,
    planned,
    press_keyed,
    radio,
    ran_lately,
)
from tests.planning.test_wording import four


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
    name = next(one for one in (STEADY, JUMP) if ran_lately(one))
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
    assert "Told already: during 2, in the hour after 1 of 10. Still open: the morning after" in words(at)


def test_questionnaires_are_answered_scored_and_undone(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("check_in.py", athlete=str(who(STEADY).id))
    for label, value in (("Sleep", 2), ("Tiredness", 3), ("Stress", 2), ("Sore muscles", 4)):
        pills(at, label, value)
    at = press_keyed(at, "keep-wellness")
    assert "11 of 28, where 4 is best. Against your own usual it is told from 7 days on (0 so far)." in words(at)
    at = press_keyed(at, "keep-problem")
    assert "**Nothing was answered.**" in words(at)
    radio(at, "Could you train").set_value(2)
    at = well(at.run())
    radio(at, "How far did it change").set_value(3)
    radio(at, "How far did it make").set_value(1)
    radio(at, "How strong").set_value(2)
    pills(at, "What kind", 1)
    pills(at, "On how many", 0)
    at = well(at.run())
    pills(at, "Did it come", 0)  # asked of injuries only
    at = press_keyed(at, "keep-problem")
    assert "Injury: 33 of 100" in words(at)
    assert "0 days missed, without a fall or a knock." in words(at)
    radio(at, "Could you train").set_value(4)
    at = press_keyed(at, "keep-problem")  # a second problem of the same day
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
    radio(at, "Official question about your knee 1").set_value(4)
    at = well(at.run())
    assert "Official wording: a journal, 2020. Used by licence: permission of 12 March 2026." in words(at)
    at = press_keyed(at, "keep-area")
    assert "Knee by itself: 100 of 100" in words(at)
    radio(at, "Could you train").set_value(1)  # the week goes on in our own words
    at = press_keyed(at, "keep-problem")
    assert "questions about the week are open" not in words(at)
    assert "Knee by itself, 17 May 2026: 100 · told " in words(at)
    assert "at this machine" in words(at)
    assert [one.label for one in at.main.button if str(one.key).startswith("check-in-")] == ["Take back"] * 2
    at = press_keyed(at, "check-in-1")  # the earlier of the two
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
    at = press_keyed(at, "tell-unrecorded")
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
