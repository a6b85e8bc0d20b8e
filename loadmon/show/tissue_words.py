"""What is said of tissues: signs, intervals, how well a number is known, and the sentences of calls and states."""

from __future__ import annotations

from loadmon import evidence
from loadmon.show.finding_words import effect_words
from loadmon.show.words import capital, day_of_year, plural
from loadmon.tissue.acceleration import STATE_WORDS, HistoryState
from loadmon.tissue.call import Calls, TissueCall
from loadmon.tissue.coefficients import Coefficients, TissueCoefficients
from loadmon.tissue.findings import FindingNote
from loadmon.tissue.runner import HEIGHT_ASSUMED, MASS_ASSUMED, habit_level
from loadmon.tissue.sentences import called_sentence, interval_words, percent, probability_words, short_name
from loadmon.tissue.sheet import TissueSheet
from loadmon.tissue.week import TissueSum, TissueWeek
from loadmon.units import NOTHING, Units, is_missing

CALLED, FASTER, SLOWER, ALIKE, UNCERTAIN, UNTOLD = "◆", "↑", "↓", "≈", "?", "○"
SIGN_WORDS: dict[str, str] = {
    CALLED: "named: faster than your steps in 80 of 100 draws or more",
    FASTER: "faster than your steps",
    SLOWER: "slower than your steps",
    ALIKE: "about as your steps",
    UNCERTAIN: "direction uncertain",
    UNTOLD: "cannot be compared yet",
}
"""What each sign on the body map means, the word that stands for the colour."""
GRADE_WORDS = {
    "A": "two or more studies",
    "B": "one study",
    "C": "physics, or taken from another tissue",
    "D": "nearly all assumptions",
}
NONE_STANDS_OUT = "No tissue stands out from your own volume."
WHAT_IT_IS = (
    "Of each run is reckoned what it did to ten tissues of the leg, as kilometres of level running at your usual pace. The map "
    "shows which of them are gaining faster, or slower, than your own steps are: +20 % means that a tissue's last days rose a "
    "fifth more above its own longer average than your steps did."
)
SET_ON_RUNNER = frozenset({HEIGHT_ASSUMED, MASS_ASSUMED})
"""Flags of what can be told on the runner's page."""
_UNTOLD_WORDS = {
    HistoryState.BUILDING: "building history",
    HistoryState.RETURNING: "return from a break",
    HistoryState.AWAY: "no run for weeks",
    HistoryState.COVERAGE: "days missing",
}


def sign_of(call: TissueCall) -> str:
    """The sign that stands on a tissue, to be read without colour."""
    if call.middle is None or call.low is None or call.high is None:
        return UNTOLD
    if call.called:
        return CALLED
    if call.low < 0 < call.high:
        return UNCERTAIN  # before all else: such an interval says nothing of a direction
    if is_small(call):
        return ALIKE
    return FASTER if call.low >= 0 else SLOWER


def is_small(call: TissueCall) -> bool:
    """True where all of a tissue's interval lies within 5 % of the runner's steps, to whichever side."""
    margin = evidence.DIVERGENCE.value / 100.0
    return call.low is not None and call.high is not None and max(abs(call.low), abs(call.high)) < margin


def short_words(call: TissueCall) -> str:
    """What a sign means of one tissue, in a few words; for a called one with its probability."""
    if call.middle is None:
        return _UNTOLD_WORDS[call.state]
    if call.called and call.probability is not None:
        return f"faster than your steps, {probability_words(call.probability)}"
    sign = sign_of(call)
    if sign == UNCERTAIN and is_small(call):
        return f"{SIGN_WORDS[sign]}, within {evidence.DIVERGENCE.value:.0f} % of your steps"
    return SIGN_WORDS[sign]


def map_words(call: TissueCall) -> str:
    """One sentence about a tissue: ``Achilles tendon: +20 % against your steps (+1 to +59): …``."""
    if call.middle is None:
        return f"{call.name}: {STATE_WORDS[call.state]}."
    told = f"{call.name}: {percent(call.middle)} against your steps ({interval_words(call)} %), {short_words(call)}"
    return f"{told}; nearly all assumptions." if call.grade == "D" else f"{told}."


def confidence_words(call: TissueCall) -> str:
    """How well a tissue's numbers are known."""
    return GRADE_WORDS[call.grade]


