"""The runner's page tells by what files are known as theirs, forgets it, and brings it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from loadmon.show import state
from loadmon.show.known_by import NOTHING_YET
from loadmon.store import owner_clues, squad
from loadmon.store.owner_clues import OwnerClue
from tests.intake import made
from tests.made_team import ONCE
from tests.pages.conftest import Open, well, words
from tests.pages.test_ahead import press

Home = Callable[[str], object]


def learnt() -> list[OwnerClue]:
    with state.store().read() as conn:
        return owner_clues.learnt(conn, state.viewer())


def test_it_is_seen_forgotten_and_brought_back(home: Home, open_page: Open, tmp_path: Path) -> None:
    home("once")
    files = {f"camp/zoe_{day}.fit": made.fit(day, serial=made.WATCHES[0]) for day in range(2)}
    done = made.take_in(state.store(), made.lay(tmp_path / "given", files), athlete="Zoë [x](http://x.org)")
    zoe = next(one for one in state.athletes() if one.name != ONCE)
    at = open_page("runner.py", athlete=str(zoe.id))
    shown = words(at)
    assert "**Folder “camp”**, learnt " in shown
    assert "**Files called “zoe_*”**, learnt " in shown
    watch = next(line for line in shown.splitlines() if line.startswith("**Watch "))
    assert watch.endswith("2 sessions of theirs were recorded with it.")
    assert learnt()[-1].value[:8] in watch and learnt()[-1].value not in watch, "a fingerprint is shortened"
    assert "A watch tells as long as sessions recorded with it are here" in shown
    before = learnt()
    at = press(at, "Forget")
    assert "Forgotten: folder “camp”." in words(at)
    assert [one.kind for one in learnt()] == ["pattern", "serial"]
    at = press(at, "Undo")
    assert [(one.kind, one.value, one.batch_id, one.created) for one in learnt()] == [
        (one.kind, one.value, done.batch_id, one.created) for one in before
    ]
    for _ in range(3):
        at = press(at, "Forget")
    assert learnt() == []
    assert "**Watch " in words(at), "its sessions tell by themselves"
    assert "Forget" not in [button.label for button in at.main.button]


def test_where_nothing_is_known_it_says_how_it_comes_to_be(home: Home, open_page: Open) -> None:
    home("once")
    with state.store().write() as conn:
        number = squad.add_athlete(conn, "New Runner").id
    assert NOTHING_YET in words(well(open_page("runner.py", athlete=str(number))))
