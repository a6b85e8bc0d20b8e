"""What is kept of a run tells the same as its stream, under any numbers, and survives as bytes."""

from __future__ import annotations

import tracemalloc
import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loadmon.refusal import DamagedFile
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.exposure import Exposure, cells_from, exposure_of, pieces_from
from loadmon.tissue.exposure_bytes import cells_of_bytes, exposure_bytes, exposure_from
from loadmon.tissue.loads import RunConditions, loads_of
from loadmon.tissue.model import tissue_load
from loadmon.tissue.recompute import recomputed
from loadmon.tissue.runner import RunnerReference
from loadmon.tissue.stream import SlopeQuality, TissueStream
from loadmon.tissue.wider import wider
from tests.tissue.made_training import RUNNER, made_days, made_stream, rolling_stream

COEFFICIENTS = default_coefficients()
OWN = RunnerReference(speed_mps=2.8, cadence_line=(170.0, 6.5))


def kept(exposure: Exposure) -> Exposure:
    """As it comes back from the store."""
    return exposure_from(exposure_bytes(exposure))


@pytest.mark.parametrize("runner", [RUNNER, OWN], ids=["population", "own"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_rolling_run_within_the_error_that_was_measured(seed: int, runner: RunnerReference) -> None:
    stream = rolling_stream(seed)
    exact, cells = tissue_load(stream, runner), kept(exposure_of(stream))
    assert cells.cells < 3000
    told = recomputed([cells], [RunConditions(runner)], COEFFICIENTS)
    np.testing.assert_allclose(told.damage_m[0, :, 0], exact.damage_m, rtol=0.0018)
    np.testing.assert_allclose(told.load_bws[0, :, 0], exact.load_bws, rtol=0.0001)
    np.testing.assert_allclose(told.steps[0, 0], exact.steps_per_leg, rtol=1e-6)
    np.testing.assert_allclose(told.course.distance_m[0], exact.distance_m, rtol=0.0005)


@settings(max_examples=80)
@given(st.floats(1.95, 7.0), st.floats(-0.4, 0.4), st.floats(0.9, 1.3))
def test_an_even_run_wherever_it_lies_within_its_cell(v: float, slope: float, ratio: float) -> None:
    stream = made_stream([(3000.0, v, slope, ratio)])
    exact = tissue_load(stream, RUNNER)
    told = recomputed([kept(exposure_of(stream))], [RunConditions(RUNNER)], COEFFICIENTS)
    np.testing.assert_allclose(told.damage_m[0, :, 0], exact.damage_m, rtol=0.0018)
    np.testing.assert_allclose(told.load_bws[0, :, 0], exact.load_bws, rtol=0.0002)


def test_walking_unknown_cadence_and_unknown_slope_are_kept() -> None:
    rows = np.array(
        [
            (600.0, 3.0, np.nan, 0.02), (600.0, 2.8, 164.0, np.nan), (300.0, 1.4, 112.0, 0.0), (60.0, 1.2, np.nan, 0.0),
            (30.0, np.nan, 160.0, 0.0),
        ]
    )  # fmt: skip
    stream = TissueStream(
        *rows.T, slope_quality=SlopeQuality.LOW, treadmill=True, locked_s=12.0, slope_noise=0.25, balance_left_pct=50.5
    )
    exact, cells = tissue_load(stream, OWN), kept(exposure_of(stream))
    told = recomputed([cells], [RunConditions(OWN)], COEFFICIENTS)
    np.testing.assert_allclose(told.damage_m[0, :, 0], exact.damage_m, rtol=0.0018)
    np.testing.assert_allclose(told.steps[0, 0], exact.steps_per_leg, rtol=1e-5)
    np.testing.assert_allclose(told.course.walk_fraction[0], exact.walk_fraction, rtol=1e-4)
    assert told.course.unknown_s[0] == 30.0
    assert (cells.slope_quality, cells.treadmill, cells.locked_s) == (SlopeQuality.LOW, True, 12.0)
    assert (cells.slope_noise, cells.balance_left_pct) == (0.25, 50.5)


def test_other_numbers_and_draws_need_no_stream() -> None:
    stream = rolling_stream()
    achilles = COEFFICIENTS.tissue["achilles"]
    steeper = achilles.model_copy(update={"peak_slope": achilles.peak_slope.model_copy(update={"value": 2.4})})
    other = COEFFICIENTS.model_copy(update={"tissue": {**COEFFICIENTS.tissue, "achilles": steeper}})
    cells = kept(exposure_of(stream))
    told = recomputed([cells], [RunConditions(RUNNER)], other)
    exact = tissue_load(stream, RUNNER, coefficients=other)
    assert exact.of("achilles") > 1.05 * tissue_load(stream, RUNNER).of("achilles")
    np.testing.assert_allclose(told.damage_m[0, :, 0], exact.damage_m, rtol=0.0018)
    drawn, whole = recomputed([cells], [RunConditions(RUNNER)], COEFFICIENTS, 64), tissue_load(stream, RUNNER, draws=64)
    found = np.quantile(drawn.damage_m[:, :, 0], (0.1, 0.5, 0.9), axis=0)
    np.testing.assert_allclose(found, whole.quantiles["damage_m"], rtol=0.01)


def test_many_runs_at_once_are_what_each_is_alone() -> None:
    empty = exposure_of(TissueStream(*(np.zeros(3) for _ in range(4))))
    cells = [exposure_of(rolling_stream(seed, 1800)) for seed in range(8)]
    cells.insert(3, empty)
    conditions = [RunConditions(OWN if n % 2 else RUNNER) for n in range(len(cells))]
    for draws in (None, 5):
        together = recomputed(cells, conditions, COEFFICIENTS, draws)
        for n, one in enumerate(cells):
            alone = recomputed([one], [conditions[n]], COEFFICIENTS, draws)
            np.testing.assert_allclose(together.damage_m[:, :, n], alone.damage_m[:, :, 0], rtol=2e-5)
            np.testing.assert_allclose(together.load_bws[:, :, n], alone.load_bws[:, :, 0], rtol=2e-5)
    assert (together.damage_m[:, :, 3] == 0).all()
    with pytest.raises(ValueError, match="conditions"):
        recomputed(cells, conditions[1:], COEFFICIENTS)


def test_wider_cells_hold_the_same_running() -> None:
    empty = exposure_of(TissueStream(*(np.zeros(3) for _ in range(4))))
    holes = exposure_of(
        TissueStream(*np.array([(300.0, 3.0, np.nan, 160.0), (200.0, 3.1, 0.01, np.nan), (60.0, 1.5, 0.0, 110.0)]).T)
    )
    runs = [exposure_of(rolling_stream()), empty, holes, *made_days("rolling")[1][-6:]]
    fine = pieces_from(runs)
    wide = wider(fine)
    assert len(wide.seconds) < 0.2 * len(fine.seconds)
    assert wide.runs == fine.runs
    held = [RunConditions(RUNNER)] * len(runs)
    a, b = (loads_of(pieces, held, COEFFICIENTS) for pieces in (fine, wide))
    np.testing.assert_allclose(b.course.distance_m, a.course.distance_m, rtol=1e-5)
    np.testing.assert_allclose(b.steps, a.steps, rtol=1e-4)
    np.testing.assert_allclose(b.damage_m, a.damage_m, rtol=0.01)
    for name in ("imputed_s", "slope_unknown_s", "walking_s"):
        np.testing.assert_allclose(getattr(b.course, name), getattr(a.course, name), rtol=1e-5)


def test_an_hour_and_a_half_is_a_few_kilobytes() -> None:
    assert len(exposure_bytes(exposure_of(rolling_stream()))) < 4000
    assert len(exposure_bytes(exposure_of(made_stream([(10_000, 3.0, 0, 1)])))) < 120


WHOLE = exposure_bytes(exposure_of(rolling_stream(seconds=300)))


@example(at=16, off=8, cut=False)  # a sum of 1e41 steps
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255), st.booleans())
def test_damaged_bytes_are_refused_or_tell_a_run_and_nothing_else(at: int, off: int, cut: bool) -> None:
    data = WHOLE[:at] if cut else WHOLE[:at] + bytes([WHOLE[at] ^ off]) + WHOLE[at + 1 :]
    try:
        found = exposure_from(data)
    except DamagedFile:
        return
    assert not cut
    assert found.cells == len(found.amount) == len(found.speed)
    assert np.isfinite(recomputed([found], [RunConditions(RUNNER)], COEFFICIENTS).damage_m).all()


