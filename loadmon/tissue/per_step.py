"""What every step does to every tissue, and its sums over runs: the model itself, for one set of numbers or many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.parameters import OUTSIDE, SLOPE_FROM_SATELLITES, Parameters
from loadmon.tissue.stream import Pieces

Floats = NDArray[np.floating[Any]]

LEGS, SECONDS_A_MINUTE = 2.0, 60.0
_STEPS = 1.0 / (LEGS * SECONDS_A_MINUTE)
"""Steps of one leg in a second at one step a minute of both feet."""
_ELEMENTS = 50_000
"""Tissues times pieces times sets that are worked on at once: more would not stay in the processor's cache."""
_FARTHEST = 20.0
"""So far beyond what was studied that further off tells no more: it keeps every sum finite."""


@dataclass(frozen=True, slots=True, eq=False)
class RunTerms:
    """What holds for a whole run; R runs.

    Parameters
    ----------
    speed_mps : array of shape (R,)
        The runner's reference speed.
    cadence : array of shape (R, 3)
        The runner's own cadence on the level: at 3 m/s, what a m/s adds, and its square.
    ratio_where_unknown : array of shape (R,)
        Cadence against the runner's own where none was recorded: 1, or less for who overstrides.
    from_satellites, outside : arrays of shape (R,), bool
        Slopes from satellites alone; and so much beyond what was studied that the interval widens.
    peak, peak_steps, impulse, damage : arrays of shape (D, T, R)
        Factors that stay the same all run: findings and surface, and all but ``peak_steps`` with mass; those of damage
        are already told against the reference epoch, raised and held.
    """

    speed_mps: Floats
    cadence: Floats
    ratio_where_unknown: Floats
    from_satellites: NDArray[np.bool_]
    outside: NDArray[np.bool_]
    peak: Floats
    peak_steps: Floats
    impulse: Floats
    damage: Floats


@dataclass(frozen=True, slots=True, eq=False)
class StepSums:
    """Sums over the steps of one leg; D sets of numbers, T tissues, R runs.

    Parameters
    ----------
    load : array of shape (D, T, R), BW·s
    peak_steps : array of shape (D, T, R), steps weighed by their peak against one at 3 m/s on the level
    damage : array of shape (D, T, R), equivalent steps at the runner's reference speed
    held : array of shape (D, T, R), steps whose weight in damage was held at a limit
    steps : array of shape (D, R), running and walking
    """

    load: Floats
    peak_steps: Floats
    damage: Floats
    held: Floats
    steps: Floats


