"""Settings that are made on a page, such as kilometres or miles."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, select

from loadmon.days import WeekStart
from loadmon.store.insert_new import put
from loadmon.store.schema import PreferenceRow
from loadmon.store.squad import NotAValue

_WEEK_START = "week_start"


def preference(conn: Connection, key: str, otherwise: Any = None) -> Any:
    """What was last chosen for ``key``, or ``otherwise`` if nothing was."""
    found = conn.execute(select(PreferenceRow.value).where(PreferenceRow.key == key)).scalar_one_or_none()
    return otherwise if found is None else json.loads(found)


def set_preference(conn: Connection, key: str, value: Any) -> None:
    """Choose ``value`` (plain: words, numbers, lists) for ``key``; None goes back to the default."""
    if value is None:
        conn.execute(delete(PreferenceRow).where(PreferenceRow.key == key))
    else:
        put(conn, PreferenceRow, {"key": key, "value": json.dumps(value)}, same=("key",))


def week_start(conn: Connection) -> WeekStart:
    """The day on which weeks begin in every table and chart: Monday (as in ISO 8601) unless Sunday was chosen."""
    return WeekStart(preference(conn, _WEEK_START, WeekStart.MONDAY))


def set_week_start(conn: Connection, day: WeekStart | str) -> None:
    """Choose the day on which weeks begin.

    Raises
    ------
    NotAValue
        If it is neither ``monday`` nor ``sunday``.
    """
    if day not in set(WeekStart):
        raise NotAValue("Weeks begin on Monday or on Sunday.", "Choose one of the two.")
    set_preference(conn, _WEEK_START, str(day))
