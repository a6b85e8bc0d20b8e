"""Points: one scale, the runner's own order of methods, and what stands in for a measurement always says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from loadmon import measure
from loadmon.athlete import LOAD_METHODS
from loadmon.load.points import (
    DEFAULT_ORDER,
    EFFORT_BY_OWN,
    EFFORT_BY_RULE,
    MEAN_SPEED,
    MINUTES_BY_OWN,
    MINUTES_BY_RULE,
    NOTE_WORDS,
    SEX_UNKNOWN,
    THRESHOLD_TAKEN,
)
from tests.load.made_sessions import LIMITS, One, loads, one


def told(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["points_method"], row["points_why_not"], row["points_notes"], row["points_estimated"]


def known_but(*names: str) -> dict[str, Any]:
    return {name: value for name, value in LIMITS.items() if name not in names}


NOTHING_KNOWN: dict[str, Any] = {}


def test_heart_rate_comes_first() -> None:
    (row,) = loads([one()])
    assert told(row) == ("heart rate", (), (), False)
    assert row["points"] == row["heart_rate_stress"]


def test_an_hour_at_threshold_is_100_by_every_measurement() -> None:
    hour = {"heart": ((60, 170),), "normalised_graded_mps": 4.0, "weighted_power_w": 280.0, "moving_s": 3600.0}
    for method in ("heart rate", "pace", "power"):
        (row,) = loads([one(**hour)], {1: (method,)})
        assert (row["points"], row["points_method"]) == (pytest.approx(100), method)


def test_pace_where_heart_rate_cannot_tell_and_why_it_cannot() -> None:
    (row,) = loads([one(heart=())])
    assert told(row) == ("pace", (("heart rate", measure.NO_HEART_RATE),), (), False)
    assert row["points"] == row["pace_stress"]


def test_effort_where_nothing_was_measured() -> None:
    (row,) = loads([one(bare=True, effort=7.0, elapsed_s=3600.0)])
    why = (("heart rate", measure.NO_HEART_RATE), ("pace", measure.NO_SPEED))
    assert told(row) == ("effort", why, (EFFORT_BY_RULE,), True)
    assert row["points"] == pytest.approx(100)


def test_minutes_where_nobody_told_anything() -> None:
    (row,) = loads([one(bare=True, limits=NOTHING_KNOWN, moving_s=3600.0)])
    assert row["points_method"] == "minutes"
    assert row["points"] == pytest.approx(60)
    assert row["points_notes"] == (MINUTES_BY_RULE,)
    assert row["points_estimated"]
    assert row["points_why_not"][-1] == ("effort", measure.NO_EFFORT)


def test_no_way_at_all_is_no_number_and_names_every_way() -> None:
    (row,) = loads([one(bare=True, distance_m=None, moving_s=None)])
    assert row["points"] is None
    assert row["points_reason"] == measure.NO_LOAD_METHOD
    assert row["points_method"] is None
    assert not row["points_estimated"]
    assert tuple(name for name, _ in row["points_why_not"]) == DEFAULT_ORDER


def test_each_runner_has_their_own_order() -> None:
    rows = loads(
        [
            one(0, athlete_id=1),
            one(1, athlete_id=2),
            one(2, athlete_id=3),
            one(3, athlete_id=2, heart=(), effort=np.nan),
        ],
        {1: ("power", "heart rate"), 2: ("effort", "heart rate", "minutes"), 3: None},
    )
    assert [row["points_method"] for row in rows] == ["power", "effort", "heart rate", "minutes"]
    assert rows[3]["points_why_not"] == (("effort", measure.NO_EFFORT), ("heart rate", measure.NO_HEART_RATE))


def test_a_method_that_was_not_chosen_is_not_used() -> None:
    (row,) = loads([one(bare=True)], {1: ("heart rate", "pace")})
    assert row["points"] is None
    assert tuple(name for name, _ in row["points_why_not"]) == ("heart rate", "pace")


@pytest.mark.parametrize("order", [("heart rate", "stars"), ("pace", "pace")])
def test_an_order_that_makes_no_sense_is_refused(order: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="each once"):
        loads([one()], {1: order})


def test_the_default_order_names_known_methods() -> None:
    assert set(DEFAULT_ORDER) <= set(LOAD_METHODS)


def with_both(count: int, effort: float = 5.0) -> list[One]:
    return [one(day, effort=effort) for day in range(count)]


def test_effort_is_brought_to_points_by_the_runners_own_ratio_from_ten_sessions_on() -> None:
    alone = one(50, bare=True, effort=8.0, elapsed_s=1800.0)
    nine, ten = loads([*with_both(9), alone]), loads([*with_both(10), alone])
    assert nine[-1]["points"] == pytest.approx(240 * 100 / 420)
    assert nine[-1]["points_notes"] == (EFFORT_BY_RULE,)
    own = ten[0]["points"] / ten[0]["effort_au"]
    assert ten[-1]["points"] == pytest.approx(240 * own)
    assert ten[-1]["points_notes"] == (EFFORT_BY_OWN,)
    assert ten[-1]["points_estimated"]


def test_one_odd_session_does_not_move_the_ratio() -> None:
    alone = one(50, bare=True, effort=8.0)
    odd = one(49, effort=1.0, heart=((300, 185),))
    assert loads([*with_both(11), odd, alone])[-1]["points"] == pytest.approx(
        loads([*with_both(11), alone])[-1]["points"]
    )


def test_the_ratio_is_each_runners_own_and_not_of_excluded_runs_or_rides() -> None:
    others = [one(day, athlete_id=2, effort=1.0) for day in range(12)]
    excluded = [one(day, effort=1.0, excluded=True) for day in range(12)]
    rides = [one(day, effort=1.0, running=False) for day in range(12)]
    alone = one(50, bare=True, effort=8.0)
    row = loads([*others, *excluded, *rides, alone])[-1]
    assert row["points_notes"] == (EFFORT_BY_RULE,)
    assert row["points"] == pytest.approx(8 * 45 * 100 / 420)


def test_minutes_are_brought_to_points_by_what_a_minute_usually_came_to() -> None:
    alone = one(50, bare=True, moving_s=1800.0)
    rows = loads([*with_both(10), alone])
    assert rows[-1]["points"] == pytest.approx(30 * rows[0]["points"] / 45)
    assert rows[-1]["points_notes"] == (MINUTES_BY_OWN,)
    told_only = [one(day, bare=True, effort=7.0) for day in range(10)]
    assert loads([*told_only, alone])[-1]["points"] == pytest.approx(50)  # 30 min at an effort of 7


def test_a_threshold_that_was_taken_is_flagged() -> None:
    (row,) = loads([one(limits=known_but("threshold_heart_rate_bpm"))])
    assert told(row) == ("heart rate", (), (THRESHOLD_TAKEN,), True)


def test_a_sex_nobody_told_is_said_but_no_guess() -> None:
    (row,) = loads([one(limits=known_but("sex"))])
    assert told(row) == ("heart rate", (), (SEX_UNKNOWN,), False)
    assert "Set sex on the page Runner" in NOTE_WORDS[SEX_UNKNOWN]
    (row,) = loads([one(limits=known_but("sex", "threshold_heart_rate_bpm"))])
    assert row["points_notes"] == (THRESHOLD_TAKEN, SEX_UNKNOWN)


def test_pace_from_a_mean_alone_is_flagged() -> None:
    (row,) = loads([one(heart=(), normalised_graded_mps=np.nan)])
    assert row["points"] == pytest.approx(0.75 * (3.0 / 4.0) ** 2 * 100)
    assert (row["points_notes"], row["points_estimated"]) == ((MEAN_SPEED,), True)


def test_a_ride_counts_by_heart_and_effort_and_never_by_pace_or_minutes() -> None:
    ride = one(running=False)
    assert loads([ride])[0]["points_method"] == "heart rate"
    assert loads([one(running=False, heart=())])[0]["points_method"] == "effort"
    row = loads([one(running=False, bare=True)])[0]
    assert row["points"] is None
    assert row["points_why_not"][1::2] == (("pace", measure.NOT_A_RUN), ("minutes", measure.NOT_A_RUN))


def test_an_effort_of_0_is_no_session_worth_nothing() -> None:
    (row,) = loads([one(bare=True, effort=0.0)])
    assert row["effort_au"] == 0
    assert row["points_method"] == "minutes"
    assert row["points_why_not"][-1] == ("effort", measure.EFFORT_ZERO)


def test_a_resting_heart_rate_above_all_that_was_measured_is_no_session_worth_nothing() -> None:
    (row,) = loads([one(limits=LIMITS | {"rest_heart_rate_bpm": 160.0})])
    assert row["trimp_banister"] == 0
    assert row["points_method"] == "pace"
    assert row["points_why_not"] == (("heart rate", measure.HEART_AT_REST),)


@pytest.mark.parametrize("code", sorted(NOTE_WORDS))
def test_every_note_is_a_sentence(code: str) -> None:
    assert NOTE_WORDS[code].endswith(".")
    assert "{" not in NOTE_WORDS[code]
