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
