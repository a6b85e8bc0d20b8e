"""What was known of a runner on the day of a session."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.athlete import THRESHOLD_RANGES, Athlete, Threshold, limits_on

FIRST = date(1969, 12, 20)
"""Days before 1970 count too: their numbers are negative."""


def runs(rows: list[tuple[int, date]]) -> pd.DataFrame:
    days = np.array([day for _, day in rows], "datetime64[us]")
    return pd.DataFrame({"athlete_id": np.array([runner for runner, _ in rows], np.int64), "local_day": days})


limit = st.builds(
    Threshold,
    st.sampled_from(["mass_kg", "max_heart_rate_bpm"]),
    st.floats(1, 200),
    st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n)),
)


def of_different_days(limits: list[Threshold]) -> tuple[Threshold, ...]:
    return tuple({(one.kind, one.valid_from): one for one in limits}.values())


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(limit, max_size=5).map(of_different_days), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 45)), max_size=20),
)
def test_all_at_once_is_each_by_itself(limits: list[tuple[Threshold, ...]], asked: list[tuple[int, int]]) -> None:
    people = [Athlete(number, "x", thresholds=own) for number, own in enumerate(limits)]
    table = runs([(runner, FIRST + timedelta(days=day)) for runner, day in asked])
    found = limits_on(people, table)
    for row, (runner, day) in zip(found.to_dict("records"), asked, strict=True):
        for kind in THRESHOLD_RANGES:
            known = people[runner].threshold(kind, FIRST + timedelta(days=day)) if runner < len(people) else None
            assert (row[kind] == known) if known is not None else np.isnan(row[kind])


def test_a_limit_holds_from_its_day_and_not_before() -> None:
    ana = Athlete(7, "Ana", thresholds=(Threshold("mass_kg", 60.0, date(2025, 3, 2)),), sex="female")
    found = limits_on([ana, Athlete(8, "Bo")], runs([(7, date(2025, 3, day)) for day in (1, 2, 3)] + [(8, FIRST)]))
    assert found["mass_kg"].tolist() == pytest.approx([np.nan, 60.0, 60.0, np.nan], nan_ok=True)
    assert found["sex"].tolist()[:3] == ["female"] * 3
    assert pd.isna(found["sex"].iloc[3])


def test_the_table_lies_beside_the_sessions_whatever_their_order() -> None:
    ana = Athlete(
        1, "Ana", thresholds=(Threshold("mass_kg", 60.0, FIRST), Threshold("mass_kg", 62.0, date(2025, 1, 1)))
    )
    table = runs([(1, date(2025, 5, 1)), (1, date(2020, 5, 1))]).set_index(pd.Index([42, 7]))
    found = limits_on([ana], table)
    assert found.index.tolist() == [42, 7]
    assert found.loc[42, "mass_kg"] == 62.0
    assert found.loc[7, "mass_kg"] == 60.0
    assert list(found.columns) == [*THRESHOLD_RANGES, "sex"]


def test_no_sessions_and_nobody_known() -> None:
    assert limits_on([], runs([])).shape == (0, len(THRESHOLD_RANGES) + 1)
    assert limits_on([], runs([(1, FIRST)])).isna().all().all()
