"""From a store that knows nothing of assessments to one that does: nothing is lost."""

from __future__ import annotations

import pytest

from loadmon.store import Store, Viewer, assessments
from loadmon.store.migrate import bring_up_to_date, revision_of
from tests.clinic.made import DAY, an_assessment, measured
from tests.store import made
from tests.store.earlier import TABLES, back_to
from tests.store.test_migrate_0003 import rows

ALL = Viewer.everyone()


@pytest.fixture
def old(store: Store) -> Store:
    """A store of revision 0006 with two runners and six sessions."""
    made.two_runners(store)
    back_to(store._writer, "0006")
    return store


def test_a_0006_store_loses_nothing_and_takes_assessments(old: Store) -> None:
    before = rows(old._writer)
    with old.read() as conn:
        assert revision_of(conn) == "0006"
    bring_up_to_date(old._writer)
    after = rows(old._writer)
    del before["alembic_version.version_num"], after["alembic_version.version_num"]
    assert {name: after[name] for name in before} == before
    new = {name: after[name] for name in set(after) - set(before)}
    assert {name.split(".")[0] for name in new} >= set(TABLES["0008"])
    assert not any(new.values())
    with old.write() as conn:
        one = an_assessment(measured("cpd_deg", 8.0, "left"))
        number = assessments.finish(conn, ALL, one, today=DAY)
        assert assessments.assessments(conn, ALL)[number].assessment == one
