"""Findings in the store: noted, ended, taken back and put back, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from loadmon.finding import Finding
from loadmon.refusal import NotFound
from loadmon.store import Role, Store, Viewer, findings, imports, squad, undo
from loadmon.store.findings import NotedAlready
from loadmon.tissue.findings import UnknownFinding
from loadmon.tissue.found import Contradiction, ImpossibleFinding
from tests.store import made

ALL = Viewer.everyone()
TODAY = date(2025, 6, 30)
DAY = date(2025, 6, 1)


@pytest.fixture
def ana(store: Store) -> int:
    with store.write() as conn:
        return squad.add_athlete(conn, "Ana").id


def test_a_finding_is_noted_ended_taken_back_and_put_back(store: Store, ana: int) -> None:
    drop = Finding(ana, "pelvic_drop", DAY, "Eva\0 Lind", "left", 8.5)
    kept = replace(drop, noted_by="Eva Lind")
    with store.write() as conn:
        number = findings.add_finding(conn, ALL, drop, today=TODAY)
        assert findings.findings(conn, ALL, [ana]) == {number: kept}
        assert findings.end_finding(conn, ALL, number, TODAY, today=TODAY) is None
        assert findings.findings(conn, ALL)[number].until == TODAY
        with pytest.raises(ImpossibleFinding):
            findings.end_finding(conn, ALL, number, DAY, today=TODAY)
        assert findings.end_finding(conn, ALL, number, None, today=TODAY) == TODAY
        findings.remove_finding(conn, ALL, number)
        assert findings.findings(conn, ALL) == {}
        findings.restore_finding(conn, ALL, number)
        assert findings.findings(conn, ALL) == {number: kept}


def test_what_cannot_be_meant_or_is_noted_already_is_not_kept(store: Store, ana: int) -> None:
    one = Finding(ana, "pelvic_drop", DAY, "Eva Lind", "left")
    with store.write() as conn:
        first = findings.add_finding(conn, ALL, one, today=TODAY)
        for wrong, error in (
            (replace(one, kind="hip hike"), UnknownFinding),
            (replace(one, value=-3.0, side=None), ImpossibleFinding),
            (one, NotedAlready),
        ):
            with pytest.raises(error):
                findings.add_finding(conn, ALL, wrong, today=TODAY)
        findings.add_finding(conn, ALL, replace(one, side="right"), today=TODAY)
        findings.remove_finding(conn, ALL, first)
        findings.add_finding(conn, ALL, one, today=TODAY)  # what was taken back stands in nobody's way
        assert len(findings.findings(conn, ALL)) == 2
        with pytest.raises(NotedAlready):
            findings.restore_finding(conn, ALL, first)  # what was noted since stands in its place
        with pytest.raises(NotFound):
            findings.end_finding(conn, ALL, first, TODAY, today=TODAY)  # what was taken back has no end


def test_two_ways_of_landing_never_hold_on_the_same_day(store: Store, ana: int) -> None:
    heel = Finding(ana, "rearfoot", DAY, "Eva Lind", always=True)
    later = Finding(ana, "forefoot", TODAY, "Eva Lind")
    with store.write() as conn:
        number = findings.add_finding(conn, ALL, heel, today=TODAY)
        assert findings.findings(conn, ALL)[number] == heel
        for one in (later, replace(later, observed=date(2025, 5, 1), until=DAY)):
            with pytest.raises(Contradiction):
                findings.add_finding(conn, ALL, one, today=TODAY)
        findings.end_finding(conn, ALL, number, TODAY, today=TODAY)
        findings.add_finding(conn, ALL, later, today=TODAY)
        with pytest.raises(Contradiction):
            findings.end_finding(conn, ALL, number, None, today=TODAY)


def test_what_was_taken_back_has_no_end_and_does_not_come_back_beside_its_twin(store: Store, ana: int) -> None:
    one = Finding(ana, "pelvic_drop", DAY, "Eva Lind", "left")
    with store.write() as conn:
        first = findings.add_finding(conn, ALL, one, today=TODAY)
        findings.remove_finding(conn, ALL, first)
        with pytest.raises(NotFound):
            findings.end_finding(conn, ALL, first, TODAY, today=TODAY)
        again = findings.add_finding(conn, ALL, one, today=TODAY)
        with pytest.raises(NotedAlready):
            findings.restore_finding(conn, ALL, first)
        assert findings.findings(conn, ALL) == {again: one}
        findings.restore_finding(conn, ALL, again)  # it stands already: nothing to do
        findings.remove_finding(conn, ALL, again)
        findings.restore_finding(conn, ALL, first)
        assert findings.findings(conn, ALL) == {first: one}


def test_nobody_notes_or_changes_what_they_may_not_see(store: Store, ana: int) -> None:
    one = Finding(ana, "overstride", DAY, "Eva Lind")
    stranger = Viewer(Role.CLINICIAN, frozenset({ana + 1}))
    with store.write() as conn:
        with pytest.raises(NotFound):
            findings.add_finding(conn, stranger, one, today=TODAY)
        number = findings.add_finding(conn, Viewer.runner(ana), one, today=TODAY)
        for change in (findings.remove_finding, findings.restore_finding):
            with pytest.raises(NotFound):
                change(conn, stranger, number)
            with pytest.raises(NotFound):
                change(conn, ALL, 99)
        with pytest.raises(NotFound):
            findings.end_finding(conn, stranger, number, TODAY, today=TODAY)
        assert findings.findings(conn, ALL) == {number: one}


def test_a_runner_of_whom_something_was_found_stays_when_their_import_is_undone(store: Store) -> None:
    with store.write() as conn:
        batch = imports.start_batch(conn, "made up")
        ana, bo = (squad.add_athlete(conn, name, introduced_by=batch).id for name in ("Ana", "Bo"))
        for seed, runner in enumerate((ana, bo)):
            made.save(conn, runner, batch, made.session(seed))
        number = findings.add_finding(conn, ALL, Finding(ana, "overstride", DAY, "Eva Lind"), today=TODAY)
        imports.finish_batch(conn, batch, "done")
    with store.write() as conn:
        assert undo.take_out(conn, batch).runners == 1
        assert [one.id for one in squad.athletes(conn, ALL)] == [ana]
        assert list(findings.findings(conn, ALL)) == [number]
