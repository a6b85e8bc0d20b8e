"""Forms that were begun: kept as they are over a reload, apart from each other, clinical for a coach, gone once something is made."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from loadmon.refusal import NotFound, TooLarge
from loadmon.store import Role, Viewer, assessments, drafts, squad
from loadmon.store.drafts import Form
from tests.clinic.made import an_assessment, measured
from tests.store.conftest import Opener

ALL = Viewer.everyone()
ANSWERS: dict[str, Any] = {
    "assessor": "Dr Osei",
    "cpd_deg-left": 99.0,
    "note": None,
    "red_flags": ["x"],
    "name": "Zoë \\u0000",
}


@pytest.mark.parametrize("form", Form)
def test_a_draft_is_kept_as_it_is_until_it_is_dropped(opener: Opener, form: Form) -> None:
    with opener().write() as conn:
        ana, bo = (squad.add_athlete(conn, name).id for name in ("Ana", "Bo"))
        assert drafts.dated_draft(conn, ALL, ana, form=form) == ({}, None)
        drafts.save_draft(conn, ALL, ana, {"assessor": "Dr"}, form=form)
        drafts.save_draft(conn, ALL, ana, ANSWERS, form=form)
    with opener().read() as conn:  # another process, after a reload
        answers, changed = drafts.dated_draft(conn, ALL, ana, form=form)
        assert answers == ANSWERS
        assert changed is not None
        assert abs((datetime.now(UTC) - changed).total_seconds()) < 600
        assert [drafts.draft(conn, ALL, ana, form=other) for other in Form if other is not form] == [{}]
        assert drafts.draft(conn, ALL, bo, form=form) == {}
    with opener().write() as conn:
        with pytest.raises(TooLarge):
            drafts.save_draft(conn, ALL, ana, {"note": "x" * 300_000}, form=form)
        assert drafts.draft(conn, ALL, ana, form=form) == ANSWERS
        drafts.drop_draft(conn, ALL, ana, form=form)
        assert drafts.draft(conn, ALL, ana, form=form) == {}


@pytest.mark.parametrize("form", Form)
def test_nobody_reads_or_changes_a_draft_of_whom_they_may_not_see_and_a_coach_none(opener: Opener, form: Form) -> None:
    with opener().write() as conn:
        ana, bo = (squad.add_athlete(conn, name).id for name in ("Ana", "Bo"))
        drafts.save_draft(conn, ALL, ana, ANSWERS, form=form)
        for viewer in (Viewer.runner(bo), Viewer(Role.COACH, frozenset({ana, bo}))):
            assert drafts.draft(conn, viewer, ana, form=form) == {}
            with pytest.raises(NotFound):
                drafts.save_draft(conn, viewer, ana, {}, form=form)
            with pytest.raises(NotFound):
                drafts.drop_draft(conn, viewer, ana, form=form)
        for viewer in (ALL, Viewer.runner(ana), Viewer(Role.CLINICIAN, frozenset({ana}))):
            assert drafts.draft(conn, viewer, ana, form=form) == ANSWERS


def test_a_finished_assessment_leaves_no_draft_of_it_and_that_of_a_plan_stays(opener: Opener) -> None:
    with opener().write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        for form in Form:
            drafts.save_draft(conn, ALL, ana, ANSWERS, form=form)
        one = an_assessment(measured("cpd_deg", 6.5, "left"), athlete_id=ana)
        assessments.finish(conn, ALL, one, today=one.circumstances.day)
        assert [drafts.draft(conn, ALL, ana, form=form) for form in (Form.ASSESSMENT, Form.PLAN)] == [{}, ANSWERS]
