"""Half a year of made training as the pages of tissue load show it."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from loadmon.tissue.acceleration import Divergence, divergence
from loadmon.tissue.call import Calls, calls_on
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.ledger import Ledger
from loadmon.tissue.week import TissueWeek, tissue_week
from tests.tissue.made_training import MONDAY, WEEKS, made_days, made_ledger

END = MONDAY + timedelta(days=7 * WEEKS - 1)
"""The last Sunday of it."""


@cache
def ledger(change: str, weeks: int = WEEKS) -> Ledger:
    """Its ledger, with draws."""
    return made_ledger(*made_days(change, weeks=weeks))


@cache
def found(change: str, weeks: int = WEEKS) -> Divergence:
    """How its tissues accelerate against its steps."""
    return divergence(ledger(change, weeks), default_coefficients())


def calls(change: str) -> Calls:
    """What is called on the last Sunday."""
    return calls_on(END, found(change), default_coefficients())


def view_week(change: str, days: int = 7) -> TissueWeek:
    """The last week, or its first days."""
    first = END - timedelta(days=6)
    return tissue_week(ledger(change), first, first + timedelta(days=days - 1))
