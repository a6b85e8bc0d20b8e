"""A mapping file on the import page: preview, look ahead and import all go by it, and so does another window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from loadmon.show import state
from loadmon.store import sessions
from tests.intake import made
from tests.made_team import ONCE
from tests.pages.conftest import IMPORT, Open, well, words
from tests.pages.test_ahead import ALL, given, open_looks, press, work

Home = Callable[[str], object]
OWNERS = b"what,runner\ncamp,Anna Berg\nben_*,Ben\nnowhere,Cleo\n"


def folder_of(tmp_path: Path) -> Path:
    names = ("camp/1.fit", "camp/ben_2.fit", "ben_3.fit", "lost.fit")
    return made.lay(tmp_path / "given", {name: made.fit(day) for day, name in enumerate(names, start=1)})


def give(at: AppTest, data: bytes, name: str = "owners.csv") -> AppTest:
    next(one for one in at.get("file_uploader") if one.label == "Mapping file").set_value((name, data, "text/csv"))
    return well(at.run())


def whose(at: AppTest) -> list[tuple[object, ...]]:
    """The table of whose files, a row a runner."""
    table = next(one.value for one in at.main.table if "here already?" in one.value.columns)
    return list(table.itertuples(index=False, name=None))


def of_whom() -> dict[str, str]:
    with state.store().read() as conn:
        table = sessions.runs_table(conn, ALL)
        return {
            one.session.source.file_name: one.athlete.name
            for one in (sessions.one(conn, ALL, int(number)) for number in table["session_id"])
        }


def test_preview_look_and_import_go_by_it_in_any_window(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("empty")
    at = given(open_page, folder_of(tmp_path))
    assert whose(at) == [("camp", "2", "folder", "new runner")]
    at = give(at, OWNERS)
    assert len(open_looks()) == 1, "the look without the mapping file was called off"
    assert whose(at) == [("Anna Berg", "1", "mapping file", "new runner"), ("Ben", "2", "mapping file", "new runner")]
    assert "Line 4 (“nowhere”) fits no file here." in words(at)
    assert "other file" not in words(at), "a line is no file"
    assert "No folder says whose the file is, for example lost.fit" in words(at).replace("**", "")
    work()
    assert "New: Anna Berg, Ben." in words(well(at.run()))
    later = open_page(IMPORT)
    assert "given, with owners.csv (" in words(later)
    later = press(press(later, "Go on with it"), "Import these files")
    work()
    assert of_whom() == {"1.fit": "Anna Berg", "ben_2.fit": "Ben", "ben_3.fit": "Ben"}
    assert "1 file waits" in words(well(later.run()))


def test_a_line_that_cannot_be_meant_is_said_and_nothing_is_looked_through(
    home: Home, open_page: Open, tmp_path: Path
) -> None:
    home("empty")
    at = give(given(open_page, folder_of(tmp_path)), b"camp,Anna\ncamp/,Ben\n")
    assert "**Line 2 of owners.csv says Ben for “camp/”, and line 1 says Anna.** Leave one of the two out." in words(at)
    assert next(button for button in at.button if button.label == "Import these files").disabled
    at = give(at, OWNERS)
    assert not next(button for button in at.button if button.label == "Import these files").disabled


def test_a_runner_chosen_for_all_of_them_stands_before_it(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("once")
    at = give(given(open_page, folder_of(tmp_path)), OWNERS)
    next(box for box in at.selectbox if box.label == "Whose files are these?").set_value(ONCE)
    at = well(at.run())
    assert whose(at) == [(ONCE, "4", "chosen", "yes")]
    assert "owners.csv says nothing here: a runner is chosen for all of the files." in words(at)
    assert [job.request["owners"] for job in open_looks()] == [None]


def test_files_and_a_folder_at_once(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("empty")
    at = given(open_page, folder_of(tmp_path))
    at.get("file_uploader")[0].set_value(("Anna.fit", made.fit(9), "application/octet-stream"))
    at = well(at.run())
    assert "Files of this browser are chosen" in words(at)
    assert "No folder says whose the file is, for example Anna.fit" in words(at).replace("**", "")
    (job,) = open_looks()
    assert job.request["spool"], "one thing at a time: what the browser gave"
