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
