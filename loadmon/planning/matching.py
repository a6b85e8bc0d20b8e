"""What was run against what was planned, and the stage of the ladder it was like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from loadmon.days import day_words
from loadmon.planning.bouts import Bout
from loadmon.planning.done import Done
from loadmon.planning.ladder import RUN, STRIDE, WALK, Stage, minutes
from loadmon.planning.planned_run import WALK_RUN, PlannedRun

NEAR_DAYS = 1
BEFORE_AND_AFTER_S, EASED_S, WALKS_COUNT = 600.0, 120.0, 0.3
"""Walking says less of a stage than running: not everybody walks before and after as long as planned."""
LIKE = 0.9
MUCH_MORE, MORE_S = 1.15, 120.0
"""Clearly more than planned (loadmon convention): both the share and so many seconds beyond, as a watch sees where walking begins only
roughly."""
LONGER_PIECES, LONGER_S = 2.0, 60.0
"""Pieces of more than twice what was planned and a minute are no walk-run of that stage (loadmon convention)."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A day's running beside the planned run it belongs to.

    Parameters
    ----------
    planned : PlannedRun | None
        None where nothing was planned on this day or one beside it.
    done : Done | None
        None where nothing was run.
    share : float | None
        Running done of what was planned.
    like_stage : int | None
        The stage it was most like, by number and length of its bouts.
    words : str
    """

    planned: PlannedRun | None
    done: Done | None
    share: float | None
    like_stage: int | None
    words: str

    @property
    def day(self) -> date:
        """Of the plan, else of what was run."""
        return self.planned.day if self.planned is not None else self.ran_on

    @property
    def ran_on(self) -> date:
        """The day on which it was run."""
        assert self.done is not None
        return self.done.day

    @property
    def run_s(self) -> float | None:
        """Seconds of running, as far as they can be told; None where nothing was run or nobody knows."""
        if self.done is None:
            return None
        if self.planned is not None:
            return self.done.running_s(self.planned)
        return None if self.done.is_open else self.done.run_s

    @property
    def is_more(self) -> bool:
        """True where clearly more was run than planned."""
        return self.planned is not None and self.done is not None and is_more(self.planned, self.done)


def most_as_planned_s(planned: PlannedRun) -> float:
    """The most running, in seconds, that still is the planned run."""
    return max(MUCH_MORE * planned.run_s, planned.run_s + MORE_S)


def is_more(planned: PlannedRun, done: Done) -> bool:
    """True where clearly more was run than planned."""
    return done.running_s(planned) > most_as_planned_s(planned)


def no_step(planned: PlannedRun, done: Done) -> str:
    """Why a run of the ladder is no step on it, however well it was borne; empty where it may be one."""
    if planned.phase != WALK_RUN:
        return ""
    if is_more(planned, done):
        return "more was run than planned"
    longest = max(bout.seconds for bout in planned_bouts(planned) if bout.kind == RUN)
    if done.middle_run_s > LONGER_PIECES * longest + LONGER_S:
        return "it was run in longer pieces than planned"
    return ""


def like_stage(done: Done, stages: tuple[Stage, ...]) -> int | None:
    """The stage whose bouts this running was most like; None where nothing was run, or nothing tells its pieces."""
    if not done.runs or not done.is_apart:
        return None

    between_s = max(done.walk_s - BEFORE_AND_AFTER_S, 0.0)

    def unlike(stage: Stage) -> float:
        walks = np.log((between_s + EASED_S) / (stage.walking_s + EASED_S))
        pieces = np.log(done.middle_run_s / stage.run_s), np.log(done.runs / stage.times)
        return float(
            abs(np.log(done.run_s / stage.running_s)) + sum(abs(one) for one in pieces) + WALKS_COUNT * abs(walks)
        )

    return min(stages, key=unlike).number


def matched(
    planned: tuple[PlannedRun, ...],
    done: list[Done],
    stages: tuple[Stage, ...],
    today: date,
) -> tuple[Matched, ...]:
    """Every planned run up to today beside what was run on that day, or, where nothing was, on a free day next to it.

    Parameters
    ----------
    planned : tuple of PlannedRun
    done : list of Done
        One a day.
    stages : tuple of Stage
    today : date

    Returns
    -------
    tuple of Matched
        By day; running that belongs to no planned run is there too.
    """
    by_day = {one.day: one for one in done}
    days = {run.day for run in planned}
    taken: set[date] = set()
    found: list[tuple[date, Matched]] = []
    for run in planned:
        if run.day > today:
            continue
        near = [run.day, *(run.day + timedelta(days=n * sign) for n in range(1, NEAR_DAYS + 1) for sign in (1, -1))]
        # a day that has a planned run of its own is not another's
        here = next(
            (day for day in near if day in by_day and day not in taken and (day == run.day or day not in days)), None
        )
        if here is not None:
            taken.add(here)
        found.append((run.day, _beside(run, by_day.get(here) if here else None, stages)))
    found += [(one.day, _beside(None, one, stages)) for one in done if one.day not in taken and one.day <= today]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _beside(planned: PlannedRun | None, done: Done | None, stages: tuple[Stage, ...]) -> Matched:
    if done is None:
        return Matched(planned, None, None, None, "not recorded" if planned and planned.on_hold is None else "on hold")
    like, told = like_stage(done, stages), _told(done)
    if planned is None:
        return Matched(None, done, None, like, f"{told}, not planned")
    share = done.running_s(planned) / planned.run_s
    if planned.on_hold is not None:
        return Matched(planned, done, share, like, f"{told}, while the plan was on hold")
    verdict = (
        "taken for the planned one"
        if done.is_open
        else "more than planned"
        if is_more(planned, done)
        else "less than planned"
        if share < LIKE
        else "as planned"
    )
    moved = "" if done.day == planned.day else f", on {day_words(done.day)}"
    return Matched(planned, done, share, like, f"{told}, {verdict}{moved}")


def _told(done: Done) -> str:
    long = f"{minutes(round(done.run_s / 6.0) * 6.0)} min"
    if done.is_open:
        return "run without a watch, how long was not told"
    if done.told:
        return f"run without a watch, {long} with its walks"
    if not done.is_apart:
        return f"{long} in motion, running and walking not told apart"
    return f"{long} running in {done.runs} {'piece' if done.runs == 1 else 'pieces'}"


def planned_bouts(run: PlannedRun) -> tuple[Bout, ...]:
    """The bouts a watch would see of a planned run: walks and runs that follow each other become one."""
    out: list[Bout] = []
    at = 0.0
    for segment in run.segments:
        kind = RUN if segment.kind in (RUN, STRIDE) else WALK
        if out and out[-1].kind == kind:
            out[-1] = Bout(kind, out[-1].start_s, out[-1].seconds + segment.seconds)
        else:
            out.append(Bout(kind, at, segment.seconds))
        at += segment.seconds
    return tuple(out)
