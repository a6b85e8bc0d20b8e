"""Tissue load of a run: load, peak-weighted steps and damage of ten tissues, in the runner's own steps and kilometres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.tissue import flags
from loadmon.tissue.coefficients import Coefficients, default_coefficients
from loadmon.tissue.course import Course, course_of, share
from loadmon.tissue.findings import (
    FindingNote,
    GaitFindings,
    cadence_ratio_found,
    finding_notes,
    step_factors,
)
from loadmon.tissue.parameters import Parameters, parameters_of
from loadmon.tissue.per_step import LEGS, SECONDS_A_MINUTE, RunTerms, StepSums, step_sums
from loadmon.tissue.runner import RunnerReference, own_cadence
from loadmon.tissue.stream import Pieces, SlopeQuality, TissueStream, pieces_of

Floats = NDArray[np.floating[Any]]

QUANTILES = (0.1, 0.5, 0.9)


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
        Mean peak of a step in BW (nominal scale).
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


@dataclass(frozen=True, slots=True, eq=False)
class TissueLoad:
    """What one run did to each of T tissues of one leg; arrays have shape (T,) in the order of ``tissues``.

    Parameters
    ----------
    tissues : tuple of str
    load_bws : array
        Load: impulses of all steps, BW·s; the scale is nominal.
    peak_steps : array
        Steps weighed by their peak against one at 3 m/s on the level.
    damage_steps, damage_m : arrays
        Damage, as steps and metres of level running at the runner's reference speed: "10 km hilly = 16 Achilles-km".
    peak_bw : array
        Mean peak of a step, BW; the scale is nominal.
    steps_per_leg, distance_m, walk_fraction, extrapolated_fraction, clipped_fraction : float
        Of the run. ``clipped_fraction`` is the share of steps held at a limit, of the tissue that has most of them.
    slope_quality : SlopeQuality
    flags : tuple of str
        Keys of ``loadmon.tissue.flags.FLAG_WORDS``.
    notes : tuple of FindingNote
    quantiles : mapping of measure to array of shape (3, T)
        10th, 50th and 90th percentile of each of the five arrays above over the draws; empty without draws.
    drawn : TissueLoads | None
        What each draw gives; None without draws.
    slope_noise, balance_left_pct : float | None
        As the stream has them: told, never multiplied.
    version : str
        Of the coefficients.
    """

    tissues: tuple[str, ...]
    load_bws: Floats
    peak_steps: Floats
    damage_steps: Floats
    damage_m: Floats
    peak_bw: Floats
    steps_per_leg: float
    distance_m: float
    walk_fraction: float
    extrapolated_fraction: float
    clipped_fraction: float
    slope_quality: SlopeQuality
    flags: tuple[str, ...]
    notes: tuple[FindingNote, ...]
    quantiles: Mapping[str, Floats]
    drawn: TissueLoads | None
    slope_noise: float | None
    balance_left_pct: float | None
    version: str

    @property
    def damage_ekm(self) -> Floats:
        """Damage-equivalent kilometres."""
        return self.damage_m / 1000.0

    def per_km(self, measure: str) -> Floats:
        """One of the summed measures for each kilometre of the run; NaN for a run of no distance."""
        values: Floats = getattr(self, measure)
        return values / (self.distance_m / 1000.0) if self.distance_m > 0 else np.full(len(values), np.nan)

    def of(self, tissue: str, measure: str = "damage_m") -> float:
        """One measure of one tissue."""
        return float(getattr(self, measure)[self.tissues.index(tissue)])


MEASURES = ("load_bws", "peak_steps", "damage_steps", "damage_m", "peak_bw")


def tissue_load(
    stream: TissueStream,
    athlete: RunnerReference,
    findings: GaitFindings | Mapping[str, Any] | None = None,
    coefficients: Coefficients | None = None,
    draws: int | None = None,
) -> TissueLoad:
    """What a run did to ten tissues of a leg, told in the runner's own level kilometres.

    Parameters
    ----------
    stream : TissueStream
        As ``loadmon.tissue.cleaning.tissue_stream`` makes it.
    athlete : RunnerReference
        Who ran, and what they are compared with.
    findings : GaitFindings | mapping | None
        What a clinician found and holds on the day; None for the reference epoch's, unchanged.
    coefficients : Coefficients | None
        None for those that ship with loadmon.
    draws : int | None
        With how many drawn sets of numbers intervals are told; None for none.

    Returns
    -------
    TissueLoad
        Never NaN and never below 0, whatever is missing; what was assumed or replaced is among its flags.

    Raises
    ------
    UnknownFinding
        If a finding is named that the model does not know.
    """
    numbers = coefficients or default_coefficients()
    if findings is not None and not isinstance(findings, GaitFindings):
        findings = GaitFindings.of(findings)
    conditions = RunConditions(athlete, findings, stream.treadmill, stream.slope_quality)
    domain = numbers.domain
    pieces = pieces_of(stream, domain.walking_below_mps, domain.walking_below_spm)
    told = loads_of(pieces, [conditions], numbers, count_held=True)
    drawn = None if draws is None else loads_of(pieces, [conditions], numbers, draws=draws)
    locked = (flags.CADENCE_LOCKED,) if stream.locked_s > 0 else ()
    held = float(told.held_fraction.max())
    found = told.course.flagged(0, stream.slope_quality, numbers.widening.outside_share)
    return TissueLoad(
        tissues=numbers.tissues,
        **{name: getattr(told, name)[0, :, 0] for name in MEASURES},
        steps_per_leg=float(told.steps[0, 0]),
        distance_m=float(told.course.distance_m[0]),
        walk_fraction=float(told.course.walk_fraction[0]),
        extrapolated_fraction=float(told.course.extrapolated_fraction[0]),
        clipped_fraction=held,
        slope_quality=stream.slope_quality,
        flags=(*athlete.assumed(), *locked, *found, *((flags.HELD,) if held > 0.01 else ())),
        notes=finding_notes(conditions.found, numbers),
        quantiles={} if drawn is None else {n: np.quantile(getattr(drawn, n)[:, :, 0], QUANTILES, 0) for n in MEASURES},
        drawn=drawn,
        slope_noise=stream.slope_noise,
        balance_left_pct=stream.balance_left_pct,
        version=numbers.version,
    )


def loads_of(
    pieces: Pieces,
    conditions: Sequence[RunConditions],
    coefficients: Coefficients,
    *,
    draws: int | None = None,
    count_held: bool = False,
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
    """
    parameters = parameters_of(coefficients, draws)
    distinct, which = _distinct(conditions)
    cadence = np.array([own_cadence(one.runner, coefficients) for one in distinct])[which]
    course = course_of(pieces, cadence, coefficients)
    terms = run_terms(distinct, which, cadence, course, coefficients, parameters)
    sums = step_sums(pieces, terms, parameters, coefficients, count_held=count_held)
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
        from_satellites=np.array([one.slope_quality is SlopeQuality.LOW for one in distinct])[which],
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
