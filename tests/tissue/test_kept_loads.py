"""Runs told before are found again, and are what they would be told anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from loadmon.refusal import DamagedFile
from loadmon.tissue import kept_loads
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.exposure import exposure_of
from loadmon.tissue.exposure_bytes import exposure_bytes, exposure_from
from loadmon.tissue.kept_loads import KeptLoads
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.model import tissue_load
from loadmon.tissue.quantiles import QUANTILES, quantiles_of
from loadmon.tissue.recompute import recomputed
from loadmon.tissue.runner import RunnerReference
from loadmon.tissue.stream import SlopeQuality, TissueStream
from tests.tissue.made_training import RUNNER, made_stream, rolling_stream

COEFFICIENTS = default_coefficients()
POOR = TissueStream(
    *np.array([(1800.0, 3.0, np.nan, 0.01), (60.0, 6.5, 190.0, 0.0)]).T, slope_quality=SlopeQuality.LOW, locked_s=90.0
)
INDOORS = replace(made_stream([(9000, 3.0, 0, 1)], treadmill=True), slope=np.full(1, np.nan))
"""A treadmill of which nobody told how steep it stood."""
STREAMS = [rolling_stream(1, 1200), POOR, INDOORS]
DATA = [exposure_bytes(exposure_of(one)) for one in STREAMS]
HELD = [RunConditions(RUNNER), RunConditions(RUNNER), RunConditions(RunnerReference(speed_mps=2.8))]


@pytest.fixture
def told_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many runs were told each time that any were."""
    counts: list[int] = []
    whole = kept_loads.told_and_drawn

    def counted(cells, *others):  # type: ignore[no-untyped-def]
        counts.append(len(cells.lengths))
        return whole(cells, *others)

    monkeypatch.setattr(kept_loads, "told_and_drawn", counted)
    return counts


def test_they_are_what_they_would_be_told_anew() -> None:
    kept = KeptLoads()
    for _ in range(2):
        found = kept.of(DATA, HELD, COEFFICIENTS, 64)
        runs = [exposure_from(one) for one in DATA]
        told, drawn = (recomputed(runs, HELD, COEFFICIENTS, draws) for draws in (None, 64))
        np.testing.assert_array_equal(found.told.damage_m, told.damage_m)
        np.testing.assert_array_equal(found.told.course.distance_m, told.course.distance_m)
        assert found.drawn is not None
        for name in ("damage_m", "load_bws"):
            np.testing.assert_allclose(getattr(found.drawn, name), getattr(drawn, name), rtol=1e-3)
        assert found.treadmill.tolist() == [False, False, True]


def test_what_is_to_be_said_is_what_the_stream_itself_would_say() -> None:
    flags = KeptLoads().of(DATA, HELD, COEFFICIENTS).flags
    for one, held, told in zip(STREAMS, HELD, flags, strict=True):
        exact = tissue_load(one, held.runner)
        assert (*held.runner.assumed(), *told) == exact.flags
    assert len(flags[1]) >= 4


def test_only_what_has_changed_is_told_anew(told_anew: list[int]) -> None:
    kept = KeptLoads()
    kept.of(DATA[:2], HELD[:2], COEFFICIENTS, 4)
    kept.of(DATA, HELD, COEFFICIENTS, 4)
    kept.of(DATA[::-1], HELD[::-1], COEFFICIENTS, 4)
    kept.of(DATA, [HELD[0], HELD[2], HELD[2]], COEFFICIENTS, 4)
    kept.of(DATA, HELD, COEFFICIENTS)
    kept.of([DATA[0]] * 5, [HELD[0]] * 5, COEFFICIENTS)
    assert told_anew == [2, 1, 1, 3]
    assert len(kept) == 7


def test_other_coefficients_tell_everything_anew(told_anew: list[int]) -> None:
    kept = KeptLoads()
    achilles = COEFFICIENTS.tissue["achilles"]
    steeper = achilles.model_copy(update={"peak_slope": achilles.peak_slope.model_copy(update={"value": 4.0})})
    other = COEFFICIENTS.model_copy(update={"tissue": {**COEFFICIENTS.tissue, "achilles": steeper}})
    before, after = (kept.of(DATA, HELD, numbers).told.damage_m[0, 0, 0] for numbers in (COEFFICIENTS, other))
    assert after != before
    assert kept.of(DATA, HELD, COEFFICIENTS).told.damage_m[0, 0, 0] == before
    assert told_anew == [3, 3, 3]


def test_no_more_are_kept_than_agreed_and_the_last_asked_for_stay(told_anew: list[int]) -> None:
    kept = KeptLoads(most=2)
    for n in (0, 1, 0, 2, 0):
        kept.of([DATA[n]], [HELD[n]], COEFFICIENTS)
    assert len(kept) == 2
    assert told_anew == [1, 1, 1]
    whole = kept.of(DATA, HELD, COEFFICIENTS)
    assert whole.told.damage_m.shape[-1] == 3
    assert len(kept) == 2


def test_no_runs_and_damaged_ones() -> None:
    none = KeptLoads().of([], [], COEFFICIENTS, 64)
    assert none.drawn is not None
    assert none.told.damage_m.shape == (1, 10, 0)
    assert none.drawn.damage_m.shape == (64, 10, 0)
    with pytest.raises(DamagedFile):
        KeptLoads().of([DATA[0], b"TX\x01no"], HELD[:2], COEFFICIENTS)


def test_percentiles_are_those_of_numpy() -> None:
    drawn = np.random.default_rng(3).normal(size=(4, 3, 64))
    np.testing.assert_allclose(quantiles_of(drawn), np.quantile(drawn, QUANTILES, axis=-1), rtol=1e-12)
    drawn[1, 1, 5] = np.nan
    assert np.isnan(quantiles_of(drawn)[:, 1, 1]).all()
    assert np.isnan(quantiles_of(drawn[..., :0])).all()
    np.testing.assert_array_equal(quantiles_of(drawn[0, :, :1])[1], drawn[0, :, 0])


def test_conditions_of_which_no_run_is_kept_are_let_go_of() -> None:
    kept = KeptLoads(most=2)
    for mass in range(50, 70):
        held = replace(HELD[0], runner=replace(HELD[0].runner, mass_kg=float(mass), mass_ref_kg=60.0))
        kept.of(DATA[:1], [held], COEFFICIENTS)
    assert len(kept) == 2
    assert len(kept._conditions) == 2
    exact = KeptLoads().of(DATA[:1], [held], COEFFICIENTS).told.damage_m
    np.testing.assert_array_equal(kept.of(DATA[:1], [held], COEFFICIENTS).told.damage_m, exact)
