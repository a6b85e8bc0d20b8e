"""Half a year of made training as the pages of tissue load show it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pandas as pd

from loadmon.athlete import Athlete
from loadmon.show.tissue_view import TissueView
from loadmon.tissue.call import Calls
from loadmon.tissue.exposure_bytes import exposure_bytes
from loadmon.tissue.sheet import TissueSheet, tissue_sheet
from loadmon.tissue.week import TissueWeek, latest_week
from tests.tissue.made_training import MONDAY, WEEKS, made_days

END = MONDAY + timedelta(days=7 * WEEKS - 1)
"""The last Sunday of it."""
ADA = Athlete(id=1, name="Ada")


@cache
def sheet(change: str, weeks: int = WEEKS, on: date | None = None) -> TissueSheet:
    """Its sheet on the last Sunday, or on an earlier day."""
    days, exposures = made_days(change, weeks=weeks)
    runs = pd.DataFrame({"session_id": range(1, len(days) + 1), "local_day": days, "exposure_reason": None})
    blobs = {n: exposure_bytes(one) for n, one in enumerate(exposures, start=1)}
    return tissue_sheet(ADA, runs, blobs, today=on or MONDAY + timedelta(days=7 * weeks - 1))


def view(change: str) -> TissueView:
    """The same as a page gets it."""
    return TissueView(ADA, sheet(change))


def calls(change: str) -> Calls:
    """What is called on the last Sunday."""
    found = sheet(change).calls
    assert found is not None
    return found


def week(change: str, on: date | None = None) -> TissueWeek:
    """The last week, or its first days."""
    found = latest_week(sheet(change, on=on).days, sheet(change, on=on).weeks)
    assert found is not None
    return found
