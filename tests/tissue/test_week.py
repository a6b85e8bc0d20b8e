"""A tissue's week against the same days of the weeks before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
import pytest

from loadmon.tissue.ledger import Ledger, weekly
from loadmon.tissue.week import tissue_week
from tests.tissue.made_training import MONDAY, WEEKS, made_days, made_ledger

LAST_MONDAY = MONDAY + timedelta(weeks=WEEKS - 1)


@cache
def ledger(change: str = "uphill_tm") -> Ledger:
    return made_ledger(*made_days(change))


def test_a_whole_week_is_that_of_the_weekly_ledger() -> None:
    found = tissue_week(ledger(), LAST_MONDAY, LAST_MONDAY + timedelta(days=6))
    table = weekly(ledger())
    table = table[table["week"] == table["week"].max()].set_index("tissue")
    assert found.is_over
    assert found.runs == 5
    for one in found.tissues:
        assert one.damage_m == pytest.approx(table.loc[one.tissue, "damage_m"])
        assert (one.low_m, one.high_m) == pytest.approx(tuple(table.loc[one.tissue, ["damage_low_m", "damage_high_m"]]))
        assert one.load_bws == pytest.approx(table.loc[one.tissue, "load_bws"])


def test_a_running_week_is_compared_with_the_same_days() -> None:
    steady = tissue_week(ledger("none"), LAST_MONDAY, LAST_MONDAY + timedelta(days=2))
    assert steady.runs == 2
    assert steady.usual_weeks == 4
    for one in steady.tissues:
        assert one.usual_m == pytest.approx((one.damage_m, one.damage_m))
        assert one.change == pytest.approx(0.0)


def test_uphill_adds_to_the_achilles_and_the_usual_is_a_range() -> None:
    # the week before last was the first of the two with hills: one of the four is higher
    found = tissue_week(ledger(), LAST_MONDAY, LAST_MONDAY + timedelta(days=6)).of("achilles")
    assert found.usual_m is not None
    assert found.usual_m[0] < found.usual_m[1] == pytest.approx(found.damage_m)
    assert found.change is not None
    assert found.change > 0.1


def test_a_week_with_an_unknown_day_is_not_what_is_usual() -> None:
    known = ledger("none").known.copy()
    known[ledger("none").row_of(LAST_MONDAY - timedelta(days=6))] = False
    found = tissue_week(replace(ledger("none"), known=known), LAST_MONDAY, LAST_MONDAY + timedelta(days=6))
    assert found.usual_weeks == 3
    known[:] = False
    blind = tissue_week(replace(ledger("none"), known=known), LAST_MONDAY, LAST_MONDAY + timedelta(days=6))
    assert blind.days_known == 0
    assert {(one.usual_m, one.change) for one in blind.tissues} == {(None, None)}


def test_the_first_weeks_have_no_usual_and_a_week_of_nothing_no_change() -> None:
    first = tissue_week(ledger("none"), MONDAY, MONDAY + timedelta(days=6))
    assert (first.usual_weeks, first.tissues[0].usual_m) == (0, None)
    assert (first.days_recorded, first.days) == (7, 7)
    early = tissue_week(ledger("none"), MONDAY - timedelta(days=2), MONDAY + timedelta(days=4))
    assert (early.days_recorded, early.days) == (5, 7)
    idle = replace(ledger("none"), damage_m=np.zeros_like(ledger("none").damage_m))
    still = tissue_week(idle, LAST_MONDAY, LAST_MONDAY + timedelta(days=6)).tissues[0]
    assert (still.usual_m, still.change) == ((0.0, 0.0), None)


def test_without_draws_there_is_no_interval() -> None:
    bare = made_ledger(*made_days("none", weeks=4), draws=None)
    one = tissue_week(bare, MONDAY, MONDAY + timedelta(days=6)).tissues[0]
    assert (one.low_m, one.high_m) == (None, None)


def test_days_that_are_no_week_are_refused() -> None:
    with pytest.raises(ValueError, match="one week"):
        tissue_week(ledger(), LAST_MONDAY, LAST_MONDAY + timedelta(days=7))
    with pytest.raises(ValueError, match="does not hold"):
        tissue_week(ledger(), LAST_MONDAY + timedelta(weeks=2), LAST_MONDAY + timedelta(weeks=2))
