"""Pain, check-ins and injuries in the store: told, refused in words, taken back and put back, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from loadmon.injury import Injury
from loadmon.planning.check_in import CheckIn, ImpossibleCheckIn
from loadmon.planning.injury_codes import InjuryCode
from loadmon.planning.pain import HIDDEN_SIGN, HIDDEN_WORDS, Grade, RunPain, graded
from loadmon.planning.pain_log import ImpossiblePainEntry, NoRunThatDay, PainEntry
from loadmon.planning.return_rules import default_return_rules
from loadmon.refusal import NotFound
from loadmon.store import (
    Role,
    Store,
    Viewer,
    check_ins,
    imports,
    injury_codes,
    injury_record,
    pain,
    plans,
    sessions,
    squad,
)
from loadmon.store.migrate import bring_up_to_date
from loadmon.store.pain import StopsRunning
from loadmon.store.squad import NotAValue
from tests.store import made
from tests.store.earlier import LATER, TABLES, back_to
from tests.store.health import ANSWERS, HOLD, ORDER, TODAY, add_plan
from tests.store.test_migrate_0003 import rows

ALL = Viewer.everyone()


@pytest.fixture
def ana(store: Store) -> int:
    with store.write() as conn:
        return squad.add_athlete(conn, "Ana").id


def test_pain_is_told_several_times_a_day_taken_back_and_put_back(store: Store) -> None:
    with store.write() as conn:
        ana, bo = (squad.add_athlete(conn, name).id for name in ("Ana", "Bo"))
        batch = imports.start_batch(conn, "made up")
        number = made.save(conn, ana, batch, made.session(0))
        day = sessions.one(conn, ALL, int(number or 0)).facts.local_day
        today = day + timedelta(days=1)
        during = PainEntry(
            ana, day, "during", 3.0, number, flags=frozenset({"limp"}), area="calf\0", side="left", note="on the hill"
        )
        first = pain.add_pain(conn, ALL, during, today=today)
        second = pain.add_pain(conn, ALL, PainEntry(ana, day, "after", 2.0, settle_min=45.0), today=today)
        pain.add_pain(conn, ALL, PainEntry(ana, today, "morning", 0.0), today=today)
        assert pain.pain_entries(conn, ALL, [ana])[first] == replace(during, area="calf")
        assert len(pain.pain_entries(conn, ALL, since=today)) == 1
        pain.remove_pain(conn, ALL, second)
        assert len(pain.pain_entries(conn, ALL)) == 2
        pain.restore_pain(conn, ALL, second)
        assert len(pain.pain_entries(conn, ALL)) == 3
        for wrong, error in (
            (PainEntry(ana, day - timedelta(days=1), "during", 3.0), NoRunThatDay),
            (PainEntry(ana, day, "during", 11.0), ImpossiblePainEntry),
            (PainEntry(ana, day, "during", None), ImpossiblePainEntry),
            (PainEntry(ana, today + timedelta(days=1), "day", 3.0), ImpossiblePainEntry),
            (PainEntry(ana, day, "after", 0.0, settle_min=30.0), ImpossiblePainEntry),
            (PainEntry(ana, day, "day", 1.0, flags=frozenset({"gremlins"})), ImpossiblePainEntry),
            (PainEntry(bo, day, "during", 3.0, number), NotFound),
        ):
            with pytest.raises(error):
                pain.add_pain(conn, ALL, wrong, today=today)
        unrecorded = PainEntry(ana, day - timedelta(days=1), "during", 3.0, without_recording=True)
        pain.add_pain(conn, ALL, unrecorded, today=today)
        of_length = replace(unrecorded, day=day - timedelta(days=2), out_s=1800.0)
        third = pain.add_pain(conn, ALL, of_length, today=today)
        assert pain.pain_entries(conn, ALL)[third] == of_length
        hour_after = PainEntry(
            ana, unrecorded.day, "after", 1.0
        )  # of a run told without a watch more can be told later
        assert pain.add_pain(conn, ALL, hour_after, today=today)
        with pytest.raises(NoRunThatDay):
            pain.add_pain(conn, ALL, replace(hour_after, day=day - timedelta(days=3)), today=today)
        recorded = pain.add_pain(conn, ALL, replace(of_length, day=day), today=today)
        assert pain.pain_entries(conn, ALL)[recorded].out_s is None  # its recording says how long it was
        with pytest.raises(ImpossiblePainEntry, match="48 hours"):
            pain.add_pain(conn, ALL, replace(of_length, out_s=5.0), today=today)


def test_check_ins_are_kept_with_their_score(store: Store, ana: int) -> None:
    well = CheckIn(ana, TODAY, "wellness", {"sleep": 2, "fatigue": 3, "stress": 1, "soreness": 4})
    with store.write() as conn:
        first = check_ins.add_check_in(conn, ALL, well, today=TODAY)
        week = CheckIn(
            ana, TODAY, "problem", {"participation": 2, "volume": 3, "performance": 1, "symptoms": 2}, "knee"
        )
        check_ins.add_check_in(conn, ALL, week, today=TODAY)
        part = CheckIn(ana, TODAY, "ability", {"item_1": 4})
        check_ins.add_check_in(conn, ALL, part, today=TODAY)
        found = check_ins.check_ins(conn, ALL, [ana])
        assert [one.score for one in found.values()] == [10, 33, None]
        assert found[first] == well
        assert [one.area for one in check_ins.check_ins(conn, ALL, kind="problem").values()] == ["knee"]
        check_ins.remove_check_in(conn, ALL, first)
        assert len(check_ins.check_ins(conn, ALL)) == 2
        check_ins.restore_check_in(conn, ALL, first)
        for wrong in (
            replace(well, kind="mood"),
            replace(well, answers={}),
            replace(well, answers={"sleep": 9}),
            replace(well, answers={"hunger": 2}),
            replace(well, day=TODAY + timedelta(days=1)),
            replace(week, answers={"volume": 2}),
            replace(week, answers={"participation": 2}),
        ):
            with pytest.raises(ImpossibleCheckIn):
                check_ins.add_check_in(conn, ALL, wrong, today=TODAY)


def test_each_problem_of_a_week_is_kept_with_what_else_was_said_and_the_same_score(store: Store, ana: int) -> None:
    four = {"participation": 3, "volume": 3, "performance": 2, "symptoms": 2}
    more = {"nature": 1, "days_missed": 2, "reported_before": 0, "contact": 1}
    week = CheckIn(ana, TODAY, "problem", {**four, **more}, "knee")
    ill = CheckIn(ana, TODAY, "problem", {"participation": 4, "nature": 2, "days_missed": 7})
    earlier = CheckIn(ana, TODAY, "problem", four, "knee")
    with store.write() as conn:
        for one in (week, ill, earlier):
            check_ins.add_check_in(conn, ALL, one, today=TODAY)
        kept = list(check_ins.check_ins(conn, ALL, [ana]).values())
        assert kept[0] == week
        assert [one.score for one in kept] == [week.score, 100, earlier.score]
        assert kept[0].score == kept[2].score
        assert kept[2].answers == {**four, **dict.fromkeys(more)}  # what was left open is open, not 0
        for answers in (
            {**four, "days_missed": 8},
            {**four, "days_missed": -1},
            {**four, "nature": 3},
            {**four, "reported_before": 2},
            {**four, "nature": 2, "contact": 0},
            {"participation": 1, "days_missed": 0},
            {"nature": 1},
        ):
            with pytest.raises(ImpossibleCheckIn):
                check_ins.add_check_in(conn, ALL, replace(week, answers=answers), today=TODAY)


def test_what_stops_running_is_taken_back_by_a_clinician_and_a_coach_reads_only_that_it_does(
    store: Store, ana: int
) -> None:
    herself, coach = Viewer.runner(ana), Viewer(Role.COACH, frozenset({ana}))
    sign = PainEntry(ana, TODAY, "day", None, flags=frozenset({"energy"}))
    with store.write() as conn:
        stops = [pain.add_pain(conn, ALL, one, today=TODAY) for one in (sign, PainEntry(ana, TODAY, "day", 7.0))]
        slight = pain.add_pain(conn, ALL, PainEntry(ana, TODAY, "day", 2.0), today=TODAY)
        for number in stops:
            for viewer in (herself, coach):
                with pytest.raises(StopsRunning):
                    pain.remove_pain(conn, viewer, number)
        pain.remove_pain(conn, herself, slight)
        assert pain.pain_entries(conn, herself)[stops[0]].flags == {"energy"}
        told = pain.pain_entries(conn, coach)[stops[0]]
        assert told.flags == {HIDDEN_SIGN}
        grade = graded(RunPain(1.0, 1.0, 1.0, flags=told.flags), default_return_rules().profile["tendon"])
        assert (grade.grade, grade.reasons) == (Grade.STOP, (HIDDEN_WORDS,))
        pain.remove_pain(conn, ALL, stops[0])


def test_nobody_writes_of_whom_they_may_not_see(store: Store, ana: int) -> None:
    stranger = Viewer(Role.CLINICIAN, frozenset({ana + 1}))
    with store.write() as conn:
        entry = pain.add_pain(conn, ALL, PainEntry(ana, TODAY, "day", 1.0), today=TODAY)
        told = check_ins.add_check_in(conn, ALL, CheckIn(ana, TODAY, "wellness", {"sleep": 1}), today=TODAY)
        number = add_plan(conn, ana)
        (decision,) = plans.plans(conn, ALL)[number].decisions
        hurt = injury_record.add_injury(conn, ALL, Injury(ana, TODAY, None, "shin"))
        tries: list[Callable[[], Any]] = [
            lambda: pain.add_pain(conn, stranger, PainEntry(ana, TODAY, "day", 1.0), today=TODAY),
            lambda: pain.remove_pain(conn, stranger, entry),
            lambda: pain.restore_pain(conn, stranger, entry),
            lambda: check_ins.add_check_in(conn, stranger, CheckIn(ana, TODAY, "wellness", {"sleep": 1}), today=TODAY),
            lambda: check_ins.remove_check_in(conn, stranger, told),
            lambda: check_ins.restore_check_in(conn, stranger, told),
            lambda: plans.add_plan(conn, stranger, replace(ORDER, athlete_id=ana), ANSWERS, today=TODAY),
            lambda: plans.decide(conn, stranger, number, HOLD),
            lambda: plans.remove_plan(conn, stranger, number),
            lambda: plans.restore_plan(conn, stranger, number),
            lambda: plans.take_back_decision(conn, stranger, decision),
            lambda: plans.put_back_decision(conn, stranger, decision),
            lambda: injury_record.describe_injury(conn, stranger, hurt, mode="sudden"),
            lambda: plans.decide(conn, ALL, 99, HOLD),
        ]
        for one in tries:
            with pytest.raises(NotFound):
                one()


def test_more_can_be_said_of_an_injury_later_and_taken_back(store: Store, ana: int) -> None:
    with store.write() as conn:
        number = injury_record.add_injury(conn, ALL, Injury(ana, TODAY, None, "shin", note="sore"))
        before = injury_record.describe_injury(
            conn, ALL, number, mode="gradual", tissue="S", code="QSP", episode="index"
        )
        assert before == {"mode": None, "tissue": None, "code": None, "episode": None}
        kept = injury_record.injuries(conn, ALL)[number]
        assert (kept.mode, kept.tissue, kept.code, kept.episode) == ("gradual", "S", "QSP", "index")
        for wrong in ({"mode": "slow"}, {"code": "?"}, {"area": " "}, {"onset": "2025-01-01"}):
            with pytest.raises(NotAValue):
                injury_record.describe_injury(conn, ALL, number, **wrong)
        with pytest.raises(NotAValue, match="lies ahead"):
            injury_record.describe_injury(conn, ALL, number, today=TODAY, returned=TODAY + timedelta(days=1))
        with pytest.raises(NotAValue, match="before the injury"):
            injury_record.describe_injury(conn, ALL, number, onset=TODAY, returned=TODAY - timedelta(days=1))
        coach = Viewer(Role.COACH, None)
        assert injury_record.describe_injury(conn, coach, number, note="seen") == {}
        assert injury_record.injuries(conn, ALL)[number].note == "sore"
        injury_record.describe_injury(conn, ALL, number, **before)
        assert injury_record.injuries(conn, ALL)[number].code is None


def test_the_whole_list_of_codes_stands_beside_our_own(store: Store) -> None:
    with store.write() as conn:
        ours = len(injury_codes.all_codes(conn))
        brought = [InjuryCode("KJA", "Knee, acute", "knee"), InjuryCode("QTA", "another name", "lower leg")]
        assert injury_codes.replace_codes(conn, ALL, brought) == 2
        found = injury_codes.all_codes(conn)
        assert len(found) == ours + 1
        assert found["QTA"].profile == "tendon"
        assert found["KJA"].area == "knee"
        injury_codes.replace_codes(conn, ALL, [])
        assert len(injury_codes.all_codes(conn)) == ours == 21


def test_a_0006_store_loses_nothing(store: Store) -> None:
    made.two_runners(store)
    with store.write() as conn:
        injury_record.add_injury(conn, ALL, Injury(1, date(2025, 1, 1), None, "shin"))
    back_to(store._writer, "0006")
    before = rows(store._writer)
    bring_up_to_date(store._writer)
    after = rows(store._writer)
    del before["alembic_version.version_num"], after["alembic_version.version_num"]
    assert {name: after[name] for name in before} == before
    new = {name: after[name] for name in set(after) - set(before)}
    assert {name.split(".")[0] for name in new} >= {*TABLES["0009"], *LATER["0009"]}
    with store.read() as conn:
        (injury,) = injury_record.injuries(conn, ALL).values()
    assert injury == Injury(1, date(2025, 1, 1), None, "shin")
