"""A look ahead: what an import would do with every file and why, before anything is taken in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.intake.batch import Batch
from loadmon.intake.choices import Choices
from loadmon.intake.decode import Decoded
from loadmon.intake.flight import Reading
from loadmon.overlap import foreseen
from loadmon.store import Viewer, imports, runs, twins
from loadmon.store.imports import FileReport
from loadmon.store.packed import Packed
from loadmon.store.saving import Saving
from loadmon.store.squad import name_key


@dataclass
class Rehearsal(Batch):
    """An import of which nothing is stored: every file is read and its line of report written, and that is all.

    It differs from a ``Batch`` in what becomes of a file that was read, and in nothing else: so what it foresees is what
    an import does.

    Parameters
    ----------
    seen : dict
        For each path what was read there, without its samples: for telling second recordings once all is read.
    """

    seen: dict[str, tuple[str, tuple[Packed, ...]]] = field(default_factory=dict)

    @property
    def asks_in(self) -> None:
        """Nothing is kept of a look, so nothing can be answered by its number."""
        return None

    def is_mine(self, conn: Connection) -> bool:
        """False once the look was put away."""
        return imports.is_open(conn, self.number, planned=True) and self.holds(conn)

    def gone_since(self) -> set[str]:
        """Nothing was stored, so nothing can have gone."""
        return set()

    def keep(self, reading: Reading) -> None:
        """Nothing is kept of a file that is only looked at."""

    def end(self, choices: Choices) -> None:  # noqa: ARG002  as in Batch: what was decided changes nothing here
        """Say of every file which other recording of the same run there is, and which of the two would count."""
        numbers: dict[str, int] = {}
        found: list[tuple[int, Packed]] = []
        paths: list[str] = []
        for path, (name, sessions) in self.seen.items():
            athlete = self.athlete(name)
            number = athlete.id if athlete else numbers.setdefault(name_key(name), -1 - len(numbers))
            found += [(number, packed) for packed in sessions]
            paths += [path] * len(sessions)
        new = runs.as_runs(found)
        known = sorted({number for number, _ in found if number > 0})
        with self.store.read() as conn:
            there = runs.runs_table(conn, Viewer.everyone(), known)
            decided = twins.decided(conn, Viewer.everyone(), known)
        told = foreseen(there[~there["excluded"].to_numpy(bool)], new, decided)
        words: dict[str, dict[str, Any]] = {}
        for row in told.to_dict("records"):
            path = paths[int(row["new"])]
            one = words.setdefault(path, {"words": "", "contains": row["contains"]})
            one["words"] = f"{one['words']} {row['happens']}".strip()
            one["other_contains"] = row["other_contains"]
        with self.store.write() as conn:
            imports.tell_more(conn, self.number, {path: {"twin": one} for path, one in words.items()})

    def let_go(self, lines: list[FileReport]) -> None:
        """Nothing was kept."""

    def starts_of(self, names: set[str | None]) -> list[float]:
        """When the sessions of these runners began, those included that would be stored."""
        keys = {name_key(name) for name in names if name}
        begun = super().starts_of(names)
        for name, found in self.seen.values():
            if name_key(name) in keys:
                begun += [packed.head["start_utc"].timestamp() for packed in found]
        return begun

    def has_any_of(self, names: set[str | None]) -> bool:
        """True where one of these runners is there or would be."""
        keys = {name_key(name) for name in names if name}
        return super().has_any_of(names) or any(name_key(name) in keys for name, _ in self.seen.values())

    def store_one(
        self,
        conn: Connection,  # noqa: ARG002  as in Batch
        saving: Saving,  # noqa: ARG002  nothing is saved
        reading: Reading,
        decoded: Decoded,
    ) -> FileReport:
        """The line of report that storing this file would give."""
        name = reading.offer.owner.name or ""
        athlete = self.athlete(name)
        self.must_not_mix(athlete)
        line = self.line(reading, decoded, athlete)
        if decoded.sessions:
            self.seen[line.path] = (name, tuple(_without_samples(packed) for packed in decoded.sessions))
            line = replace(line, about=(line.about or {}) | self._about(name, athlete))
        return line

    def hold(self, conn: Connection, reading: Reading, decoded: Decoded) -> FileReport:  # noqa: ARG002  as in Batch
        """The line of report of a file that would wait."""
        return self.ask(reading, decoded)

    def let_wait(self, conn: Connection, lines: list[FileReport]) -> None:
        """Nothing waits for a decision that was only foreseen."""

    @staticmethod
    def _about(name: str, athlete: Athlete | None) -> dict[str, Any]:
        return {"runner": name if athlete is None else athlete.name, "new_runner": athlete is None}


def _without_samples(packed: Packed) -> Packed:
    return replace(packed, stream=b"", windows=b"", heart_rate=b"", exposure=b"", laps="", events="")
