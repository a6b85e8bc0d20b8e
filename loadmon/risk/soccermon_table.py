"""Strict and lax protocols on SoccerMon side by side: the same days, the same players, and three very different answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from loadmon.risk.design import Design
from loadmon.risk.fit import literature_fit
from loadmon.risk.prior import Prior, default_prior
from loadmon.risk.ranking import Interval, auc_interval, auc_within, average_precision
from loadmon.risk.recipes import OURS, Recipe, contrast, given, ours
from loadmon.risk.soccermon import HISTORY, LOAD, WELLNESS, only, soccermon_design
from loadmon.risk.splits import FOLDS, by_runner, fold_of, forward
from loadmon.risk.validation import BY_RUNNER, FORWARD, told

RANDOM, UNFITTED = "random rows (leaks)", "nothing fitted"
OWN_LOAD, OWN_WELLNESS = "load as a runner's is told", "wellness against the player's own usual"
SETS = (("load", LOAD), ("load and wellness", LOAD + WELLNESS), ("and history", LOAD + WELLNESS + HISTORY))


@dataclass(frozen=True, slots=True)
class SoccerLine:
    """One way to foretell, on one split, from some features."""

    protocol: str
    features: str
    auc: Interval
    within: float
    precision: float
    base: float
    words: str


def soccermon_lines(
    content: bytes, tell: Callable[[str], None], prior: Prior | None = None
) -> tuple[int, int, int, tuple[SoccerLine, ...]]:
    """Rows, injuries, players, and a line a protocol; the literature's first, as nothing was fitted for it.

    Parameters
    ----------
    content : bytes
    tell : callable
        Told what is being done.
    prior : Prior | None
        None for the one that ships with loadmon.
    """
    known = prior or default_prior()
    rows = soccermon_design(content, known)
    alone = given(literature_fit(known))
    lines = [
        _line(only(rows, names), UNFITTED, f"literature only: {name}", alone, None)
        for name, names in (("all", SETS[-1][1]), ("load", LOAD), ("wellness", WELLNESS), ("previous injury", HISTORY))
    ]
    own = soccermon_design(content, known, against="own")
    lines += [
        _line(only(own, names), UNFITTED, f"literature only: {name}", alone, None)
        for name, names in ((OWN_LOAD, LOAD), (OWN_WELLNESS, WELLNESS))
    ]
    forest = contrast(known)["random forest"]
    for name, names in SETS:
        some = only(rows, names)
        for recipe_name, recipe, split in (
            ("random forest", forest, RANDOM),
            ("random forest", forest, BY_RUNNER),
            ("random forest", forest, FORWARD),
            (OURS, ours(known), BY_RUNNER),
            (OURS, ours(known), FORWARD),
        ):
            tell(f"{recipe_name}, {name}, {split}")
            lines.append(_line(some, split, f"{recipe_name}: {name}", recipe, split))
    injuries = len(set(zip(rows.athlete[rows.onset > 0].tolist(), rows.onset[rows.onset > 0].tolist(), strict=True)))
    return len(rows), injuries, len(np.unique(rows.athlete)), tuple(lines)


def _line(rows: Design, protocol: str, name: str, recipe: Recipe, split: str | None) -> SoccerLine:
    fold = np.zeros(len(rows), dtype=np.int64)
    if split is None:
        found = recipe(rows, rows)
    else:
        splits = {
            RANDOM: lambda: by_runner(np.arange(len(rows)), FOLDS),
            BY_RUNNER: lambda: by_runner(rows.athlete),
            FORWARD: lambda: forward(rows.instant),
        }
        found, fold = told(rows, recipe, splits[split]()), fold_of(splits[split](), len(rows))
    here = ~np.isnan(found)
    score, label, player, part = found[here], rows.outcome[here], rows.athlete[here], fold[here]
    return SoccerLine(
        protocol,
        name,
        auc_interval(score, label, player, draws=200, fold=part),
        auc_within(score, label, player, part),
        average_precision(score, label),
        float(label.mean()),
        "days of one player lie in both halves"
        if split == RANDOM
        else "strict"
        if split
        else "nothing was learnt from it",
    )
