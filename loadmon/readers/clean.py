"""A recording made into a session: ordered, in steps a minute, without impossible samples, no silent repair."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.readers.clock import utc_offset
from loadmon.readers.day_doubted import day_doubted
from loadmon.readers.differences import differences
from loadmon.readers.distance import distance_of, speed_from_distance, speed_from_positions
from loadmon.readers.frame import frame_of, frame_over, micros_of
from loadmon.readers.moving import MOVING_MPS, longest_gap_s, times_of
from loadmon.readers.order import EARLIEST_S, LATEST_S, in_order
from loadmon.readers.partly_recorded import whole_of
from loadmon.readers.plausible import drop_impossible_cadence, drop_impossible_speed, within_bounds
from loadmon.readers.recording import Column, Lap, Recording, TimerEvent
from loadmon.readers.sports import SPORT_NOT_KNOWN, SPORT_NOT_TOLD, on_foot
from loadmon.refusal import NoActivity, NoTimes
from loadmon.session import EVENT_COLUMNS, LAP_COLUMNS, STREAM_COLUMNS, Oddity, Session, Source, Sport
from loadmon.units import strides_to_steps

ALREADY_STEPS_SPM = 230.0
"""A median above this after doubling means that the file counted both feet already."""
NOT_MEASURED = 255.0
"""What a byte of a watch holds where there is no value; some apps write it out as if it were a cadence."""
LEAST_MOVING_SAMPLES = 10


def session_of(recording: Recording, source: Source, *, home_zone: str | None = None) -> Session:
    """Clean one recording and say everything that was odd about it.

    Parameters
    ----------
    recording : Recording
        What a format's reader found, in file order and SI units; its columns are used up.
    source : Source
        Fingerprint, name, format, reader and index of the file.
    home_zone : str or None
        IANA zone of the runner's home, for files that tell no local time.

    Raises
    ------
    NoActivity
        Fewer than two samples with a time, or none of them later than another.
    NoTimes
        All of them lie in a far future, or all are the same.
    """
    unix_s, columns, odd = in_order(recording.unix_s, recording.columns)
    # samples that had to be put in order were copied for it: what they were copied from is not needed any more
    recording.columns = {}
    oddities = [*recording.oddities, *odd]
    if len(unix_s) < 2:
        if np.count_nonzero(recording.unix_s >= LATEST_S) > 1:
            raise NoTimes(
                "The samples carry times after the year 2200: the clock was set wrong.",
                "Correct the times in the app that wrote the file and export it again.",
            )
        told = recording.unix_s[np.isfinite(recording.unix_s) & (recording.unix_s >= EARLIEST_S)]
        if len(told) > 2 and told.min() == told.max():
            raise NoTimes(
                f"All {len(told)} samples carry the same time, so neither duration nor pace can be told.",
                "Export it again, or as FIT: the app that wrote the file lost the times of its points.",
            )
        raise NoActivity(
            "The recording holds fewer than two samples, so there is nothing to measure.",
            "Nothing to do: it was probably started and stopped by mistake.",
        )
    columns, factor, odd = _cleaned(recording, unix_s, columns)
    oddities += odd
    speed = columns["speed_mps"]

    times = times_of(unix_s, speed, columns["cadence_spm"], recording.events, recording.totals.timer_s)
    times, odd = whole_of(recording, unix_s, columns["distance_m"], times)
    oddities += odd
    moving_s = times.moving_s
    if moving_s is None:
        moving_s = times.timer_s
        oddities.append(
            Oddity("moving time not measured", "Neither speed nor cadence was recorded; the timer's time stands in.")
        )
    oddities += differences(recording, unix_s, columns, times)
    totals = recording.totals
    if factor and recording.strides_per_min:
        totals = replace(totals, mean_cadence_spm=factor * recording.strides_per_min)
    start = datetime.fromtimestamp(float(unix_s[0]), UTC)
    oddities += day_doubted(start, datetime.now(UTC), recorded=True)
    told_at_s = recording.offset_told_at_s
    offset, origin = utc_offset(
        start,
        told_s=recording.file_offset_s,
        told_at=None if told_at_s is None else datetime.fromtimestamp(told_at_s, UTC),
        position=_first_position(columns),
        home_zone=home_zone,
    )
    return Session(
        sport=recording.sport,
        sub_sport=recording.sub_sport,
        start=start,
        elapsed_s=times.elapsed_s,
        timer_s=times.timer_s,
        moving_s=moving_s,
        stream=_stream(unix_s, columns),
        source=source,
        utc_offset_s=offset,
        offset_origin=origin,
        device=recording.device,
        wearer=recording.wearer,
        totals=totals,
        laps=_laps(recording.laps, factor),
        events=_events(recording.events),
        oddities=tuple(oddities),
        rr_s=recording.rr_s,
    )


def _cleaned(
    recording: Recording, unix_s: Column, columns: dict[str, Column]
) -> tuple[dict[str, Column], float, list[Oddity]]:
    """Columns within bounds, with distance, speed and cadence of both feet; and what one stride counts in steps."""
    columns, oddities = within_bounds(columns)
    missing = np.full(len(unix_s), np.nan)
    by_foot = on_foot(recording.sport) or recording.sport is Sport.UNKNOWN
    columns["distance_m"], odd = distance_of(unix_s, columns, on_foot=by_foot, rebase=recording.rebase_distance)
    oddities += odd
    speed = columns.get("speed_mps", missing)
    made = speed_from_positions if any(o.name == "distance from positions" for o in odd) else speed_from_distance
    speed = np.where(np.isnan(speed), made(unix_s, columns["distance_m"]), speed)
    if recording.sport is Sport.UNKNOWN:
        # judged before impossible speeds are taken out: a car's slow stretches must not make it a runner
        by_foot = _runs(unix_s, speed)
        words = "like running" if by_foot else "like something other than running"
        oddities.append(_sport_not_told(recording.unknown_sport, f"its speed looks {words}."))
    if by_foot:
        speed, odd = drop_impossible_speed(unix_s, speed)
        oddities += odd
    columns["speed_mps"] = speed
    strides = columns.pop("strides_per_min", missing)
    columns["cadence_spm"], factor, odd = steps_of(strides, speed) if by_foot else (missing, 0.0, [])
    oddities += odd
    return columns, factor, oddities


def _sport_not_told(word: str | None, looks: str) -> Oddity:
    if word is None:
        return Oddity(SPORT_NOT_TOLD, f"The file does not say which sport it was; {looks}")
    return Oddity(SPORT_NOT_KNOWN, f"“{word}” is no sport that loadmon knows; {looks}")


def looks_like_running(stream: pd.DataFrame) -> bool:
    """True if the mean moving speed of a stream is a runner's (1.8 to 6.5 m/s), for files that tell no sport."""
    return _runs(stream["t_s"].to_numpy(dtype=float), stream["speed_mps"].to_numpy(dtype=float))


