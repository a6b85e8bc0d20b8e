"""Limits as a runner writes them: what is meant, what is refused and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loadmon.athlete import THRESHOLD_RANGES, Athlete, Threshold
from loadmon.show.limits import LIMITS, day_of, refuse_impossible, value_of, written
from loadmon.store.squad import NotAValue
from loadmon.units import Units, UnitSystem

TODAY = date(2026, 5, 17)
KM, MI = Units(), Units(UnitSystem.IMPERIAL)


def runner(*limits: tuple[str, float, int]) -> Athlete:
    """Somebody with limits: kind, value and how many days ago each began."""
    return Athlete(1, "Ada", thresholds=tuple(Threshold(k, v, TODAY - timedelta(days=ago)) for k, v, ago in limits))


def refused(athlete: Athlete, kind: str, value: float, ago: int = 0) -> str:
    with pytest.raises(NotAValue) as why:
        refuse_impossible(athlete, Threshold(kind, value, TODAY - timedelta(days=ago)), TODAY, KM)
    assert why.value.advice
    return why.value.what


def test_every_kind_of_limit_has_words() -> None:
    assert set(LIMITS) == set(THRESHOLD_RANGES)


@pytest.mark.parametrize(
    ("kind", "told", "units", "si", "shown"),
    [
        ("max_heart_rate_bpm", 188.0, KM, 188.0, "188 bpm"),
        ("height_m", 172.5, KM, 1.725, "172.5 cm"),
        ("mass_kg", 62.5, MI, 62.5, "62.5 kg"),
        ("threshold_speed_mps", "4:10", KM, 4.0, "4:10 /km"),
        ("threshold_speed_mps", " 4.10 /km", KM, 4.0, "4:10 /km"),
        ("threshold_speed_mps", "6:42", MI, 1609.344 / 402, "6:42 /mi"),
    ],
)
def test_what_is_given_is_kept_in_si_and_shown_as_given(
    kind: str, told: float | str, units: Units, si: float, shown: str
) -> None:
    value = value_of(kind, told, units)
    assert value == pytest.approx(si, rel=1e-12)
    assert written(kind, value, units) == shown


@pytest.mark.parametrize(
    ("kind", "told", "words"),
    [
        ("max_heart_rate_bpm", 300.0, "300 bpm is no maximum heart rate that a person has."),
        ("height_m", 1.72, "1.7 cm is no height that a person has."),
        ("threshold_speed_mps", "1:00", "1:00 /km is no threshold pace that a person has."),
        ("threshold_speed_mps", "fast", "“fast” is no pace."),
        ("threshold_speed_mps", "4:75", "“4:75” is no pace."),
        ("threshold_speed_mps", "0:00", "“0:00” is no pace."),
        ("threshold_speed_mps", "", "Threshold pace has been left empty."),
        ("mass_kg", None, "Body mass has been left empty."),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(kind: str, told: float | str | None, words: str) -> None:
    with pytest.raises(NotAValue) as why:
        value_of(kind, told, KM)
    assert why.value.what == words


def test_the_range_is_told_in_the_units_of_the_page() -> None:
    with pytest.raises(NotAValue) as pace:
        value_of("threshold_speed_mps", "1:00", KM)
    assert "between 2:05 /km and 16:40 /km" in pace.value.advice
    with pytest.raises(NotAValue) as height:
        value_of("height_m", 1.72, KM)
    assert "between 80 cm and 260 cm" in height.value.advice


def test_a_day_in_the_future_or_none_is_refused() -> None:
    assert refused(runner(), "mass_kg", 60.0, ago=-1) == "18 May 2026 lies in the future."
    refuse_impossible(runner(), Threshold("mass_kg", 60.0, TODAY), TODAY, KM)
    with pytest.raises(NotAValue):
        day_of(None)


def test_a_maximum_below_the_resting_heart_rate_names_the_other_and_its_day() -> None:
    ada = runner(("rest_heart_rate_bpm", 110.0, 40))
    words = "105 bpm is not above the resting heart rate of 110 bpm that holds from 7 Apr 2026."
    assert refused(ada, "max_heart_rate_bpm", 105.0) == words
    assert "is not above" in refused(ada, "max_heart_rate_bpm", 110.0), "equal is not above"
    assert "is not below" in refused(runner(("max_heart_rate_bpm", 105.0, 3)), "rest_heart_rate_bpm", 105.0)


@pytest.mark.parametrize(
    ("low", "high", "low_value", "high_value"),
    [
        ("threshold_heart_rate_bpm", "max_heart_rate_bpm", 190.0, 185.0),
        ("first_threshold_heart_rate_bpm", "second_threshold_heart_rate_bpm", 165.0, 160.0),
        ("second_threshold_heart_rate_bpm", "max_heart_rate_bpm", 190.0, 185.0),
        ("leg_length_m", "height_m", 1.4, 1.35),
    ],
)
def test_limits_that_contradict_each_other_are_refused_from_both_sides(
    low: str, high: str, low_value: float, high_value: float
) -> None:
    refused(runner((high, high_value, 9)), low, low_value)
    refused(runner((low, low_value, 9)), high, high_value)


def test_only_what_holds_at_the_same_time_can_contradict() -> None:
    # a resting heart rate that was replaced before, and one that begins only after the next maximum
    ada = runner(
        ("rest_heart_rate_bpm", 110.0, 90), ("rest_heart_rate_bpm", 60.0, 50), ("max_heart_rate_bpm", 190.0, 20)
    )
    refuse_impossible(ada, Threshold("max_heart_rate_bpm", 105.0, TODAY - timedelta(days=40)), TODAY, KM)
    later = runner(("rest_heart_rate_bpm", 110.0, 10), ("max_heart_rate_bpm", 190.0, 20))
    refuse_impossible(later, Threshold("max_heart_rate_bpm", 105.0, TODAY - timedelta(days=40)), TODAY, KM)
    assert "110 bpm" in refused(later, "max_heart_rate_bpm", 105.0, ago=15), "it comes to hold while the new one does"
