"""What a table's cells say: numbers, lengths of time, days and clock times, in the ways people and programs write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from loadmon.readers.table_grid import Cell

NOTHING = frozenset({"", "-", "--", "—", "–", "n/a", "na", "nan", "none", "null", "k.a.", "k. a."})
MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar jän jänner", "feb february februar", "mar march mär märz mrz", "apr april", "may mai",
            "jun june juni", "jul july juli", "aug august", "sep sept september", "oct october okt oktober",
            "nov november", "dec december dez dezember",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
EXCEL_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
EXCEL_SERIALS = (20_000.0, 80_000.0)
"""Day numbers of spreadsheets that are taken for days: 1954 to 2119."""
UNIX_SECONDS = (1e8, 1e10)
UNIX_MILLISECONDS = (1e11, 1e13)
LONGEST_VALUE = 100
"""Letters of a cell that may be a number, a length of time or a day; a longer one is a text, and hostile ones are long."""
SECONDS_OF = {"s": 1.0, "min": 60.0, "h": 3600.0}

_CLOCK = re.compile(
    r"(?:^|[T\s,]+(?:um\s+|at\s+)?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?\s?m\.?)?\s*(?:uhr)?"
    r"\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_THREE = re.compile(r"(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?\s*(?:de\s+)?)?([^\W\d_]{3,9})\.?\s*(?:(\d{1,2})(?:st|nd|rd|th)?(?=[\s,]))?[\s,.]*(?:de\s+)?(\d{4})",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,10}[.,]*\s+(?=\d)|^[^\W\d_]{2,10}[.,]+\s*(?=[^\W\d_])")
_NUMBER = re.compile(r"^([+-]?)([\d.,\s'’\u00a0\u202f\u2009]*\d)\s*([^\W\d_%°\"']{0,8}\.?|%|°|[\"'])$")
_PARTS = re.compile(
    r"^(?:(\d+(?:[.,]\d+)?)\s*(?:h|hrs?|hours?|std\.?|stunden?)\s*)?"
    r"(?:(\d+(?:[.,]\d+)?)\s*(?:m|mins?\.?|minutes?|minuten?|['′])\s*)?"
    r"(?:(\d+(?:[.,]\d+)?)\s*(?:s|secs?|seconds?|sek\.?|sekunden?|[\"″]|'')?\s*)?$",
    re.IGNORECASE,
)
_ISO_PARTS = re.compile(
    r"^P(?:(\d+)D)?T?(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?$", re.IGNORECASE
)
_COLONS = re.compile(r"^(?:(\d+)[:.\s]\s*)?(\d{1,5}):(\d{2})(?:[.,](\d+))?$")
_DAYS = re.compile(
    r"^(\d+)(?:\s*(?:d|days?|t|tage?|j|jours?)\.?,?\s*|\.(?=\d+:\d+:))(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?$",
    re.IGNORECASE,
)
"""Days before a clock of hours and minutes: ``1d 02:30``, and ``1.02:30:00`` of programs."""


def is_nothing(cell: Cell) -> bool:
    """True for a blank cell and for the marks programs write where they have no value."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in NOTHING)


def _said(cell: Cell) -> str | None:
    """What a cell says where that is short enough for a value; None for a text and for what is none."""
    return cell.strip() if isinstance(cell, str) and len(cell) <= LONGEST_VALUE else None


def shown(cell: Cell) -> str:
    """A cell as its owner sees it: a spreadsheet's day without a midnight, whole numbers without a point."""
    if isinstance(cell, datetime) and cell.time() == time():
        return f"{cell:%Y-%m-%d}"
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell)


def number(cell: Cell, decimal: str | None = None) -> float | None:
    """A cell's number; None where it holds none.

    Parameters
    ----------
    cell : Cell
        ``1.234,5``, ``65,5 min`` and ``−3`` are numbers too.
    decimal : str | None
        The table's decimal mark; where None, a single mark is one, and of two kinds the last is.
    """
    if isinstance(cell, float):
        return cell
    text = _said(cell)
    if text is None or is_nothing(text):
        return None
    found = _NUMBER.match(text.replace("−", "-"))
    if found is None:
        return None
    digits = re.sub(r"[\s'’]", "", found.group(2))
    mark = decimal or _mark_of(digits)
    other = "," if mark == "." else "."
    digits = digits.replace(other, "")
    if digits.count(mark) > 1:
        digits = digits.replace(mark, "")
    try:
        return float(found.group(1) + digits.replace(mark, "."))
    except ValueError:
        return None


def unit_after(cell: Cell) -> str | None:
    """The word behind a cell's number (``10 km``), in lower case."""
    text = _said(cell)
    found = _NUMBER.match(text) if text is not None else None
    return str(found.group(3)).casefold().rstrip(".") or None if found else None


