"""From a store that knows nothing of tissues to one that does: nothing is lost, and recompute brings what they are told from."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import inspect

from loadmon.facts import FACTS_VERSION
from loadmon.finding import Finding
from loadmon.intake.recompute import recompute
from loadmon.store import Store, Viewer, findings, runs, sessions
from loadmon.store.migrate import bring_up_to_date, revision_of
from tests.store import made
from tests.store.earlier import LATER, TABLES, back_to, facts_columns
from tests.store.test_migrate_0003 import rows

ALL = Viewer.everyone()


@pytest.fixture
def old(store: Store) -> Store:
    """A store of revision 0005 with two runners and six sessions."""
    made.two_runners(store)
    back_to(store._writer, "0005")
    return store


def test_a_0005_store_loses_nothing(old: Store) -> None:
    before = rows(old._writer)
    with old.read() as conn:
        assert revision_of(conn) == "0005"
        assert {one["name"] for one in inspect(conn).get_columns("run_facts")} == facts_columns("0005")
    bring_up_to_date(old._writer)
    after = rows(old._writer)
    del before["alembic_version.version_num"], after["alembic_version.version_num"]
    assert {name: after[name] for name in before} == before
    new = {name: after[name] for name in set(after) - set(before)}
    assert new.pop("run_facts.exposure_reason") == [(None,)] * 6
    later = {name for revision in TABLES if revision > "0005" for name in TABLES[revision]}
    later |= {name for revision in LATER if revision > "0005" for name in LATER[revision]} - {"run_facts"}
    assert {name.split(".")[0] for name in new} == later
    assert not any(new.values())


def test_until_facts_are_computed_anew_there_is_no_exposure_and_then_it_is_that_of_a_fresh_import(old: Store) -> None:
    bring_up_to_date(old._writer)
    with old.read() as conn:
        assert runs.exposures(conn, ALL) == {}
        assert sessions.one(conn, ALL, 1).facts.exposure is None
        assert len(sessions.stale(conn, FACTS_VERSION)) == 6
    assert recompute(old).done == 6
    with old.read() as conn:
        kept = runs.exposures(conn, ALL)
        table = runs.runs_table(conn, ALL)
        back = sessions.one(conn, ALL, 1)
    assert list(kept) == table["session_id"].tolist()
    assert table["exposure_reason"].isna().all()
    assert back.facts.exposure is not None
    fresh = made.facts(made.session(0, samples=600)).exposure
    assert fresh is not None
    assert back.facts.exposure.cells == fresh.cells
    assert back.facts.exposure.amount.sum() == pytest.approx(fresh.amount.sum(), rel=1e-6)


def test_an_older_session_read_again_gets_its_exposure(old: Store) -> None:
    from loadmon.store import renewal
    from loadmon.store.packed import pack

    bring_up_to_date(old._writer)
    session = made.session(0, samples=600)
    with old.write() as conn:
        for _ in range(2):
            renewal.replace_session(conn, 1, pack(session, made.facts(session)))
    with old.read() as conn:
        assert list(runs.exposures(conn, ALL)) == [1]


def test_findings_can_be_noted_of_those_who_were_there_before(old: Store) -> None:
    bring_up_to_date(old._writer)
    with old.write() as conn:
        one = Finding(1, "overstride", date(2025, 3, 1), "Eva Lind")
        number = findings.add_finding(conn, ALL, one, today=date(2025, 4, 1))
        assert findings.findings(conn, ALL) == {number: one}
