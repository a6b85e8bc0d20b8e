"""Every cited threshold in one place: its value, where it comes from, and what it cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EVIDENCE_VERSION = "2026-11"
"""Changes whenever a value or a source below changes; shown with the list of thresholds."""


class Grade(StrEnum):
    """How a threshold came to be."""

    STUDY = "study"
    """The source text was read and states the value."""
    MEMORY = "quoted from memory"
    """Known from the literature but not checked against the text."""
    CONVENTION = "loadmon convention"
    """A product rule of ours without a direct source."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One threshold a clinician could question.

    Parameters
    ----------
    name : str
        What it is, in the field's words.
    value : float
        In ``unit``.
    unit : str
        SI or plain unit.
    grade : Grade
        Where the value comes from.
    source : str
        Author, year and DOI; ``"loadmon convention"`` where it is ours.
    caveat : str
        What it cannot say, in one sentence.
    """

    name: str
    value: float
    unit: str
    grade: Grade
    source: str
    caveat: str


FRANDSEN_2025 = "Frandsen et al. 2025, 10.1136/bjsports-2024-109380"
OURS = "loadmon convention"

SPIKE_SMALL = Evidence(
    "session spike, small",
    10.0,
    "% over the longest run of 30 days",
    Grade.STUDY,
    FRANDSEN_2025,
    "More overuse injuries followed such runs (hazard rate ratio 1.64, 1.31 to 2.05) in one observational study of "
    "5,205 runners, self-reported, 78 % men; it does not tell what will happen to one runner.",
)
SPIKE_MODERATE = Evidence(
    "session spike, moderate",
    30.0,
    "% over the longest run of 30 days",
    Grade.STUDY,
    FRANDSEN_2025,
    "Hazard rate ratio 1.52 (1.16 to 2.00): not higher than for small spikes, so the relation is not a plain dose.",
)
SPIKE_LARGE = Evidence(
    "session spike, large",
    100.0,
    "% over the longest run of 30 days",
    Grade.STUDY,
    FRANDSEN_2025,
    "Hazard rate ratio 2.28 (1.50 to 3.48): a wide range.",
)
SPIKE_WINDOW_DAYS = Evidence(
    "window of the longest run",
    30.0,
    "days",
    Grade.STUDY,
    FRANDSEN_2025,
    "The window the study used; another one may tell more or less.",
)
LAY_OFF_DAYS = Evidence(
    "lay-off",
    14.0,
    "days without running",
    Grade.CONVENTION,
    OURS,
    "The published reference survives a break shorter than 30 days; this rule only adds a note beside it.",
)
SHORT_REFERENCE_M = Evidence(
    "short reference run",
    5000.0,
    "m",
    Grade.CONVENTION,
    OURS,
    "Below it a percentage says little: five minutes more than the longest run is suggested instead.",
)
SHORT_REFERENCE_S = Evidence(
    "short reference run",
    1800.0,
    "s",
    Grade.CONVENTION,
    OURS,
    "Below it a percentage says little: five minutes more than the longest run is suggested instead.",
)
SHORT_STEP_S = Evidence(
    "step up from a short run", 300.0, "s", Grade.CONVENTION, OURS, "A habit of practice, not measured."
)
RETURN_STEP_M = Evidence(
    "step after a return worth a word",
    1000.0,
    "m",
    Grade.CONVENTION,
    OURS,
    "After a lay-off the published reference is a run from before it; a step over the runs since the return is told beside it.",
)
SETTLED_DAYS = Evidence(
    "days until a jump is a habit",
    14.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "A run that was itself over twice as long as anything in the 30 days before is not taken as the measure of the next one for two "
    "weeks; by the published rule alone it would be.",
)
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
USUAL_PACE_DAYS = Evidence(
    "window of the usual pace",
    90.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "The median of all runs, easy and hard together.",
)
LEAST_REFERENCE_M = Evidence(
    "least distance of a reference run",
    500.0,
    "m",
    Grade.CONVENTION,
    OURS,
    "A false start of a few metres is kept as a session, but the next run is not compared with it.",
)
LEAST_DISTANCE_M = Evidence(
    "least distance that was measured",
    1.0,
    "m",
    Grade.CONVENTION,
    OURS,
    "Less than a metre is a watch without a distance, not a short run; it is treated as missing.",
)
SLOWEST_MOVING_MPS = Evidence(
    "slowest that counts as moving",
    0.8,
    "m/s",
    Grade.CONVENTION,
    OURS,
    "A whole run slower than this has lost its distance; it is left out of the usual pace.",
)
FASTEST_RUN_MPS = Evidence(
    "fastest run believed",
    7.5,
    "m/s",
    Grade.CONVENTION,
    OURS,
    "A whole run faster than this is a ride, or its distance or time is wrong; it is left out of the usual pace.",
)

# --- gait: cadence at a common pace ----------------------------------------------------------------------------------
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


def cited() -> list[Evidence]:
    """Every threshold above, for the page and the document that list them."""
    return [value for value in globals().values() if isinstance(value, Evidence)]
