"""From a table's cells to rows in SI units: each row a session, or left out with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from loadmon.readers import table_values as values
from loadmon.readers.sports import SPORT_NOT_KNOWN, SPORT_NOT_TOLD, on_foot, told_sport, unknown_word
from loadmon.readers.table_columns import TableColumns
from loadmon.readers.table_grid import Cell
from loadmon.readers.table_header import Opened
from loadmon.readers.table_row import NO_LENGTH, TableRow
from loadmon.readers.table_words import SUMS, heading
from loadmon.session import Sport
from loadmon.units import METRES_PER_MILE

METRES = {"m": 1.0, "km": 1000.0, "mi": METRES_PER_MILE, "ft": 0.3048}
_WRITTEN = {
    "km": "km", "kilometer": "km", "kms": "km", "mi": "mi", "mile": "mi", "miles": "mi", "meilen": "mi",
    "m": "m", "meter": "m", "metres": "m", "meters": "m", "ft": "ft", "feet": "ft", "hm": "m",
}  # fmt: skip
LONGEST_S = 7 * 86_400.0
FURTHEST_UNTIMED_M = 400_000.0
"""More than anybody has run in a day, or rides without noting the time: a slip of the unit."""
UNTIMED_S = 3600.0
"""So long a day is taken by a session without a time, where the next one of the day has to stand after it."""
FASTEST_ON_FOOT_MPS, FASTEST_MPS = 12.0, 40.0
HEART_RATES_BPM = (25.0, 250.0)
ONE_FOOT_SPM = 115.0
"""A table whose middle running cadence is below counts one foot only: nobody runs so slowly."""
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no session, and why."""

    number: int
    why: str


def rows_of(table: Opened, columns: TableColumns) -> tuple[list[TableRow], list[LeftOut]]:
    """Every row of a table as a session in SI units, and those that are none.

    Parameters
    ----------
    table : Opened
    columns : TableColumns
        With nothing left unclear.
    """
    at = {field: table.names.index(name) for field, name in columns.taken().items()}
    rows: list[TableRow] = []
    left = [LeftOut(number, why) for number, why in table.damaged.items()]
    busy: dict[str, float] = {}
    for number, cells in table.rows:
        row = _Told(cells, at, columns).row(number, busy)
        if isinstance(row, str):
            left.append(LeftOut(number, row))
        else:
            rows.append(row)
    return _both_feet(rows), sorted(left, key=lambda one: one.number)


