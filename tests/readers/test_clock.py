"""Which clock a run was lived by."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from loadmon.readers.clock import rounded_offset, utc_offset
from loadmon.session import OffsetOrigin as Origin

SUMMER = datetime(2025, 7, 1, 20, 0, tzinfo=UTC)
WINTER = datetime(2025, 1, 1, 20, 0, tzinfo=UTC)
BERLIN, LONDON, SEA = (52.5, 13.4), (51.5, -0.1), (0.0, -140.0)


@pytest.mark.parametrize(
    ("start", "told", "position", "home", "expected"),
    [
        (SUMMER, 7200, BERLIN, None, (7200, Origin.FILE)),
        (SUMMER, -18000, BERLIN, "Europe/Berlin", (-18000, Origin.FILE)),  # the watch's own clock is what was lived by
        (SUMMER, 0, BERLIN, None, (7200, Origin.POSITION)),  # zero is what apps write that know nothing
        (WINTER, 0, LONDON, None, (0, Origin.FILE)),
        (SUMMER, 0, LONDON, None, (3600, Origin.POSITION)),
        (SUMMER, 0, None, "America/New_York", (-14400, Origin.USER)),
        (WINTER, None, None, "America/New_York", (-18000, Origin.USER)),
        (SUMMER, None, BERLIN, "America/New_York", (7200, Origin.POSITION)),
        (SUMMER, None, None, None, (None, Origin.UNKNOWN)),
        (SUMMER, None, None, "Nowhere/Land", (None, Origin.UNKNOWN)),
        (SUMMER, 20_700, None, None, (20_700, Origin.FILE)),  # Nepal: quarter hours are real
        (SUMMER, 100_000, BERLIN, None, (7200, Origin.POSITION)),
    ],
)
def test_where_local_time_comes_from(start, told, position, home, expected) -> None:
    assert utc_offset(start, told_s=told, position=position, home_zone=home) == expected


def test_the_open_sea_has_an_offset_too() -> None:
    offset, origin = utc_offset(SUMMER, told_s=None, position=SEA, home_zone=None)
    assert (offset, origin) == (-9 * 3600, Origin.POSITION)


@pytest.mark.parametrize(
    ("told", "expected"), [(7201, 7200), (7199, 7200), (7500, None), (60000, None), (None, None), (0, 0)]
)
def test_offsets_are_quarters_of_an_hour(told, expected) -> None:
    assert rounded_offset(told) == expected
