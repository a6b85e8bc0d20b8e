"""What is saved comes back; what is known is known; seasons are read at once."""

from __future__ import annotations

import dataclasses
import pickle

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import func, select

from loadmon.facts import FACTS_VERSION, RunFacts
from loadmon.session import Oddity, Session
from loadmon.store import Store, Viewer, imports, schema, sessions, squad
from loadmon.store.packed import FLAT_FACTS, PACKED_FACTS, pack
from loadmon.store.saving import Saving
from tests.store import made
from tests.store.made import two_runners

ALL = Viewer.everyone()


def same_session(ours: Session, theirs: Session) -> None:
    for field in dataclasses.fields(Session):
        left, right = getattr(ours, field.name), getattr(theirs, field.name)
        if isinstance(left, pd.DataFrame):
            pd.testing.assert_frame_equal(left, right, rtol=0, atol=1e-12, obj=field.name)
        else:
            assert np.array_equal(left, right) if isinstance(left, np.ndarray) else left == right, field.name


def test_a_session_comes_back_whole(store: Store) -> None:
    session = made.session(4, samples=900)
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana")
        batch = imports.start_batch(conn, "made up")
        number = made.save(conn, ana.id, batch, session)
    assert number is not None
    with store.read() as conn:
        back = sessions.one(conn, ALL, number)
    same_session(back.session, session)
    facts = made.facts(session)
    assert back.facts == facts
    assert len(facts.cadence_windows) > 0
    pd.testing.assert_frame_equal(back.facts.cadence_windows, facts.cadence_windows, rtol=6e-8, check_dtype=False)
    assert (back.athlete, back.batch_id, back.excluded_reason) == (ana, batch, None)
    assert back.original == sessions.Original(session.source.sha256, 1234, "fit", True)
    assert back.session.oddities[1] == Oddity("b", "c")


def test_the_table_of_facts_has_every_fact() -> None:
    columns = {column.name for column in schema.FactsRow.__table__.columns}
    assert columns == {field.name for field in dataclasses.fields(RunFacts)} - PACKED_FACTS | {"session_id"}
    assert set(FLAT_FACTS) | {"session_id"} == columns


def test_the_same_session_twice_is_stored_once(store: Store) -> None:
    session = made.session()
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        batch = imports.start_batch(conn, "made up")
        assert made.save(conn, ana, batch, session) is not None
        assert made.save(conn, ana, batch, session) is None
        second = dataclasses.replace(session, source=dataclasses.replace(session.source, index=1))
        assert made.save(conn, ana, batch, second) is not None  # another session of the same file
    with store.read() as conn:
        for table, rows in (
            (schema.SessionRow, 2),
            (schema.StreamRow, 2),
            (schema.OriginalRow, 1),
            (schema.OddityRow, 4),
        ):
            assert conn.execute(select(func.count()).select_from(table)).scalar_one() == rows, table


def test_packed_elsewhere_is_stored_the_same(store: Store) -> None:
    session = made.session()
    packed = pickle.loads(pickle.dumps(pack(session, made.facts(session))))
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        batch = imports.start_batch(conn, "made up")
        original = sessions.Original(session.source.sha256, 1, "fit", kept=False)
        saving = Saving(conn, batch)
        number = saving.add(ana, packed, original)
        saving.finish()
    assert number is not None
    with store.read() as conn:
        same_session(sessions.one(conn, ALL, number).session, session)


def test_names_that_no_text_may_hold_are_stored_readably(store: Store) -> None:
    """A ZIP may name a file in bytes that were never UTF-8, a watch may end its name with a zero byte."""
    odd = made.session()
    odd = dataclasses.replace(
        odd,
        source=dataclasses.replace(odd.source, file_name="l\udce4ufe.fit"),
        device=dataclasses.replace(odd.device, product="Watch\0\0"),
    )
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        number = made.save(conn, ana, imports.start_batch(conn, "made up"), odd)
    assert number is not None
    with store.read() as conn:
        back = sessions.one(conn, ALL, number).session
    assert back.source.file_name == "l\\udce4ufe.fit"
    assert back.device.product == "Watch"


def test_known_files_are_told_by_fingerprint(store: Store) -> None:
    ana, bo = two_runners(store, 2)
    asked = [made.fingerprint(n) for n in (0, 1001, 77)] + [made.fingerprint(n) for n in range(2000, 3200)]
    with store.read() as conn:
        known = sessions.known(conn, iter(asked))
    assert {sha256: found.athlete_id for sha256, found in known.items()} == {
        made.fingerprint(0): ana,
        made.fingerprint(1001): bo,
    }
    assert all(len(found.session_ids) == 1 for found in known.values())


def test_old_facts_are_found_and_replaced(store: Store) -> None:
    ana, _ = two_runners(store, 1)
    with store.write() as conn:
        first = int(sessions.runs_table(conn, ALL, [ana])["session_id"].iloc[0])
        assert sessions.stale(conn, FACTS_VERSION) == []
        old = sessions.one(conn, ALL, first).facts
        new = dataclasses.replace(
            old, version=FACTS_VERSION + 1, distance_m=4321.0, cadence_windows=old.cadence_windows[:1]
        )
        sessions.replace_facts(conn, [(first, new)])
        sessions.replace_facts(conn, [])
    with store.read() as conn:
        assert sessions.stale(conn, FACTS_VERSION) == [first]
        assert len(sessions.stale(conn, FACTS_VERSION + 1)) == 1
        back = sessions.one(conn, ALL, first)
    assert back.facts == new
    assert len(back.facts.cadence_windows) == 1


def test_the_counter_tells_pages_when_to_look_again(store: Store) -> None:
    assert store.revision() == 0
    two_runners(store, 1)
    assert store.revision() == 1  # one commit, however many rows
    with store.write() as conn:
        squad.athletes(conn, ALL)
    assert store.revision() == 1  # nothing was written
    with pytest.raises(RuntimeError), store.write() as conn:  # noqa: PT012
        squad.add_athlete(conn, "Cy")
        raise RuntimeError
    assert store.revision() == 1  # nothing was committed
    with store.write() as conn:
        squad.add_athlete(conn, "Cy")
    assert store.revision() == 2


def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.read() as conn:
        before = len(squad.athletes(conn, ALL))
        with store.write() as other:
            squad.add_athlete(other, "Ana")
        assert len(squad.athletes(conn, ALL)) == before
    with store.read() as conn:
        assert len(squad.athletes(conn, ALL)) == before + 1
