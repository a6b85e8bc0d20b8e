"""Thresholds of running dynamics, leg stiffness, and of a run against the runner's own last eight weeks."""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

GRAVITY_MPS2 = Evidence(
    "acceleration of free fall",
    9.81,
    "m/s²",
    Grade.CONVENTION,
    "the usual rounded value",
    "It differs by half a percent between the equator and the poles.",
)
FLAT_GRADE = Evidence(
    "flat enough for stiffness",
    0.02,
    "rise / run",
    Grade.STUDY,
    "Meyer et al. 2023, 10.1055/a-2044-4805",
    "Timing alone gives wrong stiffness on slopes; the study shows that, the limit itself is a loadmon convention.",
)
LEG_PER_HEIGHT = Evidence(
    "leg length from height",
    0.53,
    "share of height",
    Grade.MEMORY,
    "Winter's table of body segments",
    "An average; legs of one height differ by several centimetres, and stiffness follows. Measure from trochanter to floor.",
)
OWN_DAYS = Evidence(
    "the runner's own recent running",
    56.0,
    "days before the run",
    Grade.CONVENTION,
    OURS,
    "Eight weeks, the same as for the cadence trend.",
)
OWN_RUNS = Evidence(
    "runs that make the runner's own usual",
    8.0,
    "runs",
    Grade.CONVENTION,
    OURS,
    "With fewer a single odd run decides.",
)
OWN_SPEED_MPS = Evidence(
    "speeds that may be compared as they are",
    0.2,
    "m/s",
    Grade.CONVENTION,
    OURS,
    "Contact time, flight and stiffness change with speed; without a rule of the runner's own only like speeds are compared.",
)
OUTSIDE_SPREAD = Evidence(
    "outside the runner's usual",
    2.0,
    "robust standard deviations",
    Grade.CONVENTION,
    OURS,
    "Some runs lie outside by chance alone: about one in twenty if runs differed as a normal distribution has it, more with few "
    "runs to compare; it says that a run was unlike the others, not that anything is wrong.",
)
ROBUST_SD = Evidence(
    "median absolute deviation to standard deviation",
    1.4826,
    "factor",
    Grade.CONVENTION,
    "the value for a normal distribution",
    "Runs are not distributed normally; it only gives the spread a familiar size.",
)
STEP_CHANGE_RUNS = Evidence(
    "runs on either side of a step change",
    5.0,
    "runs",
    Grade.CONVENTION,
    OURS,
    "Fewer runs than these are an odd week, not a change.",
)
STEP_CHANGE_PENALTY = Evidence(
    "penalty for one more step change",
    3.0,
    "times ln(runs) and the variance between neighbours",
    Grade.CONVENTION,
    "loadmon convention on Killick 2012, 10.1080/01621459.2012.737745",
    "A lower one finds changes in noise, a higher one misses small ones; nobody has measured the right one for cadence.",
)
STEP_CHANGE_GAP = Evidence(
    "days without a value that part one level from the next",
    56.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "What changed over months without a run has no day; a line drawn over them would tell of runs that were not there.",
)
DEVICE_BACK_DAYS = Evidence(
    "days until a watch counts as new again",
    56.0,
    "days without it",
    Grade.CONVENTION,
    OURS,
    "Runners who use two watches in turn are compared watch by watch; a watch not seen for eight weeks begins anew.",
)
