"""A mapping file: a table of two columns that says whose files are, by folder, path, file name or watch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath

from loadmon.intake.clues import pattern_of
from loadmon.intake.owner import Candidate, Owner, ToldBy, tidy, tidy_name
from loadmon.readers.table_grid import grids
from loadmon.refusal import NotFound, Refusal
from loadmon.store.squad import name_key

MAX_BYTES = 2**20
_SERIAL = "serial:"
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_HEAD_WHAT = frozenset({"what", "folder", "file", "files", "path", "pattern", "ordner", "datei", "pfad", "was"})
_HEAD_RUNNER = frozenset(
    {"runner", "athlete", "name", "who", "owner", "läufer", "läuferin", "athlet", "wer", "coureur"}
)
_AGAIN = "Each line has two columns: what (a folder, a path, a file-name pattern or serial:FINGERPRINT) and the runner."


@lru_cache(maxsize=1024)
def _keys(path: PurePosixPath) -> tuple[str, str, list[str]]:
    """A path, its last part and its folders, as lines are compared with them; every line asks for the same ones."""
    return name_key(path.as_posix()), name_key(path.name), [name_key(tidy(part)) for part in path.parts[:-1]]


@lru_cache(maxsize=1024)
def _pattern_of(name: str) -> str | None:
    return pattern_of(name)


class OwnersUnclear(Refusal):
    """A mapping file has a line that cannot be meant."""

    name = "owners unclear"


@dataclass(frozen=True)
class OwnersLine:
    """One line of a mapping file: its number, what it is about, and whose that is."""

    number: int
    what: str
    runner: str

    @property
    def serial(self) -> str | None:
        """The watch's fingerprint, for a line about a watch."""
        return self.what[len(_SERIAL) :] if self.what.startswith(_SERIAL) else None

    def depth(self, path: PurePosixPath) -> float | None:
        """How near to a file this line comes, infinite for the very file; None where it does not speak of it."""
        if self.serial:
            return None
        whole, name, above = _keys(path)
        if self._pattern is not None:
            told = whole if "/" in self.what else name
            fits = self._pattern.match(told) is not None or (
                "/" not in self.what and _pattern_of(path.name) == self.what
            )
            return len(path.parts) if fits else None
        if self.what in (whole, name):
            return float("inf")
        asked = self._folders
        starts = (
            range(len(above) - len(asked), -1, -1) if len(asked) == 1 else range(1 if len(above) >= len(asked) else 0)
        )
        return next((at + len(asked) for at in starts if above[at : at + len(asked)] == asked), None)

    @cached_property
    def _folders(self) -> list[str]:
        return [name_key(tidy(part)) for part in self.what.split("/")]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not any(mark in self.what for mark in "*?"):
            return None
        return re.compile(translate(self.what.replace("[", "[[]")))


_MOST_TOLD = 10
"""Of so many unclear lines each is told; of the rest how many there are."""


@dataclass(frozen=True)
class OwnersFile:
    """What a mapping file says.

    Parameters
    ----------
    lines : tuple of OwnersLine
        In their order, which does not matter.
    name : str
        What the file is called.
    """

    lines: tuple[OwnersLine, ...] = ()
    name: str = ""

    @property
    def watches(self) -> dict[str, str]:
        """Runners by the fingerprints of their watches."""
        return {line.serial: line.runner for line in self.lines if line.serial}

    def owner(self, path: str) -> Owner | None:
        """Whose a file is by its path; None where no line speaks of it.

        The very file stands before patterns, and those before folders, the deepest first. Lines that come equally near and
        name different runners leave it open.
        """
        found = self._nearest(path)
        runners = {name_key(line.runner): line.runner for line in found}
        if not runners:
            return None
        if len(runners) == 1:
            return Owner(next(iter(runners.values())), ToldBy.MAPPING)
        words = " and ".join(f"{line.runner} (line {line.number})" for line in found)
        sides = tuple(Candidate(line.runner, f"line {line.number} of the mapping file") for line in found)
        return Owner(None, f"The mapping file says {words}.", sides, in_doubt=True)

    def idle(self, paths: Iterable[str]) -> tuple[int, ...]:
        """Numbers of the lines that speak of none of these files; lines about watches are left out."""
        used = {line.number for path in paths for line in self.lines if line.depth(PurePosixPath(path)) is not None}
        return tuple(line.number for line in self.lines if not line.serial and line.number not in used)

    def _nearest(self, path: str) -> list[OwnersLine]:
        place = PurePosixPath(path)
        found = [(depth, line) for line in self.lines if (depth := line.depth(place)) is not None]
        nearest = max((depth for depth, _ in found), default=None)
        return [line for depth, line in found if depth == nearest]

    def plain(self) -> dict[str, object]:
        """As plain values, for a job to remember."""
        return {"name": self.name, "lines": [[line.number, line.what, line.runner] for line in self.lines]}

    @classmethod
    def from_plain(cls, said: Mapping[str, object] | None) -> OwnersFile | None:
        """From what ``plain`` gave."""
        if not said:
            return None
        lines = said.get("lines")
        found = [OwnersLine(*line) for line in lines] if isinstance(lines, list) else []
        return cls(tuple(found), str(said.get("name", "")))


