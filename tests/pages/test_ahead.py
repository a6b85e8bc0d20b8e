"""The import page looks ahead: each file's line, decisions on single files, and taking an import back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from loadmon.intake.decision import ASSIGN, run_assignment
from loadmon.intake.jobs import IMPORT as IMPORT_JOB
from loadmon.intake.jobs import LOOK, ask_for_import, run_import, work_on
from loadmon.intake.undo import UNDO, run_undo
from loadmon.show import state
from loadmon.store import Viewer, imports, jobs, sessions, squad
from tests.intake import made
from tests.made_team import ONCE
from tests.pages.conftest import IMPORT, Open, well, words

Home = Callable[[str], object]
ALL = Viewer.everyone()


def work() -> None:
    """What the worker beside a server does."""
    handlers = {IMPORT_JOB: run_import, LOOK: run_import, UNDO: run_undo, ASSIGN: run_assignment}
    work_on(state.store(), handlers, "serial://", threading.Event(), once=True)


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return well(at.run())


def given(open_page: Open, folder: Path) -> AppTest:
    at = open_page(IMPORT)
    at.text_input[0].set_value(str(folder))
    return well(at.run())


def open_looks() -> list[jobs.Job]:
    with state.store().read() as conn:
        return [job for job in jobs.listed(conn, ALL, open_only=True) if job.kind == LOOK]


def test_a_look_then_an_import_then_undone(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("empty")
    folder = made.lay(tmp_path / "given", made.team(2, 2) | {"Ben/cut short.fit": b"\x0e"})
    at = given(open_page, folder)
    assert "Nothing is taken in yet" in words(at)
    work()
    at = well(at.run())
    assert "**4 sessions would come in**; 1 file cannot be taken in" in words(at)
    assert "New: Anna Berg, Ben." in words(at)
    with state.store().read() as conn:
        assert sessions.runs_table(conn, ALL).empty
        assert imports.batches(conn, ALL).empty
    at = press(at, "Import these files")
    work()
    at = well(at.run())
    assert "5 files looked at, 4 sessions stored" in words(at)
    at = press(at, "Undo it")
    work()
    at = well(at.run())
    assert "undone" in words(at)
    with state.store().read() as conn:
        assert sessions.runs_table(conn, ALL).empty


def test_the_look_goes_on_without_the_page_and_is_found_again(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("empty")
    given(open_page, made.lay(tmp_path / "given", made.team(1, 2)))
    work()
    later = open_page(IMPORT)
    assert "Looked through and not taken in yet" in words(later)
    later = press(later, "Go on with it")
    assert "2 sessions would come in" in words(later)
    later = press(later, "Import these files")
    work()
    assert "Looked through and not taken in yet" not in words(well(later.run()))
    with state.store().read() as conn:
        assert len(sessions.runs_table(conn, ALL)) == 2


def test_many_unfinished_looks_are_all_there_and_bury_nothing(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("empty")
    folders = [made.lay(tmp_path / f"given {n}", {"Anna/1.fit": made.fit(n)}) for n in range(4)]
    numbers = [ask_for_import(state.store(), [folder], look=True) for folder in folders]
    work()
    with state.store().write() as conn:
        for _ in range(60):
            jobs.cancel(conn, ALL, jobs.ask(conn, IMPORT_JOB, {}))
    at = open_page(IMPORT)
    assert "Looked through before and not taken in either (2)" in [one.label for one in at.main.expander]
    oldest = next(button for button in at.main.button if button.key == f"open-{numbers[0]}")
    oldest.click()
    at = well(at.run())
    assert "1 session would come in" in words(at)
    assert at.main.button[0].key == f"forget-{numbers[0]}", "the one that is gone on with stands first"


def test_another_choice_calls_the_first_look_off(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("once")
    at = given(open_page, made.lay(tmp_path / "given", made.team(2, 1)))
    at = well(at.run())
    assert len(open_looks()) == 1, "one look for each choice, however often the page runs"
    next(box for box in at.selectbox if box.label == "Whose files are these?").set_value(ONCE)
    well(at.run())
    assert [job.request["athlete"] for job in open_looks()] == [ONCE]


def test_a_name_like_a_runners_makes_a_new_one_only_after_a_tick(
    home: Home, open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home("once")
    with state.store().write() as conn:
        squad.add_athlete(conn, "Anna")
    ask_for_import(state.store(), [made.lay(tmp_path / "given", {"lost.fit": made.fit(40)}) / "lost.fit"])
    work()
    typed, shown = ["Anna"], st.selectbox

    def box(label: str, *args: Any, **kwargs: Any) -> Any:
        """A name that is not on the list, typed: Streamlit's test runner can only choose from the list."""
        chosen = shown(label, *args, **kwargs)
        return typed[-1] if label == "Whose?" else chosen

    monkeypatch.setattr(st, "selectbox", box)
    at = open_page(IMPORT)

    def is_shut(name: str) -> bool:
        typed.append(name)
        at.run()
        return next(one for one in at.button if one.label == "It is theirs").disabled

    assert not is_shut("Anna")
    assert is_shut("Ann")
    assert "Perhaps Anna is meant." in words(at)
    next(one for one in at.checkbox if one.label == "Make a new runner called Ann").check()
    assert not is_shut("Ann")
    assert is_shut("Annaa"), "the tick was for another name"
    assert not is_shut("Zoe")


def test_a_file_of_nobody_waits_and_is_asked_for_once(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("once")
    at = given(open_page, made.lay(tmp_path / "given", {"lost.fit": made.fit(40)}))
    work()
    at = well(at.run())
    assert "1 file needs somebody to say whose it is" in words(at)
    at = press(at, "Import these files")
    work()
    at = well(at.run())
    assert "1 file waits" in words(at)
    box = next(box for box in at.selectbox if box.label == "Whose?")
    box.set_value(ONCE)
    at = well(at.run())
    at = press(at, "It is theirs")
    assert "1 file waits" not in words(at), "answered, and being done"
    work()
    assert "Whose are these?" not in words(well(at.run()))
    with state.store().read() as conn:
        assert len(sessions.runs_table(conn, ALL)) == 2