def step_sums(
    pieces: Pieces,
    terms: RunTerms,
    parameters: Parameters,
    coefficients: Coefficients,
    *,
    count_held: bool = False,
    peaks: bool = True,
) -> StepSums:
    """Load, peak-weighted steps and damage of every tissue in every run, for every set of numbers.

    Parameters
    ----------
    pieces : Pieces
        Of R runs; sums over single precision pieces are made in single precision.
    terms : RunTerms
        Of the same R runs, for the D sets of ``parameters``.
    parameters : Parameters
    coefficients : Coefficients
    count_held : bool
        Also count the steps whose weight was held; else that sum is 0.
    peaks : bool
        Also sum the steps weighed by their peak; else that sum is NaN.
    """
    ground = _Ground(pieces, terms, coefficients)
    tissues = tuple(coefficients.tissue.values())
    shape = (parameters.sets, len(tissues), pieces.runs)
    load, peak, damage, held = (np.zeros(shape) for _ in range(4))
    steps = np.empty((parameters.sets, pieces.runs))
    contact_weight = np.array([[t.contact_time_weight] for t in tissues])
    walking_peak = np.log(np.array([[t.walking_peak.value] for t in tissues]))
    lightest, heaviest = np.log(coefficients.damage.step_weight)
    walked, log_contact_walked = ground.walked, contact_weight * ground.log_contact_walked
    at_once = max(1, _ELEMENTS // (len(tissues) * len(pieces.seconds)))
    for first in range(0, parameters.sets, at_once):
        n = slice(first, first + at_once)
        features, on_foot, log_contact = ground.laid(parameters.cadence_per_slope[n], parameters.unknown_slope[n])
        exponent = parameters.exponent[n, :, None]
        log_peak = weighed_sum(parameters.log_peak[n], features)  # against a step at the runner's own speed
        own = weighed_sum(parameters.log_peak[n, :, :2], ground.own_speed[None])
        log_weight = log_peak * exponent.astype(log_peak.dtype)
        if count_held and (log_weight.min() < lightest or log_weight.max() > heaviest):
            held[n] = ground.summed(((log_weight < lightest) | (log_weight > heaviest)) * on_foot)
        np.clip(log_weight, lightest, heaviest, out=log_weight)
        log_weight += contact_weight.astype(log_weight.dtype) * log_contact
        damage[n] = ground.summed_exp(log_weight, on_foot)
        peak[n] = ground.summed_exp(log_peak, on_foot) * np.exp(own) if peaks else np.nan
        own_impulse = weighed_sum(parameters.log_impulse[n, :, :2], ground.own_speed[None])
        log_impulse = weighed_sum(parameters.log_impulse[n], features)
        load[n] = ground.summed_exp(log_impulse, on_foot) * np.exp(own_impulse)
        steps[n] = ground.summed(on_foot)[:, 0]
        walked_weight = np.clip(exponent * (walking_peak - own), lightest, heaviest)
        damage[n] += np.exp(walked_weight + log_contact_walked) * walked
    steps += walked
    peak += np.exp(walking_peak) * walked
    # a walking step is on the ground for twice as long as a running one
    load += 2.0 * np.exp(walking_peak) * walked
    return StepSums(
        load=load * terms.impulse * parameters.impulse[:, :, None],
        peak_steps=peak * terms.peak_steps,
        damage=damage * terms.damage,
        held=held,
        steps=steps,
    )


def weighed_sum(weights: Floats, features: Floats) -> Floats:
    """Weights (D, T, F) on the first of the features (D or 1, f ≤ F, n): (D, T, n).

    Not by ``@``: its threads cost more here than they bring.
    """
    return np.asarray(np.einsum("dtf,dfn->dtn", weights[:, :, : features.shape[1]].astype(features.dtype), features))


class _Ground:
    """The pieces as the model weighs them; what does not change from draw to draw is made once."""

    def __init__(self, pieces: Pieces, terms: RunTerms, coefficients: Coefficients) -> None:
        domain, reference = coefficients.domain, coefficients.reference
        self._coefficients, self._pieces = coefficients, pieces
        self._lengths = np.diff(pieces.starts, append=len(pieces.seconds))
        self._one_run = pieces.runs == 1
        self._kind = pieces.seconds.dtype
        x = np.clip(pieces.speed_mps, *domain.speed_mps) - reference.speed_mps
        level, per_mps, squared = (self.spread(column) for column in terms.cadence.T)
        self._level_cadence = level + per_mps * x + squared * x**2
        self._slope_unknown = np.isnan(pieces.slope)
        self._cadence_unknown = np.isnan(pieces.cadence_spm)
        self._ratio_unknown = self.spread(terms.ratio_where_unknown)
        self._x = x
        self._satellites = self.spread(terms.from_satellites.astype(float))
        self._outside = self.spread(terms.outside.astype(float))
        # the last of the features are 0 in most runs: they are left out where they are in all
        used = (SLOPE_FROM_SATELLITES.stop, terms.from_satellites.any()), (OUTSIDE + 1, terms.outside.any())
        self._used = max((count for count, is_used in used if is_used), default=OUTSIDE)
        contact = coefficients.contact
        own = np.clip(terms.speed_mps, *domain.speed_mps) - reference.speed_mps
        self.own_speed = np.stack([own, own**2])
        self._speed = np.stack([x - self.spread(own), x**2 - self.spread(own**2)])
        self._log_contact = contact.per_mps * x + contact.per_mps_squared * x**2
        own_contact = contact.per_mps * own + contact.per_mps_squared * own**2
        self._log_contact -= self.spread(own_contact)
        self.log_contact_walked = np.log(2.0) - own_contact
        slowest = domain.speed_mps[0] - reference.speed_mps
        own_slowest = terms.cadence @ np.array([1.0, slowest, slowest**2]) * terms.ratio_where_unknown
        # with more steps it would not be walking
        stand_in = np.minimum(own_slowest, domain.walking_below_spm)
        self.walked = pieces.walked_steps + pieces.walked_unknown_s * stand_in * _STEPS

    def laid(self, cadence_per_slope: Floats, unknown_slope: Floats) -> tuple[Floats, Floats, Floats]:
        """Features (D, F, n), steps of one leg (D, 1, n) and log of contact time (D, 1, n) for D sets of numbers."""
        domain, pieces = self._coefficients.domain, self._pieces
        per_slope, stand_in = (v.astype(self._kind)[:, None] for v in (cadence_per_slope, unknown_slope))
        raw = np.where(self._slope_unknown, stand_in, pieces.slope)
        g = np.clip(raw, *domain.slope)
        own = self._level_cadence * (1.0 + per_slope * g)
        cadence = np.where(self._cadence_unknown, own * self._ratio_unknown, pieces.cadence_spm)
        change = np.log(np.clip(cadence / own, *domain.cadence_ratio))
        features = np.empty((len(g), self._used, g.shape[1]), dtype=self._kind)
        features[:, :2] = self._speed
        features[:, 2], features[:, 3] = g, g * g
        features[:, 4], features[:, 5] = np.maximum(change, 0.0), np.minimum(change, 0.0)
        features[:, 6] = self._x * change
        if self._used > OUTSIDE:
            features[:, OUTSIDE] = self._outside * beyond(pieces.speed_mps, raw, self._coefficients)
        if self._used > SLOPE_FROM_SATELLITES.start:
            features[:, SLOPE_FROM_SATELLITES] = features[:, 2:4] * self._satellites
        steps = cadence * pieces.seconds * _STEPS
        log_contact = self._log_contact + self._coefficients.contact.ratio_exponent * change
        return features, steps[:, None, :], log_contact[:, None, :]

    def spread(self, per_run: Floats) -> Floats:
        """A value a run, along the last axis, given to each of its pieces."""
        values = per_run.astype(self._kind)
        return values if self._one_run else np.repeat(values, self._lengths, axis=-1)

    def summed_exp(self, logs: Floats, weight: Floats) -> Floats:
        """Sums over each run of the exponential of some logarithms, weighed; the logarithms are used up."""
        np.exp(logs, out=logs)
        logs *= weight
        return self.summed(logs)

    def summed(self, values: Floats) -> Floats:
        """Sums over the pieces of each run: (…, n) to (…, R)."""
        if self._one_run:
            return np.asarray(values.sum(axis=-1, keepdims=True))
        return np.asarray(np.add.reduceat(values, self._pieces.starts, axis=-1))


def beyond(speed_mps: Floats, slope: Floats, coefficients: Coefficients) -> Floats:
    """How far beyond the speeds and slopes that were studied, counted in the widths by which the interval widens."""
    domain, widening = coefficients.domain, coefficients.widening
    fast = np.abs(speed_mps - np.clip(speed_mps, *domain.speed_mps)) / widening.outside_speed_mps
    steep = np.abs(slope - np.clip(slope, *domain.slope)) / widening.outside_slope
    return np.minimum(fast + steep, _FARTHEST)
