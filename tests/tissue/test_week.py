"""A tissue's week against the same days of the weeks before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
import pytest

from loadmon.days import day_number
from loadmon.tissue.ledger import Ledger, TissueDay, weekly
from loadmon.tissue.week import TissueWeek, latest_week
from tests.tissue.made_training import MONDAY, WEEKS, made_days, made_ledger

LAST_MONDAY = MONDAY + timedelta(weeks=WEEKS - 1)


@cache
def ledger(change: str = "uphill_tm") -> Ledger:
    return made_ledger(*made_days(change))


def upto(book: Ledger, days: int) -> Ledger:
    """A ledger's first days."""
    arrays = (
        "known",
        "state",
        "runs",
        "distance_m",
        "steps",
        "load_bws",
        "damage_m",
        "drawn_load_bws",
        "drawn_damage_m",
    )
    return replace(book, **{name: getattr(book, name)[:days] for name in arrays if hasattr(book, name)})


def week(book: Ledger) -> TissueWeek:
    found = latest_week(book, weekly(book))
    assert found is not None
    return found


def test_a_week_of_which_no_day_is_known_has_no_sum() -> None:
    book = ledger()
    arrays = {
        name: getattr(book, name).copy() for name in ("known", "state", "runs", "distance_m", "steps", "damage_m")
    }
    for values in arrays.values():
        values[-7:] = 0
    arrays["state"][-7:] = list(TissueDay).index(TissueDay.UNKNOWN)
    found = week(replace(book, **arrays))
    assert (found.days_known, found.runs) == (0, 0)
    assert np.isnan([found.distance_m, found.steps]).all()
    one = found.of("achilles")
    assert np.isnan([one.damage_m, one.load_bws]).all()
    assert (one.low_m, one.high_m, one.change) == (None, None, None)
    arrays["known"][-1] = True
    assert week(replace(book, **arrays)).distance_m == 0.0, "one known day of rest is a zero"


def test_a_whole_week_is_that_of_the_weekly_ledger() -> None:
    found, table = week(ledger()), weekly(ledger())
    table = table[table["week"] == table["week"].max()].set_index("tissue")
    assert found.is_over
    assert (found.first, found.runs) == (LAST_MONDAY, 5)
    for one in found.tissues:
        row = table.loc[one.tissue]
        assert (
            one.damage_m
            == row["damage_m"]
            == pytest.approx(ledger().damage_m[-7:, ledger().tissues.index(one.tissue)].sum())
        )
        assert (one.low_m, one.high_m, one.load_bws) == tuple(row[["damage_low_m", "damage_high_m", "load_bws"]])


def test_a_running_week_is_compared_with_the_same_days() -> None:
    steady = week(upto(ledger("none"), 7 * (WEEKS - 1) + 3))
    assert (steady.runs, steady.days, steady.is_over) == (2, 3, False)
    assert steady.usual_weeks == 4
    for one in steady.tissues:
        assert one.usual_m == pytest.approx((one.damage_m, one.damage_m))
        assert one.change == pytest.approx(0.0)


def test_uphill_adds_to_the_achilles_and_the_usual_is_a_range() -> None:
    # the week before was the first of the two with hills: one of the four is higher
    found = week(ledger()).of("achilles")
    assert found.usual_m is not None
    assert found.usual_m[0] < found.usual_m[1] == pytest.approx(found.damage_m)
    assert found.change is not None
    assert found.change > 0.1


def test_a_week_with_an_unknown_day_is_not_what_is_usual() -> None:
    known = ledger("none").known.copy()
    known[ledger("none").row_of(LAST_MONDAY - timedelta(days=6))] = False
    assert week(replace(ledger("none"), known=known)).usual_weeks == 3
    known[:] = False
    blind = week(replace(ledger("none"), known=known))
    assert (blind.days_known, blind.days_recorded) == (0, 7)
    assert {(one.usual_m, one.change) for one in blind.tissues} == {(None, None)}


def test_the_first_weeks_have_no_usual_and_a_week_of_nothing_no_change() -> None:
    first = week(upto(ledger("none"), 7))
    assert (first.usual_weeks, first.tissues[0].usual_m) == (0, None)
    young = replace(upto(ledger("none"), 3), first_day=day_number(MONDAY + timedelta(days=2)))
    assert (week(young).days_recorded, week(young).days) == (3, 5)
    idle = replace(ledger("none"), damage_m=np.zeros_like(ledger("none").damage_m))
    still = week(idle).tissues[0]
    assert (still.usual_m, still.change) == ((0.0, 0.0), None)


def test_without_draws_there_is_no_interval_and_without_days_no_week() -> None:
    bare = made_ledger(*made_days("none", weeks=4), draws=None)
    assert (week(bare).tissues[0].low_m, week(bare).tissues[0].high_m) == (None, None)
    assert latest_week(upto(bare, 0), weekly(upto(bare, 0))) is None
