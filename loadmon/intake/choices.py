"""What the importing person decided about single files before they came in: whose, left out, or which of two counts."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from loadmon.intake.owner import Owner, tidy_name
from loadmon.intake.plan import Plan

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


@dataclass(frozen=True, slots=True)
class Choices:
    """Decisions by the path of the file, as the report shows it."""

    by_path: Mapping[str, Choice] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """True where anything was decided."""
        return bool(self.by_path)

    def skips(self, path: str) -> bool:
        """True for a file that is to be left out."""
        return path in self.by_path and self.by_path[path].skip

    def twin(self, path: str) -> str | None:
        """What is to be done with a second recording in this file; None for the runner's default."""
        return self.by_path[path].twin if path in self.by_path else None

    def with_twins(self) -> list[str]:
        """Paths of the files of which it was decided what becomes of a second recording."""
        return sorted(path for path, choice in self.by_path.items() if choice.twin)

    def on(self, plan: Plan) -> Plan:
        """The same plan with every owner that was chosen in its place."""
        if not any(choice.runner for choice in self.by_path.values()):
            return plan
        offers = []
        for offer in plan.offers:
            choice = self.by_path.get(offer.member.path)
            named = tidy_name(choice.runner) if choice and choice.runner else ""
            offers.append(dataclasses.replace(offer, owner=Owner(named, "chosen")) if named else offer)
        return dataclasses.replace(plan, offers=offers)

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
