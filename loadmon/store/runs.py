"""Whole seasons at once: every session's facts as one table, its cadence windows, its heart rates and its exposure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Boolean, Connection, Date, Float, Integer, String, cast, func, select, type_coerce

from loadmon.gait.windows import WINDOW_COLUMNS, no_windows
from loadmon.load.heart_rate import HEART_RATE_BINS
from loadmon.store import schema
from loadmon.store.access import Viewer
from loadmon.store.codec import decode_heart_rate, decode_windows
from loadmon.store.packed import FLAT_FACTS, Packed

HEAD, FACTS = schema.SessionRow, schema.FactsRow

_AT_ONCE = 500
_LEFT_OUT = frozenset({"version", "measured"})
_COLUMNS: tuple[tuple[str, Any], ...] = (
    ("session_id", HEAD.id),
    ("mark", func.substr(HEAD.sha256, 1, 12) + ":" + cast(HEAD.index_in_file, String)),
    ("athlete_id", HEAD.athlete_id),
    ("batch_id", HEAD.batch_id),
    ("file_name", HEAD.file_name),
    ("excluded", HEAD.excluded),
    ("excluded_reason", HEAD.excluded_reason),
    ("timeless", HEAD.timeless),
    ("effort", func.coalesce(HEAD.effort_told, HEAD.effort)),
    ("effort_told", HEAD.effort_told),
    *((name, getattr(FACTS, name)) for name in FLAT_FACTS if name not in _LEFT_OUT),
)


def runs_table(
    conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None, since: date | None = None
) -> pd.DataFrame:
    """One row a session with everything that is known of it but its samples, by runner and time.

    Parameters
    ----------
    conn : Connection
        From ``Store.read()``.
    viewer : Viewer
        Whose eyes; rows of runners they may not see are not there.
    athlete_ids : iterable of int | None
        Only these runners.
    since : date | None
        Only sessions of this local day and later.

    Returns
    -------
    DataFrame
        ``session_id``, ``mark`` (the file's fingerprint, shortened, and the session's place in it: the same however
        often it is taken in), ``athlete_id``, ``batch_id``, ``file_name``, ``excluded``, ``excluded_reason``,
        ``timeless`` (a table's row without time of day or length), ``effort`` (0 to 10: what was told on a page, else
        what file or table told), ``effort_told`` (on a page alone) and the single values of ``RunFacts``. ``start_utc`` is datetime64[us, UTC], ``local_day`` datetime64[us] at midnight without
        zone, flags are bool, words are str, numbers float64 with NaN for missing (``utc_offset_s`` too). In facts of an
        earlier version what it did not know is missing, and ``grade_known`` False.
    """
    asked = (
        select(*(_fast(conn, name, column) for name, column in _COLUMNS))
        .join(FACTS, FACTS.session_id == HEAD.id)
        .where(viewer.rule(HEAD.athlete_id, athlete_ids))
        .order_by(HEAD.athlete_id, FACTS.start_utc, HEAD.id)
    )
    if since is not None:
        asked = asked.where(FACTS.local_day >= since)
    rows = conn.execute(asked).all()
    values: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(_COLUMNS)
    columns = {name: _column(column, found) for (name, column), found in zip(_COLUMNS, values, strict=True)}
    return pd.DataFrame(columns, copy=False)


def as_runs(found: Iterable[tuple[int, Packed]]) -> pd.DataFrame:
    """Sessions that are not stored yet as the table that ``runs_table`` would give of them.

    Parameters
    ----------
    found : iterable of (athlete, Packed)
        Each with the number of its runner; who is not in the store yet may have any number that nobody has.

    Returns
    -------
    DataFrame
        In the order given. ``session_id`` counts down from -1, ``batch_id`` is 0, nothing is excluded.
    """
    rows = []
    for place, (athlete_id, packed) in enumerate(found):
        head = packed.head
        own = {
            "session_id": -1 - place,
            "mark": f"{packed.sha256[:12]}:{head['index_in_file']}",
            "athlete_id": athlete_id,
            "batch_id": 0,
            "file_name": head["file_name"],
            "excluded": False,
            "excluded_reason": None,
            "timeless": head.get("timeless"),
            "effort": head.get("effort"),
            "effort_told": None,
            "start_utc": packed.facts["start_utc"].astimezone(UTC).replace(tzinfo=None),
        }
        rows.append(packed.facts | own)
    return pd.DataFrame({name: _column(column, [row[name] for row in rows]) for name, column in _COLUMNS}, copy=False)


def measured(conn: Connection, viewer: Viewer, session_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Of each of these sessions the stream's columns that hold values, by its number."""
    wanted, found = sorted(set(session_ids)), dict[int, frozenset[str]]()
    for first in range(0, len(wanted), _AT_ONCE):
        among = HEAD.id.in_(wanted[first : first + _AT_ONCE])
        asked = select(HEAD.id, FACTS.measured).join(FACTS, FACTS.session_id == HEAD.id)
        for number, names in conn.execute(asked.where(among, viewer.rule(HEAD.athlete_id))):
            found[number] = frozenset(json.loads(names))
    return found


