"""What check-ins come to, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from loadmon.planning.ability_change import AbilityChange
from loadmon.planning.check_in import PROBLEM_MORE, CheckIn
from loadmon.show.check_in_words import (
    MORE_QUESTIONS,
    area_line,
    change_words,
    check_in_line,
    problem_line,
    reminder_words,
    told_words,
)
from loadmon.store.access import Role
from loadmon.store.tellings import Telling

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


def test_an_answer_is_told_in_a_line_with_who_told_it_and_when() -> None:
    area = CheckIn(1, DAY, "area", {"participation": 2, "volume": 3, "performance": 1, "symptoms": 2}, "knee")
    assert check_in_line(area) == "Knee by itself, 2 Jun 2025: 33"
    assert area_line(area).startswith("Knee by itself: 33 of 100")
    assert check_in_line(CheckIn(1, DAY, "problem", {"participation": 4}, "calf")) == "The week (calf), 2 Jun 2025: 100"
    open_ = CheckIn(1, DAY, "wellness", {"sleep": 2})
    assert check_in_line(open_) == "How it felt, 2 Jun 2025: an answer is missing, so no sum"
    at = datetime(2025, 6, 2, 22, 30, tzinfo=UTC)
    assert told_words(Telling(at, Role.RUNNER), "Europe/Zurich") == "told 3 Jun 2025, 00:30 by the runner"
    assert told_words(Telling(at, None), None) == "told 2 Jun 2025, 22:30 UTC"


def test_the_week_is_reminded_of() -> None:
    assert reminder_words(DAY, DAY + timedelta(days=8)).endswith("last answered 8 days ago.")
    assert reminder_words(None, DAY).endswith("nobody answered them here yet.")


def test_every_question_offers_the_answers_there_are() -> None:
    assert {item: tuple(answers) for item, (_, answers) in MORE_QUESTIONS.items()} == PROBLEM_MORE


def test_a_change_is_told_beside_the_published_limits() -> None:
    assert change_words(AbilityChange(DAY, 4)).startswith("4 points more since 2 Jun 2025: less than the 5")
    assert "at least the 5" in change_words(AbilityChange(DAY, -6))
    assert change_words(AbilityChange(DAY, -6)).startswith("6 points fewer since")
    assert "at least the 8" in change_words(AbilityChange(DAY, 8))
    assert change_words(AbilityChange(DAY, 0)) == "The same as on 2 Jun 2025."
