"""A measure: one number with its unit, its definition and, where it cannot be given, the reason why."""

from __future__ import annotations

import math
from dataclasses import dataclass

from loadmon import evidence
from loadmon.units import Units, duration

METHOD_VERSION = "1"
"""Changes whenever a definition of this room changes; kept beside every number that is stored."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number about a runner's load, or the reason why there is none.

    Parameters
    ----------
    value : float | None
        In ``unit``; None whenever the number would mean nothing. Never NaN, never infinite, never 0 for "unknown".
    unit : str
        ``"ratio"``, ``"m"``, ``"s"``, ``"%"``, ``"spm"``.
    reason : str | None
        Short stable code of ``REASON_WORDS``; set exactly where ``value`` is None.
    provisional : bool
        True where it rests on less than the full, known history.
    n_days : int
        Calendar days of history up to the day it holds for.
    coverage : float | None
        Known share of the worst covered window, 0 to 1; None where no window is involved.
    definition : str
        What exactly was computed; it stands on the label.
    notes : tuple of str
        Codes of things to say beside the number, e.g. ``"after lay-off"``.

    Raises
    ------
    ValueError
        If a value is not finite, or value and reason are both given or both missing.
    """

    value: float | None
    unit: str
    reason: str | None
    provisional: bool
    n_days: int
    coverage: float | None
    definition: str
    notes: tuple[str, ...] = ()
    method_version: str = METHOD_VERSION

    def __post_init__(self) -> None:
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError(f"a measure is a number or None, not {self.value}")
        if (self.value is None) == (self.reason is None):
            raise ValueError("a measure has a value or a reason, one of the two")


NO_SESSIONS = "no sessions"
NO_RUN_30_DAYS = "no run in 30d"
WALKED = "mostly walked"
HISTORY_7 = "history<7d"
HISTORY_14 = "history<14d"
HISTORY_28 = "history<28d"
HISTORY_30 = "history<30d"
COVERAGE = "coverage"
CHRONIC_FLOOR = "chronic<floor"
PREVIOUS_ZERO = "previous=0"
WEEK_RUNNING = "week running"
NO_WEEK_BEFORE = "no whole week before"
WEEKS_UNKNOWN = "weeks unknown"
HISTORY_WINDOW = "history<window"
NO_LOAD = "no_load"
SD_ZERO = "sd_zero"
INCOMPLETE_WEEK = "incomplete_week"
BAND_OPEN = "band open"
DISTANCE_MISSING = "distance missing"
INJURY_OPEN = "injury open"
ON_PLAN = "on a return plan"
PAIN_TOLD = "pain told"
PROBLEM_TOLD = "problem told"
IN_LAY_OFF = "in a lay-off"
JUST_BACK = "back from injury"
TOO_FEW_WINDOWS = "windows<4"
TOO_FEW_RUNS = "runs<8"
TREND_TOO_SHORT = "trend<21d"
SILENT = "silent"
ALTITUDE_SATELLITES = "altitude from satellites"
NO_ALTITUDE = "no altitude"
INDOORS = "indoors"
NO_HEART_RATE = "no heart rate"
HEART_RATE_SPARSE = "heart rate<80%"
NO_SPEED = "no speed"
DECOUPLING_SHORT = "running<30min"
PACE_UNEVEN = "pace uneven"
WINDOWS_6 = "windows<6"
MISSING_CONTACT = "missing_gct"
NO_CADENCE = "no cadence"
NO_FLIGHT = "flight<=0"
CONTACT_TOO_LONG = "contact too long"
WALKING = "walking"
STEEP = "grade>2%"
NO_MASS = "no mass"
NO_LEG_LENGTH = "no leg length"
NOT_MEASURED = "not measured"
MEASURED_LITTLE = "measured<2min"
OWN_RUNS = "own runs<8"
OWN_ALIKE = "own spread=0"
DEVICE_NEW = "device new"
SPEED_DIFFERS = "speed differs"
MEAN_HEART_RATE = "mean heart rate only"
HEIGHTS_WRONG = "heights wrong"
SPEED_COVERAGE = "speed<80%"
NO_POWER = "no power"
NO_EFFORT = "no effort"
EFFORT_RANGE = "effort outside 0-10"
EFFORT_ZERO = "effort=0"
NO_DURATION = "no duration"
NOT_A_RUN = "not a run"
NOT_COUNTED = "not counted"
NO_MAX_HEART_RATE = "no max heart rate"
NO_REST_HEART_RATE = "no resting heart rate"
HEART_RATE_LIMITS = "max heart rate<=resting"
THRESHOLD_HEART_RATE_RANGE = "threshold heart rate out of range"
HEART_AT_REST = "heart rate<=resting"
NO_FIRST_THRESHOLD = "no first threshold heart rate"
NO_SECOND_THRESHOLD = "no second threshold heart rate"
THRESHOLDS_ORDER = "second threshold<=first"
NO_THRESHOLD_SPEED = "no threshold speed"
NO_CRITICAL_POWER = "no critical power"
NO_LOAD_METHOD = "no way to tell load"
NO_SAMPLES = "no samples"
FACTS_WAIT = "facts wait"
HEART_RATE_LEFT_OUT = "heart rate left out"
HEART_RATE_PART_LEFT_OUT = "heart rate left out in part"
CADENCE_LEFT_OUT = "cadence left out"
SPEED_LEFT_OUT = "speed left out"
ALTITUDE_LEFT_OUT = "altitude left out"
POWER_LEFT_OUT = "power left out"
CHANNEL_LEFT_OUT = "channel left out"
_BACK = "Undo that under “Put this recording right” if it is to count."

