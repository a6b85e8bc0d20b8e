"""Each story of the sample squad, read back out of the files' own numbers."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from tests.demo.conftest import Squad
from tests.demo.reading import TODAY, between, read, steps_at_pace


def test_hill_block_climbs_at_least_three_times_as_much(made: Squad) -> None:
    def climbed(first: int, last: int) -> tuple[float, float]:
        runs = [read(file) for file in between(made["Anneke Holtrop"], first, last)]
        return sum(float(run.session["total_ascent"]) for run in runs), sum(run.columns["distance"][-1] for run in runs)  # type: ignore[arg-type]

    before, km_before = climbed(83, 56)
    block, km_block = climbed(55, 28)
    assert block >= 3.0 * before
    assert km_block == pytest.approx(km_before, rel=0.3)
    run = read(between(made["Anneke Holtrop"], 55, 28)[2])
    altitude = run.columns["enhanced_altitude"]
    assert altitude.min() > 1300.0
    assert np.maximum(np.diff(altitude), 0).sum() == pytest.approx(float(run.session["total_ascent"]), rel=0.15)  # type: ignore[arg-type]
    assert run.session["sub_sport"] == "trail"


def test_cadence_is_four_steps_lower_at_the_same_pace_since_five_weeks(made: Squad) -> None:
    files = made["Kwabena Ofori-Lind"]
    before = steps_at_pace(map(read, between(files, 63, 36)), 3.25)
    since = steps_at_pace(map(read, between(files, 35, 0)), 3.25)
    assert since - before == pytest.approx(-4.0, abs=0.8)
    long_before = steps_at_pace(map(read, between(files, 119, 92)), 3.25)
    assert before - long_before == pytest.approx(0.0, abs=0.8)


def test_cadence_sinks_slowly_under_high_volume(made: Squad) -> None:
    files = [f for f in made["Mirela Dascălu"] if "easy" in f.path or "long" in f.path]
    then, half, now = (steps_at_pace(map(read, between(files, a, b)), 3.5) for a, b in ((147, 134), (77, 64), (13, 0)))
    assert then - half == pytest.approx(4.3, abs=1.2)
    assert half - now == pytest.approx(4.3, abs=1.2)
    weeks = [len(between(made["Mirela Dascălu"], w * 7 + 6, w * 7)) for w in range(39)]
    assert np.median(weeks) >= 8
    days = [file.local_start.date() for file in made["Mirela Dascălu"]]
    assert sum(days.count(day) == 2 for day in set(days)) > 40


def test_return_too_quick_is_more_than_twice_the_longest_of_thirty_days(made: Squad) -> None:
    runs = [(file, read(file).columns["distance"][-1]) for file in between(made["Tomás Quiroga-Vale"], 35, 0)]
    longest = max(runs, key=lambda run: run[1])
    before = [metres for file, metres in runs if file.local_start < longest[0].local_start]
    assert (TODAY - longest[0].local_start.date()).days == 2
    assert longest[1] > 2.0 * max(before)


def test_the_treadmill_in_winter_has_no_positions(made: Squad) -> None:
    files = made["Aino Rautavesi"]
    winter = [file for file in files if file.local_start.month in (11, 12, 1, 2, 3)]
    indoor, outdoor = read(winter[-1]), read(next(f for f in files if f.local_start.month == 6))
    assert len(winter) > 20
    assert np.isnan(indoor.columns["position_lat"]).all()
    assert np.isnan(indoor.columns["enhanced_altitude"]).all()
    assert indoor.session["sub_sport"] == "treadmill"
    assert outdoor.session["sub_sport"] == "generic"
    assert np.isfinite(outdoor.columns["position_lat"]).all()
    steady = indoor.columns["enhanced_speed"][60:-20]
    assert steady.std() / steady.mean() < 0.03


def test_two_watches_on_the_long_run_overlap_but_differ(made: Squad) -> None:
    files = {file.path: file for file in made["Rahul Sundarkumar"]}
    pairs = [(files[p.replace("-other-watch", "")], files[p]) for p in files if "other-watch" in p]
    assert 35 <= len(pairs) <= 41
    for first, second in pairs[::8]:
        a, b = read(first), read(second)
        overlap = (min(a.times[-1], b.times[-1]) - max(a.times[0], b.times[0])).total_seconds()
        assert overlap > 0.95 * max((r.times[-1] - r.times[0]).total_seconds() for r in (a, b))
        assert a.times != b.times
        assert b.columns["distance"][-1] == pytest.approx(a.columns["distance"][-1], rel=0.015)
    assert not {first.data for first, _ in pairs} & {second.data for _, second in pairs}


def test_the_traveller_crosses_zones_and_midnights(made: Squad) -> None:
    files = made["Sakura Tanabe-Klee"]
    runs = [read(file) for file in files[::2]]
    offsets = {(run.local_start - run.times[0]).total_seconds() / 3600.0 for run in runs}
    assert offsets == {1.0, 2.0, 9.0, -7.0}
    assert all(run.local_start.date() == run.file.local_start.date() for run in runs)
    over_midnight = [r for r in runs if (r.local_start + (r.times[-1] - r.times[0])).date() > r.local_start.date()]
    assert len(over_midnight) >= 10
    assert sum(run.times[0].date() != run.local_start.date() for run in runs) >= 5
    longitudes = {round(float(run.columns["position_long"][0]) * 180.0 / 2**31 / 10.0) for run in runs}
    assert longitudes == {1, 14, -12}


def test_a_broken_watch_leaves_three_weeks_without_files(made: Squad) -> None:
    assert between(made["Jonas Fjeldheim"], 112, 92) == []
    assert len(between(made["Jonas Fjeldheim"], 133, 113)) >= 8


def test_lay_off_ramp_before_and_return_in_steps(made: Squad) -> None:
    def weekly_km(first: int, last: int) -> float:
        runs = [read(file).columns["distance"][-1] for file in between(made["Ilse Brandauer"], first, last)]
        return float(sum(runs)) / 1000.0 / ((first - last + 1) / 7.0)

    usual, ramp, back = weekly_km(258, 203), weekly_km(196, 183), weekly_km(139, 119)
    assert between(made["Ilse Brandauer"], 182, 141) == []
    assert ramp > 1.2 * usual
    assert back < 0.6 * usual


def test_the_beginner_runs_and_walks_since_three_weeks(made: Squad) -> None:
    files = made["Noor El-Amrani"]
    assert 6 <= len(files) <= 11
    assert (TODAY - min(f.local_start.date() for f in files)).days <= 21
    strides = [int(part.split(b"<")[0]) for part in files[-1].data.split(b"<gpxtpx:cad>")[1:]]
    assert sum(s < 65 for s in strides) > 0.15 * len(strides)
    assert sum(s > 72 for s in strides) > 0.4 * len(strides)


def test_nothing_has_come_for_twelve_days(made: Squad) -> None:
    assert max(f.local_start.date() for f in made["Bronagh Ní Dhálaigh"]) == TODAY - timedelta(days=12)


def test_building_adds_up_to_half_as_much_again(made: Squad) -> None:
    sizes = [sum(len(f.data) for f in between(made["Tevita Halafonua"], w * 7 + 6, w * 7)) for w in range(12)]
    assert np.mean(sizes[:2]) > 1.3 * np.mean(sizes[6:])


def test_hearts_lag_and_now_and_then_drop_out(made: Squad) -> None:
    runs = [read(file) for file in made["Ilse Brandauer"][::4]]
    lost = [float(np.isnan(run.columns["heart_rate"]).mean()) for run in runs]
    assert 0 < sum(0.0 < share < 0.5 for share in lost) < 0.3 * len(runs)
    worn = next(run for run, share in zip(runs, lost, strict=True) if share == 0.0)
    beats = worn.columns["heart_rate"]
    assert beats[0] < beats[len(beats) // 3] - 15
    assert 100 < np.median(beats) < 189


def test_contact_time_falls_with_speed(made: Squad) -> None:
    tempo = read(next(file for file in made["Kwabena Ofori-Lind"] if "tempo" in file.path))
    speed, contact = tempo.columns["enhanced_speed"], tempo.columns["stance_time"]
    both = np.isfinite(contact)
    assert np.corrcoef(speed[both], contact[both])[0, 1] < -0.5
    steps = 2.0 * (tempo.columns["cadence"] + tempo.columns["fractional_cadence"])
    # Step length, cadence and speed are one motion: as in real files, speed = length × steps.
    ratio = speed[both] / (tempo.columns["step_length"][both] / 1000.0 * steps[both] / 60.0)
    assert np.median(ratio) == pytest.approx(1.0, abs=0.01)
