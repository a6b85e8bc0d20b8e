"""Scores of questionnaires, and days lost to an injury."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from loadmon.injury import Injury, time_loss_bin
from loadmon.questionnaire import ostrc, uwri
from tests.paths import oracle


def case(name: str) -> dict[str, Any]:
    cases = json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]
    return next(one for one in cases if one["id"] == name)


def test_health_problems_as_worked() -> None:
    worked = case("ostrc_h2")
    for given, expected in zip(worked["inputs"], worked["expected"], strict=True):
        found = ostrc(*(given.get(f"q{n}") for n in range(1, 5)))
        for name in ("score", "problem", "substantial", "time_loss"):
            assert getattr(found, name) == expected.get(name, getattr(found, name)), (given, name)


def test_health_problems() -> None:
    assert (ostrc(1).score, ostrc(4).score, ostrc(2, 1, 1, 2).score, ostrc(3, 4, 4, 4).score) == (0, 100, 16, 92)
    assert ostrc(4).time_loss
    assert not ostrc(3, 2, 2, 4).substantial
    assert ostrc(2, 3, 1, 1).substantial
    assert ostrc(2, 1, 3, 1).substantial
    with pytest.raises(ValueError, match="all four"):
        ostrc(2, 1)
    with pytest.raises(ValueError, match="1 to 4"):
        ostrc(5)


def test_running_after_injury() -> None:
    assert uwri([4] * 9) == 36
    assert uwri([2, 1, 2, 3, 2, 1, 1, 2, 1]) == 15
    assert uwri([2, 1, 2, 3, None, 1, 1, 2, 1]) is None
    with pytest.raises(ValueError, match="9 answers"):
        uwri([4] * 8)


def test_running_after_injury_as_worked() -> None:
    worked = case("uwri")
    assert [uwri(given["items"]) for given in worked["inputs"]] == [one["score"] for one in worked["expected"]]


def test_days_lost_as_worked() -> None:
    worked = case("time_loss")
    for given, expected in zip(worked["inputs"], worked["expected"], strict=True):
        injury = Injury(1, date.fromisoformat(given["onset"]), date.fromisoformat(given["return_full"]), "foot")
        assert injury.time_loss_days == expected["days"]
        assert time_loss_bin(injury.time_loss_days) == expected["bin"]


def test_days_lost() -> None:
    began = date(2025, 4, 1)
    assert Injury(1, began, None, "foot").time_loss_days is None
    assert Injury(1, began, date(2025, 4, 9), "foot").time_loss_days == 7
    assert [time_loss_bin(days) for days in (0, 1, 7, 8, 28, 29)] == ["0", "1-7", "1-7", "8-28", "8-28", ">28"]
