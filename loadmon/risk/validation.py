"""How well a fit does for runners and weeks it has not seen, beside everything simpler."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from loadmon.risk.calibration import Calibration, calibration
from loadmon.risk.design import Design
from loadmon.risk.fit import must_suffice
from loadmon.risk.prior import Floats, Prior, default_prior
from loadmon.risk.ranking import (
    Interval,
    auc_between,
    auc_interval,
    auc_within,
    average_precision,
    lift_at,
    skill_interval,
)
from loadmon.risk.recipes import OURS, Recipe, contrast, ours, plain
from loadmon.risk.splits import Split, by_runner, fold_of, forward, out_of_fold
from loadmon.risk.windows import Whole

BY_RUNNER, FORWARD = "runners kept whole", "forward in time"
MOST_FOR_TREES = 30_000
"""Rows above which the trees, which are there for contrast only, are left out."""
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """How one way to foretell did on one split.

    Parameters
    ----------
    recipe, split : str
    rows, injuries : int
        That were told of.
    auc : Interval
        Its ends from redrawn runners.
        Over pairs of rows that one fit told of.
    within : float
        The same over pairs of rows of one runner (when); NaN where nobody has rows of both kinds.
    between : float
        Over pairs of rows of two runners (who).
    precision, base : float
        Average precision, and what chance alone gives.
    lift : float
        Of the highest tenth.
    skill : Interval
        The Brier skill, its ends from redrawn runners.
    calibration : Calibration
    """

    recipe: str
    split: str
    rows: int
    injuries: int
    auc: Interval
    within: float
    between: float
    precision: float
    base: float
    lift: float
    skill: Interval
    calibration: Calibration


@dataclass(frozen=True, slots=True, eq=False)
class Validation:
    """Everything that was judged, and what each way foretold out of sample.

    Parameters
    ----------
    judged : tuple of Judged
    rows : Design
        The labelled rows.
    told : mapping of (recipe, split) to array of N
        The probability of each row; NaN where a split does not tell of it.
    fold : mapping of split to array of N
        By which fit each row was told of; -1 for none.
    """

    judged: tuple[Judged, ...]
    rows: Design
    told: Mapping[tuple[str, str], Floats]
    fold: Mapping[str, Whole]

    def of(self, recipe: str, split: str) -> Judged:
        """One of them."""
        return next(one for one in self.judged if (one.recipe, one.split) == (recipe, split))


def validate(design: Design, prior: Prior | None = None, *, trees: bool = True, tell: Tell | None = None) -> Validation:
    """Judge our model and everything beside it on both splits.

    Parameters
    ----------
    design : Design
    prior : Prior | None
        None for the one that ships with loadmon.
    trees : bool
        Also gradient boosting and a random forest.
    tell : callable, optional
        Told what is being done.

    Raises
    ------
    TooFewInjuries
    """
    known, rows = prior or default_prior(), design.labelled
    must_suffice(rows)
    recipes: dict[str, Recipe] = {OURS: ours(known)} | plain(known)
    if trees and len(rows) <= MOST_FOR_TREES:
        recipes |= contrast(known)
    judged, kept = [], {}
    folds = {split: fold_of(splits(), len(rows)) for split, splits in splits_of(rows).items()}
    for name, recipe in recipes.items():
        for split, splits in splits_of(rows).items():
            if tell:
                tell(f"{name}, {split}")
            found = told(rows, recipe, splits())
            judged.append(judge(name, split, rows, found, folds[split]))
            kept[name, split] = found
    return Validation(tuple(judged), rows, kept, folds)


def splits_of(rows: Design) -> dict[str, Callable[[], Iterator[Split]]]:
    """Both splits by name, each to be begun anew as often as it is asked for."""
    return {BY_RUNNER: lambda: by_runner(rows.athlete), FORWARD: lambda: forward(rows.instant)}


def told(rows: Design, recipe: Recipe, splits: Iterator[Split]) -> Floats:
    """A probability for each row from what a recipe learnt of others; NaN where no split tells of it."""
    return out_of_fold(splits, len(rows), lambda split: recipe(rows.rows(split.learn), rows.rows(split.tell)))


def judge(recipe: str, split: str, rows: Design, probability: Floats, fold: Whole) -> Judged:
    """How probabilities did, on the rows that have one; ``fold`` says by which fit each was told."""
    here = ~np.isnan(probability)
    score, label, runner, part = probability[here], rows.outcome[here], rows.athlete[here], fold[here]
    return Judged(
        recipe,
        split,
        int(here.sum()),
        int(label.sum()),
        auc_interval(score, label, runner, draws=200, fold=part),
        auc_within(score, label, runner, part),
        auc_between(score, label, runner, part),
        average_precision(score, label),
        float(label.mean()) if len(label) else float("nan"),
        lift_at(score, label, 0.1),
        skill_interval(score, label, runner),
        calibration(score, label),
    )
