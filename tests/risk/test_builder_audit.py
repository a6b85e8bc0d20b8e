"""Made clubs go through the builder of features as people do: leaks that are put into the builder are seen, and none where none is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from loadmon.risk import load_features, outcome, person_features
from loadmon.risk.builder_audit import built_worlds, moved_by_another_future, moved_within_the_embargo
from loadmon.risk.design import weekly_design
from loadmon.risk.prior import default_prior
from loadmon.risk.record_world import FIRST_DAY, record_world
from loadmon.risk.windows import Looks

WORLD = record_world(3, signal=False, runners=30, weeks=52)
PRIOR = default_prior()


def test_every_check_of_the_builder_passes() -> None:
    found = list(built_worlds(1))
    assert [check.name for check in found if not check.passed] == []
    assert len(found) == 6


def test_an_honest_builder_is_moved_by_nothing() -> None:
    assert (moved_by_another_future(WORLD, PRIOR), moved_within_the_embargo(WORLD, PRIOR)) == (0, 0)


def _no_embargo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past-only scaling, sold as free of leaks: the usual holds the very week that is told against it."""
    for room in (load_features, person_features):
        monkeypatch.setattr(room, "EMBARGO", 0)


def _day_of_the_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every window goes on for a day: it holds the day on which an injury may begin."""
    honest = Looks.between
    monkeypatch.setattr(
        Looks, "between", lambda looks, key, first, last: honest(looks, key, first, 0 if last == 1 else last)
    )


def _whole_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """A usual of the whole record, as published: what came after an injury is in it."""
    for room in (load_features, person_features):
        monkeypatch.setattr(room, "EMBARGO", -400)


def _own_injury(monkeypatch: pytest.MonkeyPatch) -> None:
    """An injury within twelve months that may be the one that is foretold."""
    honest = outcome.injured_before

    def leaking(looks: Looks, injuries: outcome.Injuries, kept: np.ndarray) -> np.ndarray:
        return honest(Looks(looks.athlete, looks.instant + 7), injuries, kept)

    monkeypatch.setattr("loadmon.risk.design.injured_before", leaking)


def _speed_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speed alone looks a week ahead."""
    honest = load_features._speed_work
    monkeypatch.setattr(
        load_features, "_speed_work", lambda looks, runs: honest(Looks(looks.athlete, looks.instant + 7), runs)
    )


@pytest.mark.parametrize(
    ("plant", "future", "embargo"),
    [
        (_no_embargo, False, True),
        (_day_of_the_look, True, False),
        (_whole_record, True, True),
        (_own_injury, True, False),
        (_speed_to_come, True, False),  # a yes or no: no step from a usual
    ],
)
def test_a_leak_in_the_builder_is_seen(
    monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], None], future: bool, embargo: bool
) -> None:
    plant(monkeypatch)
    assert (moved_by_another_future(WORLD, PRIOR) > 0) is future
    assert (moved_within_the_embargo(WORLD, PRIOR) > 0) is embargo


def test_a_made_club_is_what_it_says() -> None:
    rows = weekly_design(WORLD.record)
    assert len(WORLD.record.injuries) == pytest.approx(30 * 52 * 0.035, rel=0.4)  # type: ignore[arg-type]
    assert set(rows.instant % 7) == {FIRST_DAY % 7}
    assert not np.any(WORLD.push)
    told = rows.labelled
    for name in ("volume", "volume_own", "fatigue", "cadence", "duty_factor", "spike_large", "speed_work"):
        assert 0.2 < np.mean(~np.isnan(told.values[:, told.names.index(name)])) <= 1.0, name
    injured = {(one.athlete_id, one.onset) for one in WORLD.record.injuries}
    ran = WORLD.record.runs
    for one in list(WORLD.record.injuries)[:20]:
        after = ran[(ran["athlete_id"] == one.athlete_id) & (ran["local_day"] > np.datetime64(one.onset))]
        assert one.returned is not None
        assert not (after["local_day"] < np.datetime64(one.returned)).any()
    assert len(injured) == len(list(WORLD.record.injuries))
