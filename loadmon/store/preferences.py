"""Settings that are made on a page, such as kilometres or miles."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, select

from loadmon.store.insert_new import put
from loadmon.store.schema import PreferenceRow


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
