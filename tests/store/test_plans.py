"""A plan of returning to running in the store: let through its gate, decided by a clinician, taken back, and nobody else's."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from loadmon.planning.gate import ClearanceMissing, GateKept, NotReadyYet, RedFlagTold, UnderAge, kept_answers
from loadmon.planning.order_text import DamagedPlan, order_from, order_text
from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import Choice
from loadmon.refusal import NotFound
from loadmon.store import (
    Role,
    Store,
    Viewer,
    plans,
    squad,
)
from loadmon.store.plans import DecidedOn, MayNotDecide, PlanThere
from tests.store.health import ANSWERS, HOLD, ORDER, TODAY, add_plan

ALL = Viewer.everyone()


@pytest.fixture
def ana(store: Store) -> int:
    with store.write() as conn:
        return squad.add_athlete(conn, "Ana").id


def test_a_plan_passes_the_gate_and_there_is_one_at_a_time(store: Store, ana: int) -> None:
    mine = replace(ORDER, athlete_id=ana)
    with store.write() as conn:
        for order, answers, error in (
            (mine, replace(ANSWERS, age_years=15.0), UnderAge),
            (mine, replace(ANSWERS, met=frozenset()), NotReadyYet),
            (mine, replace(ANSWERS, red_flags=frozenset({"fever"})), RedFlagTold),
            (replace(mine, profile="bone_low_risk"), ANSWERS, ClearanceMissing),
            (replace(mine, profile="wings"), ANSWERS, MayNotDecide),
            (replace(mine, made_by=" "), ANSWERS, MayNotDecide),
            (replace(mine, injury_id=99), ANSWERS, NotFound),
        ):
            with pytest.raises(error):
                plans.add_plan(conn, ALL, order, answers, today=TODAY)
        assert plans.plans(conn, ALL) == {}
        number = add_plan(conn, ana)
        kept = plans.plans(conn, ALL, [ana])[number]
        assert kept.order.gate == kept_answers(default_return_rules().profile["tendon"], ANSWERS)
        assert replace(kept.order, gate=None) == mine
        assert list(kept.decisions.values()) == [HOLD]
        with pytest.raises(PlanThere):
            plans.add_plan(conn, ALL, mine, ANSWERS, today=TODAY)
        (decision,) = kept.decisions
        plans.take_back_decision(conn, ALL, decision)
        assert plans.plans(conn, ALL)[number].decisions == {}
        plans.put_back_decision(conn, ALL, decision)
        plans.remove_plan(conn, ALL, number)
        assert plans.plans(conn, ALL) == {}
        other = plans.add_plan(conn, ALL, mine, ANSWERS, today=TODAY)
        with pytest.raises(PlanThere):
            plans.restore_plan(conn, ALL, number)
        later = replace(HOLD, choice=Choice.ONSET, onset_s=2400.0)
        decision = plans.decide(conn, ALL, other, later)
        assert plans.plans(conn, ALL)[other].decisions[decision] == later
        plans.decide(conn, ALL, other, replace(HOLD, choice=Choice.END))
        plans.restore_plan(conn, ALL, number)
        assert list(plans.plans(conn, ALL)) == [number, other]
        plans.remove_plan(conn, ALL, number)
        plans.add_plan(conn, ALL, mine, ANSWERS, today=TODAY)
        with pytest.raises(PlanThere):  # beside an ended one there is an open one
            plans.restore_plan(conn, ALL, number)


def test_what_was_true_before_the_first_run_stands_with_the_plan_and_a_coach_does_not_read_it(
    store: Store, ana: int
) -> None:
    with store.write() as conn:
        number = add_plan(conn, ana)
        for viewer in (ALL, Viewer.runner(ana), Viewer(Role.CLINICIAN, frozenset({ana}))):
            gate = plans.plans(conn, viewer)[number].order.gate
            assert gate is not None
            assert gate.age_years == 30.0
            assert {key for key, _ in gate.met} == ANSWERS.met
            assert dict(gate.denied) == default_return_rules().red_flag
        assert plans.plans(conn, Viewer(Role.COACH, frozenset({ana})))[number].order.gate is None


def test_only_a_clinician_decides(store: Store, ana: int) -> None:
    mine = replace(ORDER, athlete_id=ana)
    with store.write() as conn:
        number = add_plan(conn, ana)
        (decision,) = plans.plans(conn, ALL)[number].decisions
        for viewer in (Viewer.runner(ana), Viewer(Role.COACH, frozenset({ana}))):
            tries: list[Callable[..., Any]] = [
                lambda v: plans.add_plan(conn, v, mine, ANSWERS, today=TODAY),
                lambda v: plans.decide(conn, v, number, HOLD),
                lambda v: plans.remove_plan(conn, v, number),
                lambda v: plans.take_back_decision(conn, v, decision),
            ]
            for one in tries:
                with pytest.raises(MayNotDecide):
                    one(viewer)
        plans.decide(conn, Viewer(Role.CLINICIAN, frozenset({ana})), number, HOLD)


def test_a_decision_is_taken_back_as_a_slip_and_not_once_another_stands_on_it(store: Store, ana: int) -> None:
    with store.write() as conn:
        number = add_plan(conn, ana)
        (first,) = plans.plans(conn, ALL)[number].decisions
        plans.take_back_decision(conn, ALL, first)
        plans.put_back_decision(conn, ALL, first)
        second = plans.decide(conn, ALL, number, replace(HOLD, at=HOLD.at + timedelta(minutes=5)))
        old = plans.decide(conn, ALL, number, replace(HOLD, at=HOLD.at - timedelta(days=2)))
        for stands in (first, old):
            with pytest.raises(DecidedOn):
                plans.take_back_decision(conn, ALL, stands)
        plans.take_back_decision(conn, ALL, second)


def test_a_plan_that_cannot_be_read_is_told_by_name() -> None:
    asked = replace(ORDER, gate=GateKept(30.0, (("walk", "walks without pain"),), (("limp", "limping"),)))
    for order in (ORDER, asked):
        assert order_from(order_text(order)) == order
    earlier = json.loads(order_text(asked))
    del earlier["gate"]  # as plans were kept before the answers were
    assert order_from(json.dumps(earlier)) == ORDER
    for text in ("", "{}", order_text(ORDER).replace("tendon", "wings")):
        with pytest.raises(DamagedPlan):
            order_from(text)
