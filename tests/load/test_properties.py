"""What must hold of every daily figure whatever was run: scale, order, midnight, and nothing made of nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.days import WeekStart, offset_in_zone, week_start
from loadmon.load.band import ratio_band
from loadmon.load.daily import rolling_week, weeks
from loadmon.load.fitness import fitness
from loadmon.load.kind import DISTANCE
from loadmon.load.ratio import ratio
from loadmon.load.spike import spikes
from loadmon.load.variety import rolling_variety, weekly_variety
from loadmon.measure import REASON_WORDS
from loadmon.session import Session, Source, Sport
from loadmon.timeline import timeline
from tests.made_runs import START, day_at, made_runs, session

DAILY: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "week": lambda line: rolling_week(line),
    "weeks": lambda line: weeks(line),
    "ratio": lambda line: ratio(line),
    "coupled": lambda line: ratio(line, coupled=True),
    "weighted": lambda line: ratio(line, average="ewma"),
    "band": lambda line: ratio_band(line, draws=60),
    "variety": lambda line: rolling_variety(line, DISTANCE),
    "varied weeks": lambda line: weekly_variety(line, DISTANCE),
    "long and short": lambda line: fitness(line, DISTANCE),
}
REASONED = {
    "week": [("change_pct", "reason")],
    "ratio": [("value", "reason")],
    "coupled": [("value", "reason")],
    "weighted": [("value", "reason")],
    "band": [("low", "reason"), ("high", "reason")],
    "variety": [("monotony", "reason"), ("strain", "reason")],
    "varied weeks": [("monotony", "reason"), ("strain", "reason")],
    "long and short": [(name, f"{name}_reason") for name in ("long_term", "short_term", "balance", "ramp")],
}
"""Numbers that stand exactly where no reason does."""

some_runs = st.lists(
    st.tuples(
        st.integers(1, 2),
        st.integers(0, 60),
        st.integers(0, 3),
        st.one_of(st.none(), st.integers(500, 42000).map(float)),
    ),
    min_size=1,
    max_size=50,
)
gaps = st.lists(st.tuples(st.integers(1, 2), st.integers(0, 60), st.integers(0, 12)), max_size=3)
Runs = list[tuple[int, int, int, float | None]]


def table(rows: Runs, clocks: list[int] | None = None) -> pd.DataFrame:
    hours = clocks or [hour for _, _, hour, _ in rows]
    made = made_runs(
        session(day_at(day), metres, athlete_id=who, clock=f"{6 + 4 * hour:02d}:00")
        for (who, day, _, metres), hour in zip(rows, hours, strict=True)
    )
    return made.astype({"distance_m": "float64", "moving_s": "float64"})


def declared(spans: list[tuple[int, int, int]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "athlete_id": [who for who, _, _ in spans],
            "first_day": [day_at(day) for _, day, _ in spans],
            "last_day": [day_at(day + more) for _, day, more in spans],
        }
    )


@settings(max_examples=60, deadline=None)
@given(some_runs, gaps)
def test_what_is_missing_becomes_neither_zero_nor_infinite_and_says_why(
    rows: Runs, spans: list[tuple[int, int, int]]
) -> None:
    line = timeline(table(rows), today=day_at(62), unknown=declared(spans))
    for name, of in DAILY.items():
        found = of(line)
        numbers = found.select_dtypes("number")
        assert not np.isinf(numbers.to_numpy(dtype=float)).any(), name
        for value, reason in REASONED.get(name, []):
            assert (found[value].isna() == found[reason].notna()).all(), (name, value)
            assert set(found[reason].dropna()) <= set(REASON_WORDS)
    unknown_weeks = weeks(line)
    ran_unmeasured = (unknown_weeks["runs"] > 0) & unknown_weeks["distance_m"].eq(0)
    assert not ran_unmeasured.any()


@settings(max_examples=30, deadline=None)
@given(some_runs, st.randoms())
def test_the_order_of_a_days_sessions_changes_no_daily_figure(rows: Runs, random: Any) -> None:
    rows = list(rows)
    places: dict[tuple[int, int], list[int]] = {}
    for place, (who, day, _, _) in enumerate(rows):
        places.setdefault((who, day), []).append(place)
    hours = [hour for _, _, hour, _ in rows]
    for own in places.values():
        swapped = random.sample(own, len(own))
        for place, hour in zip(own, [hours[p] for p in swapped], strict=True):
            rows[place] = (*rows[place][:2], hour, rows[place][3])
    shuffled = table(rows).sample(frac=1.0, random_state=random.randrange(1000))
    plain = table([(who, day, hour, metres) for (who, day, _, metres), hour in zip(rows, hours, strict=True)])
    one, other = timeline(plain, today=day_at(62)), timeline(shuffled, today=day_at(62))
    pd.testing.assert_frame_equal(one, other)
    for of in DAILY.values():
        pd.testing.assert_frame_equal(of(one), of(other))


@settings(max_examples=25, deadline=None)
@given(some_runs, st.floats(1.0, 4.0))
def test_scaling_all_loads_scales_sums_and_leaves_ratios(rows: Runs, factor: float) -> None:
    runs = table(rows)
    more = runs.assign(distance_m=runs["distance_m"] * factor)
    once, scaled = timeline(runs, today=day_at(62)), timeline(more, today=day_at(62))

    def both(of: str, column: str) -> tuple[np.ndarray, np.ndarray]:
        plain, grown = DAILY[of](once)[column].to_numpy(), DAILY[of](scaled)[column].to_numpy()
        known = ~np.isnan(plain)
        assert not np.isnan(grown[known]).any(), (of, column)
        return plain[known], grown[known]

    for of, column in [("week", "sum_7d"), ("weeks", "distance_m"), ("varied weeks", "strain"), ("ratio", "chronic"),
                       *[("long and short", name) for name in ("long_term", "short_term", "balance", "ramp")]]:  # fmt: skip
        plain, grown = both(of, column)
        assert grown == pytest.approx(factor * plain, rel=1e-6, abs=1e-6)
    for of, column in [("week", "change_pct"), ("ratio", "value"), ("coupled", "value"), ("weighted", "value"),
                       ("variety", "monotony"), ("varied weeks", "monotony")]:  # fmt: skip
        plain, grown = both(of, column)
        assert grown == pytest.approx(plain, rel=1e-6, abs=1e-6)
    assert spikes(more)["change_pct"].to_numpy() == pytest.approx(
        spikes(runs)["change_pct"].to_numpy(), rel=1e-6, abs=1e-6, nan_ok=True
    )


CLOCK_CHANGES = {
    "Europe/Berlin": [date(2025, 3, 30), date(2025, 10, 26)],
    "America/New_York": [date(2025, 3, 9), date(2025, 11, 2)],
    "America/Santiago": [date(2025, 4, 6), date(2025, 9, 7)],  # there midnight itself is skipped
    "Australia/Lord_Howe": [date(2025, 4, 6), date(2025, 10, 5)],  # half an hour only
}


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(list(CLOCK_CHANGES)), st.integers(0, 1), st.integers(-1, 1), st.integers(-180, 180))
def test_a_run_about_midnight_or_a_clock_change_lands_on_its_local_day(
    zone: str, which: int, shift: int, minutes: int
) -> None:
    night = CLOCK_CHANGES[zone][which] + timedelta(days=shift)
    wall = datetime(night.year, night.month, night.day) + timedelta(minutes=minutes)
    instant = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    on_the_wall = instant.astimezone(ZoneInfo(zone)).date()
    local_day = recorded(instant, offset_in_zone(instant, zone)).local_day
    assert local_day == on_the_wall
    begun, today = night - timedelta(days=4), night + timedelta(days=4)
    run = session(local_day, 7000.0) | {"start_utc": instant}
    line = timeline(made_runs([run]), today=today, first={1: begun})
    assert len(line) == 9
    assert line.loc[line["distance_m"] == 7000.0, "local_day"].dt.date.tolist() == [on_the_wall]
    for first in WeekStart:
        held = weeks(line, first)
        assert held.loc[held["distance_m"] > 0, "week_start"].dt.date.tolist() == [week_start(on_the_wall, first)]


def recorded(start: datetime, utc_offset_s: int | None) -> Session:
    return Session(
        sport=Sport.RUN,
        start=start,
        elapsed_s=1800.0,
        timer_s=1800.0,
        moving_s=1800.0,
        stream=pd.DataFrame({"timestamp": [start], "t_s": [0.0]}),
        source=Source("0" * 64, "made.fit", "fit", "made"),
        utc_offset_s=utc_offset_s,
    )


def test_a_record_shorter_than_any_window_gives_reasons_only() -> None:
    line = timeline(made_runs([session(START)]), today=START)
    for name in ("week", "ratio", "weighted", "variety", "varied weeks"):
        found = DAILY[name](line)
        for value, reason in REASONED[name]:
            assert found[value].isna().all() and found[reason].notna().all(), name
