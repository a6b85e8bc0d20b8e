"""Parts of a run that were none: a watch that was not stopped at the end, a drive in the middle."""

from __future__ import annotations

import numpy as np

from loadmon import evidence
from loadmon.correction import Correction, CorrectionKind, MadeBy
from loadmon.readers.clean import looks_like_running
from loadmon.readers.moving import longest_gap_s, recorded_seconds_of
from loadmon.readers.plausible import FAST_MPS
from loadmon.repair.channels import Floats, Samples
from loadmon.repair.spans import Span, spans_of
from loadmon.session import Session, Sport
from loadmon.units import clock, duration

STOOD_S = 300.0
"""So long nobody stands at the end of a run with the watch running, unless it was forgotten (loadmon convention)."""
STANDING_MPS = 0.5
RODE_S = 60.0
"""So long nobody runs faster than ``FAST_MPS`` (loadmon convention: the world's best hold 7.5 m/s for some minutes)."""
GRID_S = 5.0
OVER_S = 30.0
"""Speed is told over this time: a position that jumps and comes back is no drive."""
RAN_S = 300.0
"""What lies between two drives, or before and after one, counts as running from this length."""


def parts_not_run(session: Session, samples: Samples) -> list[Correction]:
    """Crops and pauses that a run seems to need; nothing for a session that is no run."""
    if len(samples) < 3 or not (session.sport.is_running or session.sport is Sport.UNKNOWN):
        return []
    stood, rode = _stood_at_the_end(session, samples), _rode(samples)
    if (stood is None and not rode) or not _is_run(session):
        return []
    end = float(samples["t_s"][-1])
    keep, why, found = [0.0, end], list[str](), list[Correction]()
    for first, last in rode:
        when = f"From {clock(first)} to {'the end' if end - last <= RAN_S else clock(last)}"
        words = f"{when} it was faster than anybody runs: a car or a bicycle."
        if first <= RAN_S:
            keep[0] = max(keep[0], last)
        elif end - last <= RAN_S:
            keep[1] = min(keep[1], first)
        else:
            found.append(_made(CorrectionKind.PAUSE, (first, last), words))
            continue
        why.append(words)
    if stood is not None and keep[1] == end:
        keep[1] = stood[1]
        why.append(f"For the last {duration(stood[0])} nobody moved: the watch was probably not stopped.")
    if why and keep[1] > keep[0]:
        found.append(_made(CorrectionKind.CROP, (keep[0], keep[1]), " ".join(why)))
    return found


def _made(kind: CorrectionKind, span: Span, why: str) -> Correction:
    params = {"from_s": round(max(span[0], 0.0), 3), "to_s": round(span[1], 3)}
    return Correction(kind, params, why, MadeBy.RULE)


def _is_run(session: Session) -> bool:
    return session.sport.is_running or looks_like_running(session.stream)


def _stood_at_the_end(session: Session, samples: Samples) -> tuple[float, float] | None:
    """Seconds stood with the timer running after the last step, and since when; None if it was not long."""
    t, speed, cadence = samples["t_s"], samples["speed_mps"], samples["cadence_spm"]
    moved = np.flatnonzero((speed > STANDING_MPS) | (cadence >= evidence.SLOWEST_MOVING_SPM.value))
    if not len(moved) or t[-1] - t[moved[-1]] < STOOD_S:
        return None
    stood_s = float(recorded_seconds_of(session)[moved[-1] :].sum())
    return (stood_s, float(t[moved[-1]])) if stood_s >= STOOD_S else None


def _rode(samples: Samples) -> list[Span]:
    """Stretches of a minute and more at a speed that nobody runs, told from the distance."""
    t, distance = samples["t_s"], samples["distance_m"]
    known = np.isfinite(distance)
    if np.count_nonzero(known) < 3 or t[-1] - t[0] < RODE_S:
        return []
    grid = np.arange(t[0], t[-1] + GRID_S, GRID_S)
    metres = np.interp(grid, t[known], distance[known])
    over = int(OVER_S / GRID_S)
    speed = (metres[over:] - metres[:-over]) / OVER_S
    middle = grid[over // 2 : len(grid) - (over - over // 2)]
    found = []
    for first, last in spans_of(middle, speed > FAST_MPS):
        if last - first >= RODE_S and not _ran(samples, first, last) and not _gap(t, first, last):
            found.append((first - GRID_S, last + GRID_S))
    return found


def _ran(samples: Samples, first: float, last: float) -> bool:
    """Whether a runner's steps were counted for most of the time."""
    steps = samples["cadence_spm"][(samples["t_s"] >= first) & (samples["t_s"] <= last)]
    return bool(len(steps)) and float(np.median(np.nan_to_num(steps))) >= evidence.RUN_CADENCE_SPM.value


def _gap(t: Floats, first: float, last: float) -> bool:
    """Whether nothing was recorded for most of the time: the distance may then be a straight line to anywhere."""
    inside = t[(t >= first) & (t <= last)]
    return bool(np.diff(np.concatenate(([first], inside, [last]))).max() > longest_gap_s(t))
