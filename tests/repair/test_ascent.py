"""Of a recording that was cut, the ascent is the device's, in the share of the climb that is left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.correction import Correction, CorrectionKind
from loadmon.facts import facts_of
from loadmon.repair import corrected
from loadmon.repair.ascent import ascent_of_part, climbed
from loadmon.session import Session
from tests.repair.made import run

K = CorrectionKind
T = np.arange(1801.0)
HILL = 100.0 + np.interp(T, [0, 600, 1200, 1800], [0, 60, 0, 20])
"""60 m up in ten minutes, down again, and 20 m up at the end: 80 m in all, which the device tells as 88."""


def hilly(altitude_m: np.ndarray = HILL, told_m: float | None = 88.0) -> Session:
    made = run(1800, altitude_m=altitude_m)
    return replace(made, totals=replace(made.totals, ascent_m=told_m))


def left(session: Session, *made: Correction) -> float | None:
    return facts_of(corrected(session, list(made))).ascent_m


def crop(from_s: float = 0.0, to_s: float = 1800.0) -> Correction:
    return Correction(K.CROP, {"from_s": from_s, "to_s": to_s})


@pytest.mark.parametrize(
    ("made", "expected_m"),
    [
        ((), 88.0),
        ((crop(to_s=600),), 66.0),
        ((crop(from_s=300, to_s=900),), 33.0),
        ((crop(from_s=600, to_s=1200),), 0.0),
        ((crop(from_s=1200),), 22.0),
        ((Correction(K.PAUSE, {"from_s": 150.0, "to_s": 450.0}),), 55.0),
        ((Correction(K.PAUSE, {"from_s": 0.0, "to_s": 600.0}), crop(to_s=1500)), 11.0),
    ],
)
def test_a_part_has_its_share(made: tuple[Correction, ...], expected_m: float) -> None:
    assert left(hilly(), *made) == pytest.approx(expected_m, abs=1.5)  # heights are means of half a minute


@given(st.floats(10, 1790), st.integers(0, 9))
def test_two_parts_make_the_whole(cut_s: float, seed: int) -> None:
    noisy = hilly(HILL + np.random.default_rng(seed).normal(0, 1.5, len(T)))
    first, second = (left(noisy, one) for one in (crop(to_s=cut_s), crop(from_s=cut_s)))
    assert first is not None and second is not None
    assert 86.0 <= first + second <= 88.0 + 1e-6, "but for the second between the two last samples"


def test_noise_on_the_flat_takes_no_ascent_from_the_hill() -> None:
    noise = np.random.default_rng(1).normal(0, 1.0, len(T))
    flat_then_hill = 100.0 + noise + np.interp(T, [0, 1200, 1800], [0, 0, 60])
    climb = climbed(T, flat_then_hill)
    assert climb[1200] < 0.12 * climb[-1]


@pytest.mark.parametrize(
    ("altitude_m", "told_m"),
    [
        (HILL, None),
        (np.full(len(T), np.nan), 88.0),
        (np.where(T < 1000, np.nan, HILL), 88.0),
        (np.full(len(T), 100.0), 88.0),
    ],
)
def test_where_nobody_can_tell_there_is_none(altitude_m: np.ndarray, told_m: float | None) -> None:
    assert left(hilly(altitude_m, told_m), crop(to_s=900)) is None


def test_a_flat_run_is_flat_in_every_part() -> None:
    assert left(hilly(np.full(len(T), 100.0), 0.0), crop(to_s=900)) == 0.0
    assert ascent_of_part(0.0, float("nan"), float("nan")) == 0.0


def test_taking_the_cut_back_brings_the_device_s_own() -> None:
    read = hilly()
    assert corrected(read, []).totals.ascent_m == 88.0


def test_a_lap_that_loses_a_part_keeps_its_share() -> None:
    laps = corrected(hilly(), [crop(from_s=300)]).laps["ascent_m"]
    assert laps.iloc[0] == pytest.approx(5.0, abs=0.3), "half of the 10 m of the first lap"
    assert laps.iloc[1:].tolist() == [10.0, 10.0], "whole ones keep the device's own"
