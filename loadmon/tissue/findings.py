"""Clinical findings: what was measured enters as a factor, what was not widens the interval and points; nothing is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from loadmon.refusal import Refusal
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.parameters import Parameters

Floats = NDArray[np.float64]
FootStrike = Literal["rearfoot", "midfoot", "forefoot"]
FOOT_STRIKES: tuple[FootStrike, ...] = ("rearfoot", "midfoot", "forefoot")
DEGREES = "trunk_flexion_change_deg"
SEEN = (
    "overstride", "crossover_gait", "exhausted", "pelvic_drop", "dynamic_knee_valgus", "restricted_dorsiflexion",
    "crouched_knee", "overpronation",
)  # fmt: skip
"""Findings that are there or not."""


class UnknownFinding(Refusal):
    """A finding was named that the model does not know, or with a value it cannot have."""

    name = "unknown finding"


@dataclass(frozen=True, slots=True)
class GaitFindings:
    """What a clinician found in a runner's gait; what was not looked at changes nothing.

    Parameters
    ----------
    foot_strike : str | None
        One of ``FOOT_STRIKES``; None where nobody looked, which counts as the rearfoot that studies compare with.
    trunk_flexion_change_deg : float
        Degrees the trunk leans further forward than in the reference epoch.
    present : frozenset of str
        Those of ``SEEN`` that were found.
    """

    foot_strike: FootStrike | None = None
    trunk_flexion_change_deg: float = 0.0
    present: frozenset[str] = frozenset()

    @classmethod
    def of(cls, found: Mapping[str, Any] | None) -> GaitFindings:
        """Findings from names and values, e.g. ``{"foot_strike": "forefoot", "pelvic_drop": True}``.

        Raises
        ------
        UnknownFinding
            If a name or a value is none of those above.
        """
        rest = dict(found or {})
        strike, degrees = rest.pop("foot_strike", None), rest.pop(DEGREES, 0.0)
        advice = f"Name one of foot_strike, {DEGREES}, {', '.join(SEEN)}."
        if strike is not None and strike not in FOOT_STRIKES:
            raise UnknownFinding(f"No foot lands as {strike!r}.", f"Use {', '.join(FOOT_STRIKES)}.")
        if isinstance(degrees, bool) or not isinstance(degrees, int | float) or not np.isfinite(degrees):
            raise UnknownFinding(f"The trunk cannot lean by {degrees!r} degrees.", "Give degrees as a number.")
        for name, value in rest.items():
            if name not in SEEN or not isinstance(value, bool | None):
                raise UnknownFinding(f"The finding {name!r} is not known, or neither seen nor not.", advice)
        return cls(strike, float(degrees), frozenset(name for name, value in rest.items() if value))

    def names(self) -> frozenset[str]:
        """Names under which the coefficients know what was found."""
        strike = set() if self.foot_strike is None else {str(self.foot_strike)}
        return frozenset(self.present | strike | ({DEGREES} if self.trunk_flexion_change_deg else set()))


NO_FINDINGS = GaitFindings()


@dataclass(frozen=True, slots=True)
class FindingNote:
    """What one finding does to the numbers, to be said beside them.

    Parameters
    ----------
    finding, name : str
        As the coefficients call it, and in words.
    effect : str
        ``"factor"``, ``"wider"`` or ``"none"``.
    tissues : tuple of str
        Those it concerns.
    arrow : str | None
        ``"up"`` or ``"down"``: where the finding points although no figure was found for by how much.
    words, grade : str
        What is known, and how well.
    sources : tuple of str
    """

    finding: str
    name: str
    effect: Literal["factor", "wider", "none"]
    tissues: tuple[str, ...]
    arrow: str | None
    words: str
    grade: str
    sources: tuple[str, ...]


def finding_notes(findings: GaitFindings, coefficients: Coefficients) -> tuple[FindingNote, ...]:
    """What each finding does, in the order in which the coefficients list them."""
    notes = []
    for name, one in coefficients.finding.items():
        if name in findings.names():
            counted = (*one.factors, *one.degrees)
            effect: Literal["factor", "wider", "none"] = (
                "factor" if counted or one.cadence_ratio else "wider" if one.widens else "none"
            )
            notes.append(
                FindingNote(name, one.name, effect, counted or one.widens, one.arrow, one.note, one.grade, one.sources)
            )
    return tuple(notes)


def step_factors(findings: GaitFindings, coefficients: Coefficients, parameters: Parameters) -> tuple[Floats, Floats]:
    """Factors on the peak and the impulse of every step, for each set of numbers.

    Parameters
    ----------
    findings : GaitFindings
    coefficients : Coefficients
    parameters : Parameters
        D sets. A finding's spread is drawn once for all runs: where it does not change it cancels.

    Returns
    -------
    (peak, impulse) : arrays of shape (D, T)
    """
    place = {name: n for n, name in enumerate(coefficients.tissues)}
    log_peak = np.zeros((parameters.sets, len(place)))
    log_impulse = np.zeros_like(log_peak)
    for name in sorted(findings.names()):
        one = coefficients.finding[name]
        for tissue, factor in one.factors.items():
            drift = (factor.sd or 0.0) * parameters.findings.get((name, tissue), 0.0)
            log_peak[:, place[tissue]] += np.log(factor.peak) + drift
            log_impulse[:, place[tissue]] += np.log(factor.impulse) + drift
        for tissue, per in one.degrees.items():
            degrees = min(max(findings.trunk_flexion_change_deg, per.least), per.most)
            leaning = (per.per_degree + per.sd * parameters.findings.get((name, tissue), 0.0)) * degrees
            log_peak[:, place[tissue]] += leaning
            log_impulse[:, place[tissue]] += leaning
        for tissue in one.widens:
            drift = (one.sd or 0.0) * parameters.findings.get((name, tissue), 0.0)
            log_peak[:, place[tissue]] += drift
            log_impulse[:, place[tissue]] += drift
    return np.exp(log_peak), np.exp(log_impulse)


def cadence_ratio_found(now: GaitFindings, reference: GaitFindings, coefficients: Coefficients) -> float:
    """What stands in for cadence against the runner's own where none was recorded: below 1 if they overstride and did not."""
    ratio = 1.0
    for name, one in coefficients.finding.items():
        if one.cadence_ratio is not None:
            ratio *= one.cadence_ratio ** (int(name in now.names()) - int(name in reference.names()))
    return ratio