def test_bytes_that_unpack_to_more_than_they_say_are_refused() -> None:
    head = WHOLE[: WHOLE.index(b"\x78\x9c")]
    bomb = head + zlib.compress(bytes(50_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(DamagedFile):
            exposure_from(bomb)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    for nothing in (b"", b"TX", b"PK" + WHOLE[2:], WHOLE[:2] + b"\x09" + WHOLE[3:]):
        with pytest.raises(DamagedFile):
            exposure_from(nothing)


def test_slopes_are_believed_by_what_is_kept_of_their_shivering() -> None:
    kept = exposure_of(replace(made_stream([(3000, 3.0, 0.02, 1)]), slope_noise=0.02))
    assert kept.slope_quality is SlopeQuality.GOOD
    data = exposure_bytes(kept)
    assert exposure_from(data).slope_quality is SlopeQuality.GOOD
    assert exposure_from(data).believed_quality is SlopeQuality.SHIVERING
    assert (
        list(cells_of_bytes([data]).slope_quality) == list(cells_from([kept]).slope_quality) == [SlopeQuality.SHIVERING]
    )
    still = exposure_bytes(replace(kept, slope_noise=0.002))
    assert list(cells_of_bytes([still]).slope_quality) == [SlopeQuality.GOOD]
    satellites = exposure_bytes(replace(kept, slope_quality=SlopeQuality.LOW))
    assert list(cells_of_bytes([satellites]).slope_quality) == [SlopeQuality.LOW]


def test_a_treadmill_s_level_that_was_kept_before_is_read_as_unknown() -> None:
    """What is kept of treadmills from before no slope was kept lies in the cell of level; one that was entered stays."""
    level, entered = (exposure_of(made_stream([(3000, 3.0, slope, 1)], treadmill=True)) for slope in (0.0, 0.03))
    for cells in (cells_from([level, entered]), cells_of_bytes([exposure_bytes(level), exposure_bytes(entered)])):
        slope = cells.pieces().slope
        assert np.isnan(slope[0])
        assert slope[1] == pytest.approx(0.03, abs=1e-3)
    outside = exposure_of(made_stream([(3000, 3.0, 0.0, 1)]))
    assert cells_from([outside]).pieces().slope[0] == pytest.approx(0.0, abs=1e-3)
