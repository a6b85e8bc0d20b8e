"""Signs for which running stops, from the store: with who told them for those who read it, and that there is one for coaches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.standing import Cleared
from loadmon.planning.gate import Clearance, RedFlagTold
from loadmon.planning.known_signs import not_cleared
from loadmon.planning.pain import HIDDEN_WORDS
from loadmon.planning.pain_log import PainEntry
from loadmon.store import Role, Store, Viewer, assessments, clearances, known_signs, pain, plans, squad
from tests.clinic.made import DAY, an_assessment, measured
from tests.store.health import ANSWERS, ORDER, TODAY

ALL, SIGN = Viewer.everyone(), default_knowledge().red_flags.signs[:1]


def test_what_a_clinician_found_is_read_by_those_who_may_and_nobody_elses(store: Store) -> None:
    with store.write() as conn:
        ana, bo = (squad.add_athlete(conn, name).id for name in ("Ana", "Bo"))
        found = replace(an_assessment(measured("cpd_deg", 6.5, "left"), athlete_id=ana), red_flags=SIGN)
        assessments.finish(conn, ALL, found, today=DAY + timedelta(days=1))
        (sign,) = known_signs.signs_found(conn, ALL, ana)
        assert (sign.day, sign.words, sign.by) == (DAY, SIGN[0], f"found by {found.circumstances.assessor}")
        (hidden,) = known_signs.signs_found(conn, Viewer(Role.COACH, frozenset({ana})), ana)
        assert (hidden.words, hidden.by) == (HIDDEN_WORDS, "found by a clinician")
        assert known_signs.signs_found(conn, Viewer.runner(bo), ana) == []
        assert known_signs.signs_found(conn, ALL, bo) == []


def test_the_latest_clearance_counts_and_a_sign_after_it_stays(store: Store) -> None:
    today = DAY + timedelta(days=40)
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        one = replace(an_assessment(measured("cpd_deg", 6.5, "left"), athlete_id=ana), red_flags=SIGN)
        for found_on, cleared_on in ((0, 2), (30, 32), (36, None)):
            day = DAY + timedelta(days=found_on)
            found = replace(one, circumstances=replace(one.circumstances, day=day))
            number = assessments.finish(conn, ALL, found, today=today)
            if cleared_on is not None:
                given = Cleared("Dr Mora", DAY + timedelta(days=cleared_on), role="physician")
                clearances.write_clearance(conn, ALL, number, given, today=today)
        signs = known_signs.known_signs(conn, ALL, ana)
        assert len(signs) == 3
        assert [sign.day for sign in not_cleared(signs, today, onset=DAY)] == [DAY + timedelta(days=36)]


def test_who_told_a_sign_is_said(store: Store) -> None:
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        sign = PainEntry(ana, TODAY, "day", None, flags=frozenset({"night_pain"}))
        for viewer in (Viewer.runner(ana), ALL):
            pain.add_pain(conn, viewer, sign, today=TODAY)
        told = {one.by for one in known_signs.signs_told(conn, ALL, ana)}
        assert told == {"told by the runner", "told in Check-in"}


def test_no_plan_is_kept_over_a_sign_of_the_pain_log_without_a_clearance_since(store: Store) -> None:
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        sign = PainEntry(ana, TODAY - timedelta(days=3), "day", None, flags=frozenset({"night_pain"}))
        pain.add_pain(conn, ALL, sign, today=TODAY)
        order = replace(ORDER, athlete_id=ana)
        with pytest.raises(RedFlagTold, match="pain at night or at rest"):
            plans.add_plan(conn, ALL, order, ANSWERS, today=TODAY)
        cleared = replace(ANSWERS, clearance=Clearance("Dr Osei", "physician", TODAY - timedelta(days=2)))
        assert plans.add_plan(conn, ALL, order, cleared, today=TODAY)
