"""The classifier: a scikit-learn estimator that starts from the literature and learns from labels as far as they carry."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from loadmon.risk.laplace import Posterior, Rows, empirical_bayes, logit, sigmoid, with_intercept

Floats = NDArray[np.float64]
LEVEL_90 = 1.6448536269514722
"""Standard deviations either way that hold 90 % of a normal distribution."""


class PriorLogisticRegression(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression under a normal prior for each coefficient, with intervals that know of runners.

    Parameters
    ----------
    prior_mean : array of features | None
        Log-odds a step of each feature; None for 0.
    prior_sd : array of features | float
        How sure that is.
    base_rate : float | None
        Rate the intercept is centred on; None for the rate of the labels.
    intercept_sd : float
        How sure that is, in log-odds.
    trust, width : tuple of float
        Factors on means and spreads of the prior between which the labels decide; one each for no such choice.

    Notes
    -----
    A missing value (NaN) counts as 0, the centre of a scaled feature.
    """

    def __init__(
        self,
        prior_mean: ArrayLike | None = None,
        prior_sd: ArrayLike | float = 1.0,
        base_rate: float | None = None,
        intercept_sd: float = 0.7,
        trust: tuple[float, ...] = (1.0,),
        width: tuple[float, ...] = (1.0,),
    ) -> None:
        self.prior_mean = prior_mean
        self.prior_sd = prior_sd
        self.base_rate = base_rate
        self.intercept_sd = intercept_sd
        self.trust = trust
        self.width = width

    def __sklearn_tags__(self) -> Any:
        """Two classes only; missing values are taken."""
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.input_tags.allow_nan = True
        return tags

    def fit(self, X: Any, y: Any, sample_weight: Any = None, groups: Any = None) -> Self:  # noqa: N803  scikit-learn's names
        """Learn from labelled rows; ``groups`` says whose each row is."""
        X, y = validate_data(self, X, y, dtype=np.float64, ensure_all_finite="allow-nan")  # noqa: N806
        check_classification_targets(y)
        self.classes_, code = np.unique(y, return_inverse=True)
        if len(self.classes_) > 2:
            raise ValueError(
                f"Only binary classification is supported. The type of the target is multiclass: {len(self.classes_)} classes."
            )
        weight = _check_sample_weight(sample_weight, X, dtype=np.float64)
        present = np.bincount(code, weights=weight, minlength=2)
        if (present[:2] <= 0).any():
            raise ValueError("This classifier needs samples of 2 classes in the data, but there is only one class.")
        rate = present[1] / present.sum() if self.base_rate is None else self.base_rate
        features = X.shape[1]
        self.posterior_ = empirical_bayes(
            Rows(with_intercept(np.nan_to_num(X)), code.astype(np.float64), weight),
            np.zeros(features) if self.prior_mean is None else np.asarray(self.prior_mean, dtype=np.float64),
            np.broadcast_to(np.asarray(self.prior_sd, dtype=np.float64), features).copy(),
            logit(float(rate)),
            self.intercept_sd,
            self.trust,
            self.width,
            None if groups is None else np.asarray(groups),
        )
        return self

    @property
    def coef_(self) -> Floats:
        """Log-odds a step of each feature."""
        return self._posterior().mean[None, 1:]

    @property
    def intercept_(self) -> Floats:
        """Log-odds at the centre of every feature."""
        return self._posterior().mean[:1]

    def decision_function(self, X: Any) -> Floats:  # noqa: N803
        """Log-odds of the second class."""
        return self._posterior().log_odds(self._rows(X))

    def predict_proba(self, X: Any) -> Floats:  # noqa: N803
        """Probability of either class."""
        second = sigmoid(self.decision_function(X))
        return np.column_stack([1.0 - second, second])

    def predict(self, X: Any) -> NDArray[Any]:  # noqa: N803
        """The likelier class."""
        second = self.decision_function(X) > 0
        chosen: NDArray[Any] = self.classes_[second.astype(int)]
        return chosen

    def predict_interval(self, X: Any) -> Floats:  # noqa: N803
        """Low and high end of the 90 % interval of the second class's probability; shape (rows, 2)."""
        rows = self._rows(X)
        middle, spread = self._posterior().log_odds(rows), LEVEL_90 * self._posterior().spread(rows)
        return np.column_stack([sigmoid(middle - spread), sigmoid(middle + spread)])

    def _posterior(self) -> Posterior:
        check_is_fitted(self, "posterior_")
        found: Posterior = self.posterior_
        return found

    def _rows(self, X: Any) -> Floats:  # noqa: N803
        check_is_fitted(self, "posterior_")
        checked = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        found: Floats = np.nan_to_num(checked)
        return found
