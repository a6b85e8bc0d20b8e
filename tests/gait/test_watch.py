"""Watches: a new one breaks every comparison, two in turn do not."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from loadmon.gait.cadence import trend
from loadmon.gait.watch import watch_stretches, with_watches
from tests.gait.made_watches import runs


@pytest.mark.parametrize(
    ("watches", "stretches", "new"),
    [
        ("AAAA", [0, 0, 0, 0], []),
        ("AABB", [0, 0, 2, 2], [2]),
        ("ABAB", [0, 1, 0, 1], [1]),
        ("AAA" + " " * 30 + "AA", [0, 0, 0, 0, 0], []),
        ("A" + "B" * 25 + "A", [0, *[1] * 25, 26], [1, 26]),
        ("AB" + " " * 30 + "BA", [0, 1, 1, 3], [1, 3]),
    ],
    ids=["one", "a new one", "two in turn", "a pause", "the old one again", "the old one after a pause"],
)
def test_stretches(watches: str, stretches: list[int], new: list[int]) -> None:
    found = watch_stretches(runs(watches))
    assert found["stretch"].tolist() == stretches
    assert found.index[found["new_watch"]].tolist() == new


def test_two_of_one_make_are_told_apart_by_their_fingerprint() -> None:
    two = pd.concat([runs("AA"), runs("  AA", serial="y", first_id=3)], ignore_index=True)
    assert watch_stretches(two)["stretch"].tolist() == [0, 0, 2, 2]
    untold = pd.concat([runs("AA", serial=None), runs("  AA", serial=None, first_id=3)], ignore_index=True)
    assert watch_stretches(untold)["stretch"].tolist() == [0, 0, 0, 0]


def test_runners_do_not_share_stretches_and_order_does_not_matter() -> None:
    two = pd.concat([runs("AAB"), runs("AAA", athlete=2, first_id=10)], ignore_index=True)
    found = watch_stretches(two.sample(frac=1.0, random_state=1))
    assert found["session_id"].tolist() == [1, 2, 3, 10, 11, 12]
    assert found["stretch"].tolist() == [0, 0, 2, 3, 3, 3]
    assert found["new_watch"].sum() == 1


def test_what_does_not_count_changes_nothing() -> None:
    given = runs("ABA").assign(excluded=[False, True, False])
    assert watch_stretches(given)["session_id"].tolist() == [1, 3]
    assert not watch_stretches(given)["new_watch"].any()
    assert watch_stretches(given.assign(is_running=False)).empty
    values = pd.DataFrame({"session_id": [3, 2, 1], "value_spm": [1.0, 2.0, 3.0]})
    assert with_watches(values, given)["session_id"].tolist() == [3, 1]


def told(watches: str, spm: dict[str, float]) -> pd.DataFrame:
    given = runs(watches)
    cadence = [spm[name[-1]] + 0.1 * (n % 2) for n, name in enumerate(given["device"])]
    values = pd.DataFrame({"session_id": given["session_id"], "local_day": given["local_day"], "value_spm": cadence})
    return with_watches(values, given)


def test_a_trend_never_crosses_to_another_watch() -> None:
    values = told("A" * 8 + "B" * 10, {"A": 168.0, "B": 173.0})
    values["value_spm"] += np.linspace(0, 0.5, len(values))
    assert trend(values.drop(columns="stretch")).changed
    found = trend(values)
    assert (found.n_runs, found.other_watch, found.changed) == (10, 8, False)
    assert found.first_day == date(2025, 1, 25)


def test_a_new_watch_with_few_runs_is_the_reason() -> None:
    found = trend(told("A" * 12 + "B" * 4, {"A": 168.0, "B": 173.0}))
    assert (found.slope_spm_per_day, found.reason, found.n_runs, found.other_watch) == (None, "device new", 4, 12)
    few = trend(told("AAABB", {"A": 168.0, "B": 173.0}))
    assert (few.reason, few.n_runs) == ("runs<8", 2)
    one = told("A" * 12, {"A": 168.0}).assign(
        local_day=pd.date_range("2025-01-01", periods=12).astype("datetime64[us]")
    )
    assert (trend(one).reason, trend(one).n_runs) == ("trend<21d", 12)  # twelve days are no three weeks


def test_of_two_watches_in_turn_the_one_used_more_is_told() -> None:
    found = trend(told("AABAABAABAABAAB", {"A": 168.0, "B": 173.0}))
    assert (found.n_runs, found.other_watch, found.reason, found.changed) == (10, 5, None, False)
