"""Starts that no run can have are told, in watch files and in tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from loadmon.readers.clean import session_of
from loadmon.readers.day_doubted import day_doubted
from loadmon.readers.recording import Recording
from loadmon.readers.table_row import TableRow, session_of_row
from loadmon.session import Source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SOURCE = Source("0" * 64, "made", "gpx", "made")


@pytest.mark.parametrize(
    ("start", "recorded", "names"),
    [
        (datetime(2033, 5, 1, tzinfo=UTC), True, ["date lies ahead"]),
        (datetime(2033, 5, 1, tzinfo=UTC), False, ["date lies ahead"]),
        (NOW + timedelta(hours=23), True, []),
        (NOW, True, []),
        (datetime(2003, 1, 1, tzinfo=UTC), True, []),
        (datetime(2000, 2, 20, tzinfo=UTC), True, ["date before running watches"]),
        (datetime(1995, 2, 20, tzinfo=UTC), False, []),
    ],
)
def test_only_days_that_cannot_be_are_doubted(start: datetime, recorded: bool, names: list[str]) -> None:
    assert [odd.name for odd in day_doubted(start, NOW, recorded=recorded)] == names


@pytest.mark.parametrize(("begins", "said"), [(4_100_000_000.0, True), (955_000_000.0, True), (1_700_000_000.0, False)])
def test_a_recording_tells_it(begins: float, said: bool) -> None:
    session = session_of(Recording(unix_s=begins + 1.0 * np.arange(20), columns={}), SOURCE)
    assert any(odd.name.startswith("date ") for odd in session.oddities) == said


def test_a_table_tells_it() -> None:
    row = TableRow(number=1, start="2099-05-01T07:00:00", has_time=True, sport="run", duration_s=3600.0)
    assert "date lies ahead" in [odd.name for odd in session_of_row(row, SOURCE).oddities]
