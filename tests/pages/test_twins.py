"""Two recordings of one run on the pages: side by side, decided, undone, and what holds for the runner."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from loadmon.athlete import Athlete
from loadmon.show import state, twins
from loadmon.show.twin_words import COUNTS, NOT_COUNTED, WHAT
from loadmon.store import runs, sessions
from tests.intake.made import content
from tests.made_twice import TWICE, twice_files
from tests.pages.conftest import NOW, Open, make_home, well, words

MERGE, BOTH = "and takes what it lacks", "they were two runs"


@pytest.fixture(scope="module")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("twice"), twice_files(NOW.date()))


@pytest.fixture(autouse=True)
def _own_home(made_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(made_home, tmp_path / "own-home")
    monkeypatch.setenv("LOADMON_HOME", str(tmp_path / "own-home"))


def eva() -> Athlete:
    return next(one for one in state.athletes() if one.name == TWICE)


def number(name: str) -> int:
    with state.store().read() as conn:
        table = runs.runs_table(conn, state.viewer())
    return int(table.set_index("file_name").loc[name, "session_id"])


def opened(open_page: Open, name: str) -> AppTest:
    return open_page("session.py", athlete=str(eva().id), session=str(number(name)))


def radio(at: AppTest, label: str) -> Any:
    return next(one for one in at.main.radio if one.label == label)


def choose(at: AppTest, label: str, part_of_option: str) -> AppTest:
    question = radio(at, label)
    (option,) = [option for option in question.options if part_of_option in option]
    question.set_value(option)
    return well(at.run())


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return well(at.run())


def cadence(name: str) -> float | None:
    with state.store().read() as conn:
        return sessions.one(conn, state.viewer(), number(name)).facts.median_cadence_spm


def test_both_stand_side_by_side_with_what_counts_and_why(open_page: Open) -> None:
    at = opened(open_page, "watch 1.fit")
    assert twins.HEADING in words(at)
    assert "**This recording counts.** It holds more: heart rate." in words(at)
    table = next(one.value for one in at.main.table if WHAT in one.value).set_index(WHAT).T
    assert table["counts"].tolist() == [COUNTS, NOT_COUNTED]
    assert table["heart rate"].tolist() == ["100 % of the time", "–"]
    assert table["cadence"].tolist() == ["–", "yes"]
    other = opened(open_page, "phone 1.gpx")
    assert "**The other recording counts.** It holds more: heart rate." in words(other)
    assert "Not counted in any sum: second recording of the same run" in words(other)
    assert twins.HEADING not in words(opened(open_page, "watch 5.fit")), "recorded once"


def test_a_choice_holds_at_once_and_is_undone(open_page: Open) -> None:
    at = opened(open_page, "watch 1.fit")
    before = content(state.store())
    at = choose(at, twins.QUESTION, MERGE)
    assert "It takes from the other: cadence." in words(at)
    assert cadence("watch 1.fit") is not None
    assert cadence("watch 2.fit") is None, "this pair alone"
    at = choose(at, twins.QUESTION, BOTH)
    assert "**Both count.** You decided that both count." in words(at)
    assert cadence("watch 1.fit") is None
    at = press(at, "Undo")
    assert "It takes from the other: cadence." in words(at)
    at = choose(at, twins.QUESTION, "as for all runs of this runner")
    assert "**This recording counts.**" in words(at)
    assert content(state.store()) == before


def test_the_other_may_count(open_page: Open) -> None:
    at = choose(opened(open_page, "watch 1.fit"), twins.QUESTION, "the other recording counts")
    assert "**The other recording counts.** You chose it." in words(at)
    assert "Not counted in any sum" in words(well(at.run()))
    at = choose(opened(open_page, "phone 1.gpx"), twins.QUESTION, "the other recording counts")
    assert "**The other recording counts.** You chose it." in words(at)


def test_what_holds_for_the_runner(open_page: Open) -> None:
    at = open_page("runner.py", athlete=str(eva().id))
    assert "Of this runner there are 2 such pairs." in words(at)
    at = choose(at, twins.RUNNER_QUESTION, MERGE)
    assert eva().twins == "merge"
    assert cadence("watch 1.fit") is not None
    assert cadence("watch 2.fit") is not None
    at = press(at, "Undo")
    assert eva().twins is None
    assert cadence("watch 1.fit") is None


def test_the_list_for_the_import_page() -> None:
    def page() -> None:
        from loadmon.show import twins as shown

        shown.recorded_twice()

    at = well(AppTest.from_function(page, default_timeout=60).run())
    assert "Runs recorded twice" in words(at)
    table: pd.DataFrame = at.main.dataframe[0].value
    assert len(table) == 2
    assert table["why"].tolist() == ["it holds more: heart rate"] * 2
    assert table["day"].iloc[0].startswith("Sat 16 May 26")


def test_a_list_of_runners_who_recorded_nothing_twice_is_none() -> None:
    def page() -> None:
        from loadmon.show import twins as shown

        shown.recorded_twice([987])

    at = well(AppTest.from_function(page, default_timeout=60).run())
    assert words(at) == ""
