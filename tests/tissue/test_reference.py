"""The runner's own speed and cadence: learnt once from the first hours, whatever comes later."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.exposure import Exposure, exposure_of
from loadmon.tissue.reference import reference_epoch
from loadmon.tissue.stream import SlopeQuality, TissueStream

COEFFICIENTS = default_coefficients()
FIRST = date(2025, 1, 1)


def hour(
    level: float = 170.0, per_mps: float = 7.0, *, seed: int = 0, spread: float = 0.3, slope: float = 0.0,
    treadmill: bool = False, odd: float = 0.0,
) -> Exposure:  # fmt: skip
    """An hour around 2.8 m/s whose cadence follows a known line; an odd share of it at half the cadence."""
    random = np.random.default_rng(seed)
    speed = np.clip(2.8 + spread * random.normal(0, 1, 3600), 2.21, 4.5)
    cadence = level + per_mps * (speed - 3.0) + random.normal(0, 2, 3600)
    cadence[: int(odd * 3600)] = 145.0
    quality = SlopeQuality.INDOORS if treadmill else SlopeQuality.GOOD
    return exposure_of(
        TissueStream(np.ones(3600), speed, cadence, np.full(3600, slope), slope_quality=quality, treadmill=treadmill)
    )


def learnt(exposures: list[Exposure]):
    return reference_epoch(exposures, [FIRST + timedelta(days=2 * n) for n in range(len(exposures))], COEFFICIENTS)


def test_six_hours_of_level_running_tell_the_line_and_the_speed() -> None:
    found = learnt([hour(seed=n) for n in range(8)])
    assert found is not None
    assert found.slope_learnt
    assert found.cadence_line == pytest.approx((170.0, 7.0), abs=0.3)
    assert found.speed_mps == pytest.approx(2.8, abs=0.03)
    assert (found.runs, found.treadmill) == (6, False)
    assert found.name == "2025-01-01/2025-01-11"


def test_five_hours_or_hours_of_hills_are_not_enough() -> None:
    assert learnt([hour(seed=n) for n in range(5)]) is None
    assert learnt([hour(seed=n, slope=0.03) for n in range(9)]) is None
    assert learnt([]) is None


def test_what_comes_later_changes_nothing() -> None:
    first = [hour(seed=n) for n in range(7)]
    slower = [hour(160.0, seed=20 + n) for n in range(30)]
    assert learnt(first) == learnt(first + slower)
    looked = iter([*first, *slower])
    reference_epoch(looked, (FIRST + timedelta(days=2 * n) for n in range(37)), COEFFICIENTS)
    assert len(list(looked)) == 30, "and is not even looked at"


def test_odd_stretches_hardly_move_it() -> None:
    found = learnt([hour(seed=n, odd=0.08) for n in range(7)])
    assert found is not None
    assert found.cadence_line[0] == pytest.approx(170.0, abs=0.6)


def test_one_even_pace_tells_the_level_and_takes_the_slope_of_others() -> None:
    found = learnt([hour(seed=n, spread=0.05) for n in range(7)])
    assert found is not None
    assert not found.slope_learnt
    at_own_speed = found.cadence_line[0] + found.cadence_line[1] * (found.speed_mps - 3.0)
    assert at_own_speed == pytest.approx(170.0 + 7.0 * (2.8 - 3.0), abs=0.4)
    assert found.cadence_line[1] == pytest.approx(9.0 + 3.0 * (found.speed_mps - 3.0), abs=1e-6)


def test_the_surface_that_was_full_first_is_the_reference() -> None:
    indoors = [hour(166.0, seed=n, treadmill=True) for n in range(6)]
    outdoors = [hour(seed=n) for n in range(6)]
    mixed = [one for pair in zip(indoors, outdoors, strict=True) for one in pair]
    found = learnt(mixed)
    assert found is not None
    assert found.treadmill
    assert found.cadence_line[0] == pytest.approx(166.0, abs=0.4)
