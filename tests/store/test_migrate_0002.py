"""From the first tables to those that know a session's name, shoes and effort: no row is lost, none invented."""

from __future__ import annotations

import dataclasses

from sqlalchemy import inspect

from loadmon.store import Store, Viewer, imports, sessions, squad
from loadmon.store.migrate import alembic_config, bring_up_to_date, revision_of
from tests.store import made
from tests.store.earlier import back_to


def test_an_older_stores_sessions_have_no_name_yet(store: Store) -> None:
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        number = made.save(conn, ana, imports.start_batch(conn, "made up"), made.session())
    back_to(store._writer, "0001")
    with store.read() as conn:
        assert revision_of(conn) == "0001"
    bring_up_to_date(store._writer)
    with store.read() as conn:
        assert {"title", "shoes", "effort"} <= {column["name"] for column in inspect(conn).get_columns("session")}
        session = sessions.one(conn, Viewer.everyone(), number).session  # type: ignore[arg-type]
    assert (session.title, session.shoes, session.effort) == (None, None, None)
    assert len(session.stream) == 120


def test_what_is_told_of_a_session_is_kept(store: Store) -> None:
    told = dataclasses.replace(made.session(), title="Läufe\0 am See", shoes="Pegasus", effort=7.5)
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        number = made.save(conn, ana, imports.start_batch(conn, "made up"), told)
    with store.read() as conn:
        session = sessions.one(conn, Viewer.everyone(), number).session  # type: ignore[arg-type]
    assert (session.title, session.shoes, session.effort) == ("Läufe am See", "Pegasus", 7.5)


def test_there_is_one_line_of_versions(store: Store) -> None:
    from alembic.script import ScriptDirectory

    with store._writer.connect() as conn:
        script = ScriptDirectory.from_config(alembic_config(conn))
    assert [one.revision for one in script.walk_revisions()][-2:] == ["0002", "0001"]
