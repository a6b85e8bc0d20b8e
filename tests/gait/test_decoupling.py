"""Decoupling: the worked case, halves of equal running, and runs that cannot tell."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.gait.decoupling import Decoupling, decoupled_pct, decoupling
from loadmon.measure import REASON_WORDS
from tests.gait.test_cadence import worked

HOUR = np.arange(0.0, 4200.0)
"""Ten minutes of warming up, then an hour, a sample a second."""


def run(t: np.ndarray = HOUR, *, speed: object = 3.2, heart: object = 150.0, seconds: object = 1.0) -> Decoupling:
    return decoupling(t, *(np.broadcast_to(np.asarray(v, dtype=float), t.shape) for v in (seconds, speed, heart)))


def test_worked_case_from_the_halves() -> None:
    assert decoupled_pct(3.2, 148, 3.16, 156) == pytest.approx(6.3141025641, abs=1e-6)


def test_worked_case_from_samples() -> None:
    case = worked("decoupling")
    first, second = case["inputs"]["first_half"], case["inputs"]["second_half"]
    late = HOUR >= 600 + 1800
    found = run(
        speed=np.where(late, second["mean_speed_mps"], first["mean_speed_mps"]),
        heart=np.where(late, second["mean_hr"], first["mean_hr"]),
    )
    assert found.reason is None
    assert found.percent == pytest.approx(case["expected"]["decoupling_pct"], abs=case["tolerance"]["abs"])


def test_an_even_run_at_an_even_heart_rate_is_not_decoupled() -> None:
    assert run().percent == pytest.approx(0.0)


def test_a_heart_rate_that_falls_gives_a_negative_figure() -> None:
    percent = run(heart=np.linspace(160, 150, len(HOUR))).percent
    assert percent is not None
    assert percent < -1


def test_the_first_ten_minutes_do_not_count() -> None:
    assert run(heart=np.where(HOUR < 600, 90.0, 150.0), speed=np.where(HOUR < 600, 1.0, 3.2)).percent == pytest.approx(
        0
    )


def test_a_sample_weighs_as_long_as_it_lasts() -> None:
    late = HOUR >= 2400
    want = run(heart=np.where(late, 156.0, 148.0)).percent
    seldom = np.unique(np.concatenate((HOUR[HOUR < 2400], HOUR[HOUR >= 2400][::7], [4199.0])))
    seconds = np.diff(seldom, append=4200.0)
    found = run(seldom, heart=np.where(seldom >= 2400, 156.0, 148.0), seconds=seconds)
    assert found.percent == pytest.approx(want, abs=1e-9)


def test_standing_still_belongs_to_no_half() -> None:
    late = HOUR >= 2400
    want = run(heart=np.where(late, 156.0, 148.0)).percent
    pause = np.arange(4200.0, 4500.0)
    t = np.concatenate((HOUR, pause))
    heart = np.concatenate((np.where(late, 156.0, 148.0), np.full(len(pause), 110.0)))
    speed = np.concatenate((np.full(len(HOUR), 3.2), np.full(len(pause), 0.1)))
    assert run(t, heart=heart, speed=speed).percent == pytest.approx(want)


def test_satellites_that_jitter_every_second_make_no_uneven_run() -> None:
    jitter = 3.2 + np.random.default_rng(1).normal(0, 0.5, len(HOUR))
    assert run(speed=jitter).reason is None
    assert np.std(jitter) / np.mean(jitter) > 0.1


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"heart": np.nan}, "no heart rate"),
        ({"heart": np.where(HOUR % 10 < 3, np.nan, 150.0)}, "heart rate<80%"),
        ({"speed": np.nan}, "no speed"),
        ({"t": np.arange(0.0, 2399.0)}, "running<30min"),
        ({"speed": np.where(HOUR % 600 < 300, 2.4, 3.6)}, "pace uneven"),
        ({"speed": 0.0}, "running<30min"),
    ],
    ids=["no heart", "heart in 70 %", "no speed", "a second short", "intervals", "standing"],
)
def test_runs_that_cannot_tell(given: dict[str, np.ndarray], reason: str) -> None:
    found = run(**given)  # type: ignore[arg-type]
    assert (found.percent, found.reason) == (None, reason)
    assert reason in REASON_WORDS


def test_enough_is_enough() -> None:
    assert run(np.arange(0.0, 2400.0)).reason is None
    assert run(heart=np.where(HOUR % 10 < 2, np.nan, 150.0)).reason is None
