"""Running after an injury against what was answered before: the published limits at their edges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loadmon.planning.ability_change import AbilityChange, Size, ability_changes

DAY = date(2025, 6, 2)


def on(n: int) -> date:
    return DAY + timedelta(days=n)


@pytest.mark.parametrize(
    ("points", "size"),
    [
        (0, Size.SMALL), (4, Size.SMALL), (-4, Size.SMALL), (5, Size.IMPORTANT), (-7, Size.IMPORTANT),
        (8, Size.CLINICAL), (-8, Size.CLINICAL), (36, Size.CLINICAL),
    ],
)  # fmt: skip
def test_a_change_lies_to_the_limits(points: int, size: Size) -> None:
    assert AbilityChange(DAY, points).size is size


def test_the_last_is_compared_with_the_one_before_and_the_first_of_twelve_weeks() -> None:
    sums = {on(-85): 2, on(-84): 10, on(-30): 25, on(-7): 20, on(0): 24}
    assert ability_changes(sums) == (AbilityChange(on(-7), 4), AbilityChange(on(-84), 14))
    assert ability_changes({on(-7): 20, on(0): 14}) == (AbilityChange(on(-7), -6),)
    assert ability_changes({on(-85): 2, on(0): 24}) == ()
    assert ability_changes({on(0): 24}) == ability_changes({}) == ()
