"""A run as one watch records it: every few seconds, with pauses, lost pulses and its own small errors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from loadmon.demo.body import cadence, dynamics, heart_rate, power
from loadmon.demo.effort import effort, unrest
from loadmon.demo.laps import laps
from loadmon.demo.people import Kind, Person
from loadmon.demo.places import Loop, loop_near
from loadmon.demo.season import DoneRun
from loadmon.demo.watches import COROS, SPACING_S, writes_local_time
from loadmon.report.activity import Activity, Column, Watch
from loadmon.session import DeviceTotals, Sport

GPS_ERROR_M, GPS_MEMORY_S = 1.5, 120.0


@dataclass(frozen=True, eq=False)
class Motion:
    """What truly happened, once a second: the same for every watch on the runner's arms."""

    loop: Loop | None
    speed_mps: Column
    flat_mps: Column
    distance_m: Column
    heart_rate_bpm: Column
    cadence_spm: Column
    pause: tuple[int, int] | None
    """Second after which the timer was stopped, and for how long."""


def motion(run: DoneRun) -> Motion:
    """The run itself, from its own seed."""
    rng = np.random.default_rng((*run.seed, 1))
    person = run.person
    track = run.kind is Kind.INTERVALS and run.place.has_track
    loop = None if run.treadmill else loop_near(run.place, run.distance_m, bool(rng.random() < 0.5), track)
    speed, flat = effort(run.kind, run.distance_m, person.threshold_mps, loop, rng)
    distance = np.cumsum(speed) - speed[0]
    grade = np.zeros(len(speed)) if loop is None else loop.grade(distance)
    pause = None
    if rng.random() < 0.15 and len(speed) > 600:
        pause = (int(len(speed) * rng.uniform(0.25, 0.75)), int(rng.integers(30, 240)))
    return Motion(
        loop=loop,
        speed_mps=speed,
        flat_mps=flat,
        distance_m=distance,
        heart_rate_bpm=heart_rate(person, flat, rng),
        cadence_spm=cadence(person, speed, grade, run.cadence_shift_spm, run.treadmill, rng),
        pause=pause,
    )


def sport_of(run: DoneRun) -> Sport:
    """The sport a watch would have been set to."""
    if run.treadmill:
        return Sport.TREADMILL_RUN
    if run.trail:
        return Sport.TRAIL_RUN
    return Sport.TRACK_RUN if run.kind is Kind.INTERVALS and run.place.has_track else Sport.RUN


def record(run: DoneRun, was: Motion, watch: Watch, number: int = 0) -> Activity:
    """What one watch kept of a run.

    Parameters
    ----------
    run, was : DoneRun, Motion
        What was done, and the seconds of it.
    watch : Watch
        The recorder; its maker decides the spacing of samples.
    number : int
        0 for the usual watch, 1 for a second one on the other arm: started a little later, other errors.
    """
    rng = np.random.default_rng((*run.seed, 2 + number))
    late = 0 if number == 0 else int(rng.integers(1, 6))
    count = len(was.speed_mps) - late
    kept = _kept(count, SPACING_S.get(watch.manufacturer, (7, 13)), was.pause, late, rng)
    seconds = np.arange(count, dtype=np.float64)
    events: tuple[tuple[float, str], ...] = ()
    if was.pause is not None:
        at, pause_s = was.pause[0] - late, was.pause[1]
        seconds[at + 1 :] += pause_s
        events = ((float(at), "stop_all"), (float(at + pause_s), "start"))
    metres = (was.distance_m[late:] - was.distance_m[late]) * (1.0 + float(rng.normal(0.0, 0.002)))
    heart, lost = _heart(was.heart_rate_bpm[late:], number, rng)
    climb = _climb(was, late)
    stream = _columns(run, was, watch, late, kept, rng)
    stream |= {"t_s": seconds[kept], "distance_m": metres[kept], "heart_rate_bpm": lost[kept]}
    steps = was.cadence_spm[late:]
    offset = run.start.utcoffset()
    return Activity(
        start=run.start + timedelta(seconds=late),
        sport=sport_of(run),
        stream=stream,
        watch=watch,
        utc_offset_s=int(offset.total_seconds()) if offset is not None and writes_local_time(watch) else 0,
        laps=laps(seconds, metres, heart, steps, climb),
        events=events,
        totals=DeviceTotals(
            distance_m=float(metres[-1]),
            elapsed_s=float(seconds[-1]),
            timer_s=float(count - 1),
            ascent_m=None if was.loop is None else float(climb.sum()),
            mean_heart_rate_bpm=float(heart.mean()) if heart is not None else None,
            max_heart_rate_bpm=float(heart.max()) if heart is not None else None,
            mean_cadence_spm=float(steps.mean()),
        ),
    )


