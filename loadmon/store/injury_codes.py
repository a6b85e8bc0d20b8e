"""The whole list of injury codes, where somebody brought it: kept for everyone, beside those that ship with loadmon."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from loadmon.planning.injury_codes import InjuryCode, area_of, our_codes
from loadmon.store.access import Viewer, no_such
from loadmon.store.packed import plain
from loadmon.store.schema import InjuryCodeRow

ROW = InjuryCodeRow


def replace_codes(conn: Connection, viewer: Viewer, codes: Iterable[InjuryCode]) -> int:
    """Put a new list in the place of the one that was brought before; how many it holds.

    Raises
    ------
    NotFound
        For those who do not decide: the list is everyone's.
    """
    if not viewer.decides:
        raise no_such("list")
    conn.execute(delete(ROW))
    rows = [{"code": one.code, "name": plain(one.name)} for one in codes]
    if rows:
        conn.execute(insert(ROW), rows)
    return len(rows)


def all_codes(conn: Connection) -> dict[str, InjuryCode]:
    """Every code: our own with the rules that fit them, then the brought ones, by code."""
    found = dict(our_codes())
    for row in conn.execute(select(ROW).order_by(ROW.code)):
        found.setdefault(row.code, InjuryCode(row.code, row.name, area_of(row.code), label="V"))
    return found
