"""Loads that a person told: they stand before what any method makes of a session, and say so."""

from __future__ import annotations

import numpy as np
import pandas as pd

TOLD = "hand"
"""The method's word where points were told: "by hand"."""
POINTS, TRIMP = "points", "trimp"
"""What a load can be told in."""
_TRIMP_COLUMN = "trimp_banister"


def with_told(loads: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Loads of sessions with what persons told of them in the place of what was computed.

    Parameters
    ----------
    loads : DataFrame
        As ``session_loads`` gives them.
    told : DataFrame
        session_id, measure (``points``, ``trimp``), value, reason; at most one row a session and measure. Rows of other
        sessions are passed over.

    Returns
    -------
    DataFrame
        The same rows; where points are told: points, points_method ``hand``, nothing estimated, no notes; where TRIMP is:
        trimp_banister. Beside them points_told and trimp_told (the reason, None where nothing is told), points_computed
        and method_computed (what stood there before).
    """
    fresh = loads.assign(
        points_told=pd.Series([None] * len(loads), index=loads.index, dtype=object),
        trimp_told=pd.Series([None] * len(loads), index=loads.index, dtype=object),
        points_computed=loads["points"],
        method_computed=loads["points_method"],
        points_method=loads["points_method"].cat.add_categories([TOLD]),
    )
    for measure in (POINTS, TRIMP):
        mine = told[told["measure"] == measure].set_index("session_id")
        rows = loads["session_id"].isin(mine.index).to_numpy()
        if not rows.any():
            continue
        ids = loads.loc[rows, "session_id"]
        value, reason = mine["value"].reindex(ids).to_numpy(), mine["reason"].reindex(ids).to_numpy(dtype=object)
        column = "points" if measure == POINTS else _TRIMP_COLUMN
        fresh.loc[rows, column] = value
        fresh.loc[rows, f"{column}_reason"] = np.nan
        fresh.loc[rows, f"{measure}_told"] = reason
        if measure == POINTS:
            fresh.loc[rows, "points_method"] = TOLD
            fresh.loc[rows, "points_estimated"] = False
            for name in ("points_why_not", "points_notes"):
                fresh[name] = pd.Series(
                    [() if is_told else kept for kept, is_told in zip(fresh[name], rows, strict=True)],
                    index=fresh.index,
                    dtype=object,
                )
    return fresh
