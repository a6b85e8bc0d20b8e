"""Thresholds of daily load: how alike the days of a week are, and long-term against short-term load."""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

FOSTER_1998 = "Foster 1998, 10.1097/00005768-199807000-00023"
MONOTONY_DAYS = Evidence(
    "days of monotony and strain",
    7.0,
    "whole known days, rest days counted as 0",
    Grade.MEMORY,
    FOSTER_1998,
    "Worked out for effort x minutes in few athletes; no limit holds for runners in general.",
)
MONOTONY_DDOF = Evidence(
    "spread of monotony",
    1.0,
    "taken off the number of days (sample standard deviation)",
    Grade.CONVENTION,
    OURS,
    "The papers do not say which spread they used; with the other one (0) every monotony is 1.08 times as large.",
)
LONG_TERM_DAYS = Evidence(
    "time constant of long-term load",
    42.0,
    "days",
    Grade.CONVENTION,
    "loadmon convention, as most training software has it",
    "Not fitted to a runner; people differ widely.",
)
SHORT_TERM_DAYS = Evidence(
    "time constant of short-term load",
    7.0,
    "days",
    Grade.CONVENTION,
    "loadmon convention, as most training software has it",
    "Not fitted to a runner; people differ widely.",
)
SETTLING_DAYS = Evidence(
    "settling of long-term load",
    90.0,
    "days of history",
    Grade.CONVENTION,
    OURS,
    "It begins at 0, as if nobody had run before the record; for a quarter of a year part of its rise is only that.",
)
