"""What is noted on a page changes what is told, and can be taken back and put back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from streamlit.testing.v1 import AppTest

from loadmon.injury import Injury
from loadmon.intake.jobs import SAMPLE
from loadmon.show import state
from loadmon.store import injury_record, jobs, squad
from loadmon.units import UnitSystem
from tests.made_team import JUMP, ONCE, STEADY
from tests.pages.conftest import NOW, Open, well, words

Home = Callable[[str], object]
TODAY = NOW.date()


def number(name: str) -> str:
    return str(next(a.id for a in state.athletes() if a.name == name))


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return well(at.run())


def order(open_page: Open) -> list[str]:
    return [link.proto.label.strip("*") for link in open_page("squad.py").main.get("page_link")]


def note_an_injury(at: AppTest) -> AppTest:
    form = at.main.get("form")[0]
    form.selectbox[0].set_value("knee")
    form.date_input[0].set_value(TODAY - timedelta(days=2))
    form.button[0].click()
    return well(at.run())


def note_missing_days(at: AppTest, first_ago: int, last_ago: int) -> AppTest:
    form = at.main.get("form")[1]
    form.date_input[0].set_value((TODAY - timedelta(days=first_ago), TODAY - timedelta(days=last_ago)))
    form.text_input[0].set_value("watch broken")
    form.button[0].click()
    return well(at.run())


def test_an_injury_moves_a_steady_runner_to_the_top_and_back(home: Home, open_page: Open) -> None:
    home("team")
    assert order(open_page)[-1] == STEADY
    at = note_an_injury(open_page("history.py", athlete=number(STEADY)))
    assert "Knee: since 15 May 2026, open" in words(at)
    assert order(open_page)[0] == STEADY
    at = press(at, "Take back")
    assert "Knee: since" not in words(at)
    assert order(open_page)[-1] == STEADY
    at = press(at, "Undo: put it back")
    assert "Knee: since 15 May 2026, open" in words(at)
    assert order(open_page)[0] == STEADY
    assert "Undo: put it back" not in words(at)


def test_an_injury_without_a_place_is_not_noted_and_what_was_given_stays(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("history.py", athlete=number(STEADY))
    form = at.main.get("form")[0]
    form.text_input[0].set_value("after the hills")
    form.button[0].click()
    at = well(at.run())
    assert "where it hurts is missing" in words(at)
    assert injuries() == {}
    assert at.main.get("form")[0].text_input[0].value == "after the hills"
    at = note_an_injury(at)
    assert "Knee: since 15 May 2026, open" in words(at)
    assert "where it hurts is missing" not in words(at)
    assert at.main.get("form")[0].text_input[0].value == ""
    assert at.main.get("form")[0].selectbox[0].value is None


def test_undo_is_offered_to_the_runner_it_is_about_only(home: Home, open_page: Open) -> None:
    home("team")
    at = press(note_an_injury(open_page("history.py", athlete=number(STEADY))), "Take back")
    assert "Undo: put it back" in words(at)
    at.query_params["athlete"] = number(ONCE)
    assert "Undo: put it back" not in words(well(at.run()))
    at.query_params["athlete"] = number(STEADY)
    assert "Undo: put it back" in words(well(at.run()))


def test_back_in_full_closes_the_injury(home: Home, open_page: Open) -> None:
    home("team")
    at = press(note_an_injury(open_page("history.py", athlete=number(STEADY))), "Back in full")
    assert "back in full on 17 May 2026" in words(at)
    assert "Back in full" not in words(at)
    (kept,) = injuries().values()
    assert kept.returned == TODAY


def test_an_injury_is_closed_on_the_day_it_ended_and_opened_again(home: Home, open_page: Open) -> None:
    home("team")
    at = note_an_injury(open_page("history.py", athlete=number(STEADY)))
    (known,) = injuries()
    at.date_input(key=f"back-day-{known}").set_value(TODAY + timedelta(days=1))
    at = press(well(at.run()), "Back in full")
    assert "That day lies ahead." in words(at)
    at.date_input(key=f"back-day-{known}").set_value(TODAY - timedelta(days=1))
    at = press(well(at.run()), "Back in full")
    assert injuries()[known].returned == TODAY - timedelta(days=1)
    at = press(at, "Undo")
    assert injuries()[known].returned is None
    at = press(press(at, "Back in full"), "Open again")
    assert injuries()[known].returned is None
    press(at, "Undo")
    assert injuries()[known].returned == TODAY


def injuries() -> dict[int, Injury]:
    with state.store().read() as conn:
        return injury_record.injuries(conn, state.viewer())


def test_an_open_injury_takes_the_next_runs_figure_away(home: Home, open_page: Open) -> None:
    home("team")
    assert ">injury open<" not in words(open_page("week.py", athlete=number(STEADY)))
    note_an_injury(open_page("history.py", athlete=number(STEADY)))
    found = words(open_page("week.py", athlete=number(STEADY)))
    assert ">injury open<" in found
    assert "the next run follows the clinician's plan" in found


def test_days_noted_as_missing_are_told_drawn_taken_back_and_put_back(home: Home, open_page: Open) -> None:
    home("team")
    at = note_missing_days(open_page("history.py", athlete=number(STEADY)), 13, 9)
    assert "Without data: 4 May 2026 to 8 May 2026 (watch broken)" in words(at)
    assert "3 days without data" in words(at)  # two of the five have a run: what was recorded stays known
    assert "Hatched: days noted as missing" in words(at)
    at = press(at, "Take back")
    assert "Without data:" not in words(at)
    at = press(at, "Undo: put it back")
    assert "Without data: 4 May 2026 to 8 May 2026 (watch broken)" in words(at)


def test_half_a_span_of_days_is_one_day(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("history.py", athlete=number(STEADY))
    form = at.main.get("form")[1]
    form.date_input[0].set_value((TODAY - timedelta(days=9),))
    form.button[0].click()
    assert "Without data: 8 May 2026" in words(well(at.run()))


def test_the_unit_is_remembered_by_the_next_visitor(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("week.py", athlete=number(ONCE))
    assert "4.5 km" in words(at)
    at.sidebar.get("button_group")[0].set_value(UnitSystem.IMPERIAL.value)
    well(at.run())
    assert "2.8 mi" in words(at)
    assert "4.5 km" not in words(at)
    assert "2.8 mi" in words(open_page("week.py", athlete=number(ONCE)))


def test_the_sample_squad_is_asked_for_once(home: Home, open_page: Open) -> None:
    home("empty")
    at = press(open_page("home.py"), "Load the sample squad")
    with state.store().read() as conn:
        asked = jobs.listed(conn, state.viewer())
    assert [job.kind for job in asked] == [SAMPLE]
    assert next(b for b in at.button if b.label == "Load the sample squad").disabled
    assert [bar.proto.text for bar in at.sidebar.get("progress")] == ["Waiting for its turn"]
    assert "The first runners appear here in a moment" in words(at)
    press(at, "Stop and keep what is in")
    with state.store().read() as conn:
        assert jobs.listed(conn, state.viewer())[0].state == "cancelled"


def test_a_sample_runner_is_marked_on_every_page_and_can_be_removed(home: Home, open_page: Open) -> None:
    home("team")
    assert "Sample data" not in words(open_page("squad.py"))
    with state.store().write() as conn:
        squad.add_athlete(conn, "Invented", is_sample=True)
    for file in ("squad.py", "week.py", "history.py", "session.py", "import_files.py", "evidence.py"):
        assert "**Sample data**: 1 of 5 runners are invented" in words(open_page(file))
    at = press(open_page("squad.py"), "Remove the sample squad")
    assert "Sample data" not in words(at)
    assert {a.name for a in state.athletes()} >= {STEADY, JUMP}


def test_finding_a_runner_by_name(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("squad.py")
    at.text_input[0].set_value("ben")
    well(at.run())
    assert [link.proto.label for link in at.main.get("page_link")] == [f"**{JUMP}**"]
    at.text_input[0].set_value("nobody of this name")
    assert "Nobody here matches" in words(well(at.run()))
