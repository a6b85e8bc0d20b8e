"""A fit: what is believed of every feature, from the literature alone or from the literature and a club's own injuries."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from loadmon import evidence
from loadmon.days import day_of_number
from loadmon.refusal import Refusal
from loadmon.risk.design import Design
from loadmon.risk.laplace import Posterior, Rows, empirical_bayes, literature, logit, with_intercept
from loadmon.risk.prior import Floats, Prior, default_prior, scaled

BASE_ROWS = 200
"""Runner-weeks that the literature's base rate counts for beside the club's own (loadmon convention)."""
LEAST_RUNNERS = 5
BROUGHT = "brought"
"""In a fit's record: above 0 where it was made elsewhere."""


class TooFewInjuries(Refusal):
    """A club has too few injuries for a fit that could be checked."""

    name = "too few injuries"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a fit was made from; all 0 for the literature alone.

    Parameters
    ----------
    injuries, runners, rows : int
        New injuries, runners and runner-weeks.
    first, last : str | None
        ISO days of the first and last row.
    rate : float
        Share of the rows with an injury; the literature's base rate without any row.
    """

    injuries: int
    runners: int
    rows: int
    first: str | None
    last: str | None
    rate: float


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Everything that scoring needs, and what it came from.

    Parameters
    ----------
    names : tuple of str, length P
    centre, scale : arrays of P
        The fixed scaling.
    posterior : Posterior
        Of P + 1 log-odds.
    basis : Basis
    prior_version, prior_fingerprint : str
        Which priors stood before it.
    """

    names: tuple[str, ...]
    centre: Floats
    scale: Floats
    posterior: Posterior
    basis: Basis
    prior_version: str
    prior_fingerprint: str
    record: dict[str, float] = field(default_factory=dict)
    """Figures of its validation and audit, by name; empty before they are made."""
    instead_of: str = ""
    """Why the literature stands in for the fit that was taken into use, in words; empty where it does not."""

    @property
    def from_club(self) -> bool:
        """True where a club's injuries are in it."""
        return self.basis.injuries > 0

    @property
    def brought(self) -> bool:
        """True where the injuries in it are another club's: it came as a file."""
        return self.record.get(BROUGHT, 0.0) > 0.0

    @property
    def badge(self) -> str:
        """What it was fitted on, in words that stand beside every estimate."""
        if not self.from_club:
            return f"literature only: {self.instead_of}" if self.instead_of else "literature only"
        return f"informed by {self.basis.injuries} injuries of {'another' if self.brought else 'this'} club"

    def scaled(self, values: Floats) -> Floats:
        """Features in steps from their centre, missing ones at the centre."""
        return scaled(values, self.centre, self.scale)


def literature_fit(prior: Prior | None = None) -> Fit:
    """What can be told on the first day: the priors themselves."""
    known = prior or default_prior()
    posterior = literature(known.mean, known.sd, logit(known.base_rate), known.intercept_sd)
    return _fit(known, posterior, Basis(0, 0, 0, None, None, known.base_rate))


def club_fit(design: Design, prior: Prior | None = None) -> Fit:
    """The literature and a club's own injuries together, each as far as it carries.

    Parameters
    ----------
    design : Design
        Any rows; those at risk whose 7 days are over are used.
    prior : Prior | None
        None for the one that ships with loadmon.

    Raises
    ------
    TooFewInjuries
        With fewer injuries, or runners with one, than could be checked.
    """
    rows = design.labelled
    must_suffice(rows)
    return fitted(rows, prior or default_prior())


def must_suffice(rows: Design) -> None:
    """Refuse rows with too few injuries to check a fit by."""
    injured = rows.outcome == 1.0
    count, runners = int(injured.sum()), len(np.unique(rows.athlete[injured]))
    if count < evidence.RISK_FIT_INJURIES.value or runners < LEAST_RUNNERS:
        raise TooFewInjuries(
            f"There are {count} new injuries of {runners} runners; a fit needs {evidence.RISK_FIT_INJURIES.value:.0f} of "
            f"at least {LEAST_RUNNERS}.",
            "Until then estimates stand on the literature alone. Write injuries down in the diary, earlier ones too.",
        )


def fitted(rows: Design, prior: Prior) -> Fit:
    """The fit to rows that are all at risk and whose 7 days are over."""
    label = rows.outcome
    rate = base_rate(label, prior)
    posterior = empirical_bayes(
        Rows(with_intercept(prior.scaled(rows.values)), label, np.ones(len(label))),
        prior.mean, prior.sd, logit(rate), prior.intercept_sd, prior.trust, prior.width, rows.athlete,
    )  # fmt: skip
    first, last = (day_of_number(int(day)).isoformat() for day in (rows.instant.min(), rows.instant.max()))
    injuries, runners = int(label.sum()), len(np.unique(rows.athlete))
    return _fit(prior, posterior, Basis(injuries, runners, len(label), first, last, float(label.mean())))


def base_rate(label: Floats, prior: Prior) -> float:
    """The club's rate of new injuries a week, with the literature's beside it while there are few rows."""
    return (float(label.sum()) + BASE_ROWS * prior.base_rate) / (len(label) + BASE_ROWS)


def _fit(prior: Prior, posterior: Posterior, basis: Basis) -> Fit:
    return Fit(prior.names, prior.centre, prior.scale, posterior, basis, prior.version, prior.fingerprint())