def decimal_evidence(cell: Cell) -> str | None:
    """``,`` or ``.`` where the cell can only be read with that decimal mark, ``?`` where it can be read with both."""
    text = _said(cell)
    found = _NUMBER.match(text) if text is not None else None
    if found is None:
        return None
    digits = re.sub(r"[\s'’]", "", found.group(2))
    marks: list[str] = re.findall(r"[.,]", digits)
    if not marks:
        return None
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return "," if marks[0] == "." else "."
    whole, tail = re.split(r"[.,]", digits)
    return "?" if len(tail) == 3 and whole not in ("", "0") and len(whole) <= 3 else marks[0]


def _mark_of(digits: str) -> str:
    return max(",.", key=digits.rfind) if "," in digits or "." in digits else "."


def colons(cell: Cell) -> int:
    """How many colons a length of time is written with, 2 for any three parts (``1.05:09``); 0 for any other way."""
    text = _said(cell)
    found = _COLONS.match(text) if text is not None else None
    return 0 if found is None else 1 if found.group(1) is None else 2


def seconds(cell: Cell, unit: str | None, decimal: str | None = None) -> float | None:
    """A cell's length of time in seconds; None where it holds none.

    Parameters
    ----------
    cell : Cell
        ``1:05:09``, ``65:09``, ``1d 02:30``, ``65,5``, ``1h 5m``, ``PT1H5M``, or a spreadsheet's own time.
    unit : str | None
        What bare numbers count (``s``, ``min``, ``h``), and what two parts mean: ``hm`` hours and minutes, else
        minutes and seconds.
    """
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, time):
        return cell.hour * 3600.0 + cell.minute * 60.0 + cell.second
    if isinstance(cell, datetime):
        # a time over a day long, in a spreadsheet that counts from its day 0
        return (cell - EXCEL_DAY_0).total_seconds() if cell.year < 1905 else None
    if is_nothing(cell):
        return None
    if isinstance(cell, str):
        text = _said(cell)
        if text is None:
            return None
        if found := _DAYS.match(text):
            days, hours, minutes, rest = (int(part or 0) for part in found.group(1, 2, 3, 4))
            return days * 86_400.0 + hours * 3600 + minutes * 60 + rest + float(f"0.{found.group(5) or 0}")
        if found := _COLONS.match(text):
            return _clock_seconds(found, unit)
        bare = number(text, decimal)
        if bare is None or unit_after(text) is not None:
            return _worded_seconds(text)
    else:
        bare = number(cell)
    scale = SECONDS_OF.get(unit or "")
    return None if bare is None or scale is None else bare * scale


def has_own_unit(cell: Cell) -> bool:
    """True for a length of time that says itself what it counts: ``1h 5m``, ``PT1H5M``, three parts, a time cell."""
    if isinstance(cell, (time, timedelta, datetime)):
        return True
    return isinstance(cell, str) and (colons(cell) != 1 and seconds(cell, None) is not None)


def _clock_seconds(found: re.Match[str], unit: str | None) -> float:
    first, middle, last = (int(part) if part else 0 for part in found.group(1, 2, 3))
    part = float(f"0.{found.group(4)}") if found.group(4) else 0.0
    if found.group(1) is not None:
        return first * 3600.0 + middle * 60.0 + last + part
    return middle * 3600.0 + last * 60.0 if unit in ("hm", "h") else middle * 60.0 + last + part


