"""The alarm diary by hand: six runners, ten weeks, and every way an injury can be met or missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from loadmon.days import day_number, day_numbers
from loadmon.risk.alarms import BUDGETS, alarm_diary, what_came
from loadmon.risk.club_world import club_world
from loadmon.risk.design import Design
from loadmon.risk.outcome import STATES, RiskState

MONDAY = day_number(date(2026, 1, 5))
WEEKS = 10
_RISK, _BACK = STATES.index(RiskState.AT_RISK), STATES.index(RiskState.RETURNING)

# one letter a week: · not flagged, F flagged, r returning (nothing is told), ! an injury in a flagged week, x in one that is not
RUNNERS = {
    1: ("··FFF!rrrr", 3),  # flagged from week 2 on without a break: 3 weeks and 3 days
    2: ("F·F·x·····", 0),  # flags two and four weeks before, none in its week: from week 2, 14 days
    3: ("F···x·····", 5),  # the only flag is four weeks back: too long ago
    4: ("·!········", 6),  # the first flag is that of its own week: 6 days
    5: ("xF!·······", 2),  # an injury before anybody looked; then another, flagged for two weeks
    6: ("FFrrX·F···", 4),  # an injury while nothing was told; the flag after it leads up to nothing
}


def _made() -> tuple[Design, np.ndarray]:
    athlete, week, state, outcome, onset, flag = [], [], [], [], [], []
    for who, (letters, weekday) in RUNNERS.items():
        for place, letter in enumerate(letters):
            injured = letter in "!xX"
            athlete.append(who)
            week.append(place)
            state.append(_BACK if letter in "rX" else _RISK)
            outcome.append(float(injured))
            onset.append(MONDAY + 7 * place + weekday if injured else -1)
            flag.append(letter in "F!")
    instant = MONDAY + 7 * np.array(week, dtype=np.int64)
    design = Design(
        ("volume",), np.array(athlete, dtype=np.int64), instant, np.array(state, dtype=np.int8),
        np.zeros((len(week), 1)), np.array(outcome), np.array(onset, dtype=np.int64),
    )  # fmt: skip
    return design, np.array(flag)


def test_every_injury_by_hand() -> None:
    design, flag = _made()
    rows, told = design.labelled, flag[design.at_risk]
    seen = rows.instant > MONDAY
    found = what_came(design, rows, told & seen, seen)
    by_hand = pd.DataFrame(
        [
            (1, date(2026, 2, 12), True, 24.0, "flagged in its week"),  # 19 January to 12 February
            (6, date(2026, 2, 6), False, np.nan, "nothing was told then"),
            (3, date(2026, 2, 7), False, np.nan, "not flagged"),
            (2, date(2026, 2, 2), False, 14.0, "flagged in the weeks before only"),
            (5, date(2026, 1, 21), True, 9.0, "flagged in its week"),
            (4, date(2026, 1, 18), True, 6.0, "flagged in its week"),
            (5, date(2026, 1, 7), False, np.nan, "before the diary begins"),
        ],
        columns=["athlete_id", "onset", "caught", "lead_days", "why"],
    )
    by_hand["onset"] = pd.to_datetime(by_hand["onset"])
    order = ["athlete_id", "onset"]
    pd.testing.assert_frame_equal(
        found.sort_values(order).reset_index(drop=True),
        by_hand.sort_values(order).reset_index(drop=True),
        check_dtype=False,
    )
    assert found["onset"].is_monotonic_decreasing


def test_a_flag_after_an_onset_is_no_warning_of_it() -> None:
    """Only forward in time: flags from the day after on change nothing that was told of an injury."""
    design, flag = _made()
    rows, told = design.labelled, flag[design.at_risk]
    seen = np.ones(len(rows), dtype=bool)
    before = what_came(design, rows, told, seen)
    for athlete, onset in zip(before["athlete_id"], before["onset"], strict=True):
        later = (rows.athlete == athlete) & (rows.instant > day_number(onset.date()))
        after = what_came(design, rows, told | later, seen)
        one = (before["athlete_id"] == athlete) & (before["onset"] == onset)
        pd.testing.assert_frame_equal(before[one], after[one])


def test_never_more_alarms_than_allowed_by_any_monday() -> None:
    design = club_world(2, runners=60, weeks=40).design
    for budget in BUDGETS:
        found = alarm_diary(design, budget)
        assert 0 < found.alarms <= budget * found.weeks / 100
        assert found.alarms > 0.9 * budget * found.weeks / 100
        days = np.unique(day_numbers(found.flagged["day"]))
        for day in days:
            by_then = (day_numbers(found.flagged["day"]) <= day).sum()
            looked = ((design.labelled.instant <= day) & (design.labelled.instant >= days.min() - 63)).sum()
            assert by_then <= budget * looked / 100
        assert 0 < found.chance < found.injuries


def test_of_estimates_that_are_alike_none_is_flagged_where_there_is_not_room_for_all() -> None:
    design = club_world(2, runners=60, weeks=20).design
    flat = replace(design, values=np.full_like(design.values, np.nan))
    assert alarm_diary(flat, 10).alarms == 0
