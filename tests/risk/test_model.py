"""The classifier is a scikit-learn estimator in every way scikit-learn checks, and does with a prior what it says."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator

from loadmon.risk.model import PriorLogisticRegression


def test_every_check_of_scikit_learn_passes() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # checks that do not apply to two classes say so
        told = check_estimator(PriorLogisticRegression(), on_fail=None)
    assert [one["check_name"] for one in told if one["status"] == "failed"] == []
    assert sum(one["status"] == "passed" for one in told) > 45


def _rows(rows: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    features = random.normal(size=(rows, 3))
    eta = -1.0 + features @ [0.8, -0.4, 0.0]
    return features, (random.random(rows) < 1 / (1 + np.exp(-eta))).astype(int)


def test_with_a_plain_prior_it_is_ridge_regression() -> None:
    features, label = _rows(800)
    ours = PriorLogisticRegression(prior_sd=0.5, intercept_sd=1e4).fit(features, label)
    theirs = LogisticRegression(C=0.25, tol=1e-10, max_iter=1000).fit(features, label)
    np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=1e-5)
    np.testing.assert_allclose(ours.intercept_, theirs.intercept_, atol=1e-5)


def test_few_labels_leave_the_prior_and_many_leave_it_behind() -> None:
    prior = [0.5, 0.5, 0.5]
    few = PriorLogisticRegression(prior, 0.1).fit(*_rows(20))
    many = PriorLogisticRegression(prior, 0.1).fit(*_rows(50_000))
    np.testing.assert_allclose(few.coef_[0], prior, atol=0.08)
    np.testing.assert_allclose(many.coef_[0], [0.8, -0.4, 0.0], atol=0.08)


@pytest.mark.parametrize(("truth", "more"), [((0.6, 0.5, -0.5), True), ((-0.6, -0.5, 0.5), False)])
def test_the_labels_decide_how_far_the_prior_is_trusted(truth: tuple[float, ...], more: bool) -> None:
    random = np.random.default_rng(5)
    features = random.normal(size=(1500, 3))
    label = (random.random(1500) < 1 / (1 + np.exp(1.5 - features @ truth))).astype(int)
    fitted = PriorLogisticRegression((0.6, 0.5, -0.5), 0.2, trust=(0.0, 1.0), width=(0.5, 1.0, 2.0)).fit(
        features, label
    )
    trusted = fitted.posterior_.weight.sum(axis=1)
    assert trusted.sum() == pytest.approx(1.0)
    assert bool(trusted[1] > 0.9) is more


def test_rows_of_one_runner_widen_the_interval_and_never_narrow_it() -> None:
    features, label = _rows(400)
    # each row ten times over: ten times the rows, and not a bit more knowledge
    many, labels, runner = np.repeat(features, 10, 0), np.repeat(label, 10), np.repeat(np.arange(400), 10)
    plain = PriorLogisticRegression().fit(many, labels)
    clustered = PriorLogisticRegression().fit(many, labels, groups=runner)
    truly = PriorLogisticRegression().fit(features, label)
    for one, other, factor in ((clustered, plain, 10.0), (clustered, truly, 1.0)):
        share = np.diag(one.posterior_.covariance)[1:] / np.diag(other.posterior_.covariance)[1:]
        np.testing.assert_allclose(share, factor, rtol=0.25)
    alone = PriorLogisticRegression().fit(features, label, groups=np.arange(400))
    assert (np.linalg.eigvalsh(alone.posterior_.covariance - truly.posterior_.covariance) > -1e-12).all()


def test_it_stands_in_a_pipeline_and_a_missing_value_counts_as_the_centre() -> None:
    features, label = _rows(300)
    fitted = make_pipeline(StandardScaler(), PriorLogisticRegression()).fit(features, label)
    centre = fitted[0].mean_.copy()
    gone = centre.copy()
    gone[1] = np.nan
    np.testing.assert_allclose(fitted.predict_proba([centre]), fitted.predict_proba([gone]))
    low, high = fitted[-1].predict_interval(np.zeros((1, 3)))[0]
    assert low < fitted.predict_proba([centre])[0, 1] < high
