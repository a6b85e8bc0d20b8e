"""Effort load: effort times the minutes of the whole session, and nothing where nobody told."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.load.effort import effort_load
from tests.paths import oracle


def test_worked_case_two_hours_at_six() -> None:
    cases = {c["id"]: c for c in json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]}
    case = cases["foster_srpe"]
    found = effort_load(case["inputs"]["rpe_cr10"], 60 * case["inputs"]["duration_min"])
    assert float(found) == pytest.approx(case["expected"]["load_au"], abs=case["tolerance"]["abs"])


def test_two_hours_at_six_are_720() -> None:
    assert float(effort_load(6, 7200)) == pytest.approx(720)


@pytest.mark.parametrize(
    ("effort", "elapsed"), [(np.nan, 3600), (6, np.nan), (6, 0), (-1, 3600), (10.5, 3600), (15, 3600)]
)
def test_what_was_not_told_is_missing_and_not_0(effort: float, elapsed: float) -> None:
    assert np.isnan(effort_load(effort, elapsed))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0.5, 10), st.floats(1, 1e5)), min_size=1, max_size=10), st.floats(0.1, 3))
def test_twice_as_long_is_twice_the_load(rows: list[tuple[float, float]], times: float) -> None:
    effort, elapsed = np.array(rows).T
    np.testing.assert_allclose(effort_load(effort, elapsed * times), times * effort_load(effort, elapsed), rtol=1e-12)
