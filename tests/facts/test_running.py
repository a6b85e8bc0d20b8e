"""What is kept of running alone: speed with its hills, power, heartbeat against speed."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.facts import facts_of
from loadmon.load.heart_rate import HEART_RATE_BINS
from loadmon.measure import DECOUPLING_SHORT, HEART_RATE_SPARSE, NO_HEART_RATE, NO_SPEED
from loadmon.readers import read
from loadmon.session import Session, Sport
from tests.facts.made import made
from tests.facts.test_compute import case
from tests.readers import made_fit

T = np.arange(1801)


def test_worked_case_uneven_pace_on_the_level() -> None:
    """600 s at 3.0 m/s and 600 s at 4.0: as hard as 3.58987 m/s throughout."""
    facts = facts_of(made(T[:1201], speed_mps=np.where(T[:1201] < 600, 3.0, 4.0), altitude_m=100.0, cadence_spm=170.0))
    assert facts.normalised_graded_mps == pytest.approx(3.5898656545, abs=1e-6)
    assert facts.normalised_graded_mps == pytest.approx(case("ngp_flat_step")["expected"]["ngs_mps"], abs=1e-6)


def test_a_run_without_speed_has_no_graded_speed_and_says_so() -> None:
    facts = facts_of(made(T, cadence_spm=170.0))
    assert (facts.normalised_graded_mps, facts.graded_reason) == (None, NO_SPEED)


def test_power_is_weighed_by_time_and_by_how_hard_it_was() -> None:
    t = np.concatenate([np.arange(0, 601), np.arange(605, 1201, 5)])  # the second half on smart recording
    facts = facts_of(made(t, speed_mps=3.0, cadence_spm=170.0, power_w=np.where(t < 600, 200.0, 300.0)))
    assert facts.weighted_power_w == pytest.approx(263, abs=1.5)
    holes = facts_of(made(T, speed_mps=3.0, cadence_spm=170.0, power_w=np.where(T < 900, 200.0, np.nan)))
    assert holes.weighted_power_w is None
    none = facts_of(made(T, speed_mps=3.0, cadence_spm=170.0))
    assert none.weighted_power_w is None


def long_run(**more: object) -> Session:
    """Eighty minutes at 3.2 and then 3.16 m/s with 148 and then 156 beats, once ten minutes of warming up are over."""
    t = np.arange(4201)
    first = t < 600 + 1800
    columns = {
        "speed_mps": np.where(first, 3.2, 3.16), "heart_rate_bpm": np.where(first, 148.0, 156.0),
        "cadence_spm": 170.0, "altitude_m": 100.0,
    }  # fmt: skip
    return made(t, **(columns | more))


def test_worked_case_decoupling_from_a_session() -> None:
    facts = facts_of(long_run())
    assert facts.decoupling_pct == pytest.approx(6.3141, abs=1e-3)
    assert facts.decoupling_pct == pytest.approx(case("decoupling")["expected"]["decoupling_pct"], abs=1e-3)
    assert facts.decoupling_reason is None


def test_a_hill_in_the_second_half_is_no_loss_where_its_height_is_known() -> None:
    t = np.arange(4201)
    later = t >= 2400
    speed = np.where(later, 3.2 / 1.30138, 3.2)  # five per cent up costs 1.30 times the level
    distance = np.concatenate(([0.0], np.cumsum(speed)[:-1]))
    height = 100 + 0.05 * np.maximum(distance - distance[2400], 0.0)
    run = {"speed_mps": speed, "distance_m": distance, "heart_rate_bpm": 150.0, "cadence_spm": 170.0}
    known = facts_of(made(t, altitude_m=height, **run))
    assert known.decoupling_pct == pytest.approx(0.0, abs=0.2)
    not_known = facts_of(made(t, altitude_m=height, file_format="gpx", **run))
    assert not_known.decoupling_pct is None or not_known.decoupling_pct > 15.0


def test_what_cannot_be_compared_says_why() -> None:
    assert facts_of(long_run(heart_rate_bpm=np.nan)).decoupling_reason == NO_HEART_RATE
    lost = np.where(np.arange(4201) % 10 < 3, np.nan, 150.0)
    assert facts_of(long_run(heart_rate_bpm=lost)).decoupling_reason == HEART_RATE_SPARSE
    assert facts_of(made(T, speed_mps=3.0, heart_rate_bpm=150.0)).decoupling_reason == DECOUPLING_SHORT
    assert facts_of(made([0.0], speed_mps=3.0, heart_rate_bpm=150.0)).decoupling_pct is None


def test_the_seconds_at_each_beat_are_those_that_were_recorded() -> None:
    t = np.concatenate([np.arange(0, 301), np.arange(900, 1201)])
    beats = np.select([t < 100, t < 200], [150.4, np.nan], 160.0)
    facts = facts_of(made(t, sport=Sport.RIDE, heart_rate_bpm=beats))
    held = dict(zip(HEART_RATE_BINS.tolist(), facts.heart_rate_seconds.tolist(), strict=True))
    assert {beat: s for beat, s in held.items() if s} == {150: 100.0, 160: 400.0}  # ten minutes' pause add nothing
    assert facts.heart_rate_seconds.sum() == pytest.approx(600 * facts.heart_rate_coverage)
    assert len(facts_of(made(T)).heart_rate_seconds) == 0


def test_impossible_heartbeats_of_a_file_are_counted_and_the_session_stays() -> None:
    made_file = made_fit.records(made_fit.file_id(made_fit.MadeFit()), 120, heart=240)
    made_fit.session(made_file, 119, 357.0)
    (session,) = read(made_fit.activity(made_file, made_fit.START + 119, 3600).bytes(), "run.fit")
    (odd,) = (odd for odd in session.oddities if odd.name == "impossible heart rate")
    assert (odd.count, odd.detail) == (120, "120 values lie outside what is possible and count as missing.")
    facts = facts_of(session)
    assert (facts.mean_heart_rate_bpm, facts.distance_m) == (None, 357.0)
