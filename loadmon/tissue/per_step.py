"""What every step does to every tissue, and its sums over runs: the model itself, for one set of numbers or many at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.parameters import FEATURES, Parameters
from loadmon.tissue.stream import Pieces

Floats = NDArray[np.float64]

LEGS, SECONDS_A_MINUTE = 2.0, 60.0
_STEPS = 1.0 / (LEGS * SECONDS_A_MINUTE)
"""Steps of one leg in a second at one step a minute of both feet."""
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
    pieces: Pieces, terms: RunTerms, parameters: Parameters, coefficients: Coefficients, *, count_held: bool = False
) -> StepSums:
    """Load, peak-weighted steps and damage of every tissue in every run, for every set of numbers.

    Parameters
    ----------
    pieces : Pieces
        Of R runs.
    terms : RunTerms
        Of the same R runs, for the D sets of ``parameters``.
    parameters : Parameters
    coefficients : Coefficients
    count_held : bool
        Also count the steps whose weight was held; else that sum is 0.
    """
    ground = _Ground(pieces, terms, coefficients)
    tissues = tuple(coefficients.tissue.values())
    shape = (parameters.sets, len(tissues), pieces.runs)
    load, peaks, damage, held = (np.empty(shape) for _ in range(4))
    steps = np.empty((parameters.sets, pieces.runs))
    contact_weight = np.array([t.contact_time_weight for t in tissues])
    walking_peak = np.log(np.array([t.walking_peak.value for t in tissues]))[:, None]
    lightest, heaviest = np.log(coefficients.damage.step_weight)
    for n in range(parameters.sets):
        features, on_foot, contact = ground.laid(
            float(parameters.cadence_per_slope[n]), float(parameters.unknown_slope[n])
        )
        exponent = parameters.exponent[n][:, None]
        log_peak = parameters.log_peak[n] @ features
        own = parameters.log_peak[n][:, :2] @ ground.own_speed  # (T, R): the level at reference speed
        log_weight = log_peak - ground.spread(own)
        log_weight *= exponent
        if count_held:
            over = (log_weight < lightest) | (log_weight > heaviest)
            held[n] = ground.summed(over * on_foot)
        np.clip(log_weight, lightest, heaviest, out=log_weight)
        np.exp(log_weight, out=log_weight)
        log_weight *= on_foot * _weighed(contact, contact_weight)
        np.exp(log_peak, out=log_peak)
        log_peak *= on_foot
        log_impulse = parameters.log_impulse[n] @ features
        np.exp(log_impulse, out=log_impulse)
        log_impulse *= on_foot
        walked, walked_contact = ground.walked, ground.walked_contact
        walked_weight = np.exp(np.clip(exponent * (walking_peak - own), lightest, heaviest))
        damage[n] = ground.summed(log_weight) + walked_weight * _weighed(walked_contact, contact_weight) * walked
        peaks[n] = ground.summed(log_peak) + np.exp(walking_peak) * walked
        # a walking step is on the ground for twice as long as a running one
        load[n] = ground.summed(log_impulse) + 2.0 * np.exp(walking_peak) * walked
        steps[n] = ground.summed(on_foot[None])[0] + walked
    return StepSums(
        load=load * terms.impulse * parameters.impulse[:, :, None],
        peak_steps=peaks * terms.peak_steps,
        damage=damage * terms.damage,
        held=held if count_held else np.zeros(shape),
        steps=steps,
    )


def _weighed(contact: Floats, weight: Floats) -> Floats:
    """Contact time against the reference, to the power each tissue has it: shape (T, n)."""
    if set(weight.tolist()) <= {0.0, 1.0}:
        return np.where(weight[:, None] == 1.0, contact, 1.0)
    return np.asarray(contact ** weight[:, None])


class _Ground:
    """The pieces as the model weighs them; what does not change from draw to draw is made once."""

    def __init__(self, pieces: Pieces, terms: RunTerms, coefficients: Coefficients) -> None:
        domain, reference = coefficients.domain, coefficients.reference
        self._coefficients, self._pieces, self._terms = coefficients, pieces, terms
        self._lengths = np.diff(pieces.starts, append=len(pieces.seconds))
        self._one_run = pieces.runs == 1
        x = np.clip(pieces.speed_mps, *domain.speed_mps) - reference.speed_mps
        level, per_mps, squared = (self.spread(column) for column in terms.cadence.T)
        self._level_cadence = level + per_mps * x + squared * x**2
        self._slope_unknown = np.isnan(pieces.slope)
        self._cadence_unknown = np.isnan(pieces.cadence_spm)
        self._ratio_unknown = self.spread(terms.ratio_where_unknown)
        self._features = np.zeros((len(FEATURES), len(x)))
        self._features[0], self._features[1] = x, x**2
        self._x = x
        self._satellites = self.spread(terms.from_satellites.astype(float))
        self._outside = self.spread(terms.outside.astype(float))
        contact = coefficients.contact
        own = np.clip(terms.speed_mps, *domain.speed_mps) - reference.speed_mps
        self.own_speed = np.stack([own, own**2])
        self._log_contact = contact.per_mps * x + contact.per_mps_squared * x**2
        own_contact = contact.per_mps * own + contact.per_mps_squared * own**2
        self._log_contact -= self.spread(own_contact)
        self.walked_contact = 2.0 * np.exp(-own_contact)
        slowest = domain.speed_mps[0] - reference.speed_mps
        own_slowest = terms.cadence @ np.array([1.0, slowest, slowest**2]) * terms.ratio_where_unknown
        # with more steps it would not be walking
        stand_in = np.minimum(own_slowest, domain.walking_below_spm)
        self.walked = pieces.walked_steps + pieces.walked_unknown_s * stand_in * _STEPS

    def laid(self, cadence_per_slope: float, unknown_slope: float) -> tuple[Floats, Floats, Floats]:
        """Features (F, n), steps of one leg (n,) and contact time against the reference (n,) for one set of numbers."""
        domain, contact = self._coefficients.domain, self._coefficients.contact
        raw = np.where(self._slope_unknown, unknown_slope, self._pieces.slope)
        g = np.clip(raw, *domain.slope)
        own = self._level_cadence * (1.0 + cadence_per_slope * g)
        cadence = np.where(self._cadence_unknown, own * self._ratio_unknown, self._pieces.cadence_spm)
        ratio = np.clip(cadence / own, *domain.cadence_ratio)
        change = np.log(ratio)
        features = self._features
        features[2], features[3] = g, g * g
        features[4:6] = features[2:4] * self._satellites
        features[6], features[7] = np.maximum(change, 0.0), np.minimum(change, 0.0)
        features[8] = self._x * change
        features[9] = self._outside * beyond(self._pieces.speed_mps, raw, self._coefficients)
        steps = cadence * self._pieces.seconds * _STEPS
        return features, steps, np.exp(self._log_contact + contact.ratio_exponent * change)

    def spread(self, per_run: Floats) -> Floats:
        """A value a run, along the last axis, given to each of its pieces."""
        return per_run if self._one_run else np.repeat(per_run, self._lengths, axis=-1)

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
