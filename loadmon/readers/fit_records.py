"""The records of a FIT file as one table, before any cleaning: for whoever wants the samples and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from loadmon.readers import fit_profile as profile
from loadmon.readers.fit_columns import columns_of
from loadmon.readers.fit_segments import is_header, segments
from loadmon.readers.fit_tables import Tables, read_tables, take_beats
from loadmon.readers.frame import frame_of
from loadmon.readers.recording import Column
from loadmon.refusal import UnknownFormat


def fit_records(data: bytes) -> pd.DataFrame:
    """Every record of a FIT file as the watch wrote it, checksum looked at, chained parts one behind the other.

    Parameters
    ----------
    data : bytes
        A file with ``.FIT`` at byte 8.

    Returns
    -------
    DataFrame
        One row a record in file order: ``timestamp`` (UTC, NaT where there is none, or only seconds since the device
        was switched on) and, as float64 with NaN for missing, the columns of a stream in SI units with
        ``strides_per_min`` (one foot's cadence) and fields of apps as ``app:name``. ``attrs["oddities"]`` holds the
        names of whatever was wrong with the file.

    Raises
    ------
    UnknownFormat
        The bytes do not begin with a FIT header.
    TooLarge
        More samples than any watch records.
    """
    if not is_header(data, 0):
        raise UnknownFormat("These bytes are no FIT file.", "Give a FIT file as the watch or its app exports it.")
    parts: list[Tables] = []
    oddities: list[str] = []
    for segment in segments(data):
        tables = read_tables(data, segment.start, segment.end, records_only=True)
        oddities += [oddity.name for oddity in segment.oddities]
        oddities += [tables.damage] if tables.damage else []
        parts.append(tables)
    beats = take_beats(parts)
    frames = [_frame(part, columns_of(part, beats)) for part in parts if part.n_records]
    frames = frames or [_frame(Tables(), {})]
    frame = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    frame.attrs["oddities"] = oddities
    return frame


def _frame(part: Tables, columns: Mapping[str, Column]) -> pd.DataFrame:
    """FIT seconds as UTC instants beside the columns; what tells no date is NaT."""
    fit_s = part.timestamp
    told = fit_s >= profile.ABSOLUTE_FROM
    micros = np.where(told, fit_s, 0.0).astype(np.int64)
    micros += profile.EPOCH_S
    micros *= 1_000_000
    if not told.all():
        micros[~told] = np.iinfo(np.int64).min
    return frame_of(micros, columns, block=part.block)
