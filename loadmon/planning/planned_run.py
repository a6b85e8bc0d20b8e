"""One planned run of the way back: its day, stage, segments, what bounds it, and what it comes to in kilometres and steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from loadmon.days import week_start
from loadmon.planning.ladder import COOL_DOWN, RUN, STRIDE, WALK, WARM_UP, Segment

WALK_RUN, BUILD = "walk and run", "build up"
AT_GOAL = "The level before the injury"
"""What bounds the runs of a plan that has arrived."""


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """One planned session, in SI units.

    Parameters
    ----------
    day : date
    phase : str
        ``walk and run`` or ``build up``.
    stage : int
        Of the ladder; one more than it has stages while building up.
    segments : tuple of Segment
        The whole session with its walks before and after.
    words : str
        What is run, in a few words.
    bound_by : str
        Which rule gives its length.
    basis : str
        Where that rule comes from.
    speed_mps, cadence_spm : float, float | None
        At which distance and steps are projected.
    most_s : float | None
        The most running of that day by the cap on a session, in seconds; None for the first, which has no cap.
    spike_pct : float | None
        How much longer the running is than the longest planned or done of the 30 days before; None for the first.
    is_projection : bool
        True where it supposes that what comes before goes well: a named person decides first.
    deload : bool
        Of a lighter week.
    on_hold : str | None
        Why it is not to be run now; None where it stands.
    """

    day: date
    phase: str
    stage: int
    segments: tuple[Segment, ...]
    words: str
    bound_by: str
    basis: str
    speed_mps: float
    cadence_spm: float | None = None
    most_s: float | None = None
    spike_pct: float | None = None
    is_projection: bool = False
    deload: bool = False
    on_hold: str | None = None

    def seconds(self, *kinds: str) -> float:
        """Seconds of these kinds of segment."""
        return sum(segment.seconds for segment in self.segments if segment.kind in kinds)

    @property
    def run_s(self) -> float:
        """Seconds of running, strides among them."""
        return self.seconds(RUN, STRIDE)

    @property
    def fast_s(self) -> float:
        """Seconds of strides."""
        return self.seconds(STRIDE)

    @property
    def walk_s(self) -> float:
        """Seconds of walking, before and after included."""
        return self.seconds(WALK, WARM_UP, COOL_DOWN)

    @property
    def total_s(self) -> float:
        """Seconds from the first step to the last."""
        return sum(segment.seconds for segment in self.segments)

    @property
    def run_m(self) -> float:
        """Metres of running at the projected speed; walking is not among them."""
        return self.run_s * self.speed_mps

    @property
    def steps(self) -> float | None:
        """Running steps of both feet; None where no cadence is known."""
        return None if self.cadence_spm is None else self.run_s * self.cadence_spm / 60.0

    @property
    def title(self) -> str:
        """What a calendar and a watch call it."""
        return f"Stage {self.stage}: {self.words}" if self.phase == WALK_RUN else f"Run: {self.words}"


@dataclass(frozen=True, slots=True)
class PlannedWeek:
    """The sums of a week that stands in the plan, Monday to Sunday; what is on hold is not among them."""

    first: date
    runs: int
    run_s: float
    walk_s: float
    run_m: float
    steps: float | None
    deload: bool

    @property
    def last(self) -> date:
        """Sunday."""
        return self.first + timedelta(days=6)


def weeks_of(runs: tuple[PlannedRun, ...]) -> tuple[PlannedWeek, ...]:
    """The weeks of planned runs, oldest first; one without any is not there."""
    by_week: dict[date, list[PlannedRun]] = {}
    for run in runs:
        if run.on_hold is None:
            by_week.setdefault(week_start(run.day), []).append(run)
    return tuple(
        PlannedWeek(first, len(of), *_sums(of), deload=any(run.deload for run in of))
        for first, of in sorted(by_week.items())
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """What a plan comes to; what is on hold is not among it."""

    runs: int
    run_s: float
    walk_s: float
    run_m: float
    steps: float | None


def totals_of(runs: tuple[PlannedRun, ...]) -> Totals:
    """The sums of all runs that stand."""
    of = [run for run in runs if run.on_hold is None]
    return Totals(len(of), *_sums(of))


def _sums(of: list[PlannedRun]) -> tuple[float, float, float, float | None]:
    steps = [run.steps for run in of]
    known = [step for step in steps if step is not None]
    return (
        sum(run.run_s for run in of),
        sum(run.walk_s for run in of),
        sum(run.run_m for run in of),
        sum(known) if known and len(known) == len(steps) else None,
    )
