"""What is asked in check-ins, in our own words: not the official wording, which belongs to its journals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from loadmon.planning.ability_change import LEAST_CHANGE, LEAST_DIFFERENCE, AbilityChange, Size
from loadmon.planning.check_in import ABILITY, ABILITY_ITEMS, AREA, ILLNESS, INJURY, PROBLEM, WELLNESS, CheckIn
from loadmon.show.words import capital, day_of_year, moment_words
from loadmon.store.access import Role
from loadmon.store.tellings import Telling
from loadmon.units import plural

NAMES: Mapping[str, str] = {WELLNESS: "How it felt", PROBLEM: "The week", ABILITY: "Running again", AREA: "One area"}
TOLD_BY: Mapping[Role, str] = {
    Role.OWNER: "at this machine",
    Role.RUNNER: "by the runner",
    Role.COACH: "by a coach",
    Role.CLINICIAN: "by a clinician",
}

OWN_WORDING = (
    "Our own wording after a published scoring; the official wording is not shipped, and ours was not validated."
)

Asked = tuple[str, tuple[str, ...]]
"""A question and its four answers, the first counting least."""

PROBLEM_QUESTIONS: Mapping[str, Asked] = {
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

AREA_QUESTIONS: Mapping[str, Asked] = {
    "participation": (
        "Could you train as planned in the last seven days, or did trouble there ({area}) get in the way?",
        PROBLEM_QUESTIONS["participation"][1],
    ),
    "volume": (
        "How far did trouble there ({area}) change how much or how hard you trained?",
        PROBLEM_QUESTIONS["volume"][1],
    ),
    "performance": ("How far did trouble there ({area}) make your running worse?", PROBLEM_QUESTIONS["performance"][1]),
    "symptoms": ("How strong was the pain there ({area})?", PROBLEM_QUESTIONS["symptoms"][1]),
}
"""The same four of one named area, told of trouble there alone."""

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


def area_line(check_in: CheckIn) -> str:
    """What the week was like for one area, in a sentence."""
    found = check_in.problem
    return f"{capital(check_in.area)} by itself: {problem_words(found.score, substantial=found.substantial)}"


def told_words(telling: Telling, zone: str | None) -> str:
    """Who told something and when, by the runner's own clock: ``told 17 May 2026, 18:05 by the runner``."""
    return f"told {moment_words(telling.at, zone)}" + ("" if telling.role is None else f" {TOLD_BY[telling.role]}")


def check_in_line(check_in: CheckIn) -> str:
    """An answered questionnaire in a line: what it asked, of which day, what it came to."""
    what = NAMES[check_in.kind]
    if check_in.kind == AREA:
        what = f"{capital(check_in.area)} by itself"
    score = "an answer is missing, so no sum" if check_in.score is None else f"{check_in.score}"
    where = f" ({check_in.area})" if check_in.kind == PROBLEM and check_in.area else ""
    return f"{what}{where}, {day_of_year(check_in.day)}: {score}"


def reminder_words(last: date | None, today: date) -> str:
    """That the week's questions are open, and since when."""
    if last is None:
        return "The four questions about the week are open: nobody answered them here yet."
    return f"The four questions about the week are open: last answered {plural((today - last).days, 'day')} ago."


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
