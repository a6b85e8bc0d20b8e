"""Who is looking, and whose rows they may see: every read asks it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, true

from loadmon.refusal import NotFound


class Role(StrEnum):
    """In which part somebody uses loadmon."""

    OWNER = "owner"
    """The person at their own machine."""
    RUNNER = "runner"
    COACH = "coach"
    CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks at the store.

    Parameters
    ----------
    role : Role
        In which part.
    athlete_ids : frozenset of int | None
        The runners they may see; None for all of them.
    """

    role: Role
    athlete_ids: frozenset[int] | None

    @classmethod
    def everyone(cls) -> Viewer:
        """The person at their own machine: sees every runner."""
        return cls(Role.OWNER, None)

    @classmethod
    def runner(cls, athlete_id: int) -> Viewer:
        """A runner: sees themself only."""
        return cls(Role.RUNNER, frozenset({athlete_id}))

    @property
    def sees_all(self) -> bool:
        """True where nothing is hidden."""
        return self.athlete_ids is None

    @property
    def reads_notes(self) -> bool:
        """Notes on an injury are between runner and clinician; a coach does not read them."""
        return self.role is not Role.COACH

    @property
    def decides(self) -> bool:
        """Medical judgements are a clinician's, or the person's at their own machine."""
        return self.role in (Role.OWNER, Role.CLINICIAN)

    def sees(self, athlete_id: int | None) -> bool:
        """True if this runner's rows may be shown; rows of nobody are for those who see all."""
        return self.athlete_ids is None or athlete_id in self.athlete_ids

    def rule(self, athlete_id: Any, only: Iterable[int] | None = None) -> ColumnElement[bool]:
        """The condition a query needs: rows of runners this viewer may see, and of ``only`` where it is given."""
        condition: ColumnElement[bool] = true()
        if self.athlete_ids is not None:
            condition = athlete_id.in_(sorted(self.athlete_ids))
        return condition if only is None else condition & athlete_id.in_(sorted(set(only)))

    def must_see(self, athlete_id: int | None, what: str = "runner") -> None:
        """Raise the same ``NotFound`` for what is hidden as for what does not exist."""
        if not self.sees(athlete_id):
            raise no_such(what)

    def must_read_notes(self, athlete_id: int) -> None:
        """Refuse a runner whose clinical records are not for these eyes.

        Raises
        ------
        NotFound
            The same as for a runner that is not there.
        """
        self.must_see(athlete_id)
        if not self.reads_notes:
            raise no_such("runner")


def no_such(what: str) -> NotFound:
    """The one answer for "hidden" and "not there", so that nobody can tell the two apart."""
    return NotFound(f"There is no such {what} here.", "Look at the list again and choose one from it.")
