"""What is asked in check-ins, in our own words: not the official wording, which belongs to its journals."""

from __future__ import annotations

from collections.abc import Mapping

from loadmon.planning.ability_change import LEAST_CHANGE, LEAST_DIFFERENCE, AbilityChange, Size
from loadmon.planning.check_in import ABILITY_ITEMS, ILLNESS, INJURY, CheckIn
from loadmon.show.words import capital, day_of_year
from loadmon.units import plural

OWN_WORDING = (
    "Our own wording after a published scoring; the official wording is not shipped, and ours was not validated."
)

PROBLEM_QUESTIONS: Mapping[str, tuple[str, tuple[str, str, str, str]]] = {
    "participation": (
        "Could you train as planned in the last seven days, or did your body get in the way?",
        ("fully, without trouble", "fully, but with trouble", "less than planned", "not at all"),
    ),
    "volume": (
        "How far did it change how much or how hard you trained?",
        ("not at all", "a little", "clearly", "very much"),
    ),
    "performance": (
        "How far did it make your running worse?",
        ("not at all", "a little", "clearly", "very much"),
    ),
    "symptoms": ("How strong were the complaints themselves?", ("none", "mild", "moderate", "strong")),
}

MORE_QUESTIONS: Mapping[str, tuple[str, Mapping[int, str]]] = {
    "nature": ("What kind of problem is it?", {INJURY: "an injury or pain", ILLNESS: "an illness"}),
    "days_missed": (
        "On how many of the last seven days could you not train at all for it?",
        {n: str(n) for n in range(8)},
    ),
    "reported_before": ("Did you tell of it here in an earlier week?", {0: "no, it is new", 1: "yes"}),
    "contact": ("Did it come from a fall or a knock?", {0: "no", 1: "yes"}),
}
"""Asked of each problem; may be left open."""

WELLNESS_QUESTIONS: Mapping[str, tuple[str, str, str]] = {
    "sleep": ("Sleep", "very good", "very bad"),
    "fatigue": ("Tiredness", "none", "very much"),
    "stress": ("Stress", "none", "very much"),
    "soreness": ("Sore muscles", "none", "very much"),
}

ABILITY_QUESTIONS: Mapping[str, tuple[str, str, str]] = dict(
    zip(
        ABILITY_ITEMS,
        (
            ("Everyday things such as stairs or standing", "cannot", "as before"),
            ("How much not running as before weighs on you", "very much", "not at all"),
            ("How far you feel you have recovered", "not at all", "fully"),
            ("Pain while running", "very strong, or cannot run", "none"),
            ("Pain in the day after running", "very strong, or cannot run", "none"),
            ("How much you can run in a week", "nothing", "as before"),
            ("How long your longest run can be", "nothing", "as before"),
            ("How fast you can run", "cannot run", "as before"),
            ("How sure you are that you can do more", "not at all", "fully"),
        ),
        strict=True,
    )
)


def problem_words(score: int, *, substantial: bool) -> str:
    """What the answers of a week come to, in a sentence."""
    if score == 0:
        return "0 of 100: no trouble this week."
    more = " A clear hindrance by the published rule." if substantial else ""
    return f"{score} of 100, where 100 is no training at all.{more}"


def problem_line(check_in: CheckIn) -> str:
    """One problem of a week in a sentence: what and where, what it comes to, and what else was said of it."""
    found, told = check_in.problem, check_in.answers
    nature = {INJURY: "injury", ILLNESS: "illness"}.get(told.get("nature") or 0, "")
    what = ", ".join(word for word in (check_in.area, nature) if word)
    said = []
    if (days := told.get("days_missed")) is not None:
        said.append(f"{plural(days, 'day')} missed")
    if (before := told.get("reported_before")) is not None:
        said.append("told of before" if before else "new")
    if (contact := told.get("contact")) is not None:
        said.append("from a fall or a knock" if contact else "without a fall or a knock")
    more = f" {capital(', '.join(said))}." if said else ""
    return f"{capital(what) + ': ' if what else ''}{problem_words(found.score, substantial=found.substantial)}{more}"


def change_words(change: AbilityChange) -> str:
    """A change of running after an injury beside the published limits."""
    since = f"since {day_of_year(change.since)}"
    if change.points == 0:
        return f"The same as on {day_of_year(change.since)}."
    way = "more" if change.points > 0 else "fewer"
    beside = {
        Size.SMALL: f"less than the {LEAST_CHANGE} published as the smallest important change, so it may be chance",
        Size.IMPORTANT: f"at least the {LEAST_CHANGE} published as the smallest important change, under the {LEAST_DIFFERENCE} "
        "of a clinically important one",
        Size.CLINICAL: f"at least the {LEAST_DIFFERENCE} published as the smallest clinically important difference",
    }[change.size]
    return f"{plural(abs(change.points), 'point')} {way} {since}: {beside}."


CHANGE_NOTE = (
    "The limits (Nelson et al. 2020) were found with the official wording, 12 weeks apart, in runners who had physiotherapy: "
    "beside our wording they are a guide and no verdict."
)


def wellness_words(total: int, against: float | None, days: int) -> str:
    """How somebody feels, against their own middle of the last four weeks."""
    told = f"{total} of 28, where 4 is best."
    if against is None:
        return f"{told} Against your own usual it is told from 7 days on ({days} so far)."
    if against == 0:
        return f"{told} That is your own middle of the last 28 days."
    return f"{told} That is {abs(against):g} {'worse' if against > 0 else 'better'} than your own middle of the last 28 days."
