"""A table on the import page: shown, asked about, confirmed, taken in; and its session on the session page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loadmon.intake.commit import import_plan
from loadmon.intake.jobs import IMPORT, run_import, work_on
from loadmon.intake.plan import plan
from loadmon.intake.tables import confirmed
from loadmon.readers.table import propose
from loadmon.readers.table_columns import FIELDS
from loadmon.show import state
from loadmon.show.table_columns import CONFIRMED, WORDS, preview
from loadmon.store import Viewer, sessions, squad
from tests.pages.conftest import IMPORT as PAGE
from tests.pages.conftest import NOW, Open, well, words
from tests.readers import made_tables

Home = Callable[[str], object]
TAKE_IN = "Import these files"


def given(open_page: Open, path: Path) -> AppTest:
    with state.store().write() as conn:
        squad.add_athlete(conn, "Anna")
    at = open_page(PAGE)
    next(box for box in at.text_input if box.label.startswith("Folder, ZIP or file")).set_value(str(path))
    return well(at.run())


def choose(at: AppTest, label: str, value: str) -> AppTest:
    next(box for box in at.selectbox if box.label == label).set_value(value)
    return well(at.run())


def confirm(at: AppTest) -> AppTest:
    next(box for box in at.checkbox if box.label == CONFIRMED).check()
    return well(at.run())


def can_take_in(at: AppTest) -> bool:
    return not next(button for button in at.button if button.label == TAKE_IN).disabled


def test_a_table_is_shown_asked_about_and_taken_in(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("empty")
    path = tmp_path / "Activities.csv"
    path.write_text(made_tables.GARMIN, encoding="utf-8")
    at = given(open_page, path)
    assert "Activities.csv** is a table of 2 rows, as Garmin Connect exports it" in words(at)
    assert "Nothing tells whether distances" in words(at)
    assert not can_take_in(at)
    assert next(box for box in at.checkbox if box.label == CONFIRMED).disabled
    at = choose(at, "Distances are in", "km")
    at = choose(at, "Ascents are in", "m")
    assert "Nothing tells" not in words(at)
    assert not can_take_in(at), "nothing is made of a table before it is confirmed"
    at = choose(confirm(at), "Whose files are these?", "Anna")
    assert can_take_in(at)
    next(button for button in at.button if button.label == TAKE_IN).click()
    well(at.run())
    work_on(state.store(), {IMPORT: run_import}, "serial://", threading.Event(), once=True)
    with state.store().read() as conn:
        table = sessions.runs_table(conn, Viewer.everyone())
        first = sessions.one(conn, Viewer.everyone(), int(table["session_id"].min()))
    assert len(table) == 2
    assert first.session.title in ("Morning", "Track")
    shown = words(open_page("session.py", session=str(first.id)))
    assert str(first.session.title) in shown
    assert "The table says:" in shown


def test_the_sport_of_all_rows_and_another_column(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("empty")
    path = tmp_path / "log.csv"
    path.write_text("Datum;Dauer;Strecke km;Strecke mi\n05.01.2026;1:05:09;12,5;7,8\n", encoding="utf-8")
    at = given(open_page, path)
    assert "nothing says that these sessions are runs" in words(at)
    at = choose(at, "Every row is a", "trail run")
    at = choose(at, "Distance", "Strecke mi")
    at = choose(at, "Distances are in", "mi")
    at = choose(confirm(at), "Whose files are these?", "Anna")
    assert can_take_in(at)


def test_a_table_that_cannot_be_read_says_why(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("empty")
    path = tmp_path / "log.xlsx"
    path.write_bytes(made_tables.xlsx({"x": [["a", "b"], [1, 2]]}))
    at = given(open_page, path)
    assert not can_take_in(at)


def test_every_field_has_its_words(home: Home) -> None:
    home("empty")
    assert set(WORDS) == set(FIELDS)
    table = preview(propose(made_tables.GERMAN_SEMICOLONS.encode()))
    assert table.iloc[0].tolist() == ["Datum", "day", "05.01.2026, 06.01.2026, 07.01.2026"]


@pytest.mark.parametrize("screen", ["squad.py", "week.py", "history.py", "session.py", "home.py"])
def test_a_runner_known_by_a_table_alone_has_every_page(
    home: Home, open_page: Open, tmp_path: Path, screen: str
) -> None:
    home("empty")
    days = [NOW.date() - timedelta(days=n) for n in range(0, 90, 2)]
    rows = [f"{day:%d.%m.%Y};0:50:{n % 60:02d};{8 + n % 5},5;Laufen;{140 + n % 9}" for n, day in enumerate(days)]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["Datum;Dauer;km;Sportart;HF", *rows]), encoding="utf-8")
    columns = confirmed([path], None, accept=True)
    import_plan(state.store(), plan([path], "Anna", columns=columns), what="log.csv")
    anna = str(next(runner.id for runner in state.athletes() if runner.name == "Anna"))
    text = words(open_page(screen, athlete=anna))
    assert " km" in text
    assert "nan" not in text.casefold().split()