def windows(
    conn: Connection,
    viewer: Viewer,
    athlete_ids: Iterable[int] | None = None,
    since: date | None = None,
    columns: Sequence[str] = WINDOW_COLUMNS,
) -> pd.DataFrame:
    """The cadence windows of many sessions as one table.

    Parameters
    ----------
    conn, viewer, athlete_ids, since
        As for ``runs_table``. Sessions that do not count are left out.
    columns : sequence of str
        Those of ``loadmon.gait.windows.WINDOW_COLUMNS`` that are wanted: a squad's cadence needs half of them.

    Returns
    -------
    DataFrame
        ``session_id``, ``athlete_id``, ``local_day`` (datetime64[us], midnight) and the columns; by runner and time. What an
        earlier version did not keep of a window is NaN until its facts are computed anew.
    """
    blobs = schema.WindowsRow
    asked = (
        select(HEAD.id, HEAD.athlete_id, _fast(conn, "local_day", FACTS.local_day), blobs.data)
        .join(FACTS, FACTS.session_id == HEAD.id)
        .join(blobs, blobs.session_id == HEAD.id)
        .where(viewer.rule(HEAD.athlete_id, athlete_ids), HEAD.excluded.is_(False), FACTS.is_running.is_(True))
        .order_by(HEAD.athlete_id, FACTS.start_utc, HEAD.id)
    )
    if since is not None:
        asked = asked.where(FACTS.local_day >= since)
    rows = conn.execute(asked).all()
    ids, runners, days, data = zip(*rows, strict=True) if rows else ((), (), (), ())
    table = decode_windows(ids, data, columns)
    if table.empty:  # no blob tells the columns' kinds, and still the table has them
        table = table[["session_id"]].join(no_windows()[list(columns)])
    place = pd.Index(ids, dtype="int64").get_indexer(table["session_id"])
    table.insert(1, "athlete_id", np.asarray(runners, np.int64)[place])
    table.insert(2, "local_day", _days(days)[place])
    return table


def heart_rate(
    conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None, since: date | None = None
) -> pd.DataFrame:
    """How long each session's heart beat at each rate: what heart-rate load is computed from, at any limits.

    Parameters
    ----------
    conn, viewer, athlete_ids, since
        As for ``runs_table``.

    Returns
    -------
    DataFrame
        A row a session that holds heart rate, by runner and time; the index is ``session_id``, the columns are the
        whole beats of ``loadmon.load.heart_rate.HEART_RATE_BINS``, the values seconds (float64). A session that is not
        in it was recorded without heart rate (or its facts wait to be computed anew).
    """
    rows = _kept_beside(conn, viewer, schema.HeartRateRow, athlete_ids, since)
    ids = pd.Index([row[0] for row in rows], dtype="int64", name="session_id")
    return pd.DataFrame(decode_heart_rate([row[1] for row in rows]), index=ids, columns=HEART_RATE_BINS, copy=False)


def exposures(
    conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None, since: date | None = None
) -> dict[int, bytes]:
    """What the tissues of each run were exposed to: what every tissue number is computed from, by any coefficients.

    Parameters
    ----------
    conn, viewer, athlete_ids, since
        As for ``runs_table``.

    Returns
    -------
    dict of int to bytes
        By session, in the order of ``runs_table``, as ``loadmon.tissue.exposure_bytes`` made them. A session that is not in
        it has none: ``exposure_reason`` of its facts says why (nothing where they wait to be computed anew).
    """
    return {row.id: row.data for row in _kept_beside(conn, viewer, schema.ExposureRow, athlete_ids, since)}


def _kept_beside(
    conn: Connection,
    viewer: Viewer,
    blobs: type[schema.HeartRateRow | schema.ExposureRow],
    athlete_ids: Iterable[int] | None,
    since: date | None,
) -> Sequence[Any]:
    """The number of each session that has something in this table, and what it has; in the order of ``runs_table``."""
    asked = (
        select(HEAD.id, blobs.data)
        .join(blobs, blobs.session_id == HEAD.id)
        .join(FACTS, FACTS.session_id == HEAD.id)
        .where(viewer.rule(HEAD.athlete_id, athlete_ids), func.length(blobs.data) > 0)
        .order_by(HEAD.athlete_id, FACTS.start_utc, HEAD.id)
    )
    return conn.execute(asked if since is None else asked.where(FACTS.local_day >= since)).all()


def out_of_date(conn: Connection, viewer: Viewer, version: int) -> int:
    """How many sessions have facts of another version than this one: some of their figures are missing until then."""
    other = select(FACTS.session_id).where(FACTS.version != version)
    if conn.execute(other.limit(1)).first() is None:  # as nearly always: told from the index alone
        return 0
    counted = select(func.count()).select_from(FACTS).join(HEAD, HEAD.id == FACTS.session_id)
    return conn.execute(counted.where(FACTS.version != version, viewer.rule(HEAD.athlete_id))).scalar_one()


def _fast(conn: Connection, name: str, column: Any) -> Any:
    """The column as the database gives it quickest: 39,000 dates made one by one in Python would take longer than all."""
    kind = column.type
    if isinstance(kind, Boolean):
        return type_coerce(column, Integer).label(name)
    if conn.dialect.name == "sqlite" and isinstance(kind, Date | schema.UTCDateTime):
        return type_coerce(column, String).label(name)
    if isinstance(kind, schema.UTCDateTime):
        return func.timezone("UTC", column).label(name)
    return column.label(name)


def _column(column: Any, values: Sequence[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Boolean):
        return np.array(values, np.bool_)
    if isinstance(kind, schema.UTCDateTime):
        return pd.DatetimeIndex(np.array(values, "datetime64[us]"), tz="UTC")
    if isinstance(kind, Date):
        return _days(values)
    if isinstance(kind, Float) or (isinstance(kind, Integer) and column.expression.nullable):
        return np.array(values, np.float64)
    if isinstance(kind, Integer):
        return np.array(values, np.int64)
    return pd.array(values, dtype="str")


def _days(values: Sequence[Any]) -> Any:
    return np.array(values, "datetime64[D]").astype("datetime64[us]")
