"""What runners answer: how they feel, a health problem's week, how well an injured runner runs; each with its score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from loadmon.questionnaire import UWRI_HIGHEST, UWRI_ITEMS, WELLNESS_ITEMS, HealthProblem, ostrc, uwri, wellness
from loadmon.refusal import Refusal

WELLNESS, PROBLEM, ABILITY, AREA = "wellness", "problem", "ability", "area"
"""``problem`` asks of any health problem of a week (OSTRC-H2), ``area`` the same four of one named area (OSTRC-O2)."""
KINDS = (WELLNESS, PROBLEM, ABILITY, AREA)
PROBLEM_ITEMS = ("participation", "volume", "performance", "symptoms")
"""The four that make the score."""
INJURY, ILLNESS = 1, 2
PROBLEM_MORE: Mapping[str, tuple[int, ...]] = {
    "nature": (INJURY, ILLNESS),
    "days_missed": tuple(range(8)),
    "reported_before": (0, 1),
    "contact": (0, 1),
}
"""What is asked of a problem besides, with the answers there are; it never changes the score, and may be left open."""
ABILITY_ITEMS = tuple(f"item_{n}" for n in range(1, UWRI_ITEMS + 1))
ITEMS: Mapping[str, tuple[str, ...]] = {
    WELLNESS: WELLNESS_ITEMS,
    PROBLEM: (*PROBLEM_ITEMS, *PROBLEM_MORE),
    ABILITY: ABILITY_ITEMS,
    AREA: PROBLEM_ITEMS,
}


class ImpossibleCheckIn(Refusal):
    """Answers that cannot be."""

    name = "impossible check-in"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One answered questionnaire: ``answers`` by the items of its kind, None for what was left open.

    ``area`` says where a problem is, if that was told, and of which area an ``area`` speaks.

    Each problem of a week is a check-in of its own, also on the same day.
    """

    athlete_id: int
    day: date
    kind: str
    answers: Mapping[str, int | None]
    area: str = ""

    @property
    def score(self) -> int | None:
        """Its sum; None where an answer is missing."""
        if self.kind == WELLNESS:
            return wellness(*(self.answers.get(item) for item in WELLNESS_ITEMS))
        if self.kind == ABILITY:
            return uwri([self.answers.get(item) for item in ABILITY_ITEMS])
        return self.problem.score

    @property
    def problem(self) -> HealthProblem:
        """What the four questions of a week's problem come to."""
        participation, *others = (self.answers.get(item) for item in PROBLEM_ITEMS)
        assert participation is not None
        return ostrc(participation, *others)


def checked_check_in(check_in: CheckIn, today: date) -> CheckIn:
    """The same, if it can be.

    Raises
    ------
    ImpossibleCheckIn
        Another kind, an answer outside its range, all open, a day ahead, the first question of a problem's week left open, or
        more said of a problem than there can be.
    """
    if check_in.kind not in ITEMS:
        raise ImpossibleCheckIn("There is no such questionnaire.", "Choose one of those on the page.")
    if check_in.day > today:
        raise ImpossibleCheckIn("That day lies ahead.", "Answer for today or a day before.")
    told = {item: check_in.answers.get(item) for item in ITEMS[check_in.kind]}
    if set(check_in.answers) - set(told) or all(value is None for value in told.values()):
        raise ImpossibleCheckIn("Nothing was answered.", "Answer at least one question.")
    if check_in.kind == AREA and not check_in.area:
        raise ImpossibleCheckIn("Which area it is about was left open.", "Choose the area first.")
    if check_in.kind in (PROBLEM, AREA) and told["participation"] is None:
        raise ImpossibleCheckIn("The first question was left open.", "Say first how far you could take part.")
    if check_in.kind == PROBLEM:
        _more_can_be(told)
    kept = CheckIn(check_in.athlete_id, check_in.day, check_in.kind, told, check_in.area)
    try:
        kept.score  # noqa: B018 the score refuses what lies outside its range
    except ValueError as wrong:
        advice = (
            f"Answers are 0 to {UWRI_HIGHEST}." if check_in.kind == ABILITY else "Answer every question that is asked."
        )
        raise ImpossibleCheckIn(f"These answers make no score: {wrong}.", advice) from None
    return kept


def _more_can_be(told: Mapping[str, int | None]) -> None:
    """Refuse what cannot be said of a problem besides the four questions."""
    more = {item: told[item] for item in PROBLEM_MORE if told[item] is not None}
    if more and told["participation"] == 1:
        raise ImpossibleCheckIn(
            "More was said of a problem, and none was told.",
            "Say first how far it got in the way, or leave the rest open.",
        )
    for item, value in more.items():
        if value not in PROBLEM_MORE[item]:
            words = "Days missed are 0 to 7." if item == "days_missed" else "Choose one of the answers on the page."
            raise ImpossibleCheckIn(f"{value} is no answer to {item.replace('_', ' ')}.", words)
    if more.get("nature") == ILLNESS and "contact" in more:
        raise ImpossibleCheckIn("Contact is asked of injuries only.", "Leave it open for an illness.")
