"""What is asked in check-ins, in our own words: not the official wording, which belongs to its journals."""

from __future__ import annotations

from collections.abc import Mapping

from loadmon.planning.check_in import ABILITY_ITEMS

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


def wellness_words(total: int, against: float | None, days: int) -> str:
    """How somebody feels, against their own middle of the last four weeks."""
    told = f"{total} of 28, where 4 is best."
    if against is None:
        return f"{told} Against your own usual it is told from 7 days on ({days} so far)."
    if against == 0:
        return f"{told} That is your own middle of the last 28 days."
    return f"{told} That is {abs(against):g} {'worse' if against > 0 else 'better'} than your own middle of the last 28 days."
