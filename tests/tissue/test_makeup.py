"""What made a run so, and the sentence that says it: the parts multiply up to what the tissue took."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.exposure import exposure_of
from loadmon.tissue.findings import GaitFindings
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.makeup import CAUSES, MakeUp, make_up
from loadmon.tissue.recompute import recomputed
from loadmon.tissue.runner import RunnerReference
from loadmon.tissue.stream import TissueStream
from loadmon.tissue.told import run_sentence, told_tissues
from loadmon.units import Units, UnitSystem
from tests.tissue.made_training import RUNNER, Part, made_stream, rolling_stream

COEFFICIENTS = default_coefficients()


def made(parts: list[Part], runner: RunnerReference = RUNNER, *, treadmill: bool = False, **found: object) -> MakeUp:
    stream = made_stream(parts, runner, treadmill=treadmill)
    result = make_up(exposure_of(stream), RunConditions(runner, GaitFindings.of(found)), COEFFICIENTS)
    assert result is not None
    return result


def sentence(parts: list[Part], *, interval: bool = False, units: Units | None = None, **more: bool) -> str:
    exposure = exposure_of(made_stream(parts, **more))
    held = RunConditions(RUNNER)
    drawn = recomputed([exposure], [held], COEFFICIENTS, 64)
    result = make_up(exposure, held, COEFFICIENTS)
    assert result is not None
    return run_sentence(
        result, drawn, COEFFICIENTS, units, interval=interval, walk_fraction=float(drawn.course.walk_fraction[0])
    )


part = st.tuples(st.floats(500, 9000), st.floats(2.4, 6.0), st.floats(-0.14, 0.14), st.floats(0.92, 1.15))


@settings(max_examples=50)
@given(st.lists(part, min_size=1, max_size=4), st.booleans(), st.sampled_from([None, "forefoot"]))
def test_the_parts_multiply_up_to_the_whole(parts: list[Part], treadmill: bool, strike: str | None) -> None:
    found = made(parts, treadmill=treadmill, foot_strike=strike)
    assert tuple(found.causes) == CAUSES
    np.testing.assert_allclose(sum(found.causes.values()), np.log(found.damage_m / found.distance_m), atol=1e-5)


@pytest.mark.parametrize(
    ("parts", "cause"),
    [
        ([(10_000, 4.0, 0.0, 1.0)], "speed"),
        ([(10_000, 3.0, 0.06, 1.0)], "hills"),
        ([(10_000, 3.0, 0.0, 0.94)], "cadence"),
    ],
)
def test_one_change_is_the_one_cause(parts: list[Part], cause: str) -> None:
    found = made(parts)
    for name in CAUSES:
        size = np.abs(found.causes[name]).max()
        assert size > 0.1 if name == cause else size < 0.005, name


def test_what_stays_the_same_all_run_is_told_apart_and_held_together() -> None:
    treadmill = made([(10_000, 3.0, 0.0, 1.0)], treadmill=True)
    assert treadmill.of("achilles")["surface"] == pytest.approx(1.125**5)
    both = made([(10_000, 3.0, 0.0, 1.0)], treadmill=True, foot_strike="forefoot").of("achilles")
    assert both["surface"] * both["technique"] == pytest.approx(2.0)  # held: no constant more than doubles damage
    heavier = RunnerReference(speed_mps=3.0, mass_kg=72.0, mass_ref_kg=70.0)
    assert made([(10_000, 3.0, 0.0, 1.0)], heavier).of("achilles")["mass"] == pytest.approx((72 / 70) ** 3.0)


def test_walking_part_of_the_way_is_a_cause_and_a_walk_has_no_make_up() -> None:
    found = made([(8000, 3.0, 0.0, 1.0), (2000, 1.4, 0.0, 0.7)])
    assert found.of("achilles")["walking"] < 0.9
    walk = exposure_of(made_stream([(5000, 1.4, 0.0, 0.7)]))
    assert make_up(walk, RunConditions(RUNNER), COEFFICIENTS) is None


def test_poor_columns_still_have_a_make_up() -> None:
    rows = np.array([(600.0, 3.4, np.nan, 0.05), (600.0, 2.8, 164.0, np.nan)])
    found = make_up(exposure_of(TissueStream(*rows.T)), RunConditions(RUNNER), COEFFICIENTS)
    assert found is not None
    np.testing.assert_allclose(sum(found.causes.values()), np.log(found.damage_m / found.distance_m), atol=1e-5)
    assert np.abs(found.causes["cadence"]).max() < 0.03


def test_a_hilly_run_in_one_sentence() -> None:
    words = sentence([(10_000, 2.5, 0.06, 1.0)])
    assert words == "10.0 km, uphill, slow: 18 Achilles-km, 15 calf-km, 5 knee-km."
    assert "18 Achilles-km (" in sentence([(10_000, 2.5, 0.06, 1.0)], interval=True)
    assert sentence([(10_000, 2.5, 0.06, 1.0)], units=Units(UnitSystem.IMPERIAL)).startswith(
        "6.2 mi, uphill, slow: 11 Achilles-mi"
    )


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([(10_000, 3.0, 0.0, 1.0)], "10.0 km, much like your usual running: every tissue took about its distance."),
        ([(10_000, 4.0, 0.0, 1.0)], "fast"),
        ([(10_000, 3.0, 0.0, 0.94)], "in long steps"),
        ([(5000, 2.6, 0.08, 1.0), (5000, 3.3, -0.08, 1.0)], "hilly"),
        ([(10_000, 3.3, -0.06, 1.0)], "downhill"),
        ([(6000, 1.4, 0.0, 0.7), (2000, 3.0, 0.0, 1.0)], "mostly walked: load is told, damage is not"),
    ],
)
def test_the_reason_stands_in_the_sentence(parts: list[Part], words: str) -> None:
    assert words in sentence(parts)


@pytest.mark.parametrize(
    ("low", "high", "direction", "is_small"),
    [
        (0.97, 1.04, "uncertain", True),
        (0.8, 1.04, "uncertain", False),
        (1.02, 1.08, "alike", True),
        (0.93, 0.98, "alike", True),
        (1.02, 1.3, "more", False),
        (0.7, 0.95, "less", False),
    ],
)
def test_alike_is_only_what_lies_wholly_near_and_uncertain_what_holds_the_distance(
    low: float, high: float, direction: str, is_small: bool
) -> None:
    exposure, held = exposure_of(rolling_stream(seconds=600)), RunConditions(RUNNER)
    found, drawn = make_up(exposure, held, COEFFICIENTS), recomputed([exposure], [held], COEFFICIENTS, 64)
    assert found is not None
    middle = found.distance_m * (low + high) / 2
    found = replace(found, damage_m=np.full(10, middle))
    ends = found.distance_m * np.linspace(low, high, 64)[:, None, None] * np.ones((1, 10, 1))
    # the 10th and 90th percentile of an even spread from these ends lie a tenth further in
    reach = found.distance_m * (high - low) / 8
    ends = middle + (ends - middle) * (1 + 2 * reach / (found.distance_m * (high - low)))
    for one in told_tissues(found, replace(drawn, damage_m=ends), COEFFICIENTS):
        assert one.low_m == pytest.approx(low * found.distance_m)
        assert one.high_m == pytest.approx(high * found.distance_m)
        assert (one.direction, one.is_small) == (direction, is_small)


def test_assumed_tissues_stay_out_of_the_sentence_and_are_in_the_list() -> None:
    exposure = exposure_of(rolling_stream(seconds=1800))
    held = RunConditions(RUNNER)
    found = make_up(exposure, held, COEFFICIENTS)
    assert found is not None
    told = told_tissues(found, recomputed([exposure], [held], COEFFICIENTS, 64), COEFFICIENTS)
    assert len(told) == 10
    assert [one.damage_m for one in told] == sorted((one.damage_m for one in told), reverse=True)
    for one in told:
        assert one.low_m is not None
        assert one.high_m is not None
        if one.direction == "uncertain":
            assert one.low_m < found.distance_m < one.high_m
    words = run_sentence(found, None, COEFFICIENTS)
    assert not any(word in words for word in ("sole-km", "band-km", " hip-km"))
