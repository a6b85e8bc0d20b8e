"""Kinds of load: what the days hold, and what is said where they hold none of it."""

from __future__ import annotations

import pytest

from loadmon.load.kind import (
    DISTANCE,
    EFFORT,
    FROM_SESSION_LOADS,
    KINDS,
    MOVING,
    POINTS,
    STEPS,
    TRIMP,
    LoadKind,
    LoadNotInTable,
    kinds_in,
)
from loadmon.load.ratio import ratio
from loadmon.measure import LOAD_UNITS, reason_words
from tests.made_days import made_days


def test_days_say_which_kinds_they_hold() -> None:
    assert kinds_in(made_days([1.0], POINTS)) == (DISTANCE, MOVING, POINTS, STEPS)
    assert kinds_in(made_days([1.0], TRIMP)) == (DISTANCE, MOVING, TRIMP, STEPS)
    assert set(FROM_SESSION_LOADS) < set(KINDS)


def test_a_kind_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(LoadNotInTable) as refused:
        ratio(made_days([1.0], POINTS), EFFORT)
    assert "effort × minutes" in refused.value.what
    assert refused.value.advice


def test_reasons_know_the_unit_of_every_kind() -> None:
    assert {kind.name: kind.unit for kind in KINDS} == LOAD_UNITS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.unit)
def test_what_lacks_and_the_floor_are_told_of_the_kind(kind: LoadKind) -> None:
    floor = reason_words("chronic<floor", unit=kind.unit)
    assert {"m": "5.0 km", "s": "30 min", "au": "100 effort", "points": "30 points", "trimp": "30 TRIMP",
            "steps": "4,000 steps"}[kind.unit] in floor  # fmt: skip
    lacks = reason_words("coverage", unit=kind.unit)
    assert {"m": "a distance", "s": "a time", "au": "how hard", "points": "points", "trimp": "heart rate",
            "steps": "cadence"}[kind.unit] in lacks  # fmt: skip
