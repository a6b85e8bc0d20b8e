"""Thresholds of a week: what is usual, what is recent, when a runner has gone silent."""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

WEEK_CHANGE_LARGE_PCT = Evidence(
    "large week change",
    50.0,
    "% over the 7 days before",
    Grade.CONVENTION,
    OURS,
    "Week-to-week change was not related to injury in Frandsen 2025; a 10 % rule prevented nothing in a trial "
    "(Buist 2008). Shown because coaches ask, never as a warning by itself.",
)
SILENT_DAYS = Evidence(
    "no session seen",
    10.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "Rest, illness, injury and a watch that was not synced look alike from here: ask.",
)
AWAY_DAYS = Evidence(
    "away",
    56.0,
    "days without a session",
    Grade.CONVENTION,
    OURS,
    "Whoever has sent nothing for so long stands last in the squad; why, only they can tell.",
)

# --- planning: what counts as recent ---------------------------------------------------------------------------------
RECENT_DAYS = Evidence(
    "recent",
    7.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "How long a long run or a new injury is told about; not a period of risk.",
)
RECENT_RETURN_DAYS = Evidence(
    "recent return from a lay-off",
    14.0,
    "days since the first run back",
    Grade.CONVENTION,
    OURS,
    "As long as the shortest break that is called a lay-off; nobody has measured how long a return lasts.",
)
USUAL_WEEKS = Evidence(
    "weeks that make the usual",
    4.0,
    "weeks",
    Grade.CONVENTION,
    OURS,
    "The lowest and the highest of four weeks, up to the same weekday; a range of four says what happened, not what is right.",
)
