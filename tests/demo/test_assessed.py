"""The assessments of the sample squad: written once, readable, with something to see in each part of the page."""

from __future__ import annotations

from pathlib import Path

from loadmon.clinic.compared import Change, compared
from loadmon.clinic.correction_plan import correction_plan
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.reasoning import reason
from loadmon.demo.assessed import SHIN, note_assessments
from loadmon.demo.squad import squad
from loadmon.store import Viewer, assessments, open_store
from loadmon.store import squad as rows
from tests.demo.reading import TODAY


def test_the_runner_with_the_sore_shin_was_assessed_twice(tmp_path: Path) -> None:
    store, known = open_store(None, tmp_path / "home"), default_knowledge()
    cast = squad(TODAY)
    with store.write() as conn:
        assert note_assessments(conn, cast, TODAY) == 0  # nobody is there yet
        rows.add_athlete(conn, SHIN, is_sample=True)
        assert note_assessments(conn, cast, TODAY) == 2
        assert note_assessments(conn, cast, TODAY) == 0  # never twice
        before, now = (kept.assessment for kept in assessments.assessments(conn, Viewer.everyone()).values())
    store.close()
    first = reason(before, known)
    assert [driver.node.finding for driver in first.primary] == ["hip_abductor_deficit"]
    assert {one.node.finding for one in first.compensations} >= {"contralateral_pelvic_drop", "overpronation"}
    changed = {one.measure for one in compared(before, now, known) if one.change is Change.CHANGED}
    assert changed == {"cpd_deg"}
    plan = correction_plan(reason(now, known), known)
    assert not plan.stops
    assert plan.cadence is not None
    assert plan.cadence.target_spm == 174
