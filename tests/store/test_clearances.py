"""Who cleared running, from the store: with the assessment, from a plan; read by those who may, and one story for plan and page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from loadmon.clinic.standing import Cleared, ImpossibleClearance
from loadmon.planning.gate import Clearance
from loadmon.planning.known_signs import not_cleared
from loadmon.refusal import NotFound
from loadmon.store import Role, Store, Viewer, assessments, clearances, known_signs, plans, squad
from tests.clinic.made import DAY, an_assessment, measured
from tests.store.health import ANSWERS, ORDER, TODAY

ALL = Viewer.everyone()
LATER = DAY + timedelta(days=9)
GIVEN = Cleared("Dr Mora", DAY + timedelta(days=7), role="physician")


def test_a_clearance_stands_with_its_assessment_clears_its_sign_and_can_be_taken_back(store: Store) -> None:
    with store.write() as conn:
        ana, bo = (squad.add_athlete(conn, name).id for name in ("Ana", "Bo"))
        found = replace(
            an_assessment(measured("cpd_deg", 6.5, "left"), athlete_id=ana), red_flags=("fever or illness",)
        )
        number = assessments.finish(conn, ALL, found, today=LATER)
        assert not_cleared(known_signs.known_signs(conn, ALL, ana), LATER)
        assert clearances.write_clearance(conn, ALL, number, GIVEN, today=LATER) is None
        assert clearances.clearances(conn, ALL, ana) == [GIVEN]
        (kept,) = assessments.assessments(conn, ALL, [ana]).values()
        assert (kept.cleared, kept.assessment) == (GIVEN, found)
        assert not_cleared(known_signs.known_signs(conn, ALL, ana), LATER) == []
        for viewer in (Viewer.runner(bo), Viewer(Role.COACH, frozenset({ana}))):
            assert clearances.clearances(conn, viewer, ana) == []
            with pytest.raises(NotFound):
                clearances.write_clearance(conn, viewer, number, GIVEN, today=LATER)
        with pytest.raises(ImpossibleClearance):
            clearances.write_clearance(conn, ALL, number, Cleared(" ", DAY, role="clinician"), today=LATER)
        assert clearances.write_clearance(conn, ALL, number, None, today=LATER) == GIVEN
        assert clearances.clearances(conn, ALL, ana) == []


def test_a_clearance_of_a_plan_counts_for_the_assessments_too(store: Store) -> None:
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        answers = replace(ANSWERS, clearance=Clearance("Dr Osei", "physician", TODAY - timedelta(days=2)))
        plans.add_plan(conn, ALL, replace(ORDER, athlete_id=ana), answers, today=TODAY)
        assert clearances.clearances(conn, ALL, ana) == [
            Cleared("Dr Osei", TODAY - timedelta(days=2), role="physician")
        ]
