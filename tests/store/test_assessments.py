"""Assessments in the store: drafts kept as they are, finished ones told by their own limits, and clinical for a coach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from loadmon.clinic.assessment import Assessment
from loadmon.clinic.cadence_target import TargetBeyondCap
from loadmon.clinic.checked import ImpossibleValue, Unfinished
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.reasoning import reason
from loadmon.clinic.thresholds import ImpossibleThreshold, OwnThreshold, with_thresholds
from loadmon.refusal import NotFound
from loadmon.store import Role, Store, Viewer, assessments, clinic_limits, drafts, squad, undo
from loadmon.store.drafts import Form
from tests.clinic.made import DAY, an_assessment, measured

ALL = Viewer.everyone()
TODAY = DAY + timedelta(days=1)
OWN = OwnThreshold("cpd_deg", (5.0, 7.0, 10.0), "Dr Osei", DAY, "my own runners")


@pytest.fixture
def ana(store: Store) -> int:
    with store.write() as conn:
        return squad.add_athlete(conn, "Ana").id


def of(athlete_id: int, drop: float = 6.5, day: date = DAY) -> Assessment:
    one = an_assessment(
        measured("cpd_deg", drop, "left"), athlete_id=athlete_id, note="sore\0 since \U0001f600 \\u0000"
    )
    return replace(one, circumstances=replace(one.circumstances, day=day))


def test_assessments_come_back_as_they_were_by_day_and_can_be_taken_back(store: Store, ana: int) -> None:
    with store.write() as conn:
        later = assessments.finish(conn, ALL, of(ana, 4.0), today=TODAY)
        first = assessments.finish(conn, ALL, of(ana, 8.0, DAY - timedelta(days=42)), today=TODAY)
        found = assessments.assessments(conn, ALL, [ana])
        assert list(found) == [first, later]
        assert found[later].assessment == of(ana, 4.0)
        assessments.remove_assessment(conn, ALL, later)
        assert list(assessments.assessments(conn, ALL)) == [first]
        assessments.restore_assessment(conn, ALL, later)
        assert list(assessments.assessments(conn, ALL)) == [first, later]
        with pytest.raises(NotFound):
            assessments.remove_assessment(conn, ALL, 99)
        assert assessments.choose_cadence(conn, ALL, first, 5.0) is None
        with pytest.raises(TargetBeyondCap):
            assessments.choose_cadence(conn, ALL, first, 12.0)
        assert assessments.assessments(conn, ALL)[first].cadence_pct == 5.0
        assert assessments.choose_cadence(conn, ALL, first, None) == 5.0


def test_what_cannot_be_meant_is_not_kept_and_the_draft_stays(store: Store, ana: int) -> None:
    with store.write() as conn:
        drafts.save_draft(conn, ALL, ana, {"assessor": "Dr"})
        for wrong, refusal in ((of(ana, 90.0), ImpossibleValue), (replace(of(ana), measured=()), Unfinished)):
            with pytest.raises(refusal):
                assessments.finish(conn, ALL, wrong, today=TODAY)
        assert assessments.assessments(conn, ALL) == {}
        assert drafts.draft(conn, ALL, ana) == {"assessor": "Dr"}


def test_limits_that_a_clinician_sets_hold_from_then_on_and_what_was_finished_keeps_its_own(
    store: Store, ana: int
) -> None:
    known = default_knowledge()
    with store.write() as conn:
        before = assessments.finish(conn, ALL, of(ana), today=TODAY)
        number = clinic_limits.set_threshold(conn, ALL, OWN)
        newer = clinic_limits.set_threshold(conn, ALL, replace(OWN, limits=(5.5, 7.5, 11.0)))
        assert clinic_limits.thresholds(conn, ALL) == {newer: replace(OWN, limits=(5.5, 7.5, 11.0))}
        after = assessments.finish(conn, ALL, of(ana), today=TODAY)
        clinic_limits.remove_threshold(conn, ALL, newer)
        assert clinic_limits.thresholds(conn, ALL) == {number: OWN}
        clinic_limits.restore_threshold(conn, ALL, newer)
        assert list(clinic_limits.thresholds(conn, ALL)) == [newer]
        assert {n: one.removed for n, one in clinic_limits.past_thresholds(conn, ALL).items()} == {number: None}
        assert clinic_limits.back_to_shipped(conn, ALL, OWN.measure) == (number, newer)
        assert clinic_limits.thresholds(conn, ALL) == {}
        past = clinic_limits.past_thresholds(conn, ALL)
        assert [(n, one.removed is None) for n, one in past.items()] == [(newer, False), (number, False)]
        with pytest.raises(NotFound):  # there is none to take back any more
            clinic_limits.back_to_shipped(conn, ALL, OWN.measure)
        for one in (number, newer):
            clinic_limits.restore_threshold(conn, ALL, one)
        with pytest.raises(ImpossibleThreshold):
            clinic_limits.set_threshold(conn, ALL, replace(OWN, limits=(7.0, 5.0, 10.0)))
        found = assessments.assessments(conn, ALL)
    dropped = {
        number: reason(kept.assessment, with_thresholds(known, kept.thresholds)).has("contralateral_pelvic_drop")
        for number, kept in found.items()
    }
    assert dropped == {before: True, after: False}


Call = Callable[[Connection, Viewer, int, int], object]


def test_nobody_reads_or_writes_of_a_runner_they_may_not_see_and_a_coach_sees_nothing_clinical(
    store: Store, ana: int
) -> None:
    with store.write() as conn:
        bo = squad.add_athlete(conn, "Bo").id
        number = assessments.finish(conn, ALL, of(ana), today=TODAY)
        drafts.save_draft(conn, ALL, ana, {"assessor": "Dr"})
        limit = clinic_limits.set_threshold(conn, ALL, OWN)
        coach = Viewer(Role.COACH, frozenset({ana, bo}))
        for viewer in (Viewer.runner(bo), coach):
            assert assessments.assessments(conn, viewer) == {}
            assert assessments.assessments(conn, viewer, [ana]) == {}
            writes: list[Callable[[], object]] = [
                lambda v=viewer: assessments.finish(conn, v, of(ana), today=TODAY),  # type: ignore[misc]
                lambda v=viewer: assessments.choose_cadence(conn, v, number, 5.0),  # type: ignore[misc]
                lambda v=viewer: assessments.remove_assessment(conn, v, number),  # type: ignore[misc]
                lambda v=viewer: assessments.restore_assessment(conn, v, number),  # type: ignore[misc]
                lambda v=viewer: clinic_limits.set_threshold(conn, v, OWN),  # type: ignore[misc]
                lambda v=viewer: clinic_limits.remove_threshold(conn, v, limit),  # type: ignore[misc]
                lambda v=viewer: clinic_limits.restore_threshold(conn, v, limit),  # type: ignore[misc]
                lambda v=viewer: clinic_limits.back_to_shipped(conn, v, OWN.measure),  # type: ignore[misc]
            ]
            for write in writes:
                with pytest.raises(NotFound):
                    write()
        assert clinic_limits.thresholds(conn, coach) == {}
        assert clinic_limits.past_thresholds(conn, coach) == {}
        herself = Viewer.runner(ana)
        for judge in (
            lambda: assessments.finish(conn, herself, of(ana), today=TODAY),
            lambda: assessments.choose_cadence(conn, herself, number, 5.0),
            lambda: assessments.remove_assessment(conn, herself, number),
        ):
            with pytest.raises(NotFound):  # she reads it; to judge is a clinician's
                judge()
        for viewer in (ALL, Viewer.runner(ana), Viewer(Role.CLINICIAN, frozenset({ana}))):
            assert list(assessments.assessments(conn, viewer)) == [number]
            assert list(clinic_limits.thresholds(conn, viewer)) == [limit]


def test_a_runner_with_an_assessment_or_a_draft_stays_when_their_import_is_undone(store: Store) -> None:
    with store.write() as conn:
        ana, bo, cem, di = (squad.add_athlete(conn, name).id for name in ("Ana", "Bo", "Cem", "Di"))
        assessments.finish(conn, ALL, of(ana), today=TODAY)
        drafts.save_draft(conn, ALL, bo, {"assessor": "Dr"})
        drafts.save_draft(conn, ALL, cem, {"made-by": "Dr"}, form=Form.PLAN)
        assert [undo._is_known(conn, number) for number in (ana, bo, cem, di)] == [True, True, True, False]
