"""FIT files: bytes to recordings, keeping everything before any damage."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from loadmon.readers import fit_profile as profile
from loadmon.readers.fit_beats import Held
from loadmon.readers.fit_columns import columns_of
from loadmon.readers.fit_device import device_of, wearer_of
from loadmon.readers.fit_segments import segments
from loadmon.readers.fit_sessions import Leg, laps_of, legs_of, without_samples
from loadmon.readers.fit_tables import Tables, read_tables, take_beats
from loadmon.readers.recording import Column, Recording, TimerEvent
from loadmon.readers.sports import fit_sport
from loadmon.refusal import DamagedFile, NoActivity, NoTimes, Refusal
from loadmon.session import Oddity

MOST_NAMED = 8
_AGAIN = "Export or copy the activity from the watch again."


def read_fit(data: bytes) -> list[Recording]:
    """Every activity in a FIT file; several for multisport and chained files.

    Parameters
    ----------
    data : bytes
        A file with ``.FIT`` at byte 8.

    Raises
    ------
    NoActivity
        A sound file of another kind (settings, weight, a course) or without samples.
    DamagedFile
        Nothing usable before the damage.
    NoTimes
        The samples count from when the device was switched on.
    """
    parts: list[tuple[Tables, list[Oddity]]] = []
    recordings: list[Recording] = []
    refusals: list[Refusal] = []
    for segment in segments(data):
        try:
            parts.append((read_tables(data, segment.start, segment.end), segment.oddities))
        except Refusal as refusal:
            refusals.append(refusal)
    beats = take_beats([tables for tables, _ in parts])
    besides: list[Oddity] = []
    for tables, wrapping in parts:
        try:
            recordings += _activities(tables, wrapping, beats)
        except Refusal as refusal:
            refusals.append(refusal)
            # what is wrong around a part without samples may have cost samples behind it
            besides += wrapping if isinstance(refusal, NoActivity) else []
    if not recordings:
        told = [r for r in refusals if not isinstance(r, NoActivity)] or refusals
        raise told[0] if told else DamagedFile("The file has a FIT header and nothing behind it.", _AGAIN)
    lost = [r for r in refusals if not isinstance(r, NoActivity)]
    if lost:
        note = Oddity("part unreadable", f"Another part of the same file could not be read: {lost[0].what}", len(lost))
        besides.append(note)
    for recording in recordings:
        recording.oddities += besides
    return recordings


def _activities(tables: Tables, wrapping: list[Oddity], beats: Held | None) -> list[Recording]:
    oddities = list(wrapping)
    if tables.damage is not None:
        oddities.append(
            Oddity("damaged", f"Reading stopped in the middle ({tables.damage}); what comes before was kept.")
        )
    if tables.undescribed:
        which = ", ".join(f"{app}:{number}" for app, number in tables.undescribed[:MOST_NAMED])
        n = len(tables.undescribed)
        words = f"{n} extra fields of apps on the watch are nowhere described ({which}); they were left out."
        oddities.append(Oddity("fields not described", words, n))
    _check_kind(tables, oddities)
    stamps = np.where(tables.timestamp >= profile.ABSOLUTE_FROM, tables.timestamp, np.nan)
    if not np.isfinite(stamps).any():
        raise NoTimes(
            "The samples carry no date, only seconds since the device was switched on.",
            "Export the activity from the watch's app or website: its files carry the date.",
        )
    unix_s = stamps + profile.EPOCH_S
    columns = columns_of(tables, beats)
    events = _events(tables)
    device, wearer = device_of(tables.small), wearer_of(tables.small)
    offset, told_at_s = _file_offset(tables)
    laps = laps_of(tables.small[profile.LAP])
    recordings = []
    legs = legs_of(tables.small, unix_s)
    if n := without_samples(tables.small[profile.SESSION], legs):
        words = "The watch tells of a sport behind the last sample; nothing of it was recorded."
        oddities.append(Oddity("part left out", words, n))
    for leg in legs:
        inside = slice(None) if leg.covers_all else leg.holds(unix_s)
        recordings.append(
            Recording(
                unix_s=unix_s[inside],
                columns={name: column[inside] for name, column in columns.items()},
                sport=fit_sport(leg.sport, leg.sub_sport),
                sub_sport=leg.sub_sport_word,
                device=device,
                wearer=wearer,
                totals=leg.totals,
                strides_per_min=leg.strides_per_min,
                laps=[lap for lap in laps if leg.covers_all or leg.contains(lap.start_s)],
                events=[event for event in events if leg.covers_all or leg.contains(event.at_s, end_included=True)],
                file_offset_s=offset,
                offset_told_at_s=told_at_s,
                rebase_distance=not leg.covers_all,
                rr_s=_intervals(tables, inside),
                oddities=[*oddities, *_leg_oddities(leg)],
            )
        )
    return recordings


def _intervals(tables: Tables, inside: slice | npt.NDArray[np.bool_]) -> Column:
    """Times between heartbeats that were told behind a record of this leg."""
    if isinstance(inside, slice) or not len(tables.rr_s):
        return tables.rr_s
    # those told before the first record belong to it
    return tables.rr_s[inside[np.maximum(tables.rr_record - 1, 0)]]


def _leg_oddities(leg: Leg) -> list[Oddity]:
    if leg.declared:
        return []
    return [Oddity("no summary", "The watch wrote no summary of the session; all totals come from the samples.")]


def _check_kind(tables: Tables, oddities: list[Oddity]) -> None:
    """Refuse what is no recorded activity, with the reason that fits."""
    kind = next((row.get(0) for row in tables.small[profile.FILE_ID] if row.get(0) is not None), None)
    if tables.n_records and kind != profile.COURSE_FILE:
        return
    if kind in profile.FILE_KINDS:
        raise NoActivity(
            f"The file holds {profile.FILE_KINDS[kind]}, not a recorded activity.",
            "Nothing to do: such files are left out.",
        )
    if oddities and not tables.n_records:
        why = tables.damage or oddities[0].detail.partition(";")[0].rstrip(".")
        raise DamagedFile(f"The file holds no sample that can be read: {why[:1].lower()}{why[1:]}.", _AGAIN)
    raise NoActivity(
        "The file holds no samples, only a summary or details of the device.",
        "Export the activity with its samples, if the watch recorded any.",
    )


def _events(tables: Tables) -> list[TimerEvent]:
    events = []
    for row in tables.small[profile.EVENT]:
        stamp, kind = row.get(profile.TIMESTAMP), profile.TIMER_KINDS.get(_number(row.get(1)))
        if row.get(0) == profile.TIMER_EVENT and kind and isinstance(stamp, int) and stamp >= profile.ABSOLUTE_FROM:
            events.append(TimerEvent(float(stamp + profile.EPOCH_S), kind))
    return events


def _file_offset(tables: Tables) -> tuple[int | None, float | None]:
    """Local time over UTC as the watch wrote it at the end of the activity, and when that was."""
    for row in tables.small[profile.ACTIVITY]:
        stamp, local = row.get(profile.TIMESTAMP), row.get(5)
        if isinstance(stamp, int) and isinstance(local, int) and min(stamp, local) >= profile.ABSOLUTE_FROM:
            return local - stamp, float(stamp + profile.EPOCH_S)
    return None, None


def _number(value: Any) -> int:
    return value if isinstance(value, int) else -1
