"""By what files are known as a runner's: learnt, worn, or known of several and so telling nothing."""

from __future__ import annotations

import dataclasses

from loadmon.intake.clues import ClueKind
from loadmon.intake.known_by import known_by, why_words
from loadmon.readers.makers import MADE_UP
from loadmon.store import Role, Store, Viewer, imports, owner_clues, squad
from tests.intake.made import ALL
from tests.store import made


def test_what_is_learnt_and_worn_stands_once_with_what_it_is_worth(store: Store) -> None:
    with store.write() as conn:
        ana, bo = (squad.add_athlete(conn, name) for name in ("Ana", "Bo"))
        batch = imports.start_batch(conn, "x")
        for number in range(3):
            made.save(conn, (ana if number else bo).id, batch, made.session(number, samples=60))
        owner_clues.teach(
            conn, ana.id, [("serial", "abcd"), ("folder", "camp"), ("profile", "anni"), ("pattern", "a_*")], batch
        )
        owner_clues.teach(conn, bo.id, [("serial", "0123456789abcdef")], None)
    with store.read() as conn:
        folder, pattern, watch, profile = known_by(conn, ALL, [ana.id])
        own, worn = known_by(conn, Viewer(Role.COACH, frozenset({bo.id})))
    assert [one.name for one in (folder, pattern, profile)] == ["folder “camp”", "files called “a_*”", "profile “anni”"]
    assert (watch.kind, watch.value, watch.sessions, watch.others) == (ClueKind.SERIAL, "abcd", 2, ("Bo",))
    assert watch.clue is not None
    assert why_words(watch) == (
        "2 sessions of theirs were recorded with it. It tells nothing, as it is known of Bo too."
    )
    assert [why_words(one) for one in (folder, pattern, profile)] == ["", "", ""]
    assert (own.name, own.sessions, own.plain()["import"]) == ("watch 01234567…", 0, None)
    assert (worn.value, worn.clue, worn.sessions) == ("abcd", None, 1)
    assert worn.others == (), "nobody hears of runners they may not see"
    assert worn.plain()["number"] is None


def test_a_serial_number_that_apps_make_up_tells_nothing(store: Store) -> None:
    made_up = next(iter(MADE_UP))
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana")
        session = made.session(0, samples=60)
        device = dataclasses.replace(session.device, serial_hash=made_up)
        made.save(conn, ana.id, imports.start_batch(conn, "x"), dataclasses.replace(session, device=device))
        assert [watch.serial for watch in owner_clues.worn(conn, ALL)] == [made_up]
        assert known_by(conn, ALL) == []
