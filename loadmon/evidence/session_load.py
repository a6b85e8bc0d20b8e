"""Constants of one session's load: heart rate, graded pace, power, effort, steps, and the one scale of points."""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

# --- heart rate -------------------------------------------------------------------------------------------------------
MORTON_1990 = "Morton, Fitz-Clarke & Banister 1990, 10.1152/jappl.1990.69.3.1171"
ASSUMED_CURVE = (
    "Lactate against heart rate of a few people decades ago; it says how hard a heart worked, not what legs bore."
)
HEART_RATE_LOWEST_BPM = Evidence(
    "lowest heart rate believed", 30.0, "beats a minute", Grade.CONVENTION, OURS, "Below it a sensor has lost contact."
)
HEART_RATE_HIGHEST_BPM = Evidence(
    "highest heart rate believed",
    230.0,
    "beats a minute",
    Grade.CONVENTION,
    OURS,
    "Above it a sensor counts something else.",
)
HEART_RATE_COVERAGE = Evidence(
    "measured share of a session's heart rate",
    0.8,
    "share of seconds (for decoupling, of those compared)",
    Grade.CONVENTION,
    OURS,
    "With more than a fifth missing the sum would be too small without anybody noticing; straps drop out at certain efforts.",
)
TRIMP_SCALE_MEN = Evidence("Banister's factor, men", 0.64, "per minute", Grade.MEMORY, MORTON_1990, ASSUMED_CURVE)
TRIMP_RISE_MEN = Evidence(
    "Banister's exponent, men", 1.92, "per heart-rate reserve", Grade.MEMORY, MORTON_1990, ASSUMED_CURVE
)
TRIMP_SCALE_WOMEN = Evidence(
    "Banister's factor, women",
    0.86,
    "per minute",
    Grade.MEMORY,
    MORTON_1990,
    "Some programs keep the men's 0.64 beside the women's exponent and so tell a quarter less.",
)
TRIMP_RISE_WOMEN = Evidence(
    "Banister's exponent, women", 1.67, "per heart-rate reserve", Grade.MEMORY, MORTON_1990, ASSUMED_CURVE
)
EDWARDS_LOWEST_SHARE = Evidence(
    "where Edwards' zones begin",
    0.5,
    "share of maximum heart rate",
    Grade.MEMORY,
    "Edwards 1993, The Heart Rate Monitor Book",
    "Five zones of ten percent count 1 to 5 a minute: round numbers, not measurements.",
)
LUCIA_HARDEST_WEIGHT = Evidence(
    "weight above the second threshold",
    3.0,
    "per minute (2 between the thresholds, 1 below)",
    Grade.MEMORY,
    "Lucia 2003, 10.1249/01.MSS.0000064999.82036.B4",
    "Needs both thresholds measured in a laboratory; it is not estimated without them.",
)
THRESHOLD_RESERVE = Evidence(
    "threshold heart rate where none is known",
    0.85,
    "share of heart-rate reserve",
    Grade.CONVENTION,
    OURS,
    "Runners differ by ten beats and more; flagged wherever it is used.",
)

# --- graded pace and power --------------------------------------------------------------------------------------------
MINETTI_2002 = "Minetti 2002, 10.1152/japplphysiol.01177.2001"
MINETTI_POLYNOMIAL: tuple[float, ...] = (155.4, -30.4, -43.3, 46.3, 19.5, 3.6)
"""J per kg and metre against the slope, highest power first (Minetti 2002); holds within ``GRADE_LIMIT``."""
MINETTI_LEVEL_COST = Evidence(
    "cost of running on the level",
    MINETTI_POLYNOMIAL[-1],
    "J per kg and m, of C(i) = 155.4 i⁵ − 30.4 i⁴ − 43.3 i³ + 46.3 i² + 19.5 i + 3.6",
    Grade.STUDY,
    MINETTI_2002,
    "Energy of ten mountain runners on a treadmill. It gives much credit for running downhill, where muscles and knees "
    "bear more: never used for impact.",
)
FASTEST_LEVEL_MPS = Evidence(
    "fastest that a slope may make a runner",
    9.0,
    "m/s on the level",
    Grade.CONVENTION,
    OURS,
    "As fast as 400 m have been run. Where a slope would say more, the height was wrong, and the speed counts as on the level.",
)
HEIGHTS_WRONG_SHARE = Evidence(
    "impossible slopes that spoil a run's heights",
    0.1,
    "share of samples",
    Grade.CONVENTION,
    OURS,
    "A barometer that drifts or a wet sensor does not tell which of its heights are right.",
)
SMOOTHING_S = Evidence(
    "window before the fourth power",
    30.0,
    "s",
    Grade.MEMORY,
    "Coggan's normalised power, carried over to graded pace",
    "Made for power on a bicycle; that it suits running was not shown.",
)
HARDNESS_EXPONENT = Evidence(
    "how much more hard minutes count",
    4.0,
    "power of the smoothed value",
    Grade.MEMORY,
    "Coggan's normalised power, carried over to graded pace",
    "Made for power on a bicycle; that it suits running was not shown.",
)
SPEED_COVERAGE = Evidence(
    "measured share of a session's speed or power",
    0.8,
    "share of seconds",
    Grade.CONVENTION,
    OURS,
    "With more than a fifth missing the rest does not speak for the whole.",
)

# --- effort, steps ----------------------------------------------------------------------------------------------------
EFFORT_HIGHEST = Evidence(
    "hardest effort",
    10.0,
    "0 to 10",
    Grade.STUDY,
    "Foster 2001, J Strength Cond Res 15:109-115",
    "Asked about half an hour after the session, for the whole of it, warm-up and breaks included.",
)
STEPS_CADENCE_COVERAGE = Evidence(
    "cadence measured for steps to be counted",
    0.8,
    "share of the time in motion",
    Grade.CONVENTION,
    OURS,
    "With more than a fifth of the movement without cadence the sum would be too small without anybody noticing.",
)

# --- one scale of points ----------------------------------------------------------------------------------------------
POINTS_AN_HOUR_AT_THRESHOLD = Evidence(
    "points of an hour at threshold",
    100.0,
    "points",
    Grade.CONVENTION,
    OURS,
    "One scale so that sessions measured in different ways can be added; the ways do not agree to the point.",
)
POINTS_PER_EFFORT_AU = Evidence(
    "points of effort × minutes without own data",
    100.0 / (60.0 * 7.0),
    "points per effort × minute (an hour at 7 is 100)",
    Grade.CONVENTION,
    OURS,
    "Replaced by the runner's own ratio as soon as ten sessions have both.",
)
POINTS_AN_HOUR_UNTOLD = Evidence(
    "points of an hour's running of which nothing else is known",
    60.0,
    "points",
    Grade.CONVENTION,
    OURS,
    "An easy hour. Replaced by the runner's own ratio as soon as ten sessions have both.",
)
POINTS_RATIO_SESSIONS = Evidence(
    "sessions for an own ratio of points", 10.0, "sessions", Grade.CONVENTION, OURS, "With fewer a single one decides."
)
