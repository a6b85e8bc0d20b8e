"""A table on the import page: shown, asked about, confirmed, taken in; and its session on the session page."""

from __future__ import annotations

import re
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
    assert "log.xlsx** is left out. This is no list of sessions" in words(at), (
        "a table given by itself is not passed over in silence"
    )


def test_what_is_confirmed_is_what_was_chosen(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("empty")
    path = tmp_path / "log.csv"
    path.write_text("Date,Activity,Duration,Distance km,Other km\n2026-04-03,Run,0:45:00,8.5,9.5\n", encoding="utf-8")
    at = given(open_page, path)
    assert held(at, "Activity") == "sport", "kinds of activity are the sport, whatever the column is called"
    assert held(at, "Distance km") == "distance"
    assert came_in(at) == ["Fri 3 Apr 2026", "run", "8.5 km", "45:00"]
    at = confirm(choose(at, "Whose files are these?", "Anna"))
    assert can_take_in(at)
    at = choose(at, "Distance", "Other km")
    assert held(at, "Distance km") == "not used"
    assert held(at, "Other km") == "distance"
    assert came_in(at)[2] == "9.5 km"
    assert not can_take_in(at), "another column asks anew: nobody has confirmed that one"


def test_an_ambiguous_day_is_shown_as_it_would_come_in(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("empty")
    path = tmp_path / "log.csv"
    path.write_text("Date,Type,Time,Distance (mi)\n03/04/2026,Run,45:10,6.2\n,Run,50:00,7\n", encoding="utf-8")
    at = given(open_page, path)
    assert len(at.main.table) == 1, "nothing is said of sessions as long as their days can be read in two ways"
    assert came_in(choose(at, "Days are written with", "dmy"))[0] == "Fri 3 Apr 2026"
    at = choose(at, "Days are written with", "mdy")
    assert came_in(at)[0] == "Wed 4 Mar 2026"
    assert came_in(at)[2] == "10.0 km"
    assert "1 row is no session and would be named in the report, such as row 3: it has no date." in words(at)


def cells(at: AppTest, table: int) -> list[list[str]]:
    """A table's cells as they are read."""
    return [
        [re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", str(cell)) for cell in row]
        for row in at.main.table[table].value.to_numpy()
    ]


def held(at: AppTest, column: str) -> str:
    """What a column is said to hold."""
    return next(row[1] for row in cells(at, 0) if row[0] == column)


def came_in(at: AppTest) -> list[str]:
    """The first session as it would come in: day, sport, distance and whole time."""
    day, _, *rest = cells(at, 1)[0]
    return [day, *rest]


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


@pytest.mark.parametrize("screen", ["squad.py", "week.py", "history.py", "session.py"])
def test_a_run_without_a_time_is_told_as_such_on_every_page(
    home: Home, open_page: Open, tmp_path: Path, screen: str
) -> None:
    home("empty")
    days = [NOW.date() - timedelta(days=n) for n in range(0, 60, 3)]
    rows = [f"{day:%d.%m.%Y};{'' if n % 4 == 0 else '0:50:00'};{8 + n % 5},5;Laufen" for n, day in enumerate(days)]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["Datum;Dauer;km;Sportart", *rows]), encoding="utf-8")
    columns = confirmed([path], None, accept=True)
    import_plan(state.store(), plan([path], "Anna", columns=columns), what="log.csv")
    anna = str(next(runner.id for runner in state.athletes() if runner.name == "Anna"))
    text = words(open_page(screen, athlete=anna))
    assert "nan" not in text.casefold().split()
    if screen == "week.py":
        assert "the time of a run is missing" in text
    if screen == "session.py":  # the newest is one of those without
        assert "the table it comes from tells no whole time" in text
        assert ">0:00<" not in text


def test_what_a_tables_columns_and_cells_say_is_shown_and_never_obeyed(
    home: Home, open_page: Open, tmp_path: Path
) -> None:
    home("empty")
    path = tmp_path / "log.csv"
    path.write_text("Date,Type,Duration,km,[x](http://e.org)\n2026-04-03,Run,0:45:00,8.5,:red[a]\n", encoding="utf-8")
    at = given(open_page, path)
    (shown,) = [row for row in at.main.table[0].value.to_numpy() if "red" in row[2]]
    assert shown[0].startswith("\\[x\\]"), "the sign that would make it a link is made harmless"
    assert shown[2].startswith("\\:red")
