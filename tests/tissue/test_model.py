"""What holds for every run, whatever it is: sums add up, nothing is below 0 or NaN, and what is missing widens or is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.tissue import flags
from loadmon.tissue.coefficients import Coefficients, default_coefficients
from loadmon.tissue.findings import GaitFindings, UnknownFinding
from loadmon.tissue.model import MEASURES, TissueLoad, tissue_load
from loadmon.tissue.runner import HEIGHT_ASSUMED, MASS_ASSUMED, RunnerReference
from loadmon.tissue.stream import SlopeQuality, TissueStream
from tests.tissue.made_training import RUNNER, made_stream, rolling_stream

COEFFICIENTS = default_coefficients()
SUMS = ("load_bws", "peak_steps", "damage_steps", "damage_m")

numbers = st.floats(allow_nan=True, allow_infinity=False, width=32)
samples = st.lists(
    st.tuples(
        st.one_of(st.floats(0, 10), st.just(0.0)),
        st.one_of(st.floats(0, 12), st.just(float("nan"))),
        st.one_of(st.floats(0, 260), st.just(float("nan"))),
        st.one_of(st.floats(-0.6, 0.6), st.just(float("nan"))),
    ),
    min_size=1,
    max_size=40,
)


def stream_of(rows: list[tuple[float, float, float, float]]) -> TissueStream:
    """A stream of seconds, speed, cadence and slope."""
    return TissueStream(*(np.array(column, dtype=float) for column in zip(*rows, strict=True)))


@given(samples, st.integers(0, 40))
def test_split_anywhere_the_parts_add_up(rows: list[tuple[float, float, float, float]], at: int) -> None:
    whole = tissue_load(stream_of(rows), RUNNER)
    parts = [tissue_load(stream_of(part), RUNNER) for part in (rows[:at], rows[at:]) if part]
    assert sum(part.steps_per_leg for part in parts) == pytest.approx(whole.steps_per_leg, rel=1e-9)
    for name in SUMS:
        np.testing.assert_allclose(sum(getattr(part, name) for part in parts), getattr(whole, name), rtol=1e-9)


@given(st.floats(1.0, 7.0), st.floats(-0.3, 0.3), st.floats(0.7, 1.3), st.integers(1, 60))
def test_the_same_run_sampled_every_five_seconds_is_the_same(v: float, slope: float, ratio: float, fives: int) -> None:
    cadence = 160.0 * ratio
    fine = stream_of([(1.0, v, cadence, slope)] * (5 * fives))
    wide = stream_of([(5.0, v, cadence, slope)] * fives)
    for name in SUMS:
        np.testing.assert_allclose(
            getattr(tissue_load(wide, RUNNER), name), getattr(tissue_load(fine, RUNNER), name), rtol=1e-9
        )


@given(samples, st.sampled_from([None, 4]), st.sampled_from(SlopeQuality))
def test_never_below_0_never_nan_whatever_is_missing(
    rows: list[tuple[float, float, float, float]], draws: int | None, quality: SlopeQuality
) -> None:
    load = tissue_load(replace(stream_of(rows), slope_quality=quality), RUNNER, draws=draws)
    for name in MEASURES:
        for values in (getattr(load, name), *(load.quantiles.get(name, ()))):
            assert np.isfinite(values).all()
            assert (values >= 0).all()
    assert 0 <= load.walk_fraction <= 1
    assert 0 <= load.extrapolated_fraction <= 1


@settings(max_examples=40)
@given(st.lists(st.tuples(numbers, numbers, numbers, numbers), min_size=1, max_size=20))
def test_no_finite_numbers_at_all_bring_it_down(rows: list[tuple[float, float, float, float]]) -> None:
    load = tissue_load(
        stream_of([(abs(s), v, c, g) for s, v, c, g in rows if not np.isnan(s)] or [(1.0, 3, 160, 0)]), RUNNER
    )
    assert all(np.isfinite(getattr(load, name)).all() for name in MEASURES)


def test_standing_and_paused_samples_add_nothing() -> None:
    run = [(1.0, 3.0, 166.0, 0.0)] * 60
    idle = [(0.0, 3.0, 166.0, 0.0), (30.0, 0.5, 90.0, 0.0), (30.0, 0.0, 0.0, 0.1), (30.0, float("nan"), 166.0, 0.0)]
    with_idle, alone = tissue_load(stream_of(run + idle), RUNNER), tissue_load(stream_of(run), RUNNER)
    for name in SUMS:
        np.testing.assert_allclose(getattr(with_idle, name), getattr(alone, name), rtol=1e-12)
    assert flags.SPEED_UNKNOWN in with_idle.flags
    assert flags.SPEED_UNKNOWN not in alone.flags


@given(st.floats(2.0, 6.0), st.floats(500, 30_000), st.sampled_from([None, (172.0, 7.5)]))
def test_a_level_run_at_the_own_speed_is_worth_its_own_distance(
    v: float, metres: float, line: tuple[float, float] | None
) -> None:
    runner = RunnerReference(speed_mps=v, cadence_line=line)
    load = tissue_load(made_stream([(metres, v, 0.0, 1.0)], runner), runner)
    np.testing.assert_allclose(load.damage_m, metres, rtol=1e-6)


def _without_powers() -> Coefficients:
    """The same numbers with damage a plain count of steps."""
    tissues = {
        name: one.model_copy(
            update={
                "damage_exponent": one.damage_exponent.model_copy(update={"low": 0.0, "nominal": 0.0, "high": 0.0}),
                "contact_time_weight": 0.0,
            }
        )
        for name, one in COEFFICIENTS.tissue.items()
    }
    return COEFFICIENTS.model_copy(update={"tissue": tissues})


PLAIN = _without_powers()


@given(samples)
def test_without_a_power_damage_is_the_count_of_steps(rows: list[tuple[float, float, float, float]]) -> None:
    load = tissue_load(stream_of(rows), RUNNER, coefficients=PLAIN)
    np.testing.assert_allclose(load.damage_steps, load.steps_per_leg, rtol=1e-9)


@pytest.mark.parametrize(
    ("outside", "edge"),
    [
        ((7.0, 190.0, 0.0), (5.6, 190.0, 0.0)),
        ((2.0, 150.0, 0.0), (2.2, 150.0, 0.0)),
        ((3.0, 170.0, 0.30), (3.0, 170.0, 0.15)),
        ((3.0, 160.0, -0.40), (3.0, 160.0, -0.15)),
        ((3.0, 230.0, 0.0), (3.0, 166.125 * 1.2, 0.0)),
        ((3.0, 141.0, 0.0), (3.0, 166.125 * 0.85, 0.0)),
    ],
)
def test_beyond_what_was_studied_a_step_counts_as_at_the_edge(
    outside: tuple[float, float, float], edge: tuple[float, float, float]
) -> None:
    far, near = (tissue_load(stream_of([(600.0, *one)]), RUNNER) for one in (outside, edge))
    for name in SUMS:
        np.testing.assert_allclose(
            getattr(far, name) / far.steps_per_leg, getattr(near, name) / near.steps_per_leg, rtol=1e-9
        )
    assert far.extrapolated_fraction == 1.0
    assert flags.PARTLY_OUTSIDE in far.flags
    assert near.extrapolated_fraction == 0.0


def test_beyond_what_was_studied_the_interval_widens_only_from_a_tenth_of_the_time_on() -> None:
    def spread(outside_s: float) -> float:
        load = tissue_load(
            stream_of([(1000.0 - outside_s, 3.0, 166.0, 0.0), (outside_s, 7.0, 200.0, 0.0)]), RUNNER, draws=64
        )
        low, _, high = load.quantiles["peak_steps"][:, 0]
        return float(high / low)

    assert flags.SPRINTS in tissue_load(stream_of([(1000.0, 7.0, 200.0, 0.0)]), RUNNER).flags
    assert spread(99.0) < 1.06
    assert spread(110.0) > spread(99.0) * 1.005


def test_walking_counts_as_load_and_hardly_as_damage() -> None:
    walk = tissue_load(stream_of([(3600.0, 1.4, 112.0, 0.0)]), RUNNER)
    assert walk.walk_fraction == 1.0
    assert flags.MOSTLY_WALKING in walk.flags
    # 3360 steps of one leg, each 0.55 of the peak and 2 x 0.55 of the impulse
    assert walk.of("achilles", "load_bws") == pytest.approx(3360 * 0.70 * 2 * 0.55)
    assert walk.of("achilles", "peak_bw") == pytest.approx(6.3 * 0.55)
    assert walk.of("achilles") < 0.2 * walk.distance_m
    slow_steps = tissue_load(stream_of([(3600.0, 2.5, 130.0, 0.0)]), RUNNER)
    assert slow_steps.walk_fraction == 1.0


def test_missing_cadence_is_the_runners_own_and_said_so() -> None:
    told, guessed = (tissue_load(stream_of([(600.0, 3.0, c, 0.02)]), RUNNER) for c in (166.125 * 1.006, float("nan")))
    np.testing.assert_allclose(guessed.damage_m, told.damage_m, rtol=1e-9)
    assert flags.CADENCE_IMPUTED in guessed.flags
    assert flags.CADENCE_IMPUTED not in told.flags


def _width(load: TissueLoad, tissue: str, measure: str = "damage_m") -> float:
    low, _, high = load.quantiles[measure][:, load.tissues.index(tissue)]
    return float(np.log(high / low))


def test_missing_slope_is_level_in_the_middle_and_wider_at_the_ends() -> None:
    known, unknown = (tissue_load(stream_of([(600.0, 3.0, 166.0, g)]), RUNNER, draws=64) for g in (0.0, float("nan")))
    np.testing.assert_allclose(unknown.damage_m, known.damage_m, rtol=1e-9)
    assert _width(unknown, "achilles") > _width(known, "achilles") + 0.2
    assert _width(unknown, "patellofemoral", "peak_steps") > _width(known, "patellofemoral", "peak_steps") + 0.02
    assert flags.SLOPE_UNKNOWN in unknown.flags


def test_slopes_from_satellites_widen_the_interval_and_move_no_middle() -> None:
    good = stream_of([(600.0, 2.8, 164.0, 0.06)])
    low = replace(good, slope_quality=SlopeQuality.LOW)
    sure, unsure = (tissue_load(one, RUNNER, draws=64) for one in (good, low))
    np.testing.assert_allclose(unsure.damage_m, sure.damage_m)
    assert _width(unsure, "achilles") > 1.3 * _width(sure, "achilles")
    assert _width(unsure, "lateral_hip") > 1.3 * _width(sure, "lateral_hip")
    assert flags.SLOPE_SATELLITES in unsure.flags


def test_what_is_not_known_of_the_runner_is_assumed_and_said() -> None:
    stream = made_stream([(5000, 3.0, 0, 1)])
    assert {HEIGHT_ASSUMED, MASS_ASSUMED} <= set(tissue_load(stream, RunnerReference()).flags)
    known = RunnerReference(height_m=1.7, mass_kg=60, mass_ref_kg=60, speed_mps=2.9, cadence_line=(168.0, 8.0))
    assert not set(tissue_load(stream, known).flags) & {HEIGHT_ASSUMED, MASS_ASSUMED}
    assert set(flags.FLAG_WORDS) >= set(tissue_load(stream, RunnerReference()).flags)
    for bad in ({"height_m": 0.0}, {"mass_kg": float("nan")}, {"speed_mps": -1.0}, {"cadence_line": (160.0, -80.0)}):
        with pytest.raises(ValueError, match=next(iter(bad)).split("_", maxsplit=1)[0]):
            RunnerReference(**bad)  # type: ignore[arg-type]


def test_a_treadmill_is_told_only_against_a_reference_on_other_ground() -> None:
    indoors, outdoors = (made_stream([(10_000, 3.0, 0, 1)], treadmill=one) for one in (True, False))
    changed = tissue_load(indoors, RUNNER)
    # 1.125 to the lowest power that is believed, 5, not to the nominal 9
    assert changed.of("achilles") / 10_000 == pytest.approx(1.125**5)
    assert changed.of("achilles", "load_bws") == pytest.approx(
        1.142 * tissue_load(outdoors, RUNNER).of("achilles", "load_bws")
    )
    used_to_it = replace(RUNNER, treadmill=True)
    np.testing.assert_allclose(tissue_load(indoors, used_to_it).damage_m, 10_000)
    assert tissue_load(outdoors, used_to_it).of("achilles") < 10_000


def test_a_finding_counts_only_as_a_change() -> None:
    run = made_stream([(10_000, 3.0, 0, 1)])
    forefoot = GaitFindings.of({"foot_strike": "forefoot", "crossover_gait": True, "pelvic_drop": True})
    new = tissue_load(run, RUNNER, forefoot, draws=64)
    assert new.of("achilles") / 10_000 == pytest.approx(1.08**5)
    assert new.of("patellofemoral") / 10_000 == 0.5  # 0.8 to the fourth is held at a half
    same = tissue_load(run, replace(RUNNER, findings=forefoot), draws=64)
    np.testing.assert_allclose(same.damage_m, 10_000)
    np.testing.assert_allclose(same.quantiles["damage_m"], 10_000, rtol=1e-9)
    gone = tissue_load(run, replace(RUNNER, findings=forefoot), {"foot_strike": "rearfoot"})
    assert gone.of("achilles") / 10_000 == pytest.approx(1.08**-5)


def test_what_nobody_measured_widens_and_points_and_moves_nothing() -> None:
    run = made_stream([(10_000, 3.0, 0, 1)])
    plain, found = (
        tissue_load(run, RUNNER, one, draws=64) for one in (None, {"pelvic_drop": True, "overpronation": True})
    )
    np.testing.assert_allclose(found.damage_m, plain.damage_m)
    np.testing.assert_allclose(found.load_bws, plain.load_bws)
    for tissue in ("iliotibial_band", "lateral_hip", "patellofemoral"):
        assert _width(found, tissue) > 0.5
    assert _width(found, "achilles") < 1e-9
    drop, pronation = found.notes
    assert (drop.finding, drop.effect, drop.arrow, drop.grade) == ("pelvic_drop", "wider", "up", "none")
    assert drop.words
    assert (pronation.effect, pronation.arrow) == ("none", None)


def test_overstriding_counts_only_where_no_cadence_was_recorded() -> None:
    with_steps = made_stream([(10_000, 3.0, 0, 1)])
    without = replace(with_steps, cadence_spm=np.full(1, np.nan))
    found = {"overstride": True}
    np.testing.assert_allclose(tissue_load(with_steps, RUNNER, found).damage_m, 10_000)
    low = tissue_load(made_stream([(10_000, 3.0, 0, 0.95)]), RUNNER)
    np.testing.assert_allclose(tissue_load(without, RUNNER, found).damage_m, low.damage_m)
    always = replace(RUNNER, findings=GaitFindings.of(found))
    np.testing.assert_allclose(tissue_load(without, always, found).damage_m, 10_000)


def test_a_heavier_runner_is_told_against_their_own_mass() -> None:
    heavier = replace(RUNNER, mass_kg=66.5, mass_ref_kg=62.0)
    load = tissue_load(made_stream([(1000, 3.0, 0, 1)]), heavier)
    assert load.of("achilles", "peak_bw") / 6.3 == pytest.approx(1.043, abs=0.002)
    assert load.of("achilles") / 1000 == pytest.approx((66.5 / 62) ** (0.6 * 5))


@pytest.mark.parametrize(
    "found",
    [{"foot_strike": "toes"}, {"hip drop": True}, {"pelvic_drop": "yes"}, {"trunk_flexion_change_deg": float("nan")}],
)
def test_an_unknown_finding_is_refused(found: dict[str, object]) -> None:
    with pytest.raises(UnknownFinding):
        GaitFindings.of(found)


def test_the_interval_is_in_order_and_the_same_every_time() -> None:
    run = rolling_stream(seconds=1200)
    first, again = (tissue_load(run, RUNNER, draws=64) for _ in range(2))
    for name in MEASURES:
        low, middle, high = first.quantiles[name]
        assert (low <= middle).all()
        assert (middle <= high).all()
        np.testing.assert_array_equal(first.quantiles[name], again.quantiles[name])
    with pytest.raises(ValueError, match="fewer than one draw"):
        tissue_load(run, RUNNER, draws=0)


def test_a_mixed_week_against_an_even_one_as_worked_out_beside_the_model() -> None:
    """30 km at 3.0 and 10 km at 4.2 m/s against 40 km at 3.0: what is wrong in both cancels, draw by draw."""
    mixed, even = (
        tissue_load(made_stream(parts), RUNNER, draws=64).drawn
        for parts in ([(30_000, 3.0, 0, 1), (10_000, 4.2, 0, 1)], [(40_000, 3.0, 0, 1)])
    )
    assert mixed is not None
    assert even is not None
    damage = np.quantile(mixed.damage_m[:, :, 0] / even.damage_m[:, :, 0], (0.1, 0.5, 0.9), axis=0)
    load = np.quantile(mixed.load_bws[:, 0, 0] / even.load_bws[:, 0, 0], (0.1, 0.5, 0.9))
    expected = {"achilles": (1.03, 1.18, 1.51), "tibia": (1.05, 1.16, 1.37), "calf": (0.95, 0.98, 1.05)}
    expected["patellofemoral"] = (0.99, 1.15, 1.61)
    for tissue, row in expected.items():
        # draws are drawn otherwise there: the middle agrees, the ends nearly
        found = damage[:, COEFFICIENTS.tissues.index(tissue)]
        assert found[1] == pytest.approx(row[1], abs=0.02)
        assert found == pytest.approx(row, abs=0.12)
    assert load == pytest.approx((0.93, 0.94, 0.95), abs=0.01)


def test_contact_balance_is_told_and_never_multiplied() -> None:
    run = made_stream([(5000, 3.0, 0, 1)])
    load = tissue_load(replace(run, balance_left_pct=53.0), RUNNER)
    assert load.balance_left_pct == 53.0
    np.testing.assert_array_equal(load.damage_m, tissue_load(run, RUNNER).damage_m)
