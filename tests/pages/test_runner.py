"""The page Runner and the question how hard a session was: told, refused in words, taken back and put back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from loadmon.athlete import Athlete
from loadmon.days import WeekStart
from loadmon.paths import page_file
from loadmon.show import figures, state
from loadmon.show.effort import QUESTION
from loadmon.show.effort import words as effort_words
from loadmon.store import runs, squad
from loadmon.units import Units
from tests.made_team import JUMP, STEADY
from tests.pages.conftest import NOW, Open, well, words

Home = Callable[[str], object]
PAGE = "runner.py"
TODAY = NOW.date()


def who(name: str) -> Athlete:
    return next(a for a in state.athletes() if a.name == name)


def box(at: AppTest, kind: str, label: str) -> Any:
    return next(widget for widget in at.main.get(kind) if widget.label.startswith(label))


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return well(at.run())


def add(at: AppTest, kind: str, value: float | str, ago: int = 0) -> AppTest:
    box(at, "selectbox", "Which").set_value(kind)
    at = well(at.run())
    box(at, "text_input" if isinstance(value, str) else "number_input", "Value").set_value(value)
    box(at, "date_input", "Holds from").set_value(TODAY - timedelta(days=ago))
    return press(well(at.run()), "Add it")


def values(name: str, kind: str) -> list[float]:
    return [t.value for t in who(name).thresholds if t.kind == kind]


def test_limits_are_added_listed_taken_back_and_put_back(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page(PAGE, athlete=str(who(STEADY).id))
    assert "**Maximum heart rate**: for load from heart rate" in words(at)
    at = add(at, "max_heart_rate_bpm", 188, ago=30)
    assert "**Maximum heart rate**: 188 bpm since 17 Apr 2026" in words(at)
    assert box(at, "number_input", "Value").value is None, "the field begins anew once its value is in"
    at = add(at, "threshold_speed_mps", "4:10", ago=3)
    assert "**Threshold pace**: 4:10 /km since 14 May 2026" in words(at)
    assert values(STEADY, "threshold_speed_mps") == [4.0]
    at = press(at, "Undo")
    assert values(STEADY, "threshold_speed_mps") == []
    at = press(at, "Take back")
    assert values(STEADY, "max_heart_rate_bpm") == []
    assert "Taken back: Maximum heart rate 188 bpm." in words(at)
    at = press(at, "Undo")
    assert values(STEADY, "max_heart_rate_bpm") == [188.0]
    assert "Undo" not in [button.label for button in at.button]
    assert who(JUMP).thresholds == ()


def test_the_same_day_again_replaces_and_undo_brings_the_first_back(home: Home, open_page: Open) -> None:
    home("team")
    at = add(open_page(PAGE, athlete=str(who(STEADY).id)), "mass_kg", 62.5, ago=9)
    at = add(at, "mass_kg", 64.0, ago=9)
    assert "Added: Body mass 64 kg instead of 62.5 kg, from 8 May 2026 on." in words(at)
    at = add(press(at, "Undo"), "mass_kg", 61.0)
    assert values(STEADY, "mass_kg") == [62.5, 61.0]
    assert "Body mass before (1)" in [e.label for e in at.main.expander]
    assert "Body mass: 62.5 kg from 8 May 2026 to the next one" in words(at)


def test_what_cannot_be_is_refused_in_words_and_stays_in_the_form(home: Home, open_page: Open) -> None:
    home("team")
    at = add(open_page(PAGE, athlete=str(who(STEADY).id)), "rest_heart_rate_bpm", 110)
    at = add(at, "max_heart_rate_bpm", 300)
    assert "**300 bpm is no maximum heart rate that a person has.**" in words(at)
    assert box(at, "number_input", "Value").value == 300
    at = add(at, "max_heart_rate_bpm", 105)
    assert "**105 bpm is not above the resting heart rate of 110 bpm that holds from 17 May 2026.**" in words(at)
    at = add(at, "max_heart_rate_bpm", 190, ago=-2)
    assert "**19 May 2026 lies in the future.**" in words(at)
    at = add(at, "threshold_speed_mps", "quick")
    assert "Write minutes and seconds for one km, such as 4:30." in words(at)
    assert {t.kind for t in who(STEADY).thresholds} == {"rest_heart_rate_bpm"}


def test_what_was_begun_is_there_again_after_another_page(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page(PAGE, athlete=str(who(STEADY).id))
    box(at, "number_input", "Value").set_value(187)
    box(at, "text_input", "Name").set_value("Ada St")
    well(at.run())
    well(at.switch_page(str(page_file("week.py"))).run())
    at = well(at.switch_page(str(page_file(PAGE))).run())
    assert box(at, "number_input", "Value").value == 187
    assert box(at, "text_input", "Name").value == "Ada St"
    assert who(STEADY).thresholds == ()


def test_name_zone_and_sex(home: Home, open_page: Open) -> None:
    home("team")
    number = who(STEADY).id
    at = open_page(PAGE, athlete=str(number))
    box(at, "text_input", "Name").set_value(f" {JUMP.upper()} ")
    at = press(well(at.run()), "Change the name")
    assert "**Another runner has this name already.**" in words(at)
    box(at, "text_input", "Name").set_value("[Zoë](http://x.org)")
    at = press(well(at.run()), "Change the name")
    assert at.title[0].value.startswith("\\[Zoë")
    box(at, "selectbox", "Home time zone").set_value("Pacific/Auckland")
    at = well(at.run())
    box(at, "button_group", "Sex").set_value("female")
    at = well(at.run())
    with state.store().read() as conn:
        found = squad.athlete(conn, state.viewer(), number)
    assert (found.name, found.time_zone, found.sex) == ("[Zoë](http://x.org)", "Pacific/Auckland", "female")
    box(at, "button_group", "Sex").set_value("not told")
    well(at.run())
    assert next(a for a in state.athletes() if a.id == number).sex is None


def test_the_order_in_which_load_is_told(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page(PAGE, athlete=str(who(STEADY).id))
    assert "heart rate, then pace, then effort, then minutes (loadmon's own order)" in words(at)
    box(at, "multiselect", "Best first").set_value(["effort", "pace"])
    at = press(well(at.run()), "Use this order")
    assert "Now: effort, then pace." in words(at)
    assert who(STEADY).load_order == ("effort", "pace")
    at = press(at, "Back to loadmon's own order")
    assert who(STEADY).load_order is None
    at = press(at, "Undo")
    assert who(STEADY).load_order == ("effort", "pace")
    box(at, "multiselect", "Best first").set_value([])
    at = press(well(at.run()), "Use this order")
    assert "That is not an order in which load can be told." in words(at)


def test_the_weeks_first_day_reaches_the_week_the_squad_and_the_history(home: Home, open_page: Open) -> None:
    home("team")
    number = who(STEADY).id
    before = words(open_page("week.py", athlete=str(number)))
    assert "This week, 7 of 7 days" in before  # 17 May 2026 is a Sunday
    at = open_page(PAGE, athlete=str(number))
    box(at, "button_group", "Weeks begin on").set_value(WeekStart.SUNDAY)
    well(at.run())
    assert state.week_start() is WeekStart.SUNDAY
    assert "This week, 1 of 7 days" in words(open_page("week.py", athlete=str(number)))
    view = state.runner_week(number)
    assert view.week.week_start == TODAY
    assert {day.weekday() for day in view.weeks["week_start"]} == {6}
    assert {row.week.week_start for row in state.squad_rows()} == {TODAY}
    history = state.runner_history(number, None)
    assert history.week is not None
    assert history.week.first == TODAY
    told = figures.squad_rows(state.store(), state.viewer(), Units(), NOW, first=WeekStart.SUNDAY)
    assert [row.weeks_m for row in state.squad_rows()] == [row.weeks_m for row in told]


def newest(name: str) -> int:
    with state.store().read() as conn:
        return int(runs.runs_table(conn, state.viewer(), [who(name).id])["session_id"].iloc[-1])


def kept(session_id: int) -> tuple[float | None, float | None]:
    stored = state.session(session_id)
    return stored.effort_told, stored.effort


def test_how_hard_it_was_is_told_changed_and_undone(home: Home, open_page: Open) -> None:
    home("team")
    number = newest(STEADY)
    at = open_page("session.py", session=str(number))
    assert "Not told yet." in words(at)
    box(at, "button_group", QUESTION).set_value(7)
    at = well(at.run())
    assert "7 of 10: very hard, told on this page." in words(at)
    assert kept(number) == (7.0, 7.0)
    box(at, "button_group", QUESTION).set_value(0)
    at = well(at.run())
    assert "0 of 10: rest, told on this page." in words(at)
    assert kept(number) == (0.0, 0.0)
    at = press(at, "Undo")
    assert kept(number) == (7.0, 7.0)
    box(at, "button_group", QUESTION).set_value(None)
    at = well(at.run())
    assert kept(number) == (None, None)
    at = press(at, "Undo")
    assert kept(number) == (7.0, 7.0)
    assert "Undo" not in [b.label for b in open_page("session.py", session=str(newest(JUMP))).button]


def test_half_steps_can_be_chosen_and_are_shown_as_chosen(home: Home, open_page: Open) -> None:
    home("team")
    number = newest(STEADY)
    at = open_page("session.py", session=str(number))
    box(at, "button_group", QUESTION).set_value(6.5)
    at = well(at.run())
    assert "6.5 of 10, told on this page." in words(at)
    assert kept(number) == (6.5, 6.5)
    assert box(at, "button_group", QUESTION).value == 6.5
    sample = replace(state.session(number), athlete=replace(who(STEADY), is_sample=True))
    assert "told with the sample runner or on this page" in effort_words(sample)


def test_what_a_table_told_stands_until_something_else_is_told(home: Home, open_page: Open) -> None:
    home("team")
    number = newest(STEADY)
    with state.store().write() as conn:
        conn.execute(text("UPDATE session SET effort = 6 WHERE id = :number"), {"number": number})
        squad.add_athlete(conn, "Changes the counter that pages look at")
    at = open_page("session.py", session=str(number))
    assert "6 of 10: hard to very hard, as the file or table it came from tells." in words(at)
    box(at, "button_group", QUESTION).set_value(None)
    at = well(at.run())
    assert "stays until you choose another number" in words(at)
    assert kept(number) == (None, 6.0)
    box(at, "button_group", QUESTION).set_value(8)
    at = well(at.run())
    assert kept(number) == (8.0, 8.0)
    assert "of 10" in words(at)
    assert "6 of 10" not in words(at), "one session has one effort"
    box(at, "button_group", QUESTION).set_value(None)
    at = well(at.run())
    assert "6 of 10: hard to very hard, as the file or table it came from tells." in words(at)
