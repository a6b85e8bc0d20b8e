"""Figures of ranking and calibration against scikit-learn's, by hand, and where there is nothing to tell."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn import metrics

from loadmon.risk.calibration import calibration, log_loss, slope_of
from loadmon.risk.decision import decision_curve
from loadmon.risk.laplace import sigmoid
from loadmon.risk.ranking import auc, auc_between, auc_interval, auc_within, average_precision, lift_at


def _scores(seed: int, rows: int = 400) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    label = (random.random(rows) < 0.1).astype(float)
    return np.round(random.normal(size=rows) + label, 1), label  # rounded: many ties


@pytest.mark.parametrize("seed", range(5))
def test_as_scikit_learn_has_them(seed: int) -> None:
    score, label = _scores(seed)
    weight = np.random.default_rng(seed).integers(0, 3, len(label)).astype(float)
    probability = sigmoid(score - 2.0)
    assert auc(score, label) == pytest.approx(metrics.roc_auc_score(label, score))
    assert auc(score, label, weight) == pytest.approx(metrics.roc_auc_score(label, score, sample_weight=weight))
    assert average_precision(score, label) == pytest.approx(metrics.average_precision_score(label, score))
    assert log_loss(probability, label) == pytest.approx(metrics.log_loss(label, probability))
    assert calibration(probability, label).brier == pytest.approx(metrics.brier_score_loss(label, probability))


def test_nobody_hurt_tells_nothing() -> None:
    nothing = np.zeros(9)
    for figure in (auc(np.arange(9.0), nothing), average_precision(nothing, nothing), lift_at(nothing, nothing, 0.1)):
        assert math.isnan(figure)
    assert math.isnan(slope_of(np.full(9, 0.1), nothing))


def test_within_runners_is_not_between_them() -> None:
    runner = np.repeat([1, 2], 50)
    label = np.tile([1.0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 10)
    label[50:] = 0.0
    label[60] = 1.0
    who = np.where(runner == 1, 1.0, 0.0)
    assert auc(who, label) > 0.6
    assert auc_within(who, label, runner) == 0.5


def test_folds_are_ranked_apart_and_their_pairs_counted_together() -> None:
    """Two fits of one row's worth each, the second with the higher intercept and the fewer injuries told of."""
    score, label = np.array([1.0, 3.0, 2.0, 5.0, 9.0, 7.0, 8.0]), np.array([0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0])
    fold = np.array([0, 0, 0, 0, 1, 1, 1])
    # first fold: 2 × 2 pairs, all in order; second: 1 × 2 pairs, none in order
    assert auc(score, label, fold=fold) == pytest.approx(4 / 6)
    assert auc(score, label) == pytest.approx(6 / 12)
    shifted = score + np.where(fold == 1, -100.0, 0.0)
    assert auc(shifted, label, fold=fold) == pytest.approx(4 / 6)
    assert auc_interval(score, label, np.arange(7), fold=fold).value == pytest.approx(4 / 6)
    runner = np.array([1, 1, 2, 2, 1, 1, 2])
    # pairs of one runner and one fit: (1, 3), (2, 5) in order, (9, 7) not
    assert auc_within(score, label, runner, fold) == pytest.approx(2 / 3)
    # of two runners: (3, 2) and (5, 1) in order, (8, 7) not
    assert auc_between(score, label, runner, fold) == pytest.approx(2 / 3)
    assert math.isnan(auc_within(score[:1], label[:1], runner[:1]))


def test_the_interval_is_wide_for_few_runners() -> None:
    score, label = _scores(1, 2000)
    few, many = (auc_interval(score, label, np.arange(2000) % runners) for runners in (4, 500))
    assert few.value == many.value
    assert many.low < many.value < many.high
    alike = auc_interval(np.tile(score, 2), np.tile(label, 2), np.tile(np.arange(2000), 2))
    alone = auc_interval(score, label, np.arange(2000))
    # every row told twice, and not a bit more knowledge
    assert alike.high - alike.low == pytest.approx(alone.high - alone.low, rel=0.25)


def test_slope_curve_and_skill() -> None:
    random = np.random.default_rng(3)
    odds = random.normal(-3.0, 1.0, 40_000)
    label = (random.random(len(odds)) < sigmoid(odds)).astype(float)
    right, bold = calibration(sigmoid(odds), label), calibration(sigmoid(-3.0 + 2.0 * (odds + 3.0)), label)
    assert right.slope == pytest.approx(1.0, abs=0.06)
    assert bold.slope == pytest.approx(0.5, abs=0.04)
    assert right.in_the_large == pytest.approx(1.0, abs=0.06)
    assert right.brier_skill > 0.02 > bold.brier_skill
    assert sum(point.rows for point in right.curve) == len(odds)
    assert sum(point.low <= point.foretold <= point.high for point in right.curve) >= 4
    assert right.curve[-1].came > 3 * right.curve[0].came
    assert lift_at(odds, label, 0.1) > 3.0


def test_a_decision_curve_by_hand() -> None:
    """Ten weeks, two injuries; at ten false alarms for one injury a week is flagged from 1 in 11 on."""
    label = np.array([1.0, 1.0, *[0.0] * 8])
    probability = np.array([0.2, 0.05, 0.1, 0.1, *[0.01] * 6])
    earlier = np.array([0.1, 0.1, *[0.0] * 8])
    last = decision_curve(probability, earlier, label)[-1]
    assert last.false_alarms == 10
    assert last.flagged == pytest.approx(30.0)
    assert last.worth == pytest.approx(1000 * (1 - 2 / 10) / 10)
    assert last.everybody == pytest.approx(1000 * (2 - 8 / 10) / 10)
    assert last.earlier_injury == pytest.approx(1000 * 2 / 10)
    first = decision_curve(probability, earlier, label)[0]
    assert (first.false_alarms, first.flagged) == (100, 100.0)
    assert first.worth == first.everybody
    assert decision_curve(label[:0], label[:0], label[:0]) == ()
