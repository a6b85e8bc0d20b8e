"""What is said of tissues: what stands out, why nothing can be told, what the week was made of."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from loadmon.show.palette import BADGES
from loadmon.show.tissue_words import (
    ALIKE,
    CALLED,
    FASTER,
    NONE_STANDS_OUT,
    SLOWER,
    UNCERTAIN,
    habit_words,
    headline,
    map_words,
    reference_words,
    return_words,
    short_words,
    sign_of,
    sum_words,
    usual_words,
    volume_words,
    week_words,
)
from loadmon.tissue.acceleration import HistoryState
from loadmon.tissue.call import Calls
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.runner import usual_cadence
from loadmon.tissue.sentences import called_sentence, percent, probability_words, short_name
from loadmon.units import Units, UnitSystem
from tests.show.made_tissues import END, calls, sheet, week

COEFFICIENTS = default_coefficients()
KM, MILES = Units(), Units(UnitSystem.IMPERIAL)


def untold(state: HistoryState) -> Calls:
    found = calls("none")
    none = {"low": None, "middle": None, "high": None, "probability": None}
    return Calls(END, tuple(replace(one, state=state, **none) for one in found.tissues), None)


def test_what_stands_out_is_told_with_its_interval_and_its_probability() -> None:
    told = headline(calls("uphill_tm"))
    assert told == called_sentence(calls("uphill_tm"))
    assert told.startswith("Achilles tendon: accelerating faster than volume, +")
    assert re.search(r", in 8\d of 100 draws of the model\.$", told)
    many = headline(calls("cadence"))
    assert many.count("accelerating") == 1
    assert "Also: Patellar tendon (" in many
    assert many.endswith(" and 3 more.")
    assert called_sentence(calls("downhill")).count("(") == 2


def test_tissues_back_from_a_break_are_named_where_others_are_compared() -> None:
    found = calls("none")
    back = replace(found.tissues[0], state=HistoryState.RETURNING, low=None, middle=None, high=None, probability=None)
    told = return_words(Calls(END, (*found.tissues[1:], back), None))
    assert told.startswith(f"Back from a break, and not compared with your steps yet: {short_name(back)}. ")
    assert "still compared" in told
    assert return_words(found) == ""
    assert return_words(untold(HistoryState.RETURNING)) == ""  # the headline says it of all
    assert headline(untold(HistoryState.RETURNING)).startswith("Back from a break")


def test_nothing_stands_out_is_said_in_as_many_words() -> None:
    assert headline(calls("volume")) == NONE_STANDS_OUT
    assert volume_words(calls("volume")).startswith("Your steps themselves: +1")


@pytest.mark.parametrize(
    ("state", "part", "short"),
    [
        (HistoryState.BUILDING, "Still building history", "building history"),
        (HistoryState.RETURNING, "Back from a break", "return from a break"),
        (HistoryState.COVERAGE, "Too many of the last 28 days are not known", "days missing"),
    ],
)
def test_why_nothing_can_be_told(state: HistoryState, part: str, short: str) -> None:
    found = untold(state)
    assert headline(found).startswith(part)
    assert volume_words(found) == ""
    assert {short_words(one) for one in found.tissues} == {short}
    assert all("%" not in map_words(one) for one in found.tissues)


def test_the_reference_says_what_moves_it_and_how_the_own_cadence_lies() -> None:
    found = sheet("none")
    told = reference_words(found, KM)
    assert "first 6 hours of level running on record" in told
    assert "older ones that come in later do" in told
    assert "left alone" not in told
    assert habit_words(found, COEFFICIENTS) == "", "no height is known"
    usual = usual_cadence(COEFFICIENTS, 1.8)[0]
    for share, way in (
        (0.95, "5 % fewer steps a minute than"),
        (1.03, "3 % more steps a minute than"),
        (1.0, "as many steps"),
    ):
        own = replace(found.reference, height_m=1.8, speed_mps=3.0, cadence_line=(share * usual, 9.0))
        assert f"you take {way}" in habit_words(replace(found, reference=own), COEFFICIENTS)


def test_a_call_has_a_sign_that_no_state_has() -> None:
    assert CALLED not in {one.shape for one in BADGES.values()}


def test_small_numbers_are_not_told_as_more_than_they_are() -> None:
    assert [percent(share) for share in (0.004, -0.004, 0.2, -0.126)] == ["±0 %", "±0 %", "+20 %", "−13 %"]
    assert probability_words(1.0) == probability_words(63.6 / 64) == "in more than 98 of 100 draws"
    assert probability_words(0.84) == "in 84 of 100 draws"


def test_an_interval_that_holds_the_steps_has_no_direction_however_small() -> None:
    one = calls("none").tissues[0]
    spans = {
        (-0.02, 0.03): UNCERTAIN,
        (0.01, 0.04): ALIKE,
        (-0.04, -0.01): ALIKE,
        (0.01, 0.2): FASTER,
        (-0.2, -0.01): SLOWER,
    }
    for (low, high), sign in spans.items():
        assert sign_of(replace(one, low=low, middle=(low + high) / 2, high=high, called=False)) == sign, (low, high)
    small = replace(one, low=-0.02, middle=0.0, high=0.03, called=False)
    assert short_words(small) == "direction uncertain, within 5 % of your steps"
    assert short_words(replace(small, high=0.2)) == "direction uncertain"


def test_a_week_says_how_much_of_it_is_known() -> None:
    found = week("none")
    assert week_words(found, KM) == (
        "5 runs, 43.6 km. Usual: the least and the most of the same days in the 4 weeks before."
    )
    assert "27.1 mi" in week_words(found, MILES)
    lost = replace(found, days_known=5, usual_weeks=0)
    assert week_words(lost, KM) == "5 runs, 43.6 km; 2 days not known, so the sums are too low."
    blank = replace(found, runs=0, distance_m=float("nan"), days_known=0)
    assert week_words(blank, KM) == "–: none of the days of this week is known."
    young = replace(found, days_recorded=3, days_known=3, usual_weeks=0)
    assert week_words(young, KM) == "5 runs, 43.6 km; the record begins within this week."


def test_sums_and_what_is_usual() -> None:
    one = replace(week("uphill_tm").of("achilles"), damage_m=16_240.0, low_m=12_100.0, high_m=22_400.0)
    assert sum_words(one, KM) == "16.2 km (12 to 22)"
    assert sum_words(replace(one, low_m=None), KM) == "16.2 km"
    assert sum_words(replace(one, damage_m=0.0, low_m=0.0, high_m=0.0), KM) == "0.0 km"
    assert sum_words(replace(one, damage_m=float("nan"), low_m=None, high_m=None), KM) == "–"
    assert usual_words(replace(one, usual_m=(9_000.0, 11_400.0), change=0.6), KM) == "usual 9 to 11, +60 %"
    assert usual_words(replace(one, usual_m=(0.0, 0.0), change=None), KM) == "usual 0"
    assert usual_words(replace(one, usual_m=None, change=None), KM) == "usual –"