def _worded_seconds(text: str) -> float | None:
    found = _ISO_PARTS.match(text)
    if found and len(text) > 2 and any(found.groups()):
        days, *rest = (float(part.replace(",", ".")) if part else 0.0 for part in found.groups())
        return days * 86_400 + rest[0] * 3600 + rest[1] * 60 + rest[2]
    found = _PARTS.match(text)
    if found is None or not any(found.groups()):
        return None
    hours, minutes, secs = (float(part.replace(",", ".")) if part else 0.0 for part in found.groups())
    if found.group(1) and found.group(3) and not found.group(2) and not re.search(r"[s\"″']", text, re.IGNORECASE):
        return hours * 3600 + secs * 60  # 1h05
    return hours * 3600 + minutes * 60 + secs


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as a cell tells it, with the time of day and the offset from UTC where it tells those."""

    at: datetime
    has_time: bool
    offset_s: int | None = None


def order_of(cell: Cell) -> str | None:
    """How a day in numbers must be read: ``ymd``, ``dmy``, ``mdy``, ``?`` where both are possible, None if it is none."""
    text = _said(cell)
    found = _THREE.search(text) if text is not None else None
    if found is None:
        return None
    first, mark, second, third = found.groups()
    if len(first) == 4:
        return "ymd"
    if mark == ".":
        return "dmy"
    if int(second) > 12:
        return "mdy"
    # 26-01-05 may be a day of 2005 or one of 2026
    return "dmy" if int(first) > 12 and len(third) == 4 else "?"


def moment(cell: Cell, order: str | None) -> Moment | None:
    """The day (and time) a cell tells; None where it tells none.

    Parameters
    ----------
    cell : Cell
        A spreadsheet's own date or day number, Unix seconds, ISO 8601, ``5.1.2023``, ``1/5/2023 6:30 PM``,
        ``Jan 5, 2023, 6:30:12 AM``, ``5. Januar 2023``.
    order : str | None
        ``dmy``, ``mdy`` or ``ymd`` for days in numbers; where None only those that can be read in one way are.
    """
    if isinstance(cell, datetime):
        return Moment(cell.replace(microsecond=0), cell.time() != time())
    if isinstance(cell, float):
        return _numbered(cell)
    text = _said(cell)
    if text is None or is_nothing(text):
        return None
    if re.fullmatch(r"\d+([.,]\d+)?", text) and not _PLAIN.fullmatch(text):
        return _numbered(float(text.replace(",", ".")))
    clock = _CLOCK.search(text)
    day = _day(text[: clock.start()] if clock else text, order)
    if day is None:
        return None
    if clock is None:
        return Moment(day, has_time=False)
    at = _time(clock)
    return None if at is None else Moment(datetime.combine(day, at), has_time=True, offset_s=_offset(clock.group(5)))


def clock_time(cell: Cell) -> time | None:
    """A time of day by itself: ``6:30``, ``18:30 Uhr``, ``6:30 PM``, or a spreadsheet's own time."""
    if isinstance(cell, time):
        return cell.replace(microsecond=0)
    if isinstance(cell, datetime):
        return cell.time().replace(microsecond=0)
    if isinstance(cell, float):
        return (EXCEL_DAY_0 + timedelta(seconds=round(cell * 86_400))).time() if 0 <= cell < 1 else None
    text = _said(cell)
    found = _CLOCK.fullmatch(text) if text is not None else None
    return _time(found) if found else None


def _time(clock: re.Match[str]) -> time | None:
    hour, minute, second = (int(part or 0) for part in clock.group(1, 2, 3))
    half = (clock.group(4) or "").casefold()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _offset(word: str | None) -> int | None:
    if not word:
        return None
    if word[0] not in "+-":
        return 0
    digits = word[1:].replace(":", "")
    return (-1 if word[0] == "-" else 1) * (int(digits[:2]) * 3600 + int(digits[2:]) * 60)


def _numbered(value: float) -> Moment | None:
    if EXCEL_SERIALS[0] <= value < EXCEL_SERIALS[1]:
        return Moment(EXCEL_DAY_0 + timedelta(seconds=round(value * 86_400)), has_time=value % 1 != 0)
    if UNIX_MILLISECONDS[0] <= value < UNIX_MILLISECONDS[1]:
        value /= 1000
    if UNIX_SECONDS[0] <= value < UNIX_SECONDS[1]:
        return Moment(datetime.fromtimestamp(int(value), UTC).replace(tzinfo=None), has_time=True, offset_s=0)
    return None


def _day(text: str, order: str | None) -> datetime | None:
    text = _WEEKDAY.sub("", text.strip().rstrip(",T ").strip()) if text[:3].casefold() not in MONTHS else text.strip()
    if found := _THREE.fullmatch(text.rstrip(".,T ")):
        first, _, second, third = found.groups()
        known = order_of(text)
        known = order if known == "?" else known
        if known == "ymd":
            return _made(int(first) + (2000 if len(first) <= 2 else 0), int(second), int(third))
        year = int(third) + (2000 if len(third) <= 2 else 0)
        if known is None:
            return None
        return _made(year, int(second), int(first)) if known == "dmy" else _made(year, int(first), int(second))
    if found := _PLAIN.fullmatch(text):
        return _made(*map(int, found.groups()))
    if found := _WORDED.fullmatch(text.rstrip(",. ")):
        before, word, after, year_told = found.groups()
        month = MONTHS.get(word.casefold()) or MONTHS.get(word.casefold()[:3])
        day = before or after
        return _made(int(year_told), month, int(day)) if month and day else None
    return None


def _made(year: int, month: int, day: int) -> datetime | None:
    try:
        made = datetime(year, month, day)  # noqa: DTZ001 - a table's days have no zone
    except ValueError:
        return None
    return made if 1970 <= year < 2120 else None
