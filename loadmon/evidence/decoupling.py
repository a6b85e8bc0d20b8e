"""Thresholds of decoupling: which runs are long and even enough to compare their two halves."""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

DECOUPLING_WARM_UP_S = Evidence(
    "start of a run left out of decoupling",
    600.0,
    "s",
    Grade.CONVENTION,
    OURS,
    "Heart rate takes minutes to rise; GoldenCheetah leaves nothing out, so its figures are lower or negative more often.",
)
DECOUPLING_LEAST_S = Evidence(
    "least running for decoupling",
    1800.0,
    "s after the start that is left out",
    Grade.CONVENTION,
    OURS,
    "Shorter runs end before heart rate has drifted.",
)
DECOUPLING_SPEED_CV = Evidence(
    "unevenness of speed for decoupling",
    0.10,
    "standard deviation / mean of half minutes, adjusted for slope",
    Grade.CONVENTION,
    OURS,
    "In intervals the halves differ by what was run, not by drift.",
)
DECOUPLING_EVENNESS_S = Evidence(
    "stretches on which unevenness is judged",
    30.0,
    "s",
    Grade.CONVENTION,
    OURS,
    "From second to second satellites wander more than runners do; repetitions shorter than this look even.",
)