REASON_WORDS: dict[str, str] = {
    NO_SESSIONS: "No session has been imported yet. It will be here after the first import.",
    WALKED: "More than half of this was walked: load is told, damage is not.",
    NO_RUN_30_DAYS: "No run in the last {spike_days:.0f} days, so there is nothing to compare with. "
    "It will be here after the next run.",
    HISTORY_7: "This needs 7 days of history{so_far}.",
    HISTORY_14: "This needs 14 days of history{so_far}.",
    HISTORY_28: "This needs {history:.0f} days of history{so_far}.",
    HISTORY_30: "This compares with the {spike_days:.0f} days before, and the history begins later{so_far}.",
    COVERAGE: "Too many days are declared missing or lack {lacking}{known}; at least {coverage:.0f} % must be "
    "known. It comes back by itself as those days pass, or {cure}.",
    CHRONIC_FLOOR: "The weeks before held less than {floor} a week; dividing by so little gives numbers that mean nothing. "
    "It comes back as usual weeks do.",
    HISTORY_WINDOW: "The record is shorter than the days that are compared{so_long}. It will be here as the record grows.",
    NO_LOAD: "All seven days are without load, so there is nothing that could be alike or varied. It will be here after "
    "the next run.",
    SD_ZERO: "The load was the same on all seven days: it does not vary at all, and dividing by no spread has no result.",
    INCOMPLETE_WEEK: "This needs seven whole days in a row that are over and known; a day here is not over, is declared "
    "missing, lies before the record, or lacks {lacking}. It comes back with the next seven such days.",
    BAND_OPEN: "The weeks before hold so few runs that the band has no end; it comes back with more of them.",
    PREVIOUS_ZERO: "Nothing was run in the 7 days before, so there is no change to tell in percent.",
    WEEK_RUNNING: "The week is still running; its change against the week before is told when it is over.",
    NO_WEEK_BEFORE: "The record holds no whole week before this one; from the week after its second whole week on it does.",
    WEEKS_UNKNOWN: "Too many days of this week or the one before are declared missing or lack {lacking}; the change is here as "
    "soon as their sessions are added.",
    DISTANCE_MISSING: "The distance of this run is missing, so this cannot be told; the next run with a distance has it again.",
    ON_PLAN: "A plan of a return to running stands: the next run follows it, not the longest run so far.",
    PAIN_TOLD: "Pain of 6 or more, or a sign that stops running, was told within 7 days: how that is comes before any distance.",
    PROBLEM_TOLD: "A health problem that kept from all training was told within 7 days: how that is comes before any distance.",
    INJURY_OPEN: "An injury is open: the next run follows the clinician's plan, not the longest run so far.",
    IN_LAY_OFF: "No run for {lay_off:.0f} days or more: runs from before the break are no measure for the first one after "
    "it. Begin short and easy; the next figure follows from that run.",
    JUST_BACK: "Just back from an injury: runs from before it are no measure for the first one after it. Begin short and "
    "easy; the next figure follows from that run.",
    TOO_FEW_WINDOWS: "Less than two minutes of this run were steady enough (even pace, near flat, after the first 5 minutes).",
    TOO_FEW_RUNS: "A trend needs {trend_runs:.0f} runs with a cadence within {trend_days:.0f} days.",
    TREND_TOO_SHORT: "A trend needs runs that lie {trend_span:.0f} days or more apart; it will be here as they come in.",
    SILENT: "No session for {silent:.0f} days or more. Rest, illness, injury and a watch that was not synced look alike "
    "from here: ask, or import the missing files.",
    ALTITUDE_SATELLITES: "The file does not say that its heights came from a barometer; satellites' own heights wander by "
    "metres, so pace is not adjusted for slopes. The watch's own FIT file of this run would allow it.",
    NO_ALTITUDE: "The file holds too few heights to tell how steep the run was, so pace is not adjusted for slopes.",
    INDOORS: "Indoors the watch does not know how steep the treadmill stands, so pace is taken as on the flat.",
    NO_HEART_RATE: "Heart rate was not recorded. It takes a watch or strap that measures it.",
    HEART_RATE_SPARSE: "Heart rate was recorded, but in less than {heart:.0f} % of this session. Wear the strap or the watch "
    "tighter and look at the next one.",
    NO_SPEED: "Speed was not recorded and there are no positions or distances to make it from, so this cannot be told.",
    DECOUPLING_SHORT: "This needs {decoupling_min:.0f} minutes of running after the first {decoupling_warm:.0f}; the next "
    "run that is long enough has it.",
    PACE_UNEVEN: "The pace changed too much in this run (intervals, hills, walking breaks) for its halves to be compared; "
    "the next even run has it.",
    WINDOWS_6: "Less than three minutes of this run were steady enough (even pace, near flat, after the first 5 minutes).",
    MISSING_CONTACT: "The watch did not measure ground contact. It takes a watch, strap or pod that measures running "
    "dynamics.",
    NO_FLIGHT: "By the watch's figures both feet never left the ground together, so this was no running step, or contact "
    "time is wrong.",
    NO_CADENCE: "The watch did not measure cadence, so the time of a step is not known.",
    CONTACT_TOO_LONG: "By the watch's figures the foot stands longer than a leg of this length can reach at this speed: "
    "contact time, speed or the leg length on the page Runner is wrong.",
    WALKING: "Slower than {running:.1f} m/s is taken as walking, for which this formula does not hold.",
    STEEP: "Too little of this run was flat: the formula holds on slopes of at most {flat:.0f} %.",
    NO_MASS: "This needs the runner's body mass: set it on the page Runner.",
    NO_LEG_LENGTH: "This needs the runner's leg length, or height to estimate it from: set it on the page Runner.",
    NOT_MEASURED: "The watch measured nothing of this in the steady minutes of the run. It takes a watch, strap or pod that "
    "measures running dynamics.",
    MEASURED_LITTLE: "The watch measured this in less than two of the steady minutes of the run; look at how strap or pod sit, "
    "and at the next run.",
    OWN_RUNS: "A comparison needs {own_runs:.0f} earlier runs with this figure within {own_days:.0f} days, with the same "
    "watch and on the same surface. It will be here as they come in.",
    OWN_ALIKE: "More than half of the runs before have the same value, so any difference at all would look unusual; nothing is "
    "said of this run. A comparison comes back as the runs differ.",
    DEVICE_NEW: "The watch changed, and two watches do not measure alike. A comparison comes back after {own_runs:.0f} runs "
    "with the new one.",
    SPEED_DIFFERS: "This changes with speed, and this run was faster or slower than the runs before. How it changes with "
    "speed is learnt from more runs at different speeds.",
    MEAN_HEART_RATE: "Only a mean heart rate is known of this session, and easy and hard minutes weigh differently. Where the "
    "original file is kept, loadmon recompute brings the whole course.",
    HEIGHTS_WRONG: "By the file's heights much of this run would have been faster than anybody runs, so they are wrong and "
    "pace is not adjusted for slopes.",
    SPEED_COVERAGE: "Speed is missing for more than a fifth of this session; what is left does not speak for the whole.",
    NO_POWER: "Power was not recorded, or in less than four fifths of this session. It takes a watch or foot pod that "
    "measures it.",
    NO_EFFORT: "Nobody has said how hard this session was. Say it on the session's page, from 0 to 10.",
    EFFORT_RANGE: "The effort told for this session is not on the scale of 0 to 10. Say it anew on the session's page.",
    EFFORT_ZERO: "The effort told for this session is 0, which is rest; a session is not counted as rest by that. Say it anew "
    "on the session's page.",
    NO_DURATION: "The session holds no duration. Give it in the table it came from, and import that again.",
    NOT_A_RUN: "This is told of runs only: pace, power and steps of other sports mean something else.",
    NOT_COUNTED: "This is not worked out for a session that does not count, such as the second recording of one run. Open the "
    "one that counts.",
    NO_MAX_HEART_RATE: "This needs the runner's maximum heart rate on that day: set it on the page Runner.",
    NO_REST_HEART_RATE: "This needs the runner's resting heart rate on that day: set it on the page Runner.",
    HEART_RATE_LIMITS: "The maximum heart rate that held on that day is not above the resting one: correct them on the page "
    "Runner.",
    THRESHOLD_HEART_RATE_RANGE: "The threshold heart rate that held on that day does not lie between the resting and the "
    "maximum one: correct it on the page Runner.",
    HEART_AT_REST: "By the resting heart rate that held on that day the heart never worked in this session: correct it on the "
    "page Runner.",
    NO_FIRST_THRESHOLD: "This needs the heart rate at the first measured threshold: set it on the page Runner. It is not "
    "estimated.",
    NO_SECOND_THRESHOLD: "This needs the heart rate at the second measured threshold: set it on the page Runner. It is not "
    "estimated.",
    THRESHOLDS_ORDER: "The second threshold heart rate is not above the first: correct them on the page Runner.",
    NO_THRESHOLD_SPEED: "This needs the runner's threshold speed on that day (what can be held for about an hour): set it on "
    "the page Runner.",
    NO_CRITICAL_POWER: "This needs the runner's critical power on that day: set it on the page Runner.",
    NO_LOAD_METHOD: "None of the ways chosen for this runner can tell the load of this session; each says why. Saying how hard "
    "it was on the session's page is the quickest way.",
    NO_SAMPLES: "This session came without samples, as a row of a table does. What it did to tissues takes speed, slope and "
    "cadence from moment to moment: import the watch's own file of this run.",
    FACTS_WAIT: "loadmon was updated, and this session has yet to be brought up to date. That happens by itself; loadmon "
    "recompute does it at once.",
    HEART_RATE_LEFT_OUT: f"Heart rate was left out of this recording by a correction. {_BACK}",
    HEART_RATE_PART_LEFT_OUT: "Heart rate was left out by a correction where it was the cadence, and what is left is too little "
    f"to tell this. {_BACK}",
    CADENCE_LEFT_OUT: f"Cadence was left out of this recording by a correction. {_BACK}",
    SPEED_LEFT_OUT: f"Speed or distance was left out of this recording by a correction. {_BACK}",
    ALTITUDE_LEFT_OUT: "Altitude was left out of this recording by a correction, so pace is not adjusted for slopes. "
    f"{_BACK}",
    POWER_LEFT_OUT: f"Power was left out of this recording by a correction. {_BACK}",
    CHANNEL_LEFT_OUT: f"What this is made of was left out of this recording by a correction. {_BACK}",
}
"""Every reason code in words: what is missing, and what to do or when the number will be there."""

