"""Tissue load of a run: load, peak-weighted steps and damage of ten tissues, in the runner's own steps and kilometres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.tissue.coefficients import Coefficients, default_coefficients
from loadmon.tissue.findings import FindingNote, GaitFindings, finding_notes
from loadmon.tissue.loads import RunConditions, TissueLoads, loads_of
from loadmon.tissue.quantiles import quantiles_of
from loadmon.tissue.runner import RunnerReference
from loadmon.tissue.stream import SlopeQuality, TissueStream, believed_quality, pieces_of

Floats = NDArray[np.floating[Any]]


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
    quality = believed_quality(stream.slope_quality, stream.slope_noise)
    conditions = RunConditions(athlete, findings, stream.treadmill, quality)
    domain = numbers.domain
    pieces = pieces_of(stream, domain.walking_below_mps, domain.walking_below_spm)
    told = loads_of(pieces, [conditions], numbers, count_held=True)
    drawn = None if draws is None else loads_of(pieces, [conditions], numbers, draws=draws)
    held = float(told.held_fraction.max())
    (found,) = told.course.flagged([quality], numbers.widening.outside_share, locked_s=stream.locked_s, held=held)
    return TissueLoad(
        tissues=numbers.tissues,
        **{name: getattr(told, name)[0, :, 0] for name in MEASURES},
        steps_per_leg=float(told.steps[0, 0]),
        distance_m=float(told.course.distance_m[0]),
        walk_fraction=float(told.course.walk_fraction[0]),
        extrapolated_fraction=float(told.course.extrapolated_fraction[0]),
        clipped_fraction=held,
        slope_quality=quality,
        flags=(*athlete.assumed(), *found),
        notes=finding_notes(conditions.found, numbers),
        quantiles={} if drawn is None else {n: quantiles_of(getattr(drawn, n)[:, :, 0].T) for n in MEASURES},
        drawn=drawn,
        slope_noise=stream.slope_noise,
        balance_left_pct=stream.balance_left_pct,
        version=numbers.version,
    )
