"""What the importing person decided about single files before they came in: whose, left out, or which of two counts."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from loadmon.intake.owner import Owner, tidy_name
from loadmon.intake.plan import Plan
from loadmon.store.packed import plain

TWIN_WORDS = ("richer", "merge", "both")
"""What may be done with a second recording of a run, beside leaving it out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided about one file.

    Parameters
    ----------
    runner : str | None
        Whose it is; None leaves it to what tells otherwise.
    skip : bool
        True to leave it out.
    twin : str | None
        ``richer``, ``merge`` or ``both``, where it records a run that is there already; None for the runner's default.
    """

    runner: str | None = None
    skip: bool = False
    twin: str | None = None


_NOTHING = Choice()


@dataclass(frozen=True, slots=True)
class Choices:
    """Decisions by the path of the file, as the report shows it."""

    by_path: Mapping[str, Choice] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """True where anything was decided."""
        return bool(self.by_path)

    def skips(self, path: str) -> bool:
        """True for a file that is to be left out."""
        return self._of(path).skip

    def twin(self, path: str) -> str | None:
        """What is to be done with a second recording in this file; None for the runner's default."""
        return self._of(path).twin

    def with_twins(self) -> list[str]:
        """Paths of the files of which it was decided what becomes of a second recording."""
        return sorted(path for path, choice in self.by_path.items() if choice.twin)

    def on(self, plan: Plan) -> Plan:
        """The same plan with every owner that was chosen in its place."""
        if not any(choice.runner for choice in self.by_path.values()):
            return plan
        offers = []
        for offer in plan.offers:
            runner = self._of(offer.member.path).runner
            named = tidy_name(runner) if runner else ""
            offers.append(dataclasses.replace(offer, owner=Owner(named, "chosen")) if named else offer)
        return dataclasses.replace(plan, offers=offers)

    def _of(self, path: str) -> Choice:
        """The report shows a path as every database takes it; the file's own may hold bytes that no text may hold."""
        return self.by_path.get(plain(path), _NOTHING)

    def plain(self) -> dict[str, dict[str, Any]]:
        """As plain values, for a job to remember."""
        return {path: dataclasses.asdict(choice) for path, choice in self.by_path.items()}

    @classmethod
    def from_plain(cls, said: Mapping[str, Mapping[str, Any]] | None) -> Choices:
        """From what ``plain`` gave; a word that is none is taken for no decision."""
        found = {}
        for path, one in (said or {}).items():
            twin = one.get("twin")
            found[path] = Choice(one.get("runner") or None, bool(one.get("skip")), twin if twin in TWIN_WORDS else None)
        return cls(found)
