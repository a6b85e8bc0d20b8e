"""Settings that are made on a page, such as kilometres or miles."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, select

from loadmon.correction import CorrectionKind
from loadmon.days import WeekStart
from loadmon.repair import ACTING, BY_READING
from loadmon.store.insert_new import put
from loadmon.store.schema import PreferenceRow
from loadmon.store.squad import NotAValue

_WEEK_START = "week_start"
_RULES = "corrections_by_rule"


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


def rules(conn: Connection) -> frozenset[CorrectionKind]:
    """Which rules correct a recording by themselves when it is read; what the others find is only suggested."""
    chosen = preference(conn, _RULES)
    return ACTING if chosen is None else frozenset(CorrectionKind(kind) for kind in chosen) & BY_READING


def set_rules(conn: Connection, kinds: Iterable[CorrectionKind | str] | None) -> None:
    """Choose which rules correct by themselves from now on; None goes back to loadmon's own choice.

    What is in the store follows when it is read again.

    Raises
    ------
    NotAValue
        If there is no rule for one of them.
    """
    chosen = None if kinds is None else sorted({str(kind) for kind in kinds})
    if chosen is not None and not set(chosen) <= {kind.value for kind in BY_READING}:
        told = ", ".join(sorted(kind.value for kind in BY_READING))
        raise NotAValue("There is no rule of that name.", f"Choose of: {told}.")
    set_preference(conn, _RULES, chosen)
