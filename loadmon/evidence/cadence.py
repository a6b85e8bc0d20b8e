"""Thresholds of cadence at a common pace: windows, the frozen baseline, the trend, and the slope they need."""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

CADENCE_CHANGE_SPM = Evidence(
    "cadence change worth a word",
    2.0,
    "steps a minute over 8 weeks",
    Grade.CONVENTION,
    OURS,
    "Cadence alone is not an established risk factor; a change may be fatigue, shoes, terrain or intent.",
)
CADENCE_REFERENCE_MPS = Evidence(
    "common pace",
    3.0,
    "m/s on the flat",
    Grade.CONVENTION,
    OURS,
    "Cadence rises with speed; it is compared at one speed so that faster weeks do not look like a change of form.",
)
CADENCE_WINDOW_S = Evidence(
    "length of a cadence window",
    30.0,
    "s",
    Grade.CONVENTION,
    OURS,
    "Long enough for an average, short enough to be steady.",
)
CADENCE_WINDOW_COVERAGE = Evidence(
    "measured share of a cadence window",
    0.8,
    "share of seconds",
    Grade.CONVENTION,
    OURS,
    "Pauses and gaps in the recording are left out, not filled.",
)
CADENCE_HOLD_S = Evidence(
    "longest time one sample stands for",
    10.0,
    "s",
    Grade.CONVENTION,
    OURS,
    "Watches that record only changes write a sample every 3 to 10 seconds.",
)
CADENCE_WARM_UP_S = Evidence(
    "start of a run left out",
    300.0,
    "s",
    Grade.CONVENTION,
    OURS,
    "The first minutes are seldom steady.",
)
CADENCE_SLOWEST_MPS = Evidence(
    "slowest steady running",
    1.8,
    "m/s",
    Grade.CONVENTION,
    OURS,
    "Slower running and walking cannot be told apart by speed.",
)
CADENCE_FASTEST_MPS = Evidence(
    "fastest steady running",
    5.5,
    "m/s",
    Grade.CONVENTION,
    OURS,
    "Sprints follow another relation of cadence and speed.",
)
CADENCE_SPEED_CV = Evidence(
    "unevenness of speed in a window",
    0.08,
    "standard deviation / mean",
    Grade.CONVENTION,
    OURS,
    "Windows with changes of pace mix two speeds and are left out.",
)
CADENCE_STEEPEST = Evidence(
    "steepest ground compared",
    0.06,
    "rise / run",
    Grade.CONVENTION,
    OURS,
    "On steeper ground cadence follows the slope.",
)
CADENCE_LOWEST_SPM = Evidence(
    "lowest running cadence",
    130.0,
    "steps a minute",
    Grade.CONVENTION,
    OURS,
    "Below it the runner is most likely walking.",
)
CADENCE_HIGHEST_SPM = Evidence(
    "highest running cadence",
    220.0,
    "steps a minute",
    Grade.CONVENTION,
    OURS,
    "Above it the sensor is most likely wrong.",
)
GRADE_LOOK_AHEAD_M = Evidence(
    "stretch a slope is measured over",
    30.0,
    "m",
    Grade.CONVENTION,
    OURS,
    "Height from satellites alone is too noisy for shorter stretches, and often for this one.",
)
GRADE_LIMIT = Evidence(
    "steepest slope believed",
    0.45,
    "rise / run",
    Grade.STUDY,
    "Minetti 2002, 10.1152/japplphysiol.01177.2001",
    "The range of slopes that was measured; beyond it the height is most likely wrong.",
)
CADENCE_BASELINE_RUNS = Evidence(
    "runs of the cadence baseline",
    12.0,
    "runs",
    Grade.CONVENTION,
    OURS,
    "The first runs are taken as usual whatever they were; then the baseline stays, or it would absorb the change.",
)
CADENCE_BASELINE_DAYS = Evidence(
    "days of the cadence baseline",
    60.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "Instead of 12 runs for those who run seldom.",
)
CADENCE_BASELINE_SPREAD_MPS = Evidence(
    "spread of speeds in the baseline",
    0.6,
    "m/s",
    Grade.CONVENTION,
    OURS,
    "Without faster and slower running the effect of speed cannot be told.",
)
CADENCE_BASELINE_WINDOWS = Evidence(
    "windows of the cadence baseline",
    30.0,
    "windows",
    Grade.CONVENTION,
    OURS,
    "Five for each thing that is fitted.",
)
CADENCE_RUN_WINDOWS = Evidence(
    "windows of one run's cadence",
    4.0,
    "windows",
    Grade.CONVENTION,
    OURS,
    "Two minutes of steady running.",
)
CADENCE_DRIFT_WINDOWS = Evidence(
    "windows of drift within a run",
    6.0,
    "windows",
    Grade.CONVENTION,
    OURS,
    "Three minutes of steady running; with fewer a single window decides.",
)
CADENCE_TREND_DAYS = Evidence(
    "window of the cadence trend",
    56.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "Eight weeks.",
)
CADENCE_TREND_SPAN = Evidence(
    "least span of a cadence trend",
    21.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "A slope over a few days says nothing of eight weeks; it is not drawn out to them.",
)
CADENCE_TREND_RUNS = Evidence(
    "runs of the cadence trend",
    8.0,
    "runs",
    Grade.CONVENTION,
    OURS,
    "With fewer a single run decides.",
)
HUBER_TUNING = Evidence(
    "Huber's tuning constant",
    1.345,
    "scaled residuals",
    Grade.MEMORY,
    "Huber 1964, 10.1214/aoms/1177703732",
    "Runs far from the others count less, so that one odd run does not bend the line.",
)
CADENCE_PRIOR_SPM = Evidence(
    "cadence expected without own data",
    165.0,
    "steps a minute at 3.04 m/s and 1.75 m",
    Grade.CONVENTION,
    "loadmon convention, from de Ruiter (165, SD 8, at 3.04 m/s) and van Oeveren (154, 158, 160 at 2.4, 2.6, 2.9 m/s)",
    "Runners differ by 8 steps a minute (SD) at the same speed: it serves to compare speeds, never to judge a runner.",
)
CADENCE_PRIOR_SPEED_MPS = Evidence(
    "speed of the expected cadence",
    3.04,
    "m/s",
    Grade.CONVENTION,
    "loadmon convention, from de Ruiter",
    "One group of runners.",
)
CADENCE_PRIOR_PER_MPS = Evidence(
    "cadence gained with speed, without own data",
    8.0,
    "steps a minute for each m/s",
    Grade.CONVENTION,
    "loadmon convention, from de Ruiter and van Oeveren",
    "Runners differ; replaced by the runner's own as soon as it can be.",
)
CADENCE_PRIOR_PER_CM = Evidence(
    "cadence lost with height, without own data",
    -0.5,
    "steps a minute for each cm over 175",
    Grade.CONVENTION,
    "loadmon convention, from a correlation of about -0.6",
    "Height explains about a third of the differences.",
)
CADENCE_PRIOR_HEIGHT_CM = Evidence(
    "height where none is known",
    175.0,
    "cm",
    Grade.CONVENTION,
    OURS,
    "A middle height; flagged where it is used.",
)
