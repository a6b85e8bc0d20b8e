"""What was run against what was planned: running and walking bouts found in a stream, and the stage they are like."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from loadmon.days import day_words
from loadmon.facts.steps import is_walking
from loadmon.planning.ladder import RUN, STRIDE, WALK, Stage, minutes
from loadmon.planning.planned_run import WALK_RUN, PlannedRun

Floats = NDArray[np.float64]
SMOOTH_S = 9.0
"""Over so many seconds a stretch is told to be running or walking (loadmon convention): a step of the watch's smoothing."""
LEAST_BOUT_S = 12.0
"""A shorter bout is taken into those beside it (loadmon convention): the shortest of a ladder has 30 s."""
NEAR_DAYS = 1
BEFORE_AND_AFTER_S, EASED_S, WALKS_COUNT = 600.0, 120.0, 0.3
"""Walking says less of a stage than running: not everybody walks before and after as long as planned."""
LIKE = 0.9
BOUTS_VERSION = 2
"""Raised whenever the bouts of a stream are found differently: what was found before is then found anew."""
MUCH_MORE, MORE_S = 1.15, 120.0
"""Clearly more than planned (loadmon convention): both the share and so many seconds beyond, as a watch sees where walking begins only
roughly."""
LONGER_PIECES, LONGER_S = 2.0, 60.0
"""Pieces of more than twice what was planned and a minute are no walk-run of that stage (loadmon convention)."""


@dataclass(frozen=True, slots=True)
class Bout:
    """A stretch of one kind, ``run`` or ``walk``; seconds from the start of the recording."""

    kind: str
    start_s: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Done:
    """What was done on a day: bouts of running, their seconds in all, and metres where they are known.

    Where no stream tells running and walking apart ``run_s`` is all of the time in motion, and ``middle_run_s`` is 0.
    """

    day: date
    run_s: float
    walk_s: float
    runs: int
    middle_run_s: float
    run_m: float | None = None

    @property
    def is_apart(self) -> bool:
        """True where running and walking were told apart."""
        return self.middle_run_s > 0.0


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
    told : bool
        True where the runner told of a run that no watch recorded.
    """

    planned: PlannedRun | None
    done: Done | None
    share: float | None
    like_stage: int | None
    words: str
    told: bool = False

    @property
    def is_more(self) -> bool:
        """True where clearly more was run than planned."""
        return self.planned is not None and self.done is not None and is_more(self.planned, self.done)


def is_more(planned: PlannedRun, done: Done) -> bool:
    """True where clearly more was run than planned; beside its walks, too, where walking was not told apart."""
    run_s, planned_s = done.run_s, planned.run_s if done.is_apart else planned.total_s
    return run_s > max(MUCH_MORE * planned_s, planned_s + MORE_S)


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


def bouts(t_s: Floats, speed_mps: Floats, cadence_spm: Floats) -> tuple[Bout, ...]:
    """Running and walking in turn, as a stream has them.

    Parameters
    ----------
    t_s : array of shape (n,)
        Seconds from the start, rising.
    speed_mps, cadence_spm : arrays of shape (n,)
        NaN where not measured. Walking is below 130 steps a minute or below 1.8 m/s, as everywhere in loadmon; standing is
        counted with walking. Where neither was measured nothing can be told, and that stretch is left out.
    """
    if len(t_s) < 2:
        return ()
    seconds = np.diff(t_s, append=t_s[-1])
    step = float(np.median(seconds[:-1])) or 1.0
    width = max(round(SMOOTH_S / step) | 1, 1)
    known = ~(np.isnan(speed_mps) & np.isnan(cadence_spm))
    walking = np.where(known, is_walking(_middle(cadence_spm, width), _middle(speed_mps, width)), -1).astype(np.int64)
    edge = np.flatnonzero(np.diff(walking)) + 1
    begins, ends = np.append(0, edge), np.append(edge, len(walking))
    found = [
        (int(walking[a]), float(t_s[a]), float(t_s[b - 1] + seconds[b - 1] - t_s[a]))
        for a, b in zip(begins, ends, strict=True)
    ]
    return tuple(Bout(WALK if kind else RUN, start, long) for kind, start, long in _joined(found) if kind >= 0)


def done_of(day: date, found: tuple[Bout, ...], run_m: float | None = None) -> Done:
    """A day's bouts in sums."""
    running = [bout.seconds for bout in found if bout.kind == RUN]
    walking = sum(bout.seconds for bout in found if bout.kind == WALK)
    middle = float(np.median(running)) if running else 0.0
    return Done(day, sum(running), walking, len(running), middle, run_m)


