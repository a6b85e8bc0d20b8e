"""Which week the page Tissue load opens on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loadmon.days import week_start
from loadmon.show.tissue_view import first_week, weeks_of
from tests.show.made_tissues import END, sheet


@pytest.mark.parametrize(("later", "weeks_back"), [(0, 0), (1, 1), (2, 1)])
def test_a_week_without_a_run_yet_opens_on_the_one_before(later: int, weeks_back: int) -> None:
    """The made runner ran last on a Sunday; a day and two later their new week has begun and holds nothing."""
    day = END + timedelta(days=later)
    found = sheet("none", on=day)
    assert first_week(found) == (week_start(day) - timedelta(days=7 * weeks_back)).isoformat()
    assert next(iter(weeks_of(found))) == week_start(day).isoformat()
