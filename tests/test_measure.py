"""A measure has a value or a reason, and every reason can be said in words."""

from __future__ import annotations

import math

import pytest

from loadmon.gait.trend import TOO_FEW_RUNS, TOO_FEW_WINDOWS
from loadmon.load.kind import MOVING
from loadmon.load.ratio import definition
from loadmon.measure import HISTORY_7, HISTORY_WINDOW, REASON_WORDS, Measure, reason_sentence, reason_words
from loadmon.units import Units, UnitSystem


def measure(value: float | None, reason: str | None, **given: object) -> Measure:
    kept = {"unit": "ratio", "provisional": False, "n_days": 12, "coverage": None, "definition": definition()} | given
    return Measure(value=value, reason=reason, **kept)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_value_is_a_number(value: float) -> None:
    with pytest.raises(ValueError, match="number or None"):
        measure(value, None)


def test_nothing_without_a_reason_and_no_reason_with_a_value() -> None:
    with pytest.raises(ValueError, match="one of the two"):
        measure(None, None)
    with pytest.raises(ValueError, match="one of the two"):
        measure(1.0, "coverage")


@pytest.mark.parametrize("code", sorted(REASON_WORDS))
def test_every_code_has_a_whole_sentence(code: str) -> None:
    words = reason_words(code, n_days=3, coverage=0.5)
    assert words.endswith(".")
    assert "{" not in words
    assert len(words) > 30


def test_too_little_history_says_when_it_will_be_there() -> None:
    assert "there are 12, so it will be here in 16 days" in reason_sentence(measure(None, "history<28d"))


def test_the_floor_is_told_in_the_readers_units_and_in_minutes_for_minutes() -> None:
    assert "3.1 mi a week" in reason_sentence(measure(None, "chronic<floor"), Units(UnitSystem.IMPERIAL))
    assert "30 min a week" in reason_sentence(measure(None, "chronic<floor", definition=definition(MOVING)))


def test_a_value_needs_no_reason_sentence() -> None:
    assert reason_sentence(measure(1.0, None)) == ""


def test_gait_speaks_the_same_codes() -> None:
    assert {TOO_FEW_RUNS, TOO_FEW_WINDOWS} <= set(REASON_WORDS)


def test_a_single_day_is_one_day() -> None:
    assert (
        reason_words(HISTORY_7, n_days=6) == "This needs 7 days of history; there are 6, so it will be here in 1 day."
    )
    assert "there is 1, so it will be here in 6 days" in reason_words(HISTORY_7, n_days=1)
    assert "(there is 1 day)" in reason_words(HISTORY_WINDOW, n_days=1)


def test_the_way_back_of_effort_is_an_answer_and_of_distance_a_session() -> None:
    told = {unit: reason_words("coverage", unit=unit) for unit in ("m", "au")}
    assert told["m"].endswith("or at once if their sessions are added.")
    assert "at once if it is said how hard those runs were, from 0 to 10" in told["au"]
