"""Which column of a session table holds what: proposed by loadmon, said by the person who gives the table."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from loadmon.readers.table_words import UNITS_OF
from loadmon.refusal import ColumnUnclear
from loadmon.session import Sport

ALL = "all"
"""In place of a unit: what follows holds for every row (``sport=all:run``)."""
ORDERS = ("dmy", "mdy", "ymd")
CLOCKS = ("local", "utc")


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Which column holds what, each by its name as the proposal shows it; None where the table has no such column.

    Parameters
    ----------
    date : str | None
        The day, with the time of day or without it; needed.
    time : str | None
        The time of day, where it has a column of its own.
    duration, moving : str | None
        Whole time (needed) and time in motion.
    distance, ascent, mean_heart_rate, max_heart_rate, cadence, effort, sport, name, shoes, runner : str | None
        ``effort`` is how hard it felt, 0 to 10; ``runner`` whose the session is.
    date_order : str | None
        ``dmy`` or ``mdy`` where days are written in numbers; None where the cells themselves tell.
    clock : str
        ``local`` where times are the runner's own clock, ``utc`` where they are not.
    duration_unit, moving_unit : str | None
        ``s``, ``min`` or ``h`` for bare numbers; ``hm`` or ``ms`` for two parts with a colon.
    distance_unit, ascent_unit : str | None
        ``m``, ``km`` or ``mi``; ``m`` or ``ft``.
    decimal : str | None
        ``,`` or ``.``; None where the cells tell.
    all_sport : str | None
        The sport of every row, where no column tells it.
    without : str | None
        A column that names each session's own file: rows that have one are left out, as their file is read by itself.
    """

    date: str | None = None
    time: str | None = None
    duration: str | None = None
    moving: str | None = None
    distance: str | None = None
    sport: str | None = None
    mean_heart_rate: str | None = None
    max_heart_rate: str | None = None
    cadence: str | None = None
    ascent: str | None = None
    effort: str | None = None
    name: str | None = None
    shoes: str | None = None
    runner: str | None = None
    without: str | None = None
    date_order: str | None = None
    clock: str = "local"
    duration_unit: str | None = None
    moving_unit: str | None = None
    distance_unit: str | None = None
    ascent_unit: str | None = None
    decimal: str | None = None
    all_sport: str | None = None

    def taken(self) -> dict[str, str]:
        """Field by field the column it is taken from, without those that no column holds."""
        found = {name: getattr(self, name) for name in FIELDS}
        return {name: column for name, column in found.items() if column is not None}

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return {name: value for name, value in dataclasses.asdict(self).items() if value is not None}

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> TableColumns:
        """Back from ``plain``; names that mean nothing are left out."""
        names = {field.name for field in dataclasses.fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in names})

    def words(self) -> str:
        """The same as the text that ``columns_said`` reads."""
        said = []
        for field, column in self.taken().items():
            unit = getattr(self, f"{field}_unit", None)
            if field == "date":
                parts = [part for part in (self.date_order, "utc" if self.clock == "utc" else None) if part]
                unit = "+".join(parts) or None
            said.append(f"{field}={unit}:{column}" if unit else f"{field}={column}")
        if self.all_sport:
            said.append(f"sport={ALL}:{self.all_sport}")
        if self.decimal:
            said.append(f"decimal={'comma' if self.decimal == ',' else 'point'}")
        return ",".join(said)


