"""A made-up plan of a return to running in a store, with a decision about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from loadmon.planning.gate import GateAnswers
from loadmon.planning.pre_injury import given_level
from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import Choice, Decision, ReturnOrder
from loadmon.store import Viewer, plans

TODAY = date(2025, 2, 1)
ORDER = ReturnOrder(1, "tendon", TODAY, given_level(30_000.0, 2.8, 4.0), "Eva Lind", note="the note of Eva")
ANSWERS = GateAnswers(frozenset(default_return_rules().profile["tendon"].entry), 30.0)
HOLD = Decision(TODAY, datetime.now(UTC), "Eva Lind", "clinician", Choice.HOLD, 1, "the note of Eva")


def add_plan(conn: Connection, athlete_id: int) -> int:
    """One plan with one decision; its number."""
    number = plans.add_plan(conn, Viewer.everyone(), replace(ORDER, athlete_id=athlete_id), ANSWERS, today=TODAY)
    plans.decide(conn, Viewer.everyone(), number, HOLD)
    return number