def headline(calls: Calls) -> str:
    """What stands out on a day, in a sentence or two, or why nothing can be told."""
    if calls.called:
        return called_sentence(calls)
    told = [one for one in calls.tissues if one.ranked and one.middle is not None]
    if told:
        unsure = [one for one in told if sign_of(one) == UNCERTAIN and not is_small(one)]
        if 2 * len(unsure) <= len(told):
            return NONE_STANDS_OUT
        return (
            f"Of {len(unsure)} tissues in {len(told)} not even the direction is certain: whether one stands out cannot be told. "
            "What widens the intervals stands below."
        )
    states = {one.state for one in calls.tissues}
    if HistoryState.AWAY in states:
        return "Nothing was run for three weeks or longer: there is nothing to compare until runs come in again."
    if HistoryState.RETURNING in states:
        return "Back from a break: too little lies behind it to compare tissues with your steps. Each run is still compared."
    if HistoryState.COVERAGE in states:
        return "Too many of the last 28 days are not known to compare tissues with your steps."
    return (
        f"Still building history: tissues are compared with your steps from {evidence.TISSUE_HISTORY_DAYS.value:.0f} days of "
        "record on, bones after six weeks."
    )


def return_words(calls: Calls) -> str:
    """Which tissues are not compared after a break while others are; empty where there is none."""
    back = [one for one in calls.tissues if one.state is HistoryState.RETURNING]
    if not back or len(back) == len(calls.tissues):
        return ""
    return (
        f"Back from a break, and not compared with your steps yet: {', '.join(short_name(one) for one in back)}. "
        "Each run is still compared with those before."
    )


def volume_words(calls: Calls) -> str:
    """How the runner's own steps accelerate, told once and not for every tissue."""
    if calls.volume is None:
        return ""
    return (
        f"Your steps themselves: {percent(calls.volume)} against your longer average, over the days of the slowest tissue; each "
        "tissue is compared with the steps of its own days."
    )


def week_words(week: TissueWeek, units: Units) -> str:
    """What a week was made of: its runs and distance, and of how many of its days nothing is known."""
    if is_missing(week.distance_m):
        return f"{NOTHING}: none of the days of this week is known."
    told = f"{plural(week.runs, 'run')}, {units.distance(week.distance_m)}"
    if week.days_recorded < week.days:
        told += "; the record begins within this week"
    if lost := week.days_recorded - week.days_known:
        told += f"; {plural(lost, 'day')} not known, so the sums are too low"
    if week.usual_weeks:
        told += f". Usual: the least and the most of the same days in the {plural(week.usual_weeks, 'week')} before"
    return f"{told}."


def load_unit(tissue: TissueCoefficients) -> str:
    """The unit of a tissue's load: body weights times seconds, or an index where its force was never measured."""
    return "BW·s" if tissue.unit == "BW" else tissue.unit


def sum_words(one: TissueSum, units: Units) -> str:
    """Damage-equivalent distance with its interval: ``16.2 km (12 to 22)``."""
    if one.low_m is None or one.high_m is None or not one.damage_m:
        return units.distance(one.damage_m)
    low, high = (f"{edge / units.metres:.0f}" for edge in (one.low_m, one.high_m))
    return f"{units.distance(one.damage_m)} ({low} to {high})"


def usual_words(one: TissueSum, units: Units) -> str:
    """The usual of the same days and the change against it, or that there is none."""
    if one.usual_m is None:
        return f"usual {NOTHING}"
    low, high = (f"{edge / units.metres:.0f}" for edge in one.usual_m)
    reach = low if low == high else f"{low} to {high}"
    return f"usual {reach}" + ("" if one.change is None else f", {percent(one.change)}")


def reference_words(sheet: TissueSheet, units: Units) -> str:
    """Whom the runs are told against: the runner's own first hours of level running, or what stands in for them."""
    epoch, hours = sheet.epoch, evidence.REFERENCE_S.value / 3600.0
    if epoch is None:
        return f"Your own speed and cadence are learnt from your first {hours:.0f} hours of level running; these are not full yet."
    on = " on a treadmill" if epoch.treadmill else ""
    return (
        f"Told against your own running{on} from {day_of_year(epoch.first_day)} to {day_of_year(epoch.last_day)} "
        f"({plural(epoch.runs, 'run')}): {units.pace(epoch.speed_mps)} on the level, "
        f"{epoch.cadence_line[0]:.0f} steps a minute at {units.pace(3.0)}. Learnt from the first "
        f"{hours:.0f} hours of level running on record: later runs change nothing, older ones that come in later do."
    )


def habit_words(sheet: TissueSheet, coefficients: Coefficients) -> str:
    """The runner's own cadence beside that of runners of their height; empty where one of the two is not known."""
    level = habit_level(sheet.reference, coefficients)
    if level is None:
        return ""
    told = percent(abs(level - 1.0)).removeprefix("+")
    way = (
        "as many steps a minute as"
        if round(100 * level) == 100
        else f"{told} {'more' if level > 1 else 'fewer'} steps a minute than"
    )
    return f"At your usual speed you take {way} runners of your height do on average; no number here follows from it."


def note_words(note: FindingNote, coefficients: Coefficients) -> str:
    """What a finding that holds does to the numbers, as where it is noted: the tissues, and where it points."""
    return f"{capital(note.name)}. {effect_words(note.finding, coefficients)}"
