"""The longest run of many stretches at once, against looking one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from loadmon.load.longest import longest_between

values = st.lists(st.one_of(st.just(float("nan")), st.integers(0, 6).map(float)), min_size=1, max_size=40)


@given(values, st.data())
def test_the_same_answer_as_looking_one_by_one(made: list[float], data: st.DataObject) -> None:
    array = np.array(made)
    pairs = data.draw(st.lists(st.tuples(st.integers(0, len(made)), st.integers(0, len(made))), max_size=20))
    begin = np.array([a for a, _ in pairs], dtype=np.int64)
    end = np.array([b for _, b in pairs], dtype=np.int64)
    found = longest_between(array, begin, end)
    for a, b, row in zip(begin, end, found, strict=True):
        known = [(array[i], i) for i in range(a, b) if not np.isnan(array[i])]
        assert row == (max(known)[1] if known else -1)


def test_of_equals_the_latest_wins() -> None:
    assert longest_between(np.array([5.0, 5.0, 1.0]), np.array([0]), np.array([3])).tolist() == [1]
