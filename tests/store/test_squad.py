"""Runners, their names and their limits."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete

from loadmon.athlete import THRESHOLD_RANGES
from loadmon.refusal import NotFound
from loadmon.store import Store, Viewer, schema, squad
from loadmon.store.squad import NameTaken, NotAValue

ALL = Viewer.everyone()


@pytest.mark.parametrize("again", ["Zoë Ärmel", "ZOË ärmel", "  Zoë   Ärmel ", "Zoe\u0308 A\u0308rmel"])
def test_a_name_is_one_runner_however_it_is_written(store: Store, again: str) -> None:
    with store.write() as conn:
        first = squad.add_athlete(conn, "Zoë Ärmel", time_zone="Europe/Madrid")
        second = squad.add_athlete(conn, again, time_zone="Asia/Tokyo", squad="Mile group")
        assert len(squad.athletes(conn, ALL)) == 1
    assert (second.id, second.name) == (first.id, "Zoë Ärmel")
    assert second.time_zone == "Europe/Madrid"  # what is known is kept
    assert second.squad == "Mile group"  # gaps are filled


def test_a_made_up_runner_never_takes_a_real_ones_name(store: Store) -> None:
    with store.write() as conn:
        squad.add_athlete(conn, "Ana")
        with pytest.raises(NameTaken, match="your own squad"):
            squad.add_athlete(conn, "ana", is_sample=True)
        squad.add_athlete(conn, "Bo", is_sample=True)
        with pytest.raises(NameTaken, match="sample squad"):
            squad.add_athlete(conn, "Bo")


def test_a_runner_can_be_changed_but_not_into_another(store: Store) -> None:
    with store.write() as conn:
        ana, bo = squad.add_athlete(conn, "Ana"), squad.add_athlete(conn, "Bo")
        changed = squad.change_athlete(conn, ana.id, name="anA", time_zone="Europe/Rome")
        assert (changed.name, changed.time_zone) == ("anA", "Europe/Rome")
        with pytest.raises(NameTaken):
            squad.change_athlete(conn, bo.id, name="ANA")
        for empty in ("", "   "):
            with pytest.raises(NotAValue):
                squad.add_athlete(conn, empty)
            with pytest.raises(NotAValue):
                squad.change_athlete(conn, bo.id, name=empty)
        with pytest.raises(NotFound):
            squad.change_athlete(conn, 99, squad="x")


def test_limits_hold_from_their_day(store: Store) -> None:
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        squad.set_threshold(conn, ana, "max_heart_rate_bpm", 190, date(2025, 1, 1))
        squad.set_threshold(conn, ana, "max_heart_rate_bpm", 188, date(2025, 6, 1))
        squad.set_threshold(conn, ana, "max_heart_rate_bpm", 187, date(2025, 6, 1))  # corrected
        runner = squad.athlete(conn, ALL, ana)
        assert len(runner.thresholds) == 2
        assert runner.threshold("max_heart_rate_bpm", date(2025, 5, 31)) == 190
        assert runner.threshold("max_heart_rate_bpm", date(2025, 6, 1)) == 187
        for value in (0.0, -1.0, float("nan"), float("inf")):
            with pytest.raises(NotAValue):
                squad.set_threshold(conn, ana, "mass_kg", value, date(2025, 1, 1))
        with pytest.raises(NotAValue, match="shoe_size"):
            squad.set_threshold(conn, ana, "shoe_size", 43, date(2025, 1, 1))


@pytest.mark.parametrize(("kind", "low", "high"), [(kind, *ends) for kind, ends in THRESHOLD_RANGES.items()])
def test_every_kind_of_limit_takes_what_a_person_can_have_and_nothing_else(
    store: Store, kind: str, low: float, high: float
) -> None:
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        for number, value in enumerate((low, high)):
            squad.set_threshold(conn, ana, kind, value, date(2025, 1, 1 + number))
        assert [one.value for one in squad.athlete(conn, ALL, ana).thresholds] == [low, high]
        for value in (low * 0.99, high * 1.01, -high):
            with pytest.raises(NotAValue, match="between"):
                squad.set_threshold(conn, ana, kind, value, date(2025, 1, 3))


def test_a_wrong_limit_is_taken_back_and_put_back(store: Store) -> None:
    with store.write() as conn:
        ana, bo = (squad.add_athlete(conn, name).id for name in ("Ana", "Bo"))
        for number, day in enumerate((date(2025, 1, 1), date(2025, 6, 1))):
            squad.set_threshold(conn, ana, "max_heart_rate_bpm", 190.0 - number, day)
        squad.set_threshold(conn, bo, "max_heart_rate_bpm", 175.0, date(2025, 1, 1))
        first, second = squad.thresholds(conn, ALL, ana)
        squad.remove_threshold(conn, ALL, second)
        assert list(squad.thresholds(conn, ALL, ana)) == [first]
        assert squad.athlete(conn, ALL, ana).threshold("max_heart_rate_bpm", date(2025, 7, 1)) == 190.0
        squad.restore_threshold(conn, ALL, second)
        assert squad.athlete(conn, ALL, ana).threshold("max_heart_rate_bpm", date(2025, 7, 1)) == 189.0
        assert [one.value for one in squad.thresholds(conn, ALL, bo).values()] == [175.0]
        for of_another in (squad.remove_threshold, squad.restore_threshold):
            with pytest.raises(NotFound):
                of_another(conn, Viewer.runner(bo), first)


def test_a_limit_that_was_taken_back_can_be_set_again(store: Store) -> None:
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        squad.set_threshold(conn, ana, "mass_kg", 600 / 10, date(2025, 1, 1))
        (number,) = squad.thresholds(conn, ALL, ana)
        squad.remove_threshold(conn, ALL, number)
        squad.set_threshold(conn, ana, "mass_kg", 61.0, date(2025, 1, 1))
        assert squad.athlete(conn, ALL, ana).threshold("mass_kg", date(2025, 1, 1)) == 61.0


def test_sex_and_order_of_load_are_told_and_taken_back(store: Store) -> None:
    with store.write() as conn:
        ana, bo = (squad.add_athlete(conn, name).id for name in ("Ana", "Bo"))
        squad.set_sex(conn, ana, "female")
        squad.set_load_order(conn, ana, ["pace", "heart rate", "minutes"])
        runner, other = squad.athletes(conn, ALL)
        assert (runner.sex, runner.load_order) == ("female", ("pace", "heart rate", "minutes"))
        assert (other.sex, other.load_order) == (None, None)
        squad.set_sex(conn, ana, None)
        squad.set_load_order(conn, ana, None)
        runner = squad.athlete(conn, ALL, ana)
        assert (runner.sex, runner.load_order) == (None, None)
        with pytest.raises(NotAValue):
            squad.set_sex(conn, ana, "f")
        for order in ([], ["pace", "pace"], ["pace", "luck"]):
            with pytest.raises(NotAValue, match="order"):
                squad.set_load_order(conn, ana, order)
        with pytest.raises(NotFound):
            squad.set_sex(conn, bo + 1, "male")


def test_a_number_is_never_given_twice(store: Store) -> None:
    """An old link, or an old permission, must not lead to somebody else."""
    with store.write() as conn:
        first = squad.add_athlete(conn, "Ana").id
        conn.execute(delete(schema.AthleteRow))
    with store.write() as conn:
        assert squad.add_athlete(conn, "Bo").id > first
