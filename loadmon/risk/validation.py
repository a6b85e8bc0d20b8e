"""How well a fit does for runners and weeks it has not seen, beside everything simpler, and whether it may replace another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from loadmon import evidence
from loadmon.days import day_number
from loadmon.risk.calibration import Calibration, calibration, log_loss
from loadmon.risk.design import Design
from loadmon.risk.fit import Fit, literature_fit, must_suffice
from loadmon.risk.outcome import HORIZON
from loadmon.risk.prior import Floats, Prior, default_prior
from loadmon.risk.ranking import Interval, auc_between, auc_interval, auc_within, average_precision, lift_at
from loadmon.risk.recipes import OURS, Recipe, contrast, given, ours, plain
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
    folds = {split: fold_of(splits(), len(rows)) for split, splits in _splits(rows).items()}
    for name, recipe in recipes.items():
        for split, splits in _splits(rows).items():
            if tell:
                tell(f"{name}, {split}")
            found = told(rows, recipe, splits())
            judged.append(judge(name, split, rows, found, folds[split]))
            kept[name, split] = found
    return Validation(tuple(judged), rows, kept, folds)


def _splits(rows: Design) -> dict[str, Callable[[], Iterator[Split]]]:
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
        calibration(score, label),
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a new fit may replace the adopted one.

    Parameters
    ----------
    adopt : bool
    words : str
        Why, in one sentence.
    losses : tuple of (split, old, new)
        Log loss a row of both on rows that the old fit has not seen.
    """

    adopt: bool
    words: str
    losses: tuple[tuple[str, float, float], ...]


def verdict(design: Design, adopted: Fit | None, prior: Prior | None = None) -> Verdict:
    """Whether what is learnt from a club's rows is no worse than the adopted fit, on both splits.

    Parameters
    ----------
    design : Design
    adopted : Fit | None
        The fit in use; None for the literature alone.

    Notes
    -----
    Both are compared on rows that the adopted fit has not seen, or it would know the answers; another club's has seen none. A tie adopts the new one: it
    knows more rows.
    """
    known, rows = prior or default_prior(), design.labelled
    old = literature_fit(known) if adopted is None else adopted
    fresh = np.ones(len(rows), dtype=np.bool_)
    if old.basis.last is not None and not old.brought:
        fresh = rows.instant >= _day(old.basis.last) + HORIZON
    if rows.outcome[fresh].sum() < evidence.RISK_FIT_INJURIES.value:
        count, least = int(rows.outcome[fresh].sum()), evidence.RISK_FIT_INJURIES.value
        words = f"Only {count} new injuries since the adopted fit; {least:.0f} are needed to tell which is better."
        return Verdict(adopt=False, words=words, losses=())
    losses: list[tuple[str, float, float]] = []
    for split, splits in _splits(rows).items():
        new, before = told(rows, ours(known), splits()), told(rows, given(old), splits())
        here = fresh & ~np.isnan(new)
        if not rows.outcome[here].any():
            return Verdict(False, f"No injury to compare by, {split}.", tuple(losses))  # noqa: FBT003
        losses.append((split, log_loss(before[here], rows.outcome[here]), log_loss(new[here], rows.outcome[here])))
    worse = [split for split, was, now in losses if now > was + evidence.RISK_NO_WORSE.value]
    words = (
        f"Kept, but not adopted: worse than the adopted one {' and '.join(worse)}."
        if worse
        else "Adopted: no worse than the one before with runners kept whole, nor forward in time."
    )
    return Verdict(not worse, words, tuple(losses))


def _day(iso: str) -> int:
    return day_number(date.fromisoformat(iso))
