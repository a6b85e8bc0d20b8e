"""How fast it was over a whole recording, with the part that stays and the part that would go."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from loadmon.session import Session
from loadmon.show.charts.specification import specification
from loadmon.show.palette import BLUE, GREY
from loadmon.units import Units

MOST_POINTS = 300
STAYS, GOES = "stays", "goes"


def kept_table(session: Session, units: Units, goes: list[tuple[float, float]]) -> pd.DataFrame:
    """Speed of equal stretches of a recording, each marked whether it stays.

    Parameters
    ----------
    session : Session
        As it was read.
    units : Units
        How the reader wants distances.
    goes : list of (from, to)
        Seconds from the start that would go.

    Returns
    -------
    DataFrame
        minute; stays and goes: the speed (units of length an hour, 0 where it is not known) in one of the two columns, NaN
        in the other.
    """
    t = session.stream["t_s"].to_numpy(dtype=float)
    if not len(t):
        return pd.DataFrame({"minute": [], STAYS: [], GOES: []})
    bins = min(MOST_POINTS, len(t))
    place = np.minimum((t / max(float(t[-1]), 1e-9) * bins).astype(int), bins - 1)
    speed = session.stream["speed_mps"].to_numpy(dtype=float) * 3600.0 / units.metres
    frame = pd.DataFrame({"second": t, "speed": speed}).groupby(place).mean()
    out = np.zeros(len(frame), dtype=bool)
    for first, last in goes:
        out |= ((frame["second"] >= first) & (frame["second"] <= last)).to_numpy()
    known = frame["speed"].fillna(0.0).to_numpy()
    return pd.DataFrame(
        {
            "minute": frame["second"].to_numpy() / 60.0,
            STAYS: np.where(out, np.nan, known),
            GOES: np.where(out, known, np.nan),
        }
    )


@lru_cache(maxsize=32)
def kept_chart(minutes: float, unit: str) -> dict[str, Any]:
    """Description of the strip: what stays in full colour, what goes in pale grey."""
    x = alt.X("minute:Q", title="minutes as recorded", scale=alt.Scale(domain=[0, minutes], nice=False))
    parts = [
        alt.Chart(pd.DataFrame())
        .mark_area(color=colour, opacity=opacity, interpolate="step", invalid="break-paths-filter-domains")
        .encode(
            x=x,
            y=alt.Y(f"{part}:Q", axis=None),  # so that its minutes lie below those of the slider
            tooltip=[alt.Tooltip("minute:Q", format=".1f"), alt.Tooltip(f"{part}:Q", title=f"{unit}/h", format=".1f")],
        )
        for part, colour, opacity in ((STAYS, BLUE, 0.9), (GOES, GREY, 0.5))
    ]
    return specification(alt.layer(*parts).properties(height=120))
