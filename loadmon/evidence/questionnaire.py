"""How much a questionnaire's sum has to change before it is told as a change."""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

UWRI_MIC = Evidence(
    "smallest important change of running after an injury",
    5.0,
    "points of 36",
    Grade.STUDY,
    "Nelson 2020, 10.2519/jospt.2020.9698",
    "Of 396 runners in physiotherapy, asked in the official wording 12 weeks apart; ours was not validated.",
)
UWRI_MCID = Evidence(
    "smallest clinically important difference of running after an injury",
    8.0,
    "points of 36",
    Grade.STUDY,
    "Nelson 2020, 10.2519/jospt.2020.9698",
    "As above; that it is used for getting worse as well is a loadmon convention.",
)
UWRI_SPAN_DAYS = Evidence(
    "how far back answers are compared",
    84.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "The study asked 12 weeks apart; an older answer may belong to another injury.",
)
PROBLEM_HINDERS = Evidence(
    "health problem that clearly hinders",
    3.0,
    "of 4 (moderately) in volume or performance, or no participation at all",
    Grade.STUDY,
    "Clarsen 2020, 10.1136/bjsports-2019-101337",
    "The cut of the published questionnaire, told from memory; our wording is a paraphrase and was not validated.",
)
PAIN_RISE = Evidence(
    "pain that rises",
    2.0,
    "of 10 or more above the week before, on the mean of each day's worst",
    Grade.CONVENTION,
    OURS,
    "Only days on which something was told count, 0 among them; pain from day to day varies by as much without meaning.",
)
PAIN_RISE_DAYS = Evidence(
    "days told before pain can rise",
    2.0,
    "days in each of the two weeks",
    Grade.CONVENTION,
    OURS,
    "A day on which nothing was told is not a day without pain.",
)
