"""Of two recordings of one run, the words that name the one that counts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from loadmon.overlap.pairs import named, table_words


def which_counts(sessions: pd.DataFrame, instead: pd.Series) -> pd.Series:
    """For each second recording which session counts in its place: its day and time on the runner's clock, its device.

    Parameters
    ----------
    sessions : DataFrame
        One row a session: ``session_id``, ``start_utc``, and as far as they are told ``utc_offset_s``, ``device``,
        ``timeless`` and ``elapsed_s``.
    instead : Series of Int64, indexed like ``sessions``
        As ``loadmon.overlap.same_run`` gives it.

    Returns
    -------
    Series of str, indexed like ``sessions``
        Missing where the session counts itself.
    """
    told = instead.dropna()
    by_id = sessions[sessions["session_id"].isin(told)].set_index("session_id", drop=False).to_dict("index")
    here = sessions.loc[told.index].to_dict("index")
    words = {place: _words(here[place], by_id[number]) for place, number in told.items()}
    return pd.Series(words, dtype="str").reindex(sessions.index)


def _words(session: dict[Any, Any], counts: dict[Any, Any]) -> str:
    if session.get("timeless"):
        return f"{table_words(session.get('elapsed_s'))} ({named(counts)})"
    return f"second recording of the same run ({named(counts)}), which counts instead"