def steps_of(strides_per_min: Column, speed_mps: Column) -> tuple[Column, float, list[Oddity]]:
    """One foot's cadence to steps of both feet a minute, and the factor that was used.

    Watches of every make write strides; a file whose doubled median is over 230 counted steps already. Zeros and nothing
    else, faster than anybody walks, were written where no sensor was.
    """
    if (empty := strides_per_min == NOT_MEASURED).any():
        strides_per_min = np.where(empty, np.nan, strides_per_min)
    if np.isnan(strides_per_min).all():
        return strides_per_min, 2.0, []
    zeros = np.count_nonzero(strides_per_min == 0.0)
    too_fast = (speed_mps >= evidence.WALKING_BELOW_MPS.value).any()
    if too_fast and zeros == np.count_nonzero(np.isfinite(strides_per_min)):
        words = f"All {zeros} values of cadence are zero, at speeds nobody walks; they count as missing."
        return np.full_like(strides_per_min, np.nan), 2.0, [Oddity("cadence not measured", words, int(zeros))]
    counted = strides_per_min[(strides_per_min > 0) & ~(speed_mps < MOVING_MPS)]
    oddities: list[Oddity] = []
    factor = 2.0
    if len(counted) and strides_to_steps(float(np.median(counted))) > ALREADY_STEPS_SPM:
        factor = 1.0
        oddities.append(
            Oddity(
                "cadence already in steps",
                "The file counts both feet, unlike other watches; its cadence was not doubled.",
            )
        )
    cadence = strides_per_min if factor == 1.0 else 2.0 * strides_per_min
    cadence, odd = drop_impossible_cadence(cadence)
    return cadence, factor, oddities + odd


def _runs(seconds: Column, speed_mps: Column) -> bool:
    step = np.diff(seconds, prepend=seconds[0]) if len(seconds) else seconds
    moving = (speed_mps >= MOVING_MPS) & (step < longest_gap_s(seconds))
    weight = float(np.sum(step[moving]))
    if np.count_nonzero(moving) < LEAST_MOVING_SAMPLES or weight <= 0:
        return False
    mean = float(np.sum(speed_mps[moving] * step[moving])) / weight
    return evidence.RUN_SLOWEST_MPS.value <= mean <= evidence.RUN_FASTEST_MPS.value


def _first_position(columns: dict[str, Column]) -> tuple[float, float] | None:
    lat, lon = columns.get("lat_deg"), columns.get("lon_deg")
    if lat is None or lon is None:
        return None
    known = np.flatnonzero(np.isfinite(lat))
    return (float(lat[known[0]]), float(lon[known[0]])) if len(known) else None


def _stream(unix_s: Column, columns: dict[str, Column]) -> pd.DataFrame:
    # one read-only number stands for all of a column that was never measured: most files lack half of the columns
    missing = np.broadcast_to(np.nan, len(unix_s))
    ordered = {"t_s": unix_s - unix_s[0]} | {name: columns.get(name, missing) for name in STREAM_COLUMNS[1:]}
    ordered |= {name: column for name, column in columns.items() if ":" in name}
    for name in ("distance_m", "speed_mps", "cadence_spm"):
        if np.isnan(ordered[name]).all():
            ordered[name] = missing
    return frame_over(micros_of(unix_s), ordered)


def _laps(laps: list[Lap], factor: float) -> pd.DataFrame:
    if not laps:
        return _NO_LAPS.copy()
    columns = {
        name: np.array([getattr(lap, _LAP_FIELDS.get(name, name)) for lap in laps], dtype=float)
        for name in LAP_COLUMNS[1:]
    }
    columns["mean_cadence_spm"] *= factor or np.nan
    return frame_of(micros_of(np.array([lap.start_s for lap in laps])), columns, instants="start")


def _events(events: list[TimerEvent]) -> pd.DataFrame:
    if not events:
        return _NO_EVENTS.copy()
    frame = frame_of(micros_of(np.array([event.at_s for event in events])), {})
    frame["kind"] = [event.kind for event in events]
    return frame


_LAP_FIELDS = {"mean_cadence_spm": "strides_per_min"}
_NO_LAPS = pd.DataFrame(columns=list(LAP_COLUMNS))
_NO_EVENTS = pd.DataFrame(columns=list(EVENT_COLUMNS))
