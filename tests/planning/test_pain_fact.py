"""Pain that was told comes before whatever is read from a watch, and no distance is named beside it."""

from __future__ import annotations

import pytest

from loadmon.measure import ON_PLAN, PAIN_TOLD
from loadmon.planning.attention import FactKind, Severity, State
from loadmon.planning.pain import HIDDEN_SIGN, HIDDEN_WORDS
from loadmon.planning.pain_fact import pain_facts
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.week import RunnerWeek, runner_week
from loadmon.timeline import timeline
from tests.made_runs import daily, day_at, made_runs

STEADY_KM = [0, 8, 0, 8, 0, 6, 12] * 8
TODAY = day_at(52)


def week(*told: PainEntry, on_plan: bool = False) -> RunnerWeek:
    runs = made_runs(daily(STEADY_KM))
    return runner_week(timeline(runs, today=TODAY), runs, TODAY, athlete_id=1, pain=told, on_plan=on_plan)


def felt(value: float | None, ago: int = 1, **more: object) -> PainEntry:
    return PainEntry(1, day_at(52 - ago), "during", value, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "state", "severity"),
    [(6.0, State.ACT, Severity.ACT), (4.0, State.WATCH, Severity.WATCH), (3.0, State.STEADY, Severity.NOTE)],
)
def test_pain_decides_by_its_height(value: float, state: State, severity: Severity) -> None:
    found = week(felt(value, area="calf", side="left"), felt(1.0)).attention
    assert found.state is state
    (fact,) = [one for one in found.facts if one.kind is FactKind.PAIN]
    assert fact.severity is severity
    assert f"Pain {value:g} of 10 (left calf) during the run" in fact.sentence
    if state is not State.STEADY:
        assert found.headline == fact.sentence


def test_what_is_over_or_was_none_is_no_fact() -> None:
    assert pain_facts([felt(8.0, ago=7), felt(0.0)], TODAY) == []
    assert [one.kind for one in week(felt(8.0, ago=7)).attention.facts if one.kind is FactKind.PAIN] == []


def test_a_sign_that_stops_running_is_told_and_hidden_from_those_who_do_not_read_it() -> None:
    assert "limping" in week(felt(None, flags=frozenset({"limp"}))).attention.headline
    hidden = week(felt(None, flags=frozenset({HIDDEN_SIGN}))).attention
    assert hidden.state is State.ACT
    assert HIDDEN_WORDS in hidden.headline


def test_no_distance_is_named_beside_such_pain_nor_beside_a_plan() -> None:
    assert week().next_run.value_m is not None
    assert week(felt(5.0)).next_run.value_m is not None
    assert (week(felt(6.0)).next_run.value_m, week(felt(6.0)).next_run.reason) == (None, PAIN_TOLD)
    assert week(on_plan=True).next_run.reason == ON_PLAN