FIELDS = (
    "date", "time", "duration", "moving", "distance", "sport", "mean_heart_rate", "max_heart_rate",
    "cadence", "ascent", "effort", "name", "shoes", "runner", "without",
)  # fmt: skip
"""What a column can hold."""


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """One column of a table: its name, what it is taken for and in which unit, and some of what it holds."""

    name: str
    taken_for: str | None
    unit: str | None
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something about a table that only its owner knows.

    Parameters
    ----------
    field : str
        What it is about: one of ``FIELDS`` or ``decimal``.
    column : str | None
        The column; None where no column was found.
    question : str
        In words for a person.
    choices : tuple of (str, str)
        What can be answered (as in ``--columns``), and what that means.
    """

    field: str
    column: str | None
    question: str
    choices: tuple[tuple[str, str], ...] = ()

    def answers(self) -> list[str]:
        """Every way to answer, as ``columns_said`` reads it."""
        return [self._said(choice) for choice, _ in self.choices] or [f"{self.field}=NAME"]

    def _said(self, choice: str) -> str:
        if self.field == "decimal":
            return f"decimal={choice}"
        return f"{self.field}={choice}:{self.column}" if self.column else f"{self.field}={choice}"


@dataclass(frozen=True, slots=True)
class TableProposal:
    """What loadmon takes a table for, to be confirmed before anything is made of it.

    Parameters
    ----------
    columns : TableColumns
        What each column is taken for, as far as that is clear.
    found : tuple of FoundColumn
        Every column of the table.
    unclear : tuple of Unclear
        What has to be said before sessions can be made; empty where nothing is.
    rows : int
        Rows below the row of names.
    header_row : int
        The row of names, counted from 1.
    service : str | None
        The service whose export it is, if it is one's.
    sheet : str
        The sheet's name, empty for a CSV.
    """

    columns: TableColumns
    found: tuple[FoundColumn, ...]
    unclear: tuple[Unclear, ...]
    rows: int
    header_row: int
    service: str | None = None
    sheet: str = ""


def columns_said(text: str, names: tuple[str, ...], base: TableColumns | None = None) -> TableColumns:
    """The columns as a person wrote them: ``date=dmy:Datum,distance=km:Distanz,duration=Dauer,sport=all:run``.

    Parameters
    ----------
    text : str
        ``field=Column`` or ``field=unit:Column``, separated by commas; a column whose name holds a comma is found too.
        For ``date`` the unit is the order (``dmy``, ``mdy``) or ``utc``; ``distance=km`` alone answers only the unit
        of the column that was proposed; ``decimal=comma``; ``field=`` leaves a field out.
    names : tuple of str
        The table's columns.
    base : TableColumns | None
        What was proposed, to be corrected; nothing if not given.

    Raises
    ------
    ColumnUnclear
        A field, unit or column that is not there.
    """
    values = (base or TableColumns()).plain()
    for part in _parts(text):
        field, _, told = part.partition("=")
        field, told = field.strip().casefold().replace("-", "_"), told.strip()
        if field == "decimal":
            values["decimal"] = {"comma": ",", "point": ".", "dot": "."}.get(told.casefold(), told)
            if values["decimal"] not in (",", "."):
                raise ColumnUnclear(f"A decimal mark cannot be {told}.", "Say decimal=comma or decimal=point.")
            continue
        if field not in FIELDS:
            raise ColumnUnclear(f"A session has no {field or 'field without a name'}.", f"Fields: {', '.join(FIELDS)}.")
        _say(values, field, told, names)
    return TableColumns.from_plain(values)


def _parts(text: str) -> list[str]:
    """The parts between commas; a piece without ``field=`` belongs to the name before it."""
    parts: list[str] = []
    for piece in text.split(","):
        is_new = piece.partition("=")[0].strip().casefold().replace("-", "_") in (*FIELDS, "decimal") and "=" in piece
        if is_new or not parts:
            parts.append(piece)
        else:
            parts[-1] += "," + piece
    return [part for part in parts if part.strip()]


def _say(values: dict[str, Any], field: str, told: str, names: tuple[str, ...]) -> None:
    units = (*ORDERS, *CLOCKS) if field == "date" else UNITS_OF.get(field, ())
    first, colon, rest = told.partition(":")
    marks = first.casefold().split("+")
    if field == "sport" and first.casefold() == ALL and colon:
        values.pop("sport", None)
        values["all_sport"] = _sport(rest)
        return
    column: str | None = told
    if told not in names and all(mark in units for mark in marks) and first:
        column = rest or values.get(field)
        for mark in marks:
            key = "clock" if mark in CLOCKS else "date_order" if field == "date" else f"{field}_unit"
            values[key] = mark
    elif values.get(field) != told:
        values.pop("date_order" if field == "date" else f"{field}_unit", None)
    if not told:
        values.pop(field, None)
        return
    same = [name for name in names if column is not None and name.casefold() == column.casefold()]
    if column not in names and len(same) != 1:
        raise ColumnUnclear(f"The table has no column “{column or told}”.", f"Its columns: {', '.join(names)[:400]}.")
    values[field] = column if column in names else same[0]


def _sport(word: str) -> str:
    try:
        return Sport(word.strip().casefold()).value
    except ValueError:
        raise ColumnUnclear(
            f"“{word.strip()}” is no sport that loadmon knows.", f"Sports: {', '.join(sport.value for sport in Sport)}."
        ) from None
