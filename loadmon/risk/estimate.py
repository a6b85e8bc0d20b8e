"""The estimate: how likely a new injury within 7 days is, within which range, against the runner's usual, and why."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from loadmon import evidence
from loadmon.risk.design import MISSING_WORDS, Design
from loadmon.risk.fit import Fit
from loadmon.risk.laplace import sigmoid
from loadmon.risk.outcome import STATES, RiskState
from loadmon.risk.prior import Prior, default_prior
from loadmon.risk.windows import EMBARGO, Floats

LEVEL_90 = 1.6448536269514722
"""Standard deviations either way that hold 90 % of a normal distribution."""
ALWAYS_KNOWN = frozenset({"female", "body_mass_index"})
"""Features that say nothing of what a runner did: they do not count towards what has to be known."""


@dataclass(frozen=True, slots=True)
class Driver:
    """What one feature does to an estimate.

    Parameters
    ----------
    name, label, group : str
    value : float
        In ``unit``.
    unit : str
    log_odds : float
        Above 0 it makes the estimate higher than at the feature's centre, below 0 lower.
    citations : tuple of str
    spread : float
        Standard deviation of ``log_odds``, from the fit's covariance.
    """

    name: str
    label: str
    group: str
    value: float
    unit: str
    log_odds: float
    citations: tuple[str, ...]
    spread: float = 0.0

    @property
    def range(self) -> tuple[float, float]:
        """The 90 % range of the factor on the odds."""
        by = LEVEL_90 * self.spread
        return math.exp(self.log_odds - by), math.exp(self.log_odds + by)

    @property
    def clear(self) -> bool:
        """True where that range does not hold 1, which is no effect."""
        return abs(self.log_odds) > LEVEL_90 * self.spread


@dataclass(frozen=True, slots=True)
class RiskEstimate:
    """How likely a new injury within 7 days is, or why nothing is told.

    Parameters
    ----------
    athlete_id, instant : int
        Whose, and the day number at whose beginning it stands.
    state : RiskState
    reason : str | None
        Why there is no estimate, in words; set exactly where ``middle`` is None.
    low, middle, high : float | None
        Probability with the ends of its 90 % interval; never shown without them.
    usual : float | None
        The runner's own: the middle of their weeks before, at least 29 days back; None with fewer than eight.
    against : float | None
        How far the estimate lies from that usual, in standard deviations of the difference: what both share, such as the base
        rate, is not in it. None without a usual.
    base_rate : float
        Of the fit's rows, or the literature's.
    drivers : tuple of Driver
        Known features by how far they move the estimate.
    missing : tuple of (label, why)
        Features that are not known and so move nothing.
    badge : str
        What it was fitted on.
    from_club : bool
        True where a club's injuries are in the fit.
    """

    athlete_id: int
    instant: int
    state: RiskState
    reason: str | None
    low: float | None
    middle: float | None
    high: float | None
    usual: float | None
    against: float | None
    base_rate: float
    drivers: tuple[Driver, ...]
    missing: tuple[tuple[str, str], ...]
    badge: str
    from_club: bool


def estimates(now: Design, past: Design, fit: Fit, prior: Prior | None = None) -> dict[int, RiskEstimate]:
    """An estimate, or the reason why there is none, for each row of ``now``; by runner.

    Parameters
    ----------
    now : Design
        One row a runner.
    past : Design
        The same runners' weeks, for what is usual for them.
    fit : Fit
    prior : Prior | None
        Labels and sources of the features; None for those that ship with loadmon.
    """
    known = prior or default_prior()
    usual, against = usual_log_odds(now, past, fit)
    low, middle, high = interval(now.values, fit)
    steps = fit.scaled(now.values)
    push = steps * fit.posterior.mean[1:]
    spread = np.abs(steps) * np.sqrt(fit.posterior.covariance.diagonal()[1:])
    found = {}
    for row in range(len(now)):
        reason = why_none(now, row)
        told = reason is None
        found[int(now.athlete[row])] = RiskEstimate(
            int(now.athlete[row]),
            int(now.instant[row]),
            STATES[int(now.state[row])],
            reason,
            float(low[row]) if told else None,
            float(middle[row]) if told else None,
            float(high[row]) if told else None,
            float(sigmoid(usual[row : row + 1])[0]) if told and not np.isnan(usual[row]) else None,
            float(against[row]) if told and not np.isnan(against[row]) else None,
            fit.basis.rate,
            _drivers(now.values[row], push[row], spread[row], known) if told else (),
            tuple(
                (one.label, MISSING_WORDS[one.group])
                for one, value in zip(known.feature.values(), now.values[row], strict=True)
                if np.isnan(value)
            ),
            fit.badge,
            fit.from_club,
        )
    return found


def interval(values: Floats, fit: Fit) -> tuple[Floats, Floats, Floats]:
    """Low end, middle and high end of the 90 % interval of each row's probability."""
    rows = fit.scaled(values)
    middle, spread = fit.posterior.log_odds(rows), LEVEL_90 * fit.posterior.spread(rows)
    return sigmoid(middle - spread), sigmoid(middle), sigmoid(middle + spread)