def read_owners(path: Path) -> OwnersFile:
    """A mapping file, every line of it checked.

    Parameters
    ----------
    path : Path
        CSV or XLSX with two columns, with or without a heading; lines that begin with ``#`` are passed over.

    Raises
    ------
    NotFound
        If there is no such file, or it may not be read.
    OwnersUnclear
        If a line cannot be meant; it is named by its number.
    NoSessionTable, DamagedFile, TooLarge
        If it is no table.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # one more than is read: enough to see that it is too large
    except (OSError, ValueError) as why:
        raise NotFound(f"The mapping file {path} cannot be read.", "Check the path and who may read it.") from why
    return owners_of(data, path.name)


def owners_of(data: bytes, name: str) -> OwnersFile:
    """What the bytes of a mapping file say, every line of it checked.

    Parameters
    ----------
    data : bytes
        As for ``read_owners``.
    name : str
        What the file is called.

    Raises
    ------
    OwnersUnclear, NoSessionTable, DamagedFile, TooLarge
        As ``read_owners``.
    """
    if len(data) > MAX_BYTES:
        raise OwnersUnclear(f"{name} is larger than any list of runners.", _AGAIN)
    rows = [cells for grid in grids(data, _has_two)[:1] for cells in grid.rows]
    found: dict[str, OwnersLine] = {}
    unclear: list[OwnersUnclear] = []
    for number, row in enumerate(rows, start=1):
        cells = [str(cell) for cell in row if cell is not None]
        if not cells or cells[0].startswith("#") or (number == 1 and _is_heading(cells)):
            continue
        try:
            line = _line(number, cells, name)
            _one_runner(found.setdefault(line.what, line), line, cells[0], name)
        except OwnersUnclear as refusal:
            unclear.append(refusal)
    if unclear:
        raise _together(unclear)
    if not found:
        raise OwnersUnclear(f"{name} holds no line.", _AGAIN)
    return OwnersFile(tuple(found.values()), name)


def _one_runner(before: OwnersLine, line: OwnersLine, spelt: str, file: str) -> None:
    if name_key(before.runner) != name_key(line.runner):
        raise OwnersUnclear(
            f"Line {line.number} of {file} says {line.runner} for “{spelt}”, and line {before.number} says {before.runner}.",
            "Leave one of the two out.",
        )


def _together(unclear: list[OwnersUnclear]) -> OwnersUnclear:
    """Everything that is wrong with a mapping file, so that it has to be put right once and not line by line."""
    more = len(unclear) - _MOST_TOLD
    words = [one.what for one in unclear[:_MOST_TOLD]] + ([f"{more} more lines are unclear."] if more > 0 else [])
    return OwnersUnclear(" ".join(words), " ".join(dict.fromkeys(one.advice for one in unclear[:_MOST_TOLD])))


def _has_two(cells: Sequence[object]) -> int:
    """How well a delimiter cuts a line: in two, or not."""
    return int(len(cells) == 2)


def _is_heading(cells: list[str]) -> bool:
    return len(cells) == 2 and cells[0].casefold() in _HEAD_WHAT and cells[1].casefold() in _HEAD_RUNNER


def _line(number: int, cells: list[str], file: str) -> OwnersLine:
    if len(cells) != 2:
        raise OwnersUnclear(f"Line {number} of {file} has {len(cells)} filled columns instead of two.", _AGAIN)
    what, runner = name_key(cells[0].replace("\\", "/")), tidy_name(cells[1])
    if not any(c.isalnum() for c in runner):
        raise OwnersUnclear(f"Line {number} of {file} names no runner.", _AGAIN)
    if what.startswith(_SERIAL):
        what = _SERIAL + what[len(_SERIAL) :].strip()
        if not _FINGERPRINT.fullmatch(what[len(_SERIAL) :]):
            raise OwnersUnclear(
                f"Line {number} of {file} names no watch: a fingerprint is 16 characters from 0 to 9 and a to f.",
                "loadmon assign shows the fingerprint of each watch that is asked about.",
            )
        return OwnersLine(number, what, runner)
    what = what.removeprefix("./").strip("/")
    if not any(c.isalnum() for c in what):
        raise OwnersUnclear(f"Line {number} of {file} speaks of every file or of none (“{cells[0]}”).", _AGAIN)
    return OwnersLine(number, what, runner)
