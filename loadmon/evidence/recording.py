"""Rules by which a recording is read: what is moving, what is walking, what counts as a run, which gaps were recorded."""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

SLOWEST_MOVING_SPM = Evidence(
    "fewest steps that count as moving",
    60.0,
    "steps a minute",
    Grade.CONVENTION,
    OURS,
    "It keeps running on a treadmill that sends no speed; standing and fidgeting can reach it.",
)
RECORDED_GAP_S = Evidence(
    "gap between samples that was still recorded",
    60.0,
    "s",
    Grade.CONVENTION,
    OURS,
    "Watches on smart recording leave gaps while all is even; a longer one is taken for a pause whatever it was.",
)
SLOW_LOGGER_GAPS = Evidence(
    "gap that was still recorded by a slow recorder",
    2.5,
    "times its usual spacing",
    Grade.CONVENTION,
    OURS,
    "A recorder that takes a sample a minute leaves no pauses by that; short pauses are lost in it.",
)
SLOWEST_LOGGER_S = Evidence(
    "longest gap that was still recorded",
    300.0,
    "s",
    Grade.CONVENTION,
    OURS,
    "Above it nothing is known of the time between two samples, however slow the recorder.",
)
WALKING_BELOW_SPM = Evidence(
    "cadence below which steps are walking",
    130.0,
    "steps a minute",
    Grade.CONVENTION,
    OURS,
    "Few people run with fewer steps and few walk with more; tall and slow runners come near it.",
)
WALKING_BELOW_MPS = Evidence(
    "speed below which steps are walking",
    1.8,
    "m/s",
    Grade.CONVENTION,
    OURS,
    "Slow running, uphill above all, can be slower; its steps are counted, but as walking.",
)
RUN_SLOWEST_MPS = Evidence(
    "slowest session without a sport that looks like running",
    1.8,
    "m/s while moving",
    Grade.CONVENTION,
    OURS,
    "Slower runs in files that name no sport are taken for walks.",
)
RUN_FASTEST_MPS = Evidence(
    "fastest session without a sport that looks like running",
    6.5,
    "m/s while moving",
    Grade.CONVENTION,
    OURS,
    "Slow rides are slower than this: a file that names no sport can be taken for a run, and the session says so.",
)
RUN_CADENCE_SPM = Evidence(
    "lowest cadence of a session without a sport that counts as a run",
    140.0,
    "steps a minute, middle value while moving",
    Grade.CONVENTION,
    OURS,
    "Brisk walking stays below it, riding far below; a run with long walking breaks can be missed.",
)
