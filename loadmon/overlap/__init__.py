"""Two watches on one run: which sessions cover the same minutes, and which of them counts."""

from __future__ import annotations

import pandas as pd

from loadmon.overlap.decided import NOTHING_DECIDED, Choice, Decided, Default
from loadmon.overlap.merging import Merge, merge_pairs, merges
from loadmon.overlap.pairs import foreseen, pairs
from loadmon.overlap.standing import standing

__all__ = [
    "NOTHING_DECIDED", "Choice", "Decided", "Default", "Merge", "foreseen", "merge_pairs", "merges", "pairs", "same_run",
]  # fmt: skip


def same_run(runs: pd.DataFrame, decided: Decided = NOTHING_DECIDED) -> pd.Series:
    """For each session, the session of the same runner that stands for it, where two recordings are one run.

    Nothing is deleted, the other is only not counted twice. Which one stands depends on what the sessions hold and on
    what was decided, never on the order in which they came:

    - Two recordings that share four fifths of the shorter one's time are one run. A clock may be 90 s off where distance
      or time agree. Where one goes on for longer, the distances (else the times recorded) have to agree.
    - The richer one stands (``contents``: heart rate by the share of time it covers, then power, cadence, running
      dynamics, distance; then more samples, then what began first, then the file's fingerprint). A treadmill's recording
      stands beside a satellite receiver under a roof that told less than four fifths of the distance. A file that names
      no sport gives way to one that names another than its speed suggests.
    - What goes on for longer and tells a larger distance holds the other one and stands. Where several shorter ones make
      up the long one within a fifth, those or the long one stand, whichever holds more by the minute; a recording whose
      timer stood still for long is compared with others in no other way.
    - A row of a table without time of day or length gives way to a file of the same day with the same distance and time,
      each file to one row.
    - Of three and more, each gives way to a better one that stands itself.

    Parameters
    ----------
    runs : DataFrame
        One row a session: ``athlete_id``, ``session_id``, ``start_utc``, ``elapsed_s``, ``is_running``, and as far as
        there are any ``mark``, ``batch_id``, ``timeless``, ``local_day``, ``timer_s``, ``sport``, ``indoor``, ``samples``
        and the measured columns, NaN where not measured.
    decided : Decided
        What was decided of pairs and for each runner.

    Returns
    -------
    Series of Int64, indexed like ``runs``
        The ``session_id`` that counts instead, or missing where the session counts itself.
    """
    found = pd.Series(pd.NA, index=runs.index, dtype="Int64")
    instead = standing(runs, decided).instead
    if instead:
        ids = runs["session_id"].to_numpy()
        found.iloc[list(instead)] = ids[list(instead.values())]
    return found
