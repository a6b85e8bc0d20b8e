"""Loads of many runs at once: what each did to every tissue, by the nominal numbers or by drawn ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.course import Course, course_of, share
from loadmon.tissue.findings import GaitFindings, cadence_ratio_found, step_factors
from loadmon.tissue.parameters import Parameters, parameters_of
from loadmon.tissue.per_step import LEGS, SECONDS_A_MINUTE, RunTerms, StepSums, step_sums
from loadmon.tissue.runner import RunnerReference, own_cadence
from loadmon.tissue.stream import ROUGH, Pieces, SlopeQuality

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class RunConditions:
    """What held for a whole run: who ran, with which findings, on which surface, and how good its slopes are.

    Parameters
    ----------
    runner : RunnerReference
    findings : GaitFindings | None
        Those that held on the day; None for those of the reference epoch, unchanged.
    treadmill : bool
    slope_quality : SlopeQuality
    """

    runner: RunnerReference
    findings: GaitFindings | None = None
    treadmill: bool = False
    slope_quality: SlopeQuality = SlopeQuality.GOOD

    @property
    def found(self) -> GaitFindings:
        """The findings that hold."""
        return self.runner.findings if self.findings is None else self.findings


@dataclass(frozen=True, slots=True, eq=False)
class TissueLoads:
    """What R runs did to T tissues by the nominal numbers or by each of D drawn sets.

    Parameters
    ----------
    tissues : tuple of str, length T
    load_bws, peak_steps, damage_steps, damage_m : arrays of shape (D, T, R)
        Load in BW·s (nominal scale), steps weighed by their peak, damage in steps and in metres of level running at the
        runner's reference speed. All of one leg.
    peak_bw : array of shape (D, T, R)
        Mean peak of a step in BW (nominal scale). Both are NaN where peaks were not asked for.
    held_fraction : array of shape (D, T, R)
        Share of steps whose weight in damage was held at a limit; 0 where that was not counted.
    steps : array of shape (D, R)
        Of one leg, running and walking.
    course : Course
    """

    tissues: tuple[str, ...]
    load_bws: Floats
    peak_steps: Floats
    damage_steps: Floats
    damage_m: Floats
    peak_bw: Floats
    held_fraction: Floats
    steps: Floats
    course: Course


def loads_of(
    pieces: Pieces,
    conditions: Sequence[RunConditions],
    coefficients: Coefficients,
    *,
    draws: int | None = None,
    count_held: bool = False,
    peaks: bool = True,
) -> TissueLoads:
    """What R runs did to T tissues, by the nominal numbers or by each of so many drawn sets.

    Parameters
    ----------
    pieces : Pieces
        Of R runs.
    conditions : sequence of RunConditions, length R
    coefficients : Coefficients
    draws : int | None
        None for the nominal numbers.
    count_held : bool
        Also tell which share of steps was held at a limit.
    peaks : bool
        Also tell peaks and steps weighed by them.
    """
    parameters = parameters_of(coefficients, draws)
    distinct, which = _distinct(conditions)
    cadence = np.array([own_cadence(one.runner, coefficients) for one in distinct])[which]
    course = course_of(pieces, cadence, coefficients)
    terms = run_terms(distinct, which, cadence, course, coefficients, parameters)
    sums = step_sums(pieces, terms, parameters, coefficients, count_held=count_held, peaks=peaks)
    return _told(sums, terms, course, parameters, coefficients)


def _distinct(conditions: Sequence[RunConditions]) -> tuple[list[RunConditions], NDArray[np.intp]]:
    """The conditions that differ, and for each run which of them holds: most of a runner's runs share theirs."""
    places: dict[RunConditions, int] = {}
    which = [places.setdefault(one, len(places)) for one in conditions]
    return list(places), np.array(which, dtype=np.intp)


def _told(
    sums: StepSums, terms: RunTerms, course: Course, parameters: Parameters, coefficients: Coefficients
) -> TissueLoads:
    domain, reference = coefficients.domain, coefficients.reference
    x = np.clip(terms.speed_mps, *domain.speed_mps) - reference.speed_mps
    own = (terms.cadence * np.stack([np.ones_like(x), x, x**2], axis=1)).sum(axis=1)
    steps_a_metre = own / SECONDS_A_MINUTE / terms.speed_mps / LEGS
    steps = sums.steps[:, None, :]
    mean_peak = np.divide(sums.peak_steps, steps, out=np.zeros_like(sums.peak_steps), where=steps > 0)
    return TissueLoads(
        tissues=coefficients.tissues,
        load_bws=sums.load,
        peak_steps=sums.peak_steps,
        damage_steps=sums.damage,
        damage_m=sums.damage / steps_a_metre,
        peak_bw=parameters.peak[:, :, None] * mean_peak * terms.peak / terms.peak_steps,
        held_fraction=share(sums.held, np.broadcast_to(steps, sums.held.shape)),
        steps=sums.steps,
        course=course,
    )


def run_terms(
    distinct: Sequence[RunConditions],
    which: NDArray[np.intp],
    cadence: Floats,
    course: Course,
    coefficients: Coefficients,
    parameters: Parameters,
) -> RunTerms:
    """What holds for each whole run, as the model weighs it.

    Parameters
    ----------
    distinct : sequence of RunConditions
        Those that differ.
    which : array of shape (R,), int
        Which of them holds for each run.
    cadence : array of shape (R, 3)
        The runners' own, as ``own_cadence`` has it.
    course : Course
        Of the same runs.
    coefficients : Coefficients
    parameters : Parameters
    """
    kinds = [_constant(one, coefficients, parameters) for one in distinct]
    peak, peak_steps, impulse, damage = (np.stack(kind, axis=-1)[:, :, which] for kind in zip(*kinds, strict=True))
    usual = coefficients.reference.speed_mps
    ratio = [cadence_ratio_found(one.found, one.runner.findings, coefficients) for one in distinct]
    return RunTerms(
        speed_mps=np.array([one.runner.speed_mps or usual for one in distinct])[which],
        cadence=cadence,
        ratio_where_unknown=np.array(ratio)[which],
        from_satellites=np.array([one.slope_quality in ROUGH for one in distinct])[which],
        outside=course.extrapolated_fraction > coefficients.widening.outside_share,
        peak=peak,
        peak_steps=peak_steps,
        impulse=impulse,
        damage=damage,
    )


def _constant(
    one: RunConditions, coefficients: Coefficients, parameters: Parameters
) -> tuple[Floats, Floats, Floats, Floats]:
    """Factors that stay the same all run, for each set of numbers and tissue: peak, peak without mass, impulse, damage."""
    tissues = coefficients.tissue.values()
    surface = np.array([[t.treadmill.peak, t.treadmill.impulse] for t in tissues]).T

    def factors(findings: GaitFindings, *, treadmill: bool) -> tuple[Floats, Floats]:
        peak, impulse = step_factors(findings, coefficients, parameters)
        return (peak * surface[0], impulse * surface[1]) if treadmill else (peak, impulse)

    peak, impulse = factors(one.found, treadmill=one.treadmill)
    before, _ = factors(one.runner.findings, treadmill=one.runner.treadmill)
    mass = one.runner.mass_ratio() ** parameters.mass
    lowest = np.array([t.damage_exponent.low for t in tissues])
    # measured at once in other people, and tissue gets used to what stays: hence the lowest power, and only the change
    damage = np.clip((peak / before * mass) ** lowest, *coefficients.damage.constant_factor)
    return peak * mass, peak, impulse * mass, damage
