"""Thresholds of the acute:chronic ratio: its windows, and below what it is not shown."""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

ACUTE_DAYS = Evidence(
    "acute window",
    7.0,
    "days",
    Grade.STUDY,
    "Windt & Gabbett 2019, 10.1136/bjsports-2017-098925",
    "A convention of the field; no window is known to be right for runners.",
)
CHRONIC_DAYS = Evidence(
    "chronic window (before the acute week)",
    21.0,
    "days",
    Grade.STUDY,
    "Windt & Gabbett 2019, 10.1136/bjsports-2017-098925",
    "Description only: in runners a higher ratio went with fewer injuries (Nakaoka 2021, 10.1007/s40279-021-01483-0; "
    "Frandsen 2025), and dividing by a random chronic load works as well (Impellizzeri 2021, 10.1007/s40279-020-01378-6).",
)
MINIMUM_HISTORY_DAYS = Evidence(
    "history before a ratio is shown",
    28.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "One full acute and chronic window.",
)
MINIMUM_COVERAGE = Evidence(
    "known share of a window",
    0.8,
    "share of days",
    Grade.CONVENTION,
    OURS,
    "Days declared missing count as nothing done; with more than a fifth of them a ratio is not shown.",
)
CHRONIC_FLOOR_M_PER_WEEK = Evidence(
    "least usual distance for a ratio",
    5000.0,
    "m a week",
    Grade.CONVENTION,
    OURS,
    "Dividing by next to nothing gives large numbers that mean nothing.",
)
CHRONIC_FLOOR_S_PER_WEEK = Evidence(
    "least usual time for a ratio",
    1800.0,
    "s a week",
    Grade.CONVENTION,
    OURS,
    "Dividing by next to nothing gives large numbers that mean nothing.",
)
CHRONIC_FLOOR_AU_PER_WEEK = Evidence(
    "least usual effort for a ratio",
    100.0,
    "effort x minutes a week",
    Grade.CONVENTION,
    OURS,
    "Dividing by next to nothing gives large numbers that mean nothing.",
)
CHRONIC_FLOOR_TRIMP_PER_WEEK = Evidence(
    "least usual heart-rate load for a ratio",
    30.0,
    "TRIMP a week",
    Grade.CONVENTION,
    OURS,
    "Dividing by next to nothing gives large numbers that mean nothing.",
)
CHRONIC_FLOOR_POINTS_PER_WEEK = Evidence(
    "least usual points for a ratio",
    30.0,
    "points a week",
    Grade.CONVENTION,
    OURS,
    "Half an hour of easy running, as for time. Dividing by next to nothing gives large numbers that mean nothing.",
)
CHRONIC_FLOOR_STEPS_PER_WEEK = Evidence(
    "least usual steps for a ratio",
    4000.0,
    "steps a week",
    Grade.CONVENTION,
    OURS,
    "Dividing by next to nothing gives large numbers that mean nothing.",
)
EWMA_ACUTE_DAYS = Evidence(
    "acute span of the exponentially weighted ratio",
    7.0,
    "days (weight 2/(N+1) for the newest)",
    Grade.STUDY,
    "Williams et al. 2017, 10.1136/bjsports-2016-096589",
    "Both averages hold the same newest days; it describes, it does not foretell.",
)
EWMA_CHRONIC_DAYS = Evidence(
    "chronic span of the exponentially weighted ratio",
    28.0,
    "days (weight 2/(N+1) for the newest)",
    Grade.STUDY,
    "Williams et al. 2017, 10.1136/bjsports-2016-096589",
    "How it starts matters for weeks: begun with the first day's load, that day still weighs 14.5 % on day 28. Ours "
    "corrects the weights for the days that are missing before the start.",
)
BAND_SHARE_PCT = Evidence(
    "band of the ratio",
    95.0,
    "% of the redrawn ratios",
    Grade.CONVENTION,
    "loadmon convention; redrawing in blocks after Künsch 1989, 10.1214/aos/1176347265, quoted from memory",
    "Says how far the ratio moves by the ups and downs from week to week alone, learnt from the three weeks before: few, so "
    "the band is rough and rather too narrow. It is not a band to stay within.",
)
BAND_DRAWS = Evidence(
    "redrawn ratios of a band",
    1000.0,
    "draws",
    Grade.CONVENTION,
    OURS,
    "25 of them lie beyond each end; other draws would move the ends a little.",
)
