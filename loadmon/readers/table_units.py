"""What a table leaves open: the order of day and month, units, the decimal mark; told by the cells or asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from loadmon.readers import table_values as values
from loadmon.readers.sports import told_sport
from loadmon.readers.table_columns import TableColumns, Unclear
from loadmon.readers.table_grid import Cell
from loadmon.readers.table_header import Opened
from loadmon.readers.table_words import heading, unit_of
from loadmon.refusal import ColumnUnclear
from loadmon.session import Sport

LONGEST_DAY_H = 23
"""``65:09`` is minutes and seconds: no session is written with so many hours."""


def settled(table: Opened, columns: TableColumns) -> tuple[TableColumns, list[Unclear]]:
    """The columns with everything filled in that the cells themselves tell, and what only the table's owner knows.

    Nothing that can be read in two ways is decided here.

    Raises
    ------
    ColumnUnclear
        A column that the table does not have.
    """
    for field, name in columns.taken().items():
        if name not in table.names:
            raise ColumnUnclear(
                f"The table has no column “{name}” for {field}.", f"Its columns: {', '.join(table.names)[:400]}."
            )
    unclear: list[Unclear] = []
    for step in (_order, _decimal, _duration, _moving, _distance, _ascent, _sport, _effort):
        columns, question = step(table, columns)
        if question is not None:
            unclear.append(question)
    return columns, unclear


Settled = tuple[TableColumns, Unclear | None]


def _order(table: Opened, columns: TableColumns) -> Settled:
    if columns.date is None:
        return columns, Unclear("date", None, "No column of the table plainly holds the day of each session.")
    if columns.date_order is not None:
        return columns, None
    found = {values.order_of(cell) for cell in table.column(columns.date)} - {None, "ymd"}
    if not found:
        return columns, None
    certain = found - {"?"}
    if len(certain) == 1:
        return replace(columns, date_order=certain.pop()), None
    example = str(_first(table, columns.date, lambda cell: values.order_of(cell) == "?") or "")
    short = re.search(r"[/-]\s*\d{2}$", example.split()[0]) if example else None
    why = f"such as {example} can be read with the day first or the month first"
    if certain:
        why = "are written partly with the day first and partly with the month first"
    return columns, Unclear(
        "date",
        columns.date,
        f"Dates in the column “{columns.date}” {why}.",
        (
            ("dmy", "the day comes first"),
            ("mdy", "the month comes first"),
            *((("ymd", "the year comes first"),) if short else ()),
        ),
    )


def _decimal(table: Opened, columns: TableColumns) -> Settled:
    if columns.decimal is not None:
        return columns, None
    fields = ("distance", "ascent", "mean_heart_rate", "max_heart_rate", "cadence", "effort", "duration", "moving")
    names = [name for field in fields if (name := getattr(columns, field)) is not None]
    found = {mark for name in names for mark in map(values.decimal_evidence, table.column(name))} - {None}
    certain = found - {"?"}
    if len(certain) == 1:
        return replace(columns, decimal=certain.pop()), None
    if "?" not in found:
        return columns, None
    name = next(n for n in names if any(values.decimal_evidence(cell) == "?" for cell in table.column(n)))
    example = _first(table, name, lambda cell: values.decimal_evidence(cell) == "?")
    return columns, Unclear(
        "decimal",
        name,
        f"Numbers in the column “{name}” such as {example} can be read with a decimal comma or with a decimal point.",
        (("comma", "the comma begins the decimals"), ("point", "the point begins the decimals")),
    )


def _duration(table: Opened, columns: TableColumns) -> Settled:
    if columns.duration is None:
        return columns, Unclear("duration", None, "No column of the table plainly holds how long each session took.")
    unit, question = _length(table, "duration", columns.duration, columns.duration_unit)
    return replace(columns, duration_unit=unit), question


def _moving(table: Opened, columns: TableColumns) -> Settled:
    if columns.moving is None:
        return columns, None
    unit, question = _length(table, "moving", columns.moving, columns.moving_unit)
    return replace(columns, moving_unit=unit), question


def _length(table: Opened, field: str, name: str, unit: str | None) -> tuple[str | None, Unclear | None]:
    """The unit of a column of times, where its name or its cells tell it."""
    unit = unit or unit_of(name)
    cells = [cell for cell in table.column(name) if cell is not None]
    if unit is not None:
        return unit, None
    two = [cell for cell in cells if values.colons(cell) == 1]
    if two:
        if any(int(str(cell).strip().split(":")[0]) > LONGEST_DAY_H for cell in two):
            return "ms", None
        return None, Unclear(
            field,
            name,
            f"Times in the column “{name}” such as {two[0]} can be hours and minutes or minutes and seconds.",
            (("hm", "hours and minutes"), ("ms", "minutes and seconds")),
        )
    bare = [cell for cell in cells if not values.has_own_unit(cell) and values.number(cell) is not None]
    if not bare:
        return None, None
    return None, Unclear(
        field,
        name,
        f"Nothing tells whether times in the column “{name}” such as {values.shown(bare[0])} are minutes, seconds or hours.",
        (("min", "minutes"), ("s", "seconds"), ("h", "hours")),
    )


def _distance(table: Opened, columns: TableColumns) -> Settled:
    name = columns.distance
    if name is None or columns.distance_unit is not None:
        return columns, None
    unit = unit_of(name)
    bare = _first(table, name, lambda cell: values.number(cell) is not None and values.unit_after(cell) is None)
    if unit in ("m", "km", "mi") or bare is None:
        return replace(columns, distance_unit=unit), None
    return columns, Unclear(
        "distance",
        name,
        f"Nothing tells whether distances in the column “{name}” such as {values.shown(bare)} are kilometres, miles or metres.",
        (("km", "kilometres"), ("mi", "miles"), ("m", "metres")),
    )


def _ascent(table: Opened, columns: TableColumns) -> Settled:
    name = columns.ascent
    if name is None or columns.ascent_unit is not None:
        return columns, None
    unit = unit_of(name)
    if unit not in ("m", "ft"):
        # a table in kilometres is metric throughout, and a German word for it counts metres
        metric = columns.distance_unit in ("km", "m") or heading(name) in ("hm", "höhenmeter")
        unit = "m" if metric else None
    if unit is not None or all(values.number(cell) is None for cell in table.column(name)):
        return replace(columns, ascent_unit=unit), None
    return columns, Unclear(
        "ascent",
        name,
        f"Nothing tells whether the column “{name}” is in metres or feet.",
        (("m", "metres"), ("ft", "feet")),
    )


def _sport(table: Opened, columns: TableColumns) -> Settled:
    if columns.all_sport is not None:
        return columns, None
    if columns.sport is not None:
        told = [str(cell) for cell in table.column(columns.sport) if cell is not None]
        if any(told_sport(word) not in (Sport.OTHER, Sport.UNKNOWN) for word in dict.fromkeys(told)):
            return columns, None
        # "Easy", "Tempo", "Long": a runner's kinds of run, and no sport
        some = ", ".join(list(dict.fromkeys(told))[:3])
        return columns, Unclear(
            "sport",
            None,
            f"The column “{columns.sport}” names no sport that loadmon knows ({some or 'it is empty'}).",
            (("all:run", "every row is a run"), ("all:other", "no row is a run")),
        )
    words = "No column of the table tells the sport, so nothing says that these sessions are runs."
    return columns, Unclear("sport", None, words, (("all:run", "every row is a run"),))


def _effort(table: Opened, columns: TableColumns) -> Settled:
    name = columns.effort
    if name is None or all((values.number(cell, columns.decimal) or 0.0) <= 10.0 for cell in table.column(name)):
        return columns, None
    words = f"The column “{name}” holds values over 10, so it is not how hard a session felt from 0 to 10."
    return columns, Unclear("effort", None, words, (("", "leave the column out"),))


def _first(table: Opened, name: str, fits: Callable[[Cell], bool]) -> Cell:
    return next((cell for cell in table.column(name) if cell is not None and fits(cell)), None)
