"""Session tables: one row a session, columns proposed by their names and confirmed by the person who gives them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from loadmon.readers import table_values as values
from loadmon.readers.clock import check_zone
from loadmon.readers.recording import READER
from loadmon.readers.sports import told_sport
from loadmon.readers.table_answers import asked_by_command, asked_in_python
from loadmon.readers.table_columns import FIELDS, FoundColumn, TableColumns, TableProposal, Unclear
from loadmon.readers.table_grid import Cell
from loadmon.readers.table_header import Opened, opened
from loadmon.readers.table_row import TABLE, TableRow, session_of_row
from loadmon.readers.table_rows import LeftOut, rows_of
from loadmon.readers.table_units import settled
from loadmon.readers.table_words import RANK, heading, unit_of
from loadmon.refusal import ColumnUnclear, NoSessionTable
from loadmon.session import Oddity, Session, Source, Sport

__all__ = ["LeftOut", "Opened", "TableRow", "opened", "propose", "sessions_from_table", "table_rows"]

_EXAMPLES = 3
_MAYBE_SPORTS = frozenset({"activity", "aktivität", "training", "einheit", "exercise"})
"""Names under which one log keeps kinds of activity and another what a session was called."""


def propose(data: bytes) -> TableProposal:
    """Say what a table's columns are taken for, so that its owner can confirm or correct it.

    Parameters
    ----------
    data : bytes
        A CSV or XLSX file.

    Returns
    -------
    TableProposal
        Nothing is made of the table yet; ``unclear`` lists what only its owner knows.

    Examples
    --------
    >>> table = "Datum;Dauer;Distanz (km);Sportart\\n05.01.2026;1:05:09;12,5;Laufen\\n".encode()
    >>> proposal = propose(table)
    >>> proposal.columns.distance, proposal.columns.distance_unit, proposal.unclear
    ('Distanz (km)', 'km', ())
    >>> sessions_from_table(table, proposal.columns)[0].totals.distance_m
    12500.0
    """
    table = opened(data)
    columns, unclear = settled(table, _guessed(table))
    taken = {column: field for field, column in columns.taken().items()}
    found = tuple(
        FoundColumn(
            name,
            taken.get(name),
            columns.date_order if taken.get(name) == "date" else getattr(columns, f"{taken.get(name)}_unit", None),
            tuple(values.shown(cell) for cell in table.column(name) if cell is not None)[:_EXAMPLES],
        )
        for name in table.names
    )
    return TableProposal(columns, found, tuple(unclear), len(table.rows), table.header_row, table.service, table.sheet)


def sessions_from_table(
    data: bytes, confirmed: TableColumns, *, name: str = "table", home_zone: str | None = None
) -> list[Session]:
    """The sessions a table tells, with the columns that its owner confirmed.

    Parameters
    ----------
    data : bytes
        A CSV or XLSX file.
    confirmed : TableColumns
        From ``propose(data).columns``, looked at and corrected.
    name : str
        The file's name, for display.
    home_zone : str | None
        IANA zone of the runner's home.

    Returns
    -------
    list of Session
        In order of their start, without samples; every one says that rows were left out, where some were.

    Raises
    ------
    ColumnUnclear
        A column can be read in two ways, and nobody said in which.
    NoSessionTable
        No row holds a session.
    UnknownZone
        There is no such home zone.
    """
    check_zone(home_zone)
    rows, left = table_rows(data, confirmed, asked_in_python)
    sha256 = hashlib.sha256(data).hexdigest()
    sessions = [
        session_of_row(row, Source(sha256, name, TABLE, READER, index), home_zone=home_zone)
        for index, row in enumerate(rows)
    ]
    if left:
        told = "; ".join(f"row {one.number}: {one.why}" for one in left[:5]) + ("; …" if len(left) > 5 else "")
        note = Oddity("rows left out", f"{len(left)} rows of the table are not in: {told}.", len(left))
        sessions = [replace(session, oddities=(*session.oddities, note)) for session in sessions]
    return sorted(sessions, key=lambda session: session.start)


def table_rows(
    data: bytes, confirmed: TableColumns, asked: Callable[[Sequence[Unclear]], ColumnUnclear] = asked_by_command
) -> tuple[list[TableRow], list[LeftOut]]:
    """The sessions a table tells as rows, and the rows that tell none with the reason; raises as above.

    ``asked`` makes the refusal of what is still to be said, in the words of who asks.
    """
    table = opened(data)
    columns, unclear = settled(table, confirmed)
    if unclear:
        raise asked(unclear)
    rows, left = rows_of(table, columns)
    if not rows:
        why = f" (row {left[0].number}: {left[0].why})" if left else ""
        raise NoSessionTable(f"No row of the table holds a session{why}.", "Check which columns hold what.")
    return rows, left


def _guessed(table: Opened) -> TableColumns:
    """Each field's column by its name: the surest name first, one column for one field, never an empty column."""
    if table.service == "Strava":
        return _stravas(table)
    # Runalyze calls the start, in Unix seconds, "time"
    chosen = {"date": "time"} if table.service == "Runalyze" and "time" in table.names else {}
    candidates = sorted(
        (rank, FIELDS.index(field), name)
        for name in table.names
        for field in FIELDS
        if (rank := RANK.get(field, {}).get(heading(name), -1)) >= 0
        and any(cell is not None for cell in table.column(name))
    )
    for _, at, name in candidates:
        field = FIELDS[at]
        if field not in chosen and name not in chosen.values() and _may_be(table, field, name):
            chosen[field] = name
    _by_content(table, chosen)
    _clock_or_length(table, chosen)
    if "duration" not in chosen and "moving" in chosen:
        chosen["duration"] = chosen.pop("moving")
    units = {
        f"{field}_unit": unit_of(chosen[field])
        for field in ("duration", "moving", "distance", "ascent")
        if field in chosen
    }
    if table.service == "Runalyze":
        units |= {"distance_unit": "km", "duration_unit": "s", "ascent_unit": "m"}
    return TableColumns(**chosen, **units)  # type: ignore[arg-type]


