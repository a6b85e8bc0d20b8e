"""What made a run so: how much of a tissue's damage came of its hills, speed, cadence, surface, technique and walking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.exposure import Exposure, pieces_from
from loadmon.tissue.findings import GaitFindings, cadence_ratio_found, step_factors
from loadmon.tissue.loads import RunConditions, loads_of
from loadmon.tissue.parameters import parameters_of
from loadmon.tissue.runner import RunnerReference, cadence_spm
from loadmon.tissue.stream import Pieces

Floats = NDArray[np.floating[Any]]

PER_STEP = ("speed", "hills", "cadence")
CONSTANT = ("surface", "technique", "mass")
CAUSES = (*PER_STEP, *CONSTANT, "walking")


@dataclass(frozen=True, slots=True, eq=False)
class MakeUp:
    """Why a run's damage is more or less than its distance; T tissues.

    Parameters
    ----------
    tissues : tuple of str
    distance_m : float
    damage_m : array of shape (T,)
        By the nominal numbers, from the run's exposure.
    causes : mapping of cause to array of shape (T,)
        Logarithms, one of ``CAUSES`` each: their sum over the causes is ``ln(damage_m / distance_m)``. 0.1 is about 10 % more.
    faster, quicker : float
        The run's speed less the runner's own (m/s), and its cadence against their own less 1: which way speed and cadence
        differed, both means over the distance run.
    climbed : float
        Mean slope of what was run, rise over run.
    """

    tissues: tuple[str, ...]
    distance_m: float
    damage_m: Floats
    causes: Mapping[str, Floats]
    faster: float
    quicker: float
    climbed: float

    def of(self, tissue: str) -> dict[str, float]:
        """Every cause's factor on one tissue's damage, e.g. ``{"hills": 1.5}``; their product is damage over distance."""
        place = self.tissues.index(tissue)
        return {name: float(np.exp(values[place])) for name, values in self.causes.items()}


def make_up(exposure: Exposure, conditions: RunConditions, coefficients: Coefficients) -> MakeUp | None:
    """Splits a run's damage into what its speed, hills, cadence, surface, technique, mass and walking did.

    Speed, hills and cadence work together in every step: each is given its mean part over all orders in which they can be
    brought in (Shapley 1953), over the same distance.

    Parameters
    ----------
    exposure : Exposure
    conditions : RunConditions
        Surface and quality of slopes are those of the exposure.
    coefficients : Coefficients

    Returns
    -------
    MakeUp | None
        None where nothing was run: a walk has no make-up.
    """
    pieces = pieces_from([exposure])
    runner, found = conditions.runner, conditions.found
    metres = pieces.speed_mps * pieces.seconds
    run_m = float(metres.sum())
    if run_m <= 0:
        return None
    held = RunConditions(runner, found, exposure.treadmill, exposure.believed_quality)
    told = loads_of(pieces, [held], coefficients)
    together, (ratio, slope) = _brought_in(pieces, held, coefficients)
    unchanged = RunConditions(_unchanged(runner), runner.findings, runner.treadmill)
    log = np.log(loads_of(together, [unchanged] * together.runs, coefficients).damage_m[0])
    causes = dict(zip(PER_STEP, _shares(log), strict=True)) | _constants(held, coefficients)
    walked = np.log(told.damage_m[0, :, 0] / float(told.course.distance_m[0]))
    causes["walking"] = walked - sum(causes.values()) if pieces.walked_s[0] > 0 else np.zeros(len(walked))
    return MakeUp(
        tissues=coefficients.tissues,
        distance_m=float(told.course.distance_m[0]),
        damage_m=told.damage_m[0, :, 0],
        causes=causes,
        faster=run_m / float(pieces.seconds.sum()) - (runner.speed_mps or coefficients.reference.speed_mps),
        quicker=float(metres @ ratio) / run_m - 1.0,
        climbed=float(metres @ slope) / run_m,
    )


def _unchanged(runner: RunnerReference) -> RunnerReference:
    """The runner with the mass of the reference epoch."""
    return RunnerReference(
        height_m=runner.height_m, speed_mps=runner.speed_mps, cadence_line=runner.cadence_line,
        findings=runner.findings, treadmill=runner.treadmill,
    )  # fmt: skip


def _brought_in(
    pieces: Pieces, held: RunConditions, coefficients: Coefficients
) -> tuple[Pieces, tuple[Floats, Floats]]:
    """The running eight times: with its own speed, hills and cadence each brought in or left at the runner's own.

    In the order in which ``product((False, True), repeat=3)`` has them; also cadence against the own, and slope.
    """
    runner = held.runner
    usual = runner.speed_mps or coefficients.reference.speed_mps
    kind = np.float64
    speed, metres = pieces.speed_mps.astype(kind), (pieces.speed_mps * pieces.seconds).astype(kind)
    slope = np.where(np.isnan(pieces.slope), 0.0, pieces.slope.astype(kind))
    ratio = pieces.cadence_spm / cadence_spm(runner, coefficients, speed, slope)
    ratio = np.where(np.isnan(ratio), cadence_ratio_found(held.found, runner.findings, coefficients), ratio)
    made: list[tuple[Floats, Floats, Floats, Floats]] = []
    for own_speed, hills, cadence in product((False, True), repeat=len(PER_STEP)):
        v = speed if own_speed else np.full(len(speed), usual)
        g = slope if hills else np.zeros(len(slope))
        steps = cadence_spm(runner, coefficients, v, g) * (ratio if cadence else 1.0)
        made.append((metres / v, v, steps, g))
    seconds, speeds, cadences, slopes = (np.concatenate(part) for part in zip(*made, strict=True))
    runs, none = len(made), np.zeros(len(made))
    together = Pieces(seconds, speeds, cadences, slopes, np.arange(runs) * len(speed), none, none, none, none, none)
    return together, (ratio, slope)


def _shares(log: Floats) -> list[Floats]:
    """What each of the three brings on the mean of all orders; ``log`` has shape (T, 8). Shapes (T,)."""
    players = len(PER_STEP)
    cube = log.reshape(-1, *[2] * players)
    shares: list[Floats] = []
    for player in range(players):
        total = np.zeros(len(log))
        apart = np.diff(np.moveaxis(cube, player + 1, -1), axis=-1)[..., 0]  # what it brings, by who is in already
        for others in product((0, 1), repeat=players - 1):
            size = sum(others)
            weight = factorial(size) * factorial(players - 1 - size) / factorial(players)
            total += weight * apart[:, others[0], others[1]]
        shares.append(total)
    return shares


def _constants(held: RunConditions, coefficients: Coefficients) -> dict[str, Floats]:
    """What surface, technique and mass did, their sum held where the model holds it."""
    tissues = coefficients.tissue.values()
    nominal = parameters_of(coefficients)
    lowest = np.array([t.damage_exponent.low for t in tissues])
    treadmill = np.log(np.array([t.treadmill.peak for t in tissues]))

    def technique(findings: GaitFindings) -> Floats:
        return np.asarray(np.log(step_factors(findings, coefficients, nominal)[0][0]))

    parts = {
        "surface": lowest * treadmill * (int(held.treadmill) - int(held.runner.treadmill)),
        "technique": lowest * (technique(held.found) - technique(held.runner.findings)),
        "mass": lowest * nominal.mass[0] * np.log(held.runner.mass_ratio()),
    }
    whole = parts["surface"] + parts["technique"] + parts["mass"]
    kept = np.clip(whole, *np.log(coefficients.damage.constant_factor))
    scale = np.divide(kept, whole, out=np.ones_like(whole), where=whole != 0)
    return {name: part * scale for name, part in parts.items()}