def together(parts: list[Done]) -> Done:
    """Several recordings of one day as one."""
    metres = [part.run_m for part in parts]
    known = [one for one in metres if one is not None]
    return Done(
        parts[0].day,
        sum(part.run_s for part in parts),
        sum(part.walk_s for part in parts),
        sum(part.runs for part in parts),
        max(part.middle_run_s for part in parts),
        sum(known) if len(known) == len(metres) else None,
    )


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
    told: Collection[date] = (),
) -> tuple[Matched, ...]:
    """Every planned run up to today beside what was run on that day, or, where nothing was, on a free day next to it.

    Parameters
    ----------
    planned : tuple of PlannedRun
    done : list of Done
        One a day.
    stages : tuple of Stage
    today : date
    told : collection of date
        Days of which the runner told a run that no watch recorded.

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
        line = _beside(run, by_day.get(here) if here else None, stages)
        if line.done is None and run.day in told:
            held = "" if run.on_hold is None else ", while the plan was on hold"
            line = replace(line, words=f"run without a watch{held}", told=True)
        found.append((run.day, line))
    found += [(one.day, _beside(None, one, stages)) for one in done if one.day not in taken and one.day <= today]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _beside(planned: PlannedRun | None, done: Done | None, stages: tuple[Stage, ...]) -> Matched:
    like = None if done is None else like_stage(done, stages)
    if done is None:
        return Matched(planned, None, None, None, "not recorded" if planned and planned.on_hold is None else "on hold")
    told = _told(done)
    if planned is None:
        return Matched(None, done, None, like, f"{told}, not planned")
    share = done.run_s / planned.run_s
    if planned.on_hold is not None:
        return Matched(planned, done, share, like, f"{told}, while the plan was on hold")
    verdict = "more than planned" if is_more(planned, done) else "less than planned" if share < LIKE else "as planned"
    moved = "" if done.day == planned.day else f", on {day_words(done.day)}"
    return Matched(planned, done, share, like, f"{told}, {verdict}{moved}")


def _told(done: Done) -> str:
    long = f"{minutes(round(done.run_s / 6.0) * 6.0)} min"
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


def _middle(values: Floats, width: int) -> Floats:
    """The running middle of the known values; NaN where none is known."""
    if width <= 1 or len(values) <= width or np.isnan(values).all():
        return values
    edge = width // 2
    padded = np.pad(values, edge, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, width)
    gaps = np.isnan(windows)
    if not gaps.any():
        return np.median(windows, axis=1)
    order = np.sort(windows, axis=1)  # NaN sorts last
    count = width - gaps.sum(axis=1)
    rows = np.arange(len(values))
    low = order[rows, np.maximum((count - 1) // 2, 0)]
    high = order[rows, np.minimum(count // 2, width - 1)]
    return np.where(count > 0, (low + high) / 2.0, np.nan)


def _joined(found: list[tuple[int, float, float]]) -> list[tuple[int, float, float]]:
    """Bouts that are too short taken into the one before (or after, for the first), and equal neighbours made one."""
    kept = [list(one) for one in found]
    while len(kept) > 1:
        place = min(range(len(kept)), key=lambda n: kept[n][2])
        if kept[place][2] >= LEAST_BOUT_S:
            break
        kept[place][0] = kept[place - 1][0] if place else kept[1][0]
        kept = _merged(kept)
    return [(int(kind), start, seconds) for kind, start, seconds in _merged(kept)]


def _merged(kept: list[list[float]]) -> list[list[float]]:
    out: list[list[float]] = []
    for kind, start, seconds in kept:
        if out and out[-1][0] == kind:
            out[-1][2] += seconds
        else:
            out.append([kind, start, seconds])
    return out
