"""Of two recordings of one run, the words that name the one that counts."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd


def which_counts(sessions: pd.DataFrame, instead: pd.Series) -> pd.Series:
    """For each second recording which session counts in its place: its day and time on the runner's clock, its device.

    Parameters
    ----------
    sessions : DataFrame
        One row a session: ``session_id``, ``start_utc``, and as far as they are told ``utc_offset_s`` and ``device``.
    instead : Series of Int64, indexed like ``sessions``
        As ``loadmon.overlap.same_run`` gives it.

    Returns
    -------
    Series of str, indexed like ``sessions``
        Missing where the session counts itself.
    """
    by_id = sessions.set_index("session_id")
    words = {place: _named(by_id.loc[number]) for place, number in instead.dropna().items()}
    return pd.Series(words, dtype="str").reindex(sessions.index)


def _named(row: pd.Series) -> str:
    ahead_s: float | None = row.get("utc_offset_s")
    local = row["start_utc"] + timedelta(seconds=0.0 if ahead_s is None or pd.isna(ahead_s) else ahead_s)
    device = row.get("device")
    which = f"{local:%Y-%m-%d %H:%M}" + (f", {device}" if isinstance(device, str) and device else "")
    return f"second recording of the same run ({which}), which counts instead"
