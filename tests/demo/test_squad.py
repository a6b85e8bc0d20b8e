"""Who is in the sample squad, what is told of them, and that stories hold whichever day they end on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import tzfpy

from loadmon import demo
from loadmon.demo.people import Person, course_value
from loadmon.demo.season import SEASON_DAYS, season
from loadmon.demo.squad import people
from tests.demo.reading import TODAY, days_ago

PEOPLE = {person.name: person for person in people()}
DAYS = [date(2026, month, 1) + timedelta(days=2 * month) for month in range(1, 13)]


def test_twelve_runners_each_with_a_story_and_marked_as_sample() -> None:
    squad = demo.squad(TODAY)
    assert len(squad) == len({runner.name for runner in squad}) == 12
    assert {runner.squad for runner in squad} == {"Sample squad"}
    assert all(runner.story.endswith(".") for runner in squad)
    formats = [runner.file_format for runner in squad]
    assert (formats.count("fit"), formats.count("gpx"), formats.count("tcx")) == (9, 2, 1)
    assert {ZoneInfo(runner.time_zone).key for runner in squad} == {runner.time_zone for runner in squad}


def test_thresholds_hold_from_before_the_first_run() -> None:
    kinds = {
        "max_heart_rate_bpm", "rest_heart_rate_bpm", "threshold_heart_rate_bpm", "threshold_speed_mps", "mass_kg",
        "height_m",
    }  # fmt: skip
    for runner in demo.squad(TODAY):
        limits = {t.kind: t.value for t in runner.thresholds}
        assert set(limits) == kinds
        assert limits["rest_heart_rate_bpm"] < limits["threshold_heart_rate_bpm"] < limits["max_heart_rate_bpm"]
        assert {t.valid_from for t in runner.thresholds} == {days_ago(SEASON_DAYS)}


def test_two_injuries_and_one_stretch_of_missing_days() -> None:
    squad = {runner.name: runner for runner in demo.squad(TODAY)}
    injuries = {(i.area, i.side): i for runner in squad.values() for i in runner.injuries}
    assert set(injuries) == {("Achilles tendon", "left"), ("shin", "right")}
    assert injuries["Achilles tendon", "left"].onset == days_ago(182)
    assert injuries["shin", "right"].returned == days_ago(14)
    (gap,) = [u for runner in squad.values() for u in runner.unknown_days]
    assert (gap.last - gap.first).days == 20
    assert gap.reason == "watch broken"


def test_every_made_up_place_lies_in_the_zone_it_says() -> None:
    places = {p.name: p for person in people() for p in (person.home, *(stay.place for stay in person.stays))}
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    for place in places.values():
        found = tzfpy.get_tz(place.lon_deg, place.lat_deg)
        assert noon.astimezone(ZoneInfo(found)).utcoffset() == noon.astimezone(ZoneInfo(place.zone)).utcoffset()


def test_a_course_is_level_outside_its_points_and_straight_between() -> None:
    course = ((-20, 1.0), (-10, 2.0))
    assert [course_value(course, ago) for ago in (30, 20, 15, 10, 0)] == [1.0, 1.0, 1.5, 2.0, 2.0]


@pytest.mark.parametrize("today", DAYS)
def test_stories_hold_whichever_day_they_end_on(today: date) -> None:
    def ago(person: Person) -> list[int]:
        return [(today - run.start.date()).days for run in season(person, today, demo.SEED)]

    everyone = {name: ago(person) for name, person in PEOPLE.items()}
    assert max(map(max, everyone.values())) >= 273  # nine months or more
    assert 18 <= max(everyone["Noor El-Amrani"]) <= 21
    assert min(everyone["Bronagh Ní Dhálaigh"]) == 12
    assert not [d for d in everyone["Jonas Fjeldheim"] if 92 <= d <= 112]
    assert not [d for d in everyone["Ilse Brandauer"] if 141 <= d <= 182]
    assert not [d for d in everyone["Tomás Quiroga-Vale"] if 36 <= d <= 79]
    active = set(PEOPLE) - {"Bronagh Ní Dhálaigh"}
    assert all(min(everyone[name]) <= 7 for name in active)
    winter = [run for run in season(PEOPLE["Aino Rautavesi"], today, demo.SEED) if run.treadmill]
    assert len(winter) > 20


@pytest.mark.parametrize("today", DAYS)
def test_the_return_too_quick_is_a_large_spike_this_week_and_nobody_elses(today: date) -> None:
    def spike_pct(person: Person) -> float:
        runs = season(person, today, demo.SEED)
        worst = 0.0
        for n, run in enumerate(runs):
            before = [r.distance_m for r in runs[:n] if run.start - r.start <= timedelta(days=30)]
            if (today - run.start.date()).days < 7 and before:
                worst = max(worst, 100.0 * (run.distance_m / max(before) - 1.0))
        return worst

    assert spike_pct(PEOPLE["Tomás Quiroga-Vale"]) > 100.0
    others = [spike_pct(person) for name, person in PEOPLE.items() if name != "Tomás Quiroga-Vale"]
    assert max(others) < 45.0


def test_no_run_lies_in_the_future_on_the_story_day() -> None:
    now = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
    assert demo.story_day(now) == date(2026, 3, 31)
    assert demo.story_day(now - timedelta(seconds=1)) == date(2026, 3, 30)
    for today in (*DAYS, TODAY):
        over = datetime.combine(today, datetime.min.time(), UTC) + timedelta(hours=8)
        for person in people():
            last = season(person, today, demo.SEED)[-1]
            slowest = timedelta(seconds=last.distance_m / (0.6 * person.threshold_mps))
            assert last.start.astimezone(UTC) + slowest <= over, (person.name, last.start)