def _climb(was: Motion, late: int) -> Column:
    """Metres climbed in each second."""
    if was.loop is None:
        return np.zeros(len(was.speed_mps) - late)
    height = was.loop.altitude(was.distance_m[late:])
    return np.maximum(np.diff(height, prepend=height[0]), 0.0)


def _kept(
    count: int, spacing: tuple[int, int], pause: tuple[int, int] | None, late: int, rng: np.random.Generator
) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Seconds at which a sample is kept: first, last, both ends of a pause, and every few in between."""
    steps = np.cumsum(rng.integers(spacing[0], spacing[1] + 1, size=count // spacing[0] + 2))
    ends = [0, count - 1] if pause is None else [0, pause[0] - late, pause[0] - late + 1, count - 1]
    return np.unique(np.concatenate((steps[steps < count - spacing[0] // 2], ends)))


def _heart(beats: Column, number: int, rng: np.random.Generator) -> tuple[Column | None, Column]:
    """The pulse as known and as recorded: a strap forgotten now and then, a contact lost for a minute or two."""
    chance, where, length = rng.random(), rng.random(), int(rng.integers(30, 180))
    if chance < 0.02 and number == 0:
        return None, np.full(len(beats), np.nan)
    lost = beats.copy()
    if chance > 0.92:
        at = int(where * len(beats) * 0.9)
        lost[at : at + length] = np.nan
    return beats, lost


def _columns(
    run: DoneRun, was: Motion, watch: Watch, late: int, kept: np.ndarray[tuple[int], np.dtype[np.intp]],
    rng: np.random.Generator,
) -> dict[str, Column]:  # fmt: skip
    person: Person = run.person
    speed, steps = was.speed_mps[late:], was.cadence_spm[late:]
    out = {
        "speed_mps": np.maximum(speed[kept] + rng.normal(0.0, 0.02, len(kept)), 0.0) * (speed[kept] > 0.3),
        "cadence_spm": steps[kept],
    }
    if was.loop is not None:
        metres = was.distance_m[late:]
        errors = [unrest(rng, len(metres), GPS_ERROR_M, GPS_MEMORY_S)[kept] for _ in range(2)]
        out["lat_deg"], out["lon_deg"] = was.loop.position(metres[kept], errors[0], errors[1])
        out["altitude_m"] = was.loop.altitude(metres[kept]) + unrest(rng, len(metres), 0.4, 400.0)[kept]
    fields = watch.record_fields
    if "stance_time" in fields:
        out |= {name: values[kept] for name, values in dynamics(person, speed, steps, rng).items()}
        if watch.manufacturer == COROS:
            # Pods of this make now and then write 0 where they mean "not measured".
            out["stance_time_s"] = np.where(rng.random(len(kept)) < 0.004, 0.0, out["stance_time_s"])
    if "power" in fields:
        out["power_w"] = power(person, was.flat_mps[late:], rng)[kept]
    if "temperature" in fields:
        warmth = 11.0 - 10.0 * np.cos(2.0 * np.pi * (run.start.timetuple().tm_yday - 20) / 365.0)
        out["temperature_c"] = np.rint(warmth + 4.0 + rng.normal(0.0, 2.5) + np.linspace(2.0, 0.0, len(kept)))
    return out
