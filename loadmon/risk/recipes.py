"""Ways to foretell that are judged side by side: ours, the literature alone, plain baselines, and trees as contrast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from loadmon.load.running import DAY_SPAN
from loadmon.risk.design import Design
from loadmon.risk.fit import Fit, base_rate, fitted, literature_fit
from loadmon.risk.known_then import KnownThen, as_known
from loadmon.risk.laplace import Rows, empirical_bayes, logit, sigmoid, with_intercept
from loadmon.risk.outcome import HORIZON
from loadmon.risk.prior import Floats, Prior
from loadmon.risk.windows import Looks, Tallied

Recipe = Callable[[Design, Design], Floats]
"""From rows to learn from and rows to tell of: a probability for each of the latter."""
OURS, LITERATURE, EARLIER_INJURY = "literature and club", "literature only", "previous injury alone"
ATHLETE_WEEKS = 50
"""Runner-weeks that the base rate counts for beside a runner's own (loadmon convention)."""


def ours(prior: Prior) -> Recipe:
    """The model itself, learnt anew from the rows given."""
    return lambda learn, tell: scored(fitted(learn, prior), tell)


def ours_then(prior: Prior, then: KnownThen) -> Recipe:
    """The model learnt anew from the rows given, as far as an earlier fit could know them."""

    def told(learn: Design, tell: Design) -> Floats:
        known = as_known(learn, then)
        return scored(fitted(known, prior) if len(known) else literature_fit(prior), tell)

    return told


def given(fit: Fit) -> Recipe:
    """A fit as it stands, whatever rows are given."""
    return lambda _, tell: scored(fit, tell)


def scored(fit: Fit, tell: Design) -> Floats:
    """Probabilities of rows by a fit."""
    return sigmoid(fit.posterior.log_odds(fit.scaled(tell.values)))


def plain(prior: Prior) -> dict[str, Recipe]:
    """What every classifier has to be better than."""
    return {
        LITERATURE: given(literature_fit(prior)),
        "base rate": lambda learn, tell: np.full(len(tell), base_rate(learn.outcome, prior)),
        "the runner's own rate": lambda learn, tell: _own_rate(learn, tell, prior),
        EARLIER_INJURY: lambda learn, tell: _few(learn, tell, ["previous_injury"], prior),
        "spike rule": lambda learn, tell: _few(learn, tell, ["spike_small", "spike_moderate", "spike_large"], prior),
    }


def contrast(prior: Prior, seed: int = 0) -> dict[str, Recipe]:
    """Gradient boosting and a random forest by scikit-learn, for comparison only: they are never used."""
    return {
        "gradient boosting": lambda learn, tell: _trees(learn, tell, prior, "boosting", seed),
        "random forest": lambda learn, tell: _trees(learn, tell, prior, "forest", seed),
    }


def _trees(learn: Design, tell: Design, prior: Prior, kind: str, seed: int) -> Floats:
    from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier

    if not 0 < learn.outcome.sum() < len(learn):
        return np.full(len(tell), base_rate(learn.outcome, prior))
    model: Any
    if kind == "boosting":
        model = HistGradientBoostingClassifier(learning_rate=0.05, max_iter=40, max_depth=3, random_state=seed)
    else:
        model = RandomForestClassifier(60, min_samples_leaf=20, max_depth=8, random_state=seed)
    model.fit(prior.scaled(learn.values), learn.outcome)
    return np.asarray(model.predict_proba(prior.scaled(tell.values))[:, 1], dtype=np.float64)


def _few(learn: Design, tell: Design, names: list[str], prior: Prior) -> Floats:
    """A fit of some features alone, with as good as no literature in it."""
    places = [prior.names.index(name) for name in names]
    steps, size = prior.scaled(learn.values)[:, places], len(places)
    found = empirical_bayes(
        Rows(with_intercept(steps), learn.outcome, np.ones(len(learn))),
        np.zeros(size), np.ones(size), logit(base_rate(learn.outcome, prior)), prior.intercept_sd, (1.0,), (1.0,),
    )  # fmt: skip
    return sigmoid(found.log_odds(prior.scaled(tell.values)[:, places]))


def _own_rate(learn: Design, tell: Design, prior: Prior) -> Floats:
    """How often each runner was injured in weeks that were over by then, with the base rate beside it."""
    rows = [np.concatenate(pair) for pair in zip(_keyed(learn), _keyed(tell), strict=True)]
    key, first = np.unique(rows[0], return_index=True)
    past = Tallied.of(rows[1][first])
    opens, closes = Looks(tell.athlete, tell.instant).between(key, None, HORIZON)
    rate = base_rate(learn.outcome, prior)
    weeks = past.counted(opens, closes)
    mean = np.nan_to_num(past.mean(opens, closes))
    return (mean * weeks + rate * ATHLETE_WEEKS) / (weeks + ATHLETE_WEEKS)


def _keyed(rows: Design) -> tuple[Any, Floats]:
    return rows.athlete * DAY_SPAN + rows.instant, rows.outcome