LOAD_UNITS = {"distance": "m", "moving minutes": "s", "effort × minutes": "au", "load points": "points",
              "heart-rate load": "trimp", "steps": "steps"}  # fmt: skip
"""Unit of each kind of load by the name that ends a definition."""

_LACKING = {
    "m": "a distance",
    "s": "a time",
    "au": "an answer to how hard the run was",
    "points": "everything that points could be made from",
    "trimp": "heart rate, or its resting or maximal value (set them on the page Runner)",
    "steps": "a cadence",
}

_CURE = "at once if their sessions are added"
_CURES = {
    "au": "at once if it is said how hard those runs were, from 0 to 10 on each one's page, and missing sessions are added",
}
"""What brings a figure back sooner than time does: for most loads the sessions, for this one what people tell."""

_NEEDED = {HISTORY_7: 7, HISTORY_14: 14, HISTORY_28: int(evidence.MINIMUM_HISTORY_DAYS.value),
           HISTORY_30: int(evidence.SPIKE_WINDOW_DAYS.value)}  # fmt: skip


def reason_words(
    code: str, *, n_days: int = 0, coverage: float | None = None, unit: str = "m", units: Units | None = None
) -> str:
    """Why a number is missing, in words a runner can act on.

    Parameters
    ----------
    code : str
        A key of ``REASON_WORDS``.
    n_days : int
        Days of history so far.
    coverage : float | None
        Known share of the window.
    unit : str
        Unit of the load that the number is about, as ``LOAD_UNITS`` has them.
    units : Units | None
        How the reader wants distances; kilometres if not given.
    """
    lacking, are = _NEEDED.get(code, 0) - n_days, "is" if n_days == 1 else "are"
    in_days = f"; there {are} {n_days}, so it will be here in {_days(lacking)}"
    return REASON_WORDS[code].format(
        so_far=in_days if n_days > 0 and lacking > 0 else "",
        known="" if coverage is None else f" ({100 * coverage:.0f} % known)",
        floor=_floor(unit, units or Units()),
        lacking=_LACKING[unit],
        cure=_CURES.get(unit, _CURE),
        so_long=f" (there {are} {_days(n_days)})" if n_days > 0 else "",
        history=evidence.MINIMUM_HISTORY_DAYS.value,
        coverage=100 * evidence.MINIMUM_COVERAGE.value,
        spike_days=evidence.SPIKE_WINDOW_DAYS.value,
        lay_off=evidence.LAY_OFF_DAYS.value,
        trend_runs=evidence.CADENCE_TREND_RUNS.value,
        trend_days=evidence.CADENCE_TREND_DAYS.value,
        trend_span=evidence.CADENCE_TREND_SPAN.value,
        silent=evidence.SILENT_DAYS.value,
        heart=100 * evidence.HEART_RATE_COVERAGE.value,
        decoupling_min=evidence.DECOUPLING_LEAST_S.value / 60,
        decoupling_warm=evidence.DECOUPLING_WARM_UP_S.value / 60,
        running=evidence.CADENCE_SLOWEST_MPS.value,
        flat=100 * evidence.FLAT_GRADE.value,
        own_runs=evidence.OWN_RUNS.value,
        own_days=evidence.OWN_DAYS.value,
    )


def reason_sentence(measure: Measure, units: Units | None = None) -> str:
    """Why a measure has no value and when it will have one; empty where it has one."""
    if measure.reason is None:
        return ""
    unit = next((unit for name, unit in LOAD_UNITS.items() if measure.definition.endswith(name)), "m")
    return reason_words(measure.reason, n_days=measure.n_days, coverage=measure.coverage, unit=unit, units=units)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _floor(unit: str, units: Units) -> str:
    """The least usual load of a week for a ratio, in words."""
    if unit == "s":
        return duration(evidence.CHRONIC_FLOOR_S_PER_WEEK.value)
    if unit == "m":
        return units.distance(evidence.CHRONIC_FLOOR_M_PER_WEEK.value)
    counted = {
        "au": (evidence.CHRONIC_FLOOR_AU_PER_WEEK, "effort × minutes"),
        "points": (evidence.CHRONIC_FLOOR_POINTS_PER_WEEK, "points"),
        "trimp": (evidence.CHRONIC_FLOOR_TRIMP_PER_WEEK, "TRIMP"),
        "steps": (evidence.CHRONIC_FLOOR_STEPS_PER_WEEK, "steps"),
    }
    floor, word = counted[unit]
    return f"{floor.value:,.0f} {word}"
