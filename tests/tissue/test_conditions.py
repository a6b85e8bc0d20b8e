"""What holds for a run is what held on its day; what was always there is the reference and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from loadmon.athlete import Athlete, Threshold
from loadmon.finding import Finding
from loadmon.tissue.conditions import conditions_of
from loadmon.tissue.findings import NO_FINDINGS, GaitFindings
from loadmon.tissue.reference import ReferenceEpoch
from loadmon.tissue.runner import CADENCE_ASSUMED, HEIGHT_ASSUMED, MASS_ASSUMED, SPEED_ASSUMED

FIRST = date(2025, 1, 1)
DAYS = [FIRST + timedelta(days=10 * n) for n in range(10)]
EPOCH = ReferenceEpoch(2.9, (168.0, 8.0), True, True, DAYS[0], DAYS[3], 4, 6.0)
FOREFOOT = GaitFindings("forefoot")


def athlete(*limits: tuple[str, float, date]) -> Athlete:
    return Athlete(1, "Ana", thresholds=tuple(Threshold(*one) for one in limits))


def noted(kind: str, day: date, until: date | None = None) -> Finding:
    return Finding(1, kind, day, "Eva Lind", until=until)


def test_nothing_known_is_assumed_and_flagged() -> None:
    one = conditions_of(DAYS[:1], athlete(), [], None, today=DAYS[0])[0]
    assert one.runner.assumed() == (HEIGHT_ASSUMED, MASS_ASSUMED, SPEED_ASSUMED, CADENCE_ASSUMED)
    assert (one.found, one.runner.treadmill, one.runner.epoch) == (NO_FINDINGS, False, None)
    assert conditions_of(DAYS[:1], athlete(), [], None, today=DAYS[0], treadmill=True)[0].runner.treadmill
    assert conditions_of([], athlete(), [], None, today=DAYS[0]) == []


def test_the_reference_weeks_tell_speed_cadence_and_surface() -> None:
    tall = athlete(("height_m", 1.8, DAYS[9]))
    runners = {one.runner for one in conditions_of(DAYS, tall, [], EPOCH, today=DAYS[9])}
    (one,) = runners
    assert (one.speed_mps, one.cadence_line, one.treadmill, one.epoch) == (2.9, (168.0, 8.0), True, EPOCH.name)
    assert one.height_m == 1.8, "height is that of today, also for earlier runs"
    assert one.assumed() == (MASS_ASSUMED,)


def test_mass_counts_against_the_first_known_in_the_reference_weeks_and_from_its_day() -> None:
    heavier = athlete(("mass_kg", 60.0, DAYS[2]), ("mass_kg", 63.0, DAYS[6]))
    ratio = [one.runner.mass_ratio() for one in conditions_of(DAYS, heavier, [], EPOCH, today=DAYS[9])]
    assert ratio == [1.0] * 6 + [pytest.approx(1.05)] * 4
    late = athlete(("mass_kg", 60.0, DAYS[5]), ("mass_kg", 63.0, DAYS[6]))
    assert {one.runner.mass_ratio() for one in conditions_of(DAYS, late, [], EPOCH, today=DAYS[9])} == {1.0}


def test_a_finding_holds_from_its_day_and_no_longer_than_it_lasts() -> None:
    found = [noted("forefoot", DAYS[5], DAYS[8])]
    held = [one.found for one in conditions_of(DAYS, athlete(), found, EPOCH, today=DAYS[9])]
    assert held == [NO_FINDINGS] * 5 + [FOREFOOT] * 3 + [NO_FINDINGS] * 2


def test_what_was_there_when_the_reference_weeks_began_is_the_reference() -> None:
    always = [noted("forefoot", DAYS[0])]
    for epoch in (EPOCH, None):
        for one in conditions_of(DAYS, athlete(), always, epoch, today=DAYS[9]):
            assert one.found == one.runner.findings == FOREFOOT


def test_runs_between_two_changes_share_their_conditions() -> None:
    found = [noted("forefoot", DAYS[5]), noted("overstride", DAYS[5])]
    made = conditions_of(DAYS, athlete(("mass_kg", 60.0, DAYS[0])), found, EPOCH, today=DAYS[9])
    assert len({id(one) for one in made}) == 2


def test_what_may_always_have_been_so_is_the_reference_and_changes_no_day() -> None:
    seen = Finding(1, "forefoot", DAYS[-2], "Eva Lind", always=True)
    with_it = conditions_of(DAYS, athlete(), [seen], None, today=DAYS[-1])
    assert all(one.found == one.runner.findings for one in with_it)
    assert with_it[0].found == FOREFOOT
    new = conditions_of(DAYS, athlete(), [replace(seen, always=False)], None, today=DAYS[-1])
    assert new[-1].found != new[-1].runner.findings
