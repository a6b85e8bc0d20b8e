"""The bench of budgets says which are exceeded, by its table and by its exit code."""

from __future__ import annotations

import pytest

from tests.bench.budgets.__main__ import tell
from tests.bench.budgets.budget import Measured, measured, nearest

WITHIN, OVER = Measured("within", 2.0, 1.0), Measured("over", 0.5, 0.6)


def test_all_within_their_limits(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell([WITHIN, WITHIN]) == 0
    told = capsys.readouterr().out
    assert told.count("50%") == 2
    assert "EXCEEDED" not in told


def test_one_over_its_limit_is_told_and_ends_in_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell([OVER, WITHIN]) == 1
    (line,) = (line for line in capsys.readouterr().out.splitlines() if "EXCEEDED" in line)
    assert line.split()[:4] == ["over", "0.50", "0.600", "120%"]


def test_of_many_cases_the_one_nearest_to_its_own_limit_counts() -> None:
    assert nearest([WITHIN, OVER, Measured("longest", 9.0, 3.0)]) == OVER


def test_the_work_is_done_as_often_as_asked() -> None:
    done: list[int] = []
    assert measured("work", 1.0, lambda: done.append(1), 4).spent_s >= 0
    assert len(done) == 4
