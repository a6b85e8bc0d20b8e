"""Names, areas, notes and file names with signs in them are shown as they are, on every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from loadmon.injury import Injury
from loadmon.server.menu import places
from loadmon.show import state
from loadmon.show.plain import plain
from loadmon.store import Viewer, diary, injury_record, squad
from tests.made_team import take_in, team_files
from tests.pages.conftest import NOW, Open

EVIL = "<script>alert(1)</script> [x](http://example.org) :red[hot] $a$ **b**"
"""As a name; a folder of this name would be cut at its slashes."""


@pytest.fixture
def hostile(home: Callable[[str], object], tmp_path: Path) -> str:
    """A store whose only runner, injury, gap and file are full of signs."""
    home("empty")
    store = state.store()
    with store.write() as conn:
        athlete = squad.add_athlete(conn, EVIL)
        injury_record.add_injury(conn, Viewer.everyone(), Injury(athlete.id, NOW.date(), None, EVIL, "left", EVIL))
        diary.add_unknown_days(conn, Viewer.everyone(), athlete.id, NOW.date(), NOW.date(), EVIL)
        squad.add_athlete(conn, "Somebody else")
    files = team_files(NOW.date())
    given = {"<b>[y](http:x) $z$</b>.gpx": next(data for path, data in files.items() if path.endswith(".gpx"))}
    given["![z](q).fit"] = b"%PDF"
    take_in(store, given, tmp_path, EVIL)
    return str(athlete.id)


@pytest.mark.parametrize("file", [place.file for place in places()])
def test_nothing_given_is_taken_for_an_instruction(file: str, hostile: str, open_page: Open) -> None:
    at = open_page(file, athlete=hostile)
    markdown = [
        str(element.value)
        for kind in ("title", "subheader", "markdown", "caption", "info", "warning", "error")
        for element in getattr(at.main, kind)
    ]
    markdown += [link.proto.label for link in at.main.get("page_link")]
    for text in markdown:
        for sign in ("<script", "[x](", ":red[", "$a$", "**b**", "![z](", "[y]("):
            assert not re.search(rf"(?<!\\){re.escape(sign)}", text), text
    html = [str(block.proto.body) for block in at.main.get("html")]
    for text in html:
        assert "<script" not in text
        assert "<b>[y]" not in text
    if file in ("week.py", "history.py", "session.py", "squad.py"):
        assert any(plain(EVIL) in text for text in markdown)
