"""Runners, their names and their limits."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete

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


def test_a_number_is_never_given_twice(store: Store) -> None:
    """An old link, or an old permission, must not lead to somebody else."""
    with store.write() as conn:
        first = squad.add_athlete(conn, "Ana").id
        conn.execute(delete(schema.AthleteRow))
    with store.write() as conn:
        assert squad.add_athlete(conn, "Bo").id > first
