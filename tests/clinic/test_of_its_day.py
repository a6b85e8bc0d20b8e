"""A form whose day is changed holds the load and the watch's medians of that day; what somebody typed stays."""

from __future__ import annotations

from loadmon.clinic.answers import first_answers, value_key, watch_key
from loadmon.clinic.assessment import Measured, RecentLoad
from loadmon.clinic.from_watch import WatchValue
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.of_its_day import of_its_day, with_told
from tests.clinic.made import DAY

KNOWN = default_knowledge()
CADENCE, BY_WATCH = value_key("cadence_spm", "both"), watch_key("cadence_spm")
THEN = DAY.replace(day=1)


def first(cadence: float | None, load: RecentLoad, day: object = DAY) -> dict[str, object]:
    watch = [] if cadence is None else [WatchValue(Measured("cadence_spm", cadence, "both", "watch"), 5, 2.9)]
    return first_answers(watch, load, 1.75, day)  # type: ignore[arg-type]


NOW = first(163.0, RecentLoad(42_700.0, 40.0, "large"))
BEFORE = first(158.0, RecentLoad(30_200.0, None, "reference"), THEN)


def test_another_day_brings_its_own_load_and_watch() -> None:
    moved = of_its_day(with_told(NOW) | {"day": THEN.isoformat()}, BEFORE, KNOWN)
    assert (moved["weekly_km"], moved["spike_band"], moved[CADENCE], moved[BY_WATCH]) == (30.2, "reference", 158, 158)
    assert "week_change_pct" not in moved  # it could be told today, and not of that day
    back = of_its_day(moved | {"day": DAY.isoformat()}, NOW, KNOWN)
    assert back == with_told(NOW)


def test_what_somebody_typed_stays_and_what_the_watch_told_beside_it_is_of_the_day() -> None:
    typed = with_told(NOW) | {"day": THEN.isoformat(), "weekly_km": 36.0, CADENCE: 166.0}
    typed.pop("spike_band")  # emptied by hand
    moved = of_its_day(typed, BEFORE, KNOWN)
    assert (moved["weekly_km"], moved[CADENCE], moved[BY_WATCH]) == (36.0, 166.0, 158.0)
    assert "spike_band" not in moved
    nothing = of_its_day(typed, first(None, RecentLoad(), THEN), KNOWN)
    assert (nothing["weekly_km"], nothing[CADENCE]) == (36.0, 166.0)
    assert BY_WATCH not in nothing


def test_a_draft_that_remembers_no_day_is_of_the_day_it_bears_and_moves_from_there() -> None:
    kept = dict(NOW)
    same = of_its_day(kept, NOW, KNOWN)
    assert same == with_told(NOW)
    assert of_its_day(same | {"day": THEN.isoformat()}, BEFORE, KNOWN)["weekly_km"] == 30.2
