"""Distinct rows are numbered as a plain loop would."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.load.distinct import distinct

cell = st.sampled_from([0.0, 1.0, 2.5, float("nan")])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(cell, cell, cell), max_size=30))
def test_as_a_loop_finds_them(rows: list[tuple[float, float, float]]) -> None:
    columns = [np.array([row[n] for row in rows], dtype=float) for n in range(3)]
    first, which = distinct(columns)
    seen: dict[str, int] = {}
    loop = [seen.setdefault(str(row), len(seen)) for row in rows]
    assert which.tolist() == loop
    assert first.tolist() == [loop.index(n) for n in range(len(seen))]
