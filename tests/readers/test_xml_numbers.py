"""Times and numbers of XML, many at once: the same as one by one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.readers.xml_numbers import instant, instants

LETTERS = st.text(alphabet="0123456789-T:Z+. ", min_size=15, max_size=30)


def as_one_by_one(texts: list[str]) -> None:
    together = instants(pa.array(texts, pa.string()))
    alone = [instant(text) for text in texts]
    for column, values in zip(together, zip(*alone, strict=True), strict=True):
        np.testing.assert_array_equal(column, np.array(values, dtype=float))


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-01T00:00:0Z",  # found by the fuzzer: as long as a time without a zone
        "2024-01-01T00:00:00",
        "2024-01-01T00:00:00Z",
        "2024-01-01T00:00:00.5Z",
        "2024-01-01T00:00:00.123456+02:00",
        "2024-02-30T00:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:00:00-25:00",
        "9999-12-31T23:59:59Z",
    ],
)
def test_a_time_alone_and_among_others(text: str) -> None:
    as_one_by_one([text])
    as_one_by_one([text, "2024-05-05T05:05:05Z", text])


@given(st.lists(LETTERS, min_size=1, max_size=6))
def test_whatever_is_written_it_is_as_one_by_one(texts: list[str]) -> None:
    as_one_by_one(texts)