def _may_be(table: Opened, field: str, name: str) -> bool:
    """Whether what a column holds agrees with its name; looked at where names are shared by different things."""
    cells = [cell for cell in table.column(name) if cell is not None][:200]
    share = {
        "date": lambda cell: (
            values.moment(cell, values.order_of(cell)) is not None or values.order_of(cell) is not None
        ),
        "time": lambda cell: values.clock_time(cell) is not None,
        "effort": lambda cell: (values.number(cell) or 0.0) <= 10.0,
        "sport": lambda cell: isinstance(cell, str) and values.number(cell) is None,
    }.get(field)
    return share is None or sum(map(share, cells)) > 0.5 * len(cells)


def _by_content(table: Opened, chosen: dict[str, str]) -> None:
    """What a name alone does not settle: a start that holds days, a name that only tells ``km``, kinds of activity."""
    for name in table.names:
        if "date" not in chosen and heading(name) in RANK["time"] and _may_be(table, "date", name):
            chosen["date"] = name
            if chosen.get("time") == name:
                del chosen["time"]
        free = name not in chosen.values()
        if "distance" not in chosen and free and unit_of(name) in ("km", "mi") and _are_numbers(table, name):
            chosen["distance"] = name
        if "sport" not in chosen and free and heading(name) in _MAYBE_SPORTS and _are_sports(table, name):
            chosen["sport"] = name


def _are_numbers(table: Opened, name: str) -> bool:
    cells = [cell for cell in table.column(name) if cell is not None][:200]
    return bool(cells) and sum(values.number(cell) is not None for cell in cells) > 0.5 * len(cells)


def _are_sports(table: Opened, name: str) -> bool:
    told = [str(cell) for cell in table.column(name) if cell is not None][:200]
    return bool(told) and sum(told_sport(word) not in (Sport.OTHER, Sport.UNKNOWN) for word in told) > 0.5 * len(told)


def _clock_or_length(table: Opened, chosen: dict[str, str]) -> None:
    """A column called “Time” beside a date is the time of day where another column is the duration."""
    if "time" in chosen or "date" not in chosen:
        return
    for name in table.names:
        if heading(name) in ("time", "zeit") and name not in chosen.values() and _may_be(table, "time", name):
            chosen["time"] = name
            return


def _stravas(table: Opened) -> TableColumns:
    """Strava's own table: twice the same names, first as the page shows them, then in seconds and metres, times in UTC."""
    by_heading: dict[str, list[str]] = {}
    for name in table.names:
        by_heading.setdefault(heading(name.removesuffix(" (2)")), []).append(name)

    def first(*words: str) -> str | None:
        return next((by_heading[word][0] for word in words if word in by_heading), None)

    def last(*words: str) -> str | None:
        return next((by_heading[word][-1] for word in words if word in by_heading), None)

    distance = last("distance", "distanz")
    shown = first("distance", "distanz")
    in_metres = distance != shown and _is_a_thousand_times(table.column(shown), table.column(distance))
    return TableColumns(
        date=first("activity date", "aktivitätsdatum"),
        duration=last("elapsed time", "verstrichene zeit"),
        moving=first("moving time", "bewegungszeit"),
        distance=distance,
        sport=first("activity type", "aktivitätsart"),
        mean_heart_rate=first("average heart rate", "durchschnittliche herzfrequenz"),
        max_heart_rate=last("max heart rate", "max herzfrequenz"),
        cadence=first("average cadence", "durchschnittliche trittfrequenz"),
        ascent=first("elevation gain", "höhenzunahme"),
        effort=first("perceived exertion", "empfundene anstrengung"),
        name=first("activity name", "name der aktivität"),
        shoes=first("activity gear", "aktivitätsausrüstung"),
        clock="utc",
        duration_unit="s",
        moving_unit="s",
        distance_unit="m" if in_metres else None,
        ascent_unit="m",
    )


def _is_a_thousand_times(shown: list[Cell], exact: list[Cell]) -> bool:
    """Whether a second column of distances is the first in metres, where that is in kilometres; swims are metres in both."""
    pairs = [(values.number(a), values.number(b)) for a, b in zip(shown, exact, strict=True)]
    ratios = [b / a for a, b in pairs if a and b]
    return any(900 < ratio < 1100 or 1500 < ratio < 1700 for ratio in ratios)
