"""What a way back is told from (the order, runs, how they were borne, what a named person decided), and where a runner stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from loadmon.planning.gate import Clearance, GateKept
from loadmon.planning.pain import Grade
from loadmon.planning.pre_injury import Level
from loadmon.planning.progress import Standing, Step


@dataclass(frozen=True, slots=True)
class ReturnOrder:
    """What a plan is made from.

    Parameters
    ----------
    athlete_id : int
    profile : str
        Key of the rules' profiles.
    start : date
        Day of the first run.
    goal : Level
        The level before the injury.
    made_by : str
        Who made it.
    baseline_morning : float
        The runner's usual morning pain, 0 to 10.
    successes : int | None
        Green sessions before the next stage, where a clinician set another number than the rule: 1 to 3.
    onset_s : float | None
        Seconds of running after which it usually begins to hurt.
    clearance : Clearance | None
    injury_id : int | None
    note : str
        A clinician's; coaches do not read it by default.
    gate : GateKept | None
        What was true before the first run; None of plans made before it was kept, and for those who do not read notes.
    """

    athlete_id: int
    profile: str
    start: date
    goal: Level
    made_by: str
    baseline_morning: float = 0.0
    successes: int | None = None
    onset_s: float | None = None
    clearance: Clearance | None = None
    injury_id: int | None = None
    note: str = ""
    gate: GateKept | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """How a day's run was borne.

    Parameters
    ----------
    day : date
    grade : Grade
    worst : float | None
        The highest pain told of it.
    reason : str
    planned_day : date | None
        Of the planned run it was, where it was run a day later.
    """

    day: date
    grade: Grade
    worst: float | None = None
    reason: str = ""
    planned_day: date | None = None


@dataclass(frozen=True, slots=True)
class Ran:
    """A day on which was run, planned or not: on the ladder the day after it is one of rest, whatever was told of it."""

    day: date


class Choice(StrEnum):
    """What a person may decide."""

    ADVANCE = "advance"
    REPEAT = "repeat"
    REGRESS = "regress"
    HOLD = "hold"
    RESUME = "resume"
    FAST = "fast"
    ONSET = "onset"
    END = "end"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a named person decided.

    Parameters
    ----------
    day : date
        The runner's own day from which it holds.
    at : datetime
        When, aware.
    by, role : str
        Who, and as what.
    choice : Choice
    stage : int
        The stage from then on.
    note : str
    onset_s : float | None
        Seconds of running after which it begins to hurt now, where that is what was decided.
    before : frozenset of date
        Days whose run, or whose sign that stops the plan, came or was told only after it (``known_then``).
    """

    day: date
    at: datetime
    by: str
    role: str
    choice: Choice
    stage: int
    note: str = ""
    before: frozenset[date] = frozenset()
    onset_s: float | None = None


@dataclass(frozen=True, slots=True)
class WayBack:
    """Where a runner stands.

    Parameters
    ----------
    standing : Standing
    free_from : date
        First day on which a run may be.
    ready : bool
        A step forward waits for somebody's decision.
    last : Step | None
        What the rule made of the latest graded run.
    hold : str | None
        Why nothing is run now.
    held_since : date | None
    build_from : date | None
        Monday of the first building week.
    level_weeks : frozenset of date
        Mondays of building weeks that grow no longer than the one before.
    fast_from : date | None
        Monday of the first week with anything fast.
    greens_long : tuple of date
        Days of green runs of 30 minutes in one piece since the last that was not green.
    ended : date | None
    pains : tuple of (Monday, pain)
    onset_s : float | None
        Seconds of running after which it usually begins to hurt, as far as anybody said.
    """

    standing: Standing
    free_from: date
    ready: bool = False
    last: Step | None = None
    hold: str | None = None
    held_since: date | None = None
    build_from: date | None = None
    level_weeks: frozenset[date] = frozenset()
    fast_from: date | None = None
    greens_long: tuple[date, ...] = ()
    ended: date | None = None
    pains: tuple[tuple[date, float], ...] = ()
    onset_s: float | None = None

    def building(self, day: date) -> bool:
        """True where a day lies in the building weeks: they have their own days of rest, and a run adds none."""
        return self.build_from is not None and day >= self.build_from


Event = Ran | Graded | Decision
