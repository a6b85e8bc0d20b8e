"""What rules find in recordings made for it, and that they find nothing in sound ones."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from loadmon.correction import CorrectionKind, MadeBy
from loadmon.facts import facts_of
from loadmon.readers.day_doubted import day_doubted
from loadmon.repair import corrected, suggestions
from loadmon.repair.not_running import RODE_S, STOOD_S
from loadmon.session import DeviceTotals, Oddity, OffsetOrigin, Session, Sport
from tests.repair.made import put, run, with_column

K = CorrectionKind


def kinds(session: Session) -> list[CorrectionKind]:
    found = suggestions(session)
    assert all(one.made_by is MadeBy.RULE and one.reason.endswith(".") for one in found)
    return [one.kind for one in found]


def breathing(seconds: int = 1800) -> np.ndarray:
    """A heart rate as it wanders."""
    return np.rint(150 + 12 * np.sin(np.arange(seconds + 1) / 90))


def test_a_sound_run_needs_nothing() -> None:
    assert suggestions(run()) == []
    assert suggestions(run(heart_rate_bpm=breathing(), power_w=300 + np.arange(1801) % 40)) == []


@pytest.mark.parametrize(
    ("channel", "values", "is_spike"),
    [
        ("heart_rate_bpm", [190, 192, 191], True),
        ("heart_rate_bpm", [110, 110], True),
        ("heart_rate_bpm", [160, 162, 160], False),  # a step, but no more than hearts make
        ("heart_rate_bpm", [190] * 40, False),  # it stays: no spike, whatever it is
        ("power_w", [900, 950], True),
        ("power_w", [0, 0, 0], False),  # a stop
        ("power_w", [560, 570], False),  # a stride
    ],
)
def test_what_jumps_away_and_straight_back_is_a_spike(channel: str, values: list[float], is_spike: bool) -> None:
    read = put(run(power_w=280.0), channel, 500, values)
    found = suggestions(read)
    assert [one.params for one in found] == ([{"channel": channel}] if is_spike else [])
    if is_spike:
        assert corrected(read, found).stream[channel].isna().sum() == len(values)


def test_a_rise_that_stays_and_a_cyclists_sprint_are_no_spikes() -> None:
    assert suggestions(run(heart_rate_bpm=np.where(np.arange(1801) > 900, 175.0, 120.0))) == []
    assert suggestions(put(run(sport=Sport.RIDE, power_w=200.0), "power_w", 500, [900, 950])) == []


def test_a_channel_that_jumps_all_the_time_is_left_to_a_person() -> None:
    assert suggestions(run(heart_rate_bpm=np.where(np.arange(1801) % 10 < 3, 190.0, 140.0))) == []


def test_a_position_far_out_and_back_is_a_spike_and_its_metres_go() -> None:
    east = 8.0 + 3.0 * np.arange(1801.0) / 65_000
    east[900:903] += 0.003  # some 200 m
    read = run(lat_deg=54.0, lon_deg=east, utc_offset_s=None)
    read = dataclasses.replace(
        read,
        totals=DeviceTotals(),
        oddities=(Oddity("distance from positions", "x"),),
        offset_origin=OffsetOrigin.POSITION,
    )
    (found,) = suggestions(read)
    assert (found.kind, found.params) == (K.SPIKES, {"channel": "position"})
    out = corrected(read, [found])
    assert out.stream["lat_deg"].isna().sum() == 3
    assert facts_of(out).distance_m == pytest.approx(5400, rel=0.01)


def test_a_receiver_that_finds_its_place_again_has_no_spike() -> None:
    east = 8.0 + 3.0 * np.arange(1801.0) / 65_000
    east[900:] += 0.001
    assert suggestions(run(lat_deg=54.0, lon_deg=east)) == []


def test_heart_rate_that_follows_the_steps_is_the_copy() -> None:
    steps = 168 + 4 * np.rint(np.sin(np.arange(1801) / 40))
    read = with_column(run(heart_rate_bpm=140.0), "cadence_spm", steps)
    read = put(read, "heart_rate_bpm", 600, (steps[600:700] + 1).tolist())
    (found,) = suggestions(read)
    assert found.kind is K.CADENCE_LOCK
    assert found.params == {"channel": "heart_rate_bpm", "from_s": 600, "to_s": 699}
    assert suggestions(put(run(), "heart_rate_bpm", 600, [170.0] * 60)) == [], "a minute may be chance"


def test_heart_rate_written_as_cadence_is_found_by_numbers_that_are_none() -> None:
    beats = np.minimum(95 + np.arange(1801) / 60, 120)
    (found,) = suggestions(run(heart_rate_bpm=beats, cadence_spm=beats))
    assert found.params["channel"] == "cadence_spm"
    assert facts_of(corrected(run(heart_rate_bpm=beats, cadence_spm=beats), [found])).steps is None


def test_a_watch_that_was_not_stopped_is_to_be_cropped() -> None:
    def ended(stood_s: float) -> Session:
        t = np.arange(3001.0)
        since = 3000 - stood_s
        went = t <= since
        return run(
            3000,
            distance_m=3 * np.minimum(t, since),
            speed_mps=np.where(went, 3.0, 0.0),
            cadence_spm=np.where(went, 170.0, 0.0),
            laps=1,
        )

    assert suggestions(ended(STOOD_S - 5)) == []
    (found,) = suggestions(ended(900))
    assert (found.kind, found.params) == (K.CROP, {"from_s": 0.0, "to_s": 2100.0})
    assert corrected(ended(900), [found]).timer_s == pytest.approx(2100)


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [(0, 240, K.CROP), (1000, 1400, K.PAUSE), (2700, 3000, K.CROP), (1000, 1000 + RODE_S / 2, None)],
)
def test_a_drive_is_cut_out_wherever_it_lies(first: float, last: float, kind: CorrectionKind | None) -> None:
    t = np.arange(3001.0)
    rode = (t > first) & (t <= last)
    speed = np.where(rode, 14.0, 3.0)
    read = run(3000, distance_m=np.cumsum(speed) - speed[0], speed_mps=np.where(rode, np.nan, 3.0), laps=1,
               cadence_spm=np.where(rode, np.nan, 170.0))  # fmt: skip
    found = suggestions(read)
    assert [one.kind for one in found] == ([kind] if kind else [])
    if kind:
        out = facts_of(corrected(read, found))
        assert out.distance_m == pytest.approx(3 * (3000 - (last - first)), rel=0.06)


def test_a_fast_run_with_steps_is_no_drive() -> None:
    t = np.arange(601.0)
    assert suggestions(run(600, distance_m=8 * t, speed_mps=8.0, cadence_spm=200.0, laps=1)) == []


def test_samples_that_tell_another_distance_than_the_device() -> None:
    read = dataclasses.replace(run(), totals=DeviceTotals(distance_m=6000.0))
    (found,) = suggestions(read)
    assert (found.kind, found.params["distance_m"]) == (K.DISTANCE, 6000)
    assert corrected(read, [found]).stream["distance_m"].iloc[-1] == pytest.approx(6000)
    assert suggestions(dataclasses.replace(run(), totals=DeviceTotals(distance_m=5500.0))) == []


def test_satellites_weeks_that_began_anew() -> None:
    start = datetime(2005, 8, 15, 7, 0, tzinfo=UTC) - timedelta(weeks=1024)
    odd = tuple(day_doubted(start, datetime.now(UTC), recorded=True))
    (found,) = suggestions(dataclasses.replace(run(start=start), oddities=odd))
    assert found.kind is K.CLOCK and found.params["shift_s"] == 1024 * 7 * 86_400
    out = corrected(dataclasses.replace(run(start=start), oddities=odd), [found])
    assert out.start == datetime(2005, 8, 15, 7, 0, tzinfo=UTC)
    assert "date before running watches" not in {oddity.name for oddity in out.oddities}


def test_a_watch_on_the_clock_of_home_while_away() -> None:
    away = dataclasses.replace(run(lat_deg=-33.9, lon_deg=18.4), utc_offset_s=-18_000)
    (found,) = suggestions(away)
    assert (found.kind, found.params) == (K.CLOCK, {"utc_offset_s": 7200})
    assert suggestions(dataclasses.replace(away, utc_offset_s=7200)) == []
