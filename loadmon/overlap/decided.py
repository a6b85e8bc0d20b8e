"""What people decided about two recordings of one run: of a pair, or of a runner's pairs altogether."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Choice(StrEnum):
    """What somebody decided of one pair."""

    RICHER = "richer"
    """The recording that holds more counts."""
    MERGE = "merge"
    """The same, and it takes the channels it lacks from the other."""
    BOTH = "both"
    """They are two runs: both count."""
    FIRST = "first"
    """The recording with the lower number counts."""
    SECOND = "second"
    """The recording with the higher number counts."""


class Default(StrEnum):
    """What is done with a runner's pairs of which nobody decided."""

    RICHER = "richer"
    MERGE = "merge"
    BOTH = "both"
    SKIP = "skip"
    """The recording of the earlier import counts; within one import the richer."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Everything that was decided about recordings of the same run.

    Parameters
    ----------
    choices : mapping of (session, session) to str
        A value of ``Choice`` by the numbers of the two sessions, the lower first.
    defaults : mapping of athlete to str
        A value of ``Default``; who is not in it has ``richer``.
    borrowed : mapping of session to mapping of channel to float
        Channels that a session has from another recording already, each with the share of the time that it held itself:
        what a session holds is told as if nothing were borrowed, or a merging would change what it rests on.
    """

    choices: Mapping[tuple[int, int], str] = field(default_factory=dict)
    defaults: Mapping[int, str] = field(default_factory=dict)
    borrowed: Mapping[int, Mapping[str, float]] = field(default_factory=dict)

    @property
    def merges_anything(self) -> bool:
        """True where any pair is to be merged, as far as decisions go."""
        return Default.MERGE in self.defaults.values() or Choice.MERGE in self.choices.values()

    def choice(self, one: int, other: int) -> Choice | None:
        """What was decided of these two, in the order of their numbers; None where nobody did."""
        if not self.choices:
            return None
        found = self.choices.get((min(one, other), max(one, other)))
        return None if found is None else Choice(found)

    def default(self, athlete_id: int) -> Default:
        """What is done with a runner's pairs of which nobody decided."""
        found = self.defaults.get(athlete_id)
        return Default(found) if found else Default.RICHER


NOTHING_DECIDED = Decided()
