"""The same model as a scikit-learn pipeline: fixed scaling, then the classifier."""

from __future__ import annotations

from typing import Any, Self

from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.pipeline import Pipeline

from loadmon.risk.fit import base_rate
from loadmon.risk.model import PriorLogisticRegression
from loadmon.risk.prior import Floats, Prior, scaled


class ReferenceScaling(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Features in steps from their fixed centres; nothing is learnt from the rows.

    Parameters
    ----------
    centre, scale : arrays of features
    """

    def __init__(self, centre: Floats, scale: Floats) -> None:
        self.centre = centre
        self.scale = scale

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: N803, ARG002  scikit-learn's names
        """Nothing is learnt."""
        self.n_features_in_ = len(self.centre)
        return self

    def transform(self, X: Any) -> Floats:  # noqa: N803
        """Values in steps, missing ones at the centre."""
        return scaled(X, self.centre, self.scale)


def pipeline(prior: Prior, outcome: Floats) -> Pipeline:
    """The whole model, unfitted, for rows in the features' own units.

    Parameters
    ----------
    prior : Prior
    outcome : array
        Labels of the rows that it will be fitted to: the intercept's prior is centred on their rate.
    """
    classifier = PriorLogisticRegression(
        prior.mean, prior.sd, base_rate(outcome, prior), prior.intercept_sd, prior.trust, prior.width
    )
    return Pipeline([("scaling", ReferenceScaling(prior.centre, prior.scale)), ("risk", classifier)])