def why_none(now: Design, row: int) -> str | None:
    """Why nothing is told of a row; None where something is."""
    state = STATES[int(now.state[row])]
    if state is RiskState.RETURNING:
        return (
            "An injury is open or ended within the last "
            f"{evidence.RISK_RETURNING_DAYS.value:.0f} days: the return is what counts now, and no new injury is estimated."
        )
    if state is RiskState.NEW:
        return f"Not enough data: there are fewer than {evidence.RISK_LEAST_DAYS.value:.0f} days of record."
    if state is RiskState.AWAY:
        return f"Not enough data: no run within the last {evidence.RISK_LEAST_DAYS.value:.0f} days."
    if _known(now, row) < evidence.RISK_LEAST_FEATURES.value:
        return "Not enough data: too little is known of these weeks, so the figure would be that of anybody."
    return None


def _known(now: Design, row: int) -> int:
    """How many features are known; the bands of a spike are one, and who the runner is does not count."""
    known = {name for name, value in zip(now.names, now.values[row], strict=True) if not np.isnan(value)}
    return len({"spike" if name.startswith("spike_") else name for name in known - ALWAYS_KNOWN})


def usual_log_odds(now: Design, past: Design, fit: Fit) -> tuple[Floats, Floats]:
    """The middle of a runner's own earlier weeks, 29 days or more before, and how far now lies from it; NaN with under eight.

    How far is told in standard deviations of the difference itself, from the features in which both differ: the middle week
    stands for the usual.

    Like is compared with like: a feature that is not known now counts in no week, and where it was not known then, it counts
    as it is now. Otherwise learning something of a runner would look like a change of risk.
    """
    told = past.rows(past.at_risk)
    usual, against = np.full(len(now), np.nan), np.full(len(now), np.nan)
    for row, today in enumerate(now.values):
        own = told.values[(told.athlete == now.athlete[row]) & (told.instant <= now.instant[row] - EMBARGO)]
        if len(own) >= evidence.RISK_USUAL_WEEKS.value:
            alike = np.where(np.isnan(own) | np.isnan(today), today, own)
            steps = fit.scaled(alike)
            odds = fit.posterior.log_odds(steps)
            usual[row] = np.median(odds)
            apart = fit.scaled(today[None, :])[0] - steps[np.argmin(np.abs(odds - usual[row]))]
            spread = float(np.sqrt(max(apart @ fit.posterior.covariance[1:, 1:] @ apart, 0.0)))
            against[row] = float(apart @ fit.posterior.mean[1:]) / spread if spread > 0 else 0.0
    return usual, against


def _drivers(values: Floats, push: Floats, spread: Floats, prior: Prior) -> tuple[Driver, ...]:
    found = [
        Driver(name, one.label, one.group, float(value), one.unit, float(by), one.citations, float(wide))
        for (name, one), value, by, wide in zip(prior.feature.items(), values, push, spread, strict=True)
        if not np.isnan(value)
    ]
    return tuple(sorted(found, key=lambda driver: -abs(driver.log_odds)))
