"""A logistic fit under a prior: its peak, how far to trust the prior, and how wide the posterior is around the peak."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS = 60
_BLOCK = 256
_STILL = 1e-5
"""Newton squares what is left with each step: a step that gains less than this leaves nothing worth another."""


def sigmoid(eta: Floats) -> Floats:
    """Log-odds as a probability, without overflow."""
    half: Floats = 0.5 * (1.0 + np.tanh(0.5 * eta))
    return half


def logit(probability: float) -> float:
    """A probability as log-odds."""
    return float(np.log(probability) - np.log1p(-probability))


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """What is believed of the coefficients: a normal distribution of P + 1 log-odds, the intercept first.

    Parameters
    ----------
    mean : array of P + 1
    covariance : array of shape (P + 1, P + 1)
    weight : array of shape (trust, width)
        How much each way of taking the prior counts, by the evidence of the labels; sums to 1.
    """

    mean: Floats
    covariance: Floats
    weight: Floats

    def log_odds(self, scaled: Floats) -> Floats:
        """Log-odds of rows of scaled features."""
        found: Floats = self.mean[0] + scaled @ self.mean[1:]
        return found

    def spread(self, scaled: Floats) -> Floats:
        """Standard deviation of those log-odds."""
        rows = with_intercept(scaled)
        variance = np.einsum("ij,ij->i", rows @ self.covariance, rows)
        found: Floats = np.sqrt(np.maximum(variance, 0.0))
        return found


def with_intercept(features: Floats) -> Floats:
    """The same rows with a one in front."""
    return np.column_stack([np.ones(len(features)), features])


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Labelled rows: features with the intercept's one in front, labels 0 and 1, weights."""

    features: Floats
    label: Floats
    weight: Floats

    def in_blocks(self) -> Rows:
        """The same rows in blocks, filled up with rows that weigh nothing.

        Products of small blocks stay in this thread: on a busy machine a library's threads that wait for one another made
        a fit twenty times as slow.
        """
        size = len(self.label)
        filled = -size % _BLOCK
        features = np.pad(self.features, ((0, filled), (0, 0)))
        return Rows(
            features.reshape(-1, _BLOCK, features.shape[1]),
            np.pad(self.label, (0, filled)).reshape(-1, _BLOCK),
            np.pad(self.weight, (0, filled)).reshape(-1, _BLOCK),
        )


def literature(mean: Floats, sd: Floats, intercept: float, intercept_sd: float) -> Posterior:
    """What is believed before any label: the prior itself."""
    centre = np.concatenate([[intercept], mean])
    spread = np.concatenate([[intercept_sd], sd])
    return Posterior(centre, np.diag(spread**2), np.ones((1, 1)))


def empirical_bayes(
    rows: Rows,
    mean: Floats,
    sd: Floats,
    intercept: float,
    intercept_sd: float,
    trust: tuple[float, ...],
    width: tuple[float, ...],
    runner: NDArray[Any] | None = None,
) -> Posterior:
    """Coefficients given labels and a prior, averaged over how far the labels say the prior is to be trusted.

    Parameters
    ----------
    rows : Rows
    mean, sd : arrays of P
        The prior of each feature's log-odds.
    intercept, intercept_sd : float
        The prior of the intercept.
    trust, width : tuple of float
        Factors on means and spreads; each pair counts by its Laplace evidence.
    runner : array, optional
        Whose each row is: rows of one runner are not independent, and the posterior is widened by how much they are not.

    References
    ----------
    MacKay 1992, 10.1162/neco.1992.4.3.415 (evidence); Liang & Zeger 1986, 10.1093/biomet/73.1.13 (clustered spread); both
    quoted from memory.
    """
    peaks, covariances, scores = [], [], []
    blocks = rows.in_blocks()
    start = np.concatenate([[intercept], mean])
    for a, c in itertools.product(trust, width):
        centre = np.concatenate([[intercept], a * mean])
        precision = np.concatenate([[intercept_sd**-2.0], (c * sd) ** -2.0])
        start, curvature, value = _peak(blocks, centre, precision, start)
        inverse: Floats = np.asarray(np.linalg.inv(curvature), dtype=np.float64)
        scores.append(value + 0.5 * float(np.sum(np.log(precision))) - 0.5 * float(np.linalg.slogdet(curvature)[1]))
        peaks.append(start)
        covariances.append(inverse if runner is None else _clustered(rows, start, precision, inverse, runner))
    weight = np.exp(np.array(scores) - max(scores))
    weight /= weight.sum()
    middle = np.tensordot(weight, np.array(peaks), 1)
    between = np.array(peaks) - middle
    spread = np.tensordot(weight, np.array(covariances), 1) + (between * weight[:, None]).T @ between
    return Posterior(middle, 0.5 * (spread + spread.T), weight.reshape(len(trust), len(width)))


def _value(rows: Rows, beta: Floats, centre: Floats, precision: Floats) -> float:
    eta = rows.features @ beta
    fit = float(np.sum(rows.weight * (rows.label * eta - np.logaddexp(0.0, eta))))
    return fit - 0.5 * float(np.sum(precision * (beta - centre) ** 2))


def _peak(rows: Rows, centre: Floats, precision: Floats, start: Floats) -> tuple[Floats, Floats, float]:
    """Newton's way up, each step halved until it does not lead down; the curvature and the height there."""
    beta, value = start, _value(rows, start, centre, precision)
    for _ in range(_STEPS):
        probability = sigmoid(rows.features @ beta)
        residual = rows.weight * (rows.label - probability)
        slope = (residual[:, None, :] @ rows.features).sum(axis=(0, 1)) - precision * (beta - centre)
        curvature = _curvature(rows, probability, precision)
        step = np.linalg.solve(curvature, slope)
        for _ in range(30):
            tried = _value(rows, beta + step, centre, precision)
            if tried >= value - 1e-12 * abs(value):
                break
            step = 0.5 * step
        beta, value = beta + step, tried
        if float(slope @ step) < _STILL:
            break
    return beta, _curvature(rows, sigmoid(rows.features @ beta), precision), value


def _curvature(rows: Rows, probability: Floats, precision: Floats) -> Floats:
    weight = rows.weight * probability * (1.0 - probability)
    curvature: Floats = (np.swapaxes(rows.features * weight[..., None], 1, 2) @ rows.features).sum(axis=0)
    curvature[np.diag_indices_from(curvature)] += precision
    return curvature


def _clustered(rows: Rows, beta: Floats, precision: Floats, inverse: Floats, runner: NDArray[Any]) -> Floats:
    """The posterior's spread where the rows of one runner go together; never narrower than without."""
    residual = rows.weight * (rows.label - sigmoid(rows.features @ beta))
    _, code = np.unique(runner, return_inverse=True)
    order = np.argsort(code, kind="stable")
    opens = np.flatnonzero(np.diff(code[order], prepend=-1))
    score = np.add.reduceat((rows.features * residual[:, None])[order], opens, axis=0)
    between = score.T @ score + np.diag(precision)
    widened = inverse @ between @ inverse
    # of each direction the wider of the two: few runners can make the clustered spread too small by chance
    root = np.linalg.cholesky(inverse)
    half = np.linalg.solve(root, widened)
    values, vectors = np.linalg.eigh(np.linalg.solve(root, half.T))
    turned = root @ vectors
    found: Floats = (turned * np.maximum(values, 1.0)) @ turned.T
    return found
