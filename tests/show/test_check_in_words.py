"""What check-ins come to, in words."""

from __future__ import annotations

from datetime import date

from loadmon.planning.ability_change import AbilityChange
from loadmon.planning.check_in import PROBLEM_MORE, CheckIn
from loadmon.show.check_in_words import MORE_QUESTIONS, change_words, problem_line

DAY = date(2025, 6, 2)


def test_a_problem_is_told_with_what_was_said_of_it_and_nothing_that_was_left_open() -> None:
    four: dict[str, int | None] = {"participation": 2, "volume": 3, "performance": 1, "symptoms": 2}
    more = {"nature": 1, "days_missed": 1, "reported_before": 1, "contact": 0}
    assert problem_line(CheckIn(1, DAY, "problem", {**four, **more}, "knee")) == (
        "Knee, injury: 33 of 100, where 100 is no training at all. A clear hindrance by the published rule. "
        "1 day missed, told of before, without a fall or a knock."
    )
    assert problem_line(CheckIn(1, DAY, "problem", four)).endswith("by the published rule.")
    ill = CheckIn(1, DAY, "problem", {"participation": 4, "nature": 2, "days_missed": 0, "contact": None})
    assert problem_line(ill).startswith("Illness: 100 of 100")
    assert problem_line(ill).endswith("0 days missed.")
    assert problem_line(CheckIn(1, DAY, "problem", {"participation": 1})) == "0 of 100: no trouble this week."


def test_every_question_offers_the_answers_there_are() -> None:
    assert {item: tuple(answers) for item, (_, answers) in MORE_QUESTIONS.items()} == PROBLEM_MORE


def test_a_change_is_told_beside_the_published_limits() -> None:
    assert change_words(AbilityChange(DAY, 4)).startswith("4 points more since 2 Jun 2025: less than the 5")
    assert "at least the 5" in change_words(AbilityChange(DAY, -6))
    assert change_words(AbilityChange(DAY, -6)).startswith("6 points fewer since")
    assert "at least the 8" in change_words(AbilityChange(DAY, 8))
    assert change_words(AbilityChange(DAY, 0)) == "The same as on 2 Jun 2025."