@dataclass(slots=True)
class _Told:
    """One row's cells, asked field by field."""

    cells: tuple[Cell, ...]
    at: dict[str, int]
    columns: TableColumns

    def cell(self, field: str) -> Cell:
        return self.cells[self.at[field]] if field in self.at else None

    def words(self, field: str) -> str | None:
        cell = self.cell(field)
        if cell is None:
            return None
        text = f"{cell:g}" if isinstance(cell, float) else str(cell)
        return " ".join(text.split())[:LONGEST_WORDS] or None

    def number(self, field: str) -> float | None:
        return values.number(self.cell(field), self.columns.decimal)

    def row(self, number: int, busy: dict[str, float]) -> TableRow | str:
        """The row, or why it is none; ``busy`` keeps how long each day is taken by sessions without a time of day."""
        first = next((cell for cell in self.cells if cell is not None), None)
        if self.cell("without") is not None:
            return "it has a file of its own"
        moment = values.moment(self.cell("date"), self.columns.date_order)
        if moment is None:
            if isinstance(first, str) and SUMS.match(first):
                return "it holds sums, not a session"
            if self.cell("date") is None:
                return "it has no date"
            if heading(self.cell("date")) == heading(self.columns.date):
                return "it repeats the columns' names"
            return f"its date cannot be read ({str(self.cell('date'))[:40]})"
        duration = values.seconds(self.cell("duration"), self.columns.duration_unit, self.columns.decimal)
        if duration is not None and duration > LONGEST_S:
            return "its duration is over a week"
        if duration is not None and duration <= 0:
            duration = None  # no time at all is none that was told
        sport = Sport(self.columns.all_sport) if self.columns.all_sport else told_sport(self.words("sport"))
        odd: list[tuple[str, str]] = []
        if sport is Sport.UNKNOWN and (word := unknown_word(self.words("sport"))):
            odd.append(
                (SPORT_NOT_KNOWN, f"“{word}” is no running that loadmon knows, so the row does not count as a run.")
            )
        elif sport is Sport.UNKNOWN:
            odd.append((SPORT_NOT_TOLD, "The row does not say which sport it was."))
        distance = self._distance(duration, sport, odd)
        moving = self._moving(duration, odd)
        if duration is None and distance is None:
            return "it has neither a duration nor a distance that can be read"
        if duration is None:
            odd.append((NO_LENGTH, "The row tells no time that can be read; it is kept for its distance."))
        start, has_time = self._start(moment, duration or moving or UNTIMED_S, busy)
        return TableRow(
            number=number,
            start=start.isoformat(),
            has_time=has_time,
            duration_s=None if duration is None else round(duration, 3),
            sport=sport.value,
            offset_s=0 if moment.offset_s is None and self.columns.clock == "utc" and has_time else moment.offset_s,
            is_local=bool(moment.offset_s),
            moving_s=moving,
            distance_m=distance,
            mean_heart_rate_bpm=self._heart_rate("mean_heart_rate", odd),
            max_heart_rate_bpm=self._heart_rate("max_heart_rate", odd),
            cadence_spm=(self.number("cadence") or None) if on_foot(sport) else None,
            ascent_m=self._length("ascent", self.columns.ascent_unit),
            effort=self._effort(odd),
            title=self.words("name"),
            shoes=self.words("shoes"),
            runner=self.words("runner"),
            odd=tuple(odd),
        )

    def _start(self, moment: values.Moment, duration: float, busy: dict[str, float]) -> tuple[datetime, bool]:
        at = None if moment.has_time else values.clock_time(self.cell("time"))
        if at is not None:
            return datetime.combine(moment.at, at), True
        if moment.has_time:
            return moment.at, True
        # one after the other from noon on: two sessions of a day are not the same time twice
        day = f"{moment.at:%Y-%m-%d} {self.words('runner') or ''}"
        begun = busy.get(day, 0.0)
        busy[day] = begun + duration + 60.0
        start = moment.at + timedelta(hours=12, seconds=int(begun))
        latest = moment.at + timedelta(hours=23, minutes=59)
        return min(start, latest), False

    def _moving(self, duration: float | None, odd: list[tuple[str, str]]) -> float | None:
        moving = values.seconds(self.cell("moving"), self.columns.moving_unit, self.columns.decimal)
        if not moving or moving <= 0:
            return None
        if moving > (LONGEST_S if duration is None else duration + 1):
            odd.append(
                (
                    "moving time not usable",
                    "The row's moving time is longer than its whole time, or over a week; left out.",
                )
            )
            return None
        return round(moving, 3)

    def _length(self, field: str, unit: str | None) -> float | None:
        value = self.number(field)
        written = _WRITTEN.get(values.unit_after(self.cell(field)) or "", unit)
        return None if value is None or value < 0 or written is None else round(value * METRES[written], 3)

    def _distance(self, duration: float | None, sport: Sport, odd: list[tuple[str, str]]) -> float | None:
        metres = self._length("distance", self.columns.distance_unit)
        if not metres:
            return None
        at_most = FASTEST_ON_FOOT_MPS if on_foot(sport) else FASTEST_MPS
        if metres > (FURTHEST_UNTIMED_M if duration is None else at_most * duration):
            within = "a day" if duration is None else "its time"
            words = f"The row's distance, {metres / 1000:,.1f} km, is more than can be covered in {within}; left out."
            odd.append(("distance not plausible", words))
            return None
        return metres

    def _heart_rate(self, field: str, odd: list[tuple[str, str]]) -> float | None:
        value = self.number(field)
        if not value:
            return None
        if not HEART_RATES_BPM[0] <= value <= HEART_RATES_BPM[1]:
            odd.append(("heart rate not plausible", f"The row's heart rate, {value:g}, cannot be; left out."))
            return None
        return value

    def _effort(self, odd: list[tuple[str, str]]) -> float | None:
        value = self.number("effort")
        if not value:
            return None
        if not 0 <= value <= 10:
            odd.append(("effort not usable", f"The row's effort, {value:g}, is not between 0 and 10; left out."))
            return None
        return value


def _both_feet(rows: list[TableRow]) -> list[TableRow]:
    """Steps of both feet a minute, from a table that counts one foot only too; impossible values are left out."""
    running = [row.cadence_spm for row in rows if row.cadence_spm and Sport(row.sport).is_running]
    if not running:
        return rows
    one_foot = median(running) < ONE_FOOT_SPM
    odd = (("cadence of one foot", "The table counts the steps of one foot; they were doubled."),) if one_foot else ()
    result = []
    for row in rows:
        if row.cadence_spm:
            steps = row.cadence_spm * (2 if one_foot else 1)
            usable = steps if 40 <= steps <= 300 else None
            result.append(replace(row, cadence_spm=usable, odd=(*row.odd, *odd)))
        else:
            result.append(row)
    return result
