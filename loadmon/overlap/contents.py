"""What a recording holds: the channels, for how much of the time, and how it compares with another one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

DYNAMICS = (
    "median_stance_time_s",
    "median_vertical_oscillation_m",
    "median_step_length_m",
    "median_vertical_ratio_pct",
    "median_stance_balance_left_pct",
)
"""The figures of running dynamics, each worth a fifth of them."""

HEART_RATE = "heart_rate_bpm"
TOLD_BY = MappingProxyType(
    {
        HEART_RATE: ("mean_heart_rate_bpm", "heart_rate_coverage"),
        "power_w": ("weighted_power_w",),
        "cadence_spm": ("median_cadence_spm", "steps"),
        "distance_m": ("distance_m",),
        **{name.removeprefix("median_"): (name,) for name in DYNAMICS},
    }
)
"""The columns of facts in which each channel of a stream shows."""

CONTENTS = ("heart_rate", "power", "cadence", "dynamics", "distance")
"""What is told of a recording, in the order of its worth."""
WORTH = MappingProxyType({"heart_rate": 40, "power": 20, "cadence": 20, "dynamics": 20, "distance": 10})
"""How much each channel is worth where it covers the whole recording (loadmon convention): load is told from heart rate
first; a distance that a watch estimated under a roof is worth half of a measured one."""
WORDS = MappingProxyType({"heart_rate": "heart rate", "dynamics": "running dynamics"})
NEARLY_ALL = 0.95
"""Share of the time from which a channel is spoken of without saying how much it covers."""


def contents(runs: pd.DataFrame, borrowed: Mapping[int, Mapping[str, float]] | None = None) -> pd.DataFrame:
    """What each recording holds by itself.

    Parameters
    ----------
    runs : DataFrame
        One row a session: ``session_id`` and, as far as there are any, the measured columns of ``RunFacts``.
    borrowed : mapping of session to mapping of channel to float
        Channels that come from another recording, with the share that the session held itself, which is what counts here.

    Returns
    -------
    DataFrame, indexed like ``runs``
        ``heart_rate`` and ``cadence``: share of the time, 0 to 1 (a cadence with holes of more than a fifth is worth a
        half); ``power``: 0 or 1; ``dynamics``: share of the five figures; ``distance``: 1, 0.5 where estimated indoors,
        0 for none; ``samples``; ``richness``: all of them weighed by ``WORTH``, int64.
    """
    runs = as_recorded(runs, borrowed or {})
    beats = _numbers(runs, "mean_heart_rate_bpm")
    covered = _numbers(runs, "heart_rate_coverage") if "heart_rate_coverage" in runs else np.ones(len(runs))
    spm = ~np.isnan(_numbers(runs, "median_cadence_spm"))
    holes = np.isnan(_numbers(runs, "steps")) if "steps" in runs else np.zeros(len(runs), bool)
    indoor = flags(runs, "indoor")
    found = pd.DataFrame(
        {
            "heart_rate": np.where(np.isnan(beats), 0.0, np.nan_to_num(covered)),
            "power": (~np.isnan(_numbers(runs, "weighted_power_w"))).astype(float),
            "cadence": np.where(spm, np.where(holes, 0.5, 1.0), 0.0),
            "dynamics": sum((~np.isnan(_numbers(runs, name))).astype(float) for name in DYNAMICS) / len(DYNAMICS),
            "distance": np.where(np.isnan(_numbers(runs, "distance_m")), 0.0, np.where(indoor, 0.5, 1.0)),
            "samples": np.nan_to_num(_numbers(runs, "samples")).astype(np.int64),
        },
        index=runs.index,
    )
    # to a tenth: a strap that lost one second more than another does not outweigh what else was measured
    weighed = [np.rint(found[name].to_numpy() * 10).astype(np.int64) * WORTH[name] // 10 for name in CONTENTS]
    return found.assign(richness=np.sum(weighed, axis=0, dtype=np.int64))


def as_recorded(runs: pd.DataFrame, borrowed: Mapping[int, Mapping[str, float]]) -> pd.DataFrame:
    """The facts as far as they tell what a recording holds, as if nothing had come from another one."""
    lent = (
        [(place, borrowed[n]) for place, n in enumerate(runs["session_id"].tolist()) if n in borrowed]
        if borrowed
        else []
    )
    fresh: dict[str, np.ndarray] = {}

    def put(place: int, column: str, value: float) -> None:
        if column in runs:
            if column not in fresh:
                fresh[column] = _numbers(runs, column).copy()
            fresh[column][place] = value

    for place, channels in lent:
        for channel, had in channels.items():
            for column in TOLD_BY.get(channel, ()) if had <= 0 else ():
                put(place, column, np.nan)
            if channel == HEART_RATE:
                put(place, "heart_rate_coverage", had)
    return runs.assign(**fresh) if fresh else runs


def contains_words(held: Mapping[str, float]) -> str:
    """What a recording holds, in words: ``heart rate for 60 % of the time, cadence, distance``.

    Parameters
    ----------
    held : mapping
        A row of ``contents``.
    """
    said = []
    for name in CONTENTS:
        share = float(held[name])
        if share <= 0:
            continue
        word = WORDS.get(name, name)
        if name == "heart_rate" and share < NEARLY_ALL:
            word = f"{word} for {share:.0%} of the time".replace("%", " %")
        elif name == "cadence" and share < 1:
            word = f"{word} with gaps"
        elif name == "distance" and share < 1:
            word = "distance estimated indoors"
        said.append(word)
    return ", ".join(said) or "nothing but the time"


def more_in(held: Mapping[str, float], other: Mapping[str, float]) -> list[str]:
    """What one recording holds that the other lacks or holds for less of the time, in words."""
    return [WORDS.get(name, name) for name in CONTENTS if round(float(held[name]), 1) > round(float(other[name]), 1)]


def flags(runs: pd.DataFrame, name: str) -> np.ndarray:
    """A column of yes and no; no where there is none."""
    return runs[name].to_numpy(bool, na_value=False) if name in runs else np.zeros(len(runs), bool)


def _numbers(runs: pd.DataFrame, name: str) -> np.ndarray:
    return runs[name].to_numpy(float, na_value=np.nan) if name in runs else np.full(len(runs), np.nan)
