"""What is kept of running alone: level ground, speed with its hills, power, heartbeat against speed."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.facts import facts_of
from loadmon.load.heart_rate import HEART_RATE_BINS
from loadmon.measure import DECOUPLING_SHORT, NO_HEART_RATE, NO_SPEED
from loadmon.readers import read
from loadmon.session import Oddity, Session, Sport
from tests.facts.made import made
from tests.facts.test_compute import case
from tests.readers import made_fit

T = np.arange(1801)
LEVEL = np.full(len(T), 100.0)


def half_uphill(**more: object) -> Session:
    """Half an hour: fifteen minutes on the level, then fifteen up five per cent, slower and with longer contact."""
    level = T < 900
    speed = np.where(level, 3.2, 2.6)
    distance = np.concatenate(([0.0], np.cumsum(speed)[:-1]))
    climbed = np.maximum(distance - distance[900], 0.0) * 0.05
    columns = {
        "speed_mps": speed, "distance_m": distance, "altitude_m": 100 + climbed,
        "cadence_spm": np.where(level, 172.0, 164.0), "stance_time_s": np.where(level, 0.24, 0.27),
    }  # fmt: skip
    return made(T, **(columns | more))


def test_flat_values_are_those_of_level_ground_alone() -> None:
    facts = facts_of(half_uphill())
    assert (facts.flat_speed_mps, facts.flat_cadence_spm, facts.flat_stance_time_s) == pytest.approx((3.2, 172.0, 0.24))
    assert facts.median_stance_time_s == 0.27  # of the whole run, one second longer on the hill
    assert {*facts.cadence_windows["uphill"].round(2)} >= {0.0, 0.05}  # the hill's windows are kept as well


@pytest.mark.parametrize(
    "more",
    [{"altitude_m": np.nan}, {"stance_time_s": np.nan}, {"altitude_m": 100 + 0.15 * T}],
    ids=["height not known", "contact not measured", "no level ground"],
)
def test_without_level_ground_there_are_no_flat_values(more: dict[str, object]) -> None:
    facts = facts_of(half_uphill(**more))
    assert (facts.flat_speed_mps, facts.flat_cadence_spm, facts.flat_stance_time_s) == (None, None, None)


def test_worked_case_uneven_pace_on_the_level() -> None:
    """600 s at 3.0 m/s and 600 s at 4.0: as hard as 3.58987 m/s throughout, and 3.5 on average."""
    facts = facts_of(made(T[:1201], speed_mps=np.where(T[:1201] < 600, 3.0, 4.0), altitude_m=100.0, cadence_spm=170.0))
    assert facts.normalised_graded_mps == pytest.approx(3.5898656545, abs=1e-6)
    assert facts.mean_graded_mps == pytest.approx(3.5, abs=1e-9)
    told = case("ngp_flat_step")["expected"]
    assert (facts.normalised_graded_mps, facts.mean_graded_mps) == pytest.approx(
        (told["ngs_mps"], told["mean_ga_speed"]), abs=1e-6
    )


def test_a_run_without_speed_has_no_graded_speed_and_says_so() -> None:
    facts = facts_of(made(T, cadence_spm=170.0))
    assert (facts.normalised_graded_mps, facts.mean_graded_mps, facts.graded_reason) == (None, None, NO_SPEED)


def test_power_is_weighed_by_time_and_by_how_hard_it_was() -> None:
    t = np.concatenate([np.arange(0, 601), np.arange(605, 1201, 5)])  # the second half on smart recording
    facts = facts_of(made(t, speed_mps=3.0, cadence_spm=170.0, power_w=np.where(t < 600, 200.0, 300.0)))
    assert facts.mean_power_w == pytest.approx(250.0)
    assert facts.weighted_power_w == pytest.approx(263, abs=1.5)
    assert facts.power_coverage == 1.0
    holes = facts_of(made(T, speed_mps=3.0, cadence_spm=170.0, power_w=np.where(T < 900, 200.0, np.nan)))
    assert (holes.mean_power_w, holes.power_coverage, holes.weighted_power_w) == (200.0, 0.5, None)
    none = facts_of(made(T, speed_mps=3.0, cadence_spm=170.0))
    assert (none.mean_power_w, none.weighted_power_w, none.power_coverage) == (None, None, 0.0)


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


def test_impossible_samples_are_counted_and_the_session_stays() -> None:
    t = made(T)
    odd = (Oddity("impossible heart rate", "…", 3), Oddity("impossible speed", "…", 12), Oddity("truncated", "…", 40))
    session = Session(**{name: getattr(t, name) for name in ("sport", "start", "elapsed_s", "timer_s", "moving_s",
                                                             "stream", "source")}, oddities=odd)  # fmt: skip
    assert facts_of(session).rejected_samples == 15
    assert facts_of(t).rejected_samples == 0


def test_impossible_heartbeats_of_a_file_are_counted_from_end_to_end() -> None:
    made_file = made_fit.records(made_fit.file_id(made_fit.MadeFit()), 120, heart=240)
    made_fit.session(made_file, 119, 357.0)
    (session,) = read(made_fit.activity(made_file, made_fit.START + 119, 3600).bytes(), "run.fit")
    facts = facts_of(session)
    assert (facts.rejected_samples, facts.mean_heart_rate_bpm) == (120, None)
    assert facts.distance_m == 357.0
