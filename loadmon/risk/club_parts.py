"""What a record tells beyond its lines: what acting on it is worth, how it does for parts of the club, and from runner to runner."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from loadmon.risk.calibration import calibration
from loadmon.risk.decision import decision_curve
from loadmon.risk.prior import Prior
from loadmon.risk.ranking import auc
from loadmon.risk.recipes import EARLIER_INJURY, OURS
from loadmon.risk.validation import BY_RUNNER, Validation


def decisions(validation: Validation, split: str) -> list[dict[str, Any]]:
    """The decision curve of our model on one split."""
    ours, earlier = validation.told[OURS, split], validation.told[EARLIER_INJURY, split]
    here = ~np.isnan(ours)
    return [asdict(one) for one in decision_curve(ours[here], earlier[here], validation.rows.outcome[here])]


def runners_apart(validation: Validation) -> dict[str, Any]:
    """How far runners differ from what is foretold of them, runners kept whole: how many were ever hurt, and the spread.

    The spread is Pearson's: the mean over runners of squared differences between injuries that came and that were foretold,
    over those foretold. Chance alone gives about 1; above it some are hurt more often than anything in the model tells.
    """
    rows, probability = validation.rows, validation.told[OURS, BY_RUNNER]
    _, whose = np.unique(rows.athlete, return_inverse=True)
    came, foretold = np.bincount(whose, weights=rows.outcome), np.bincount(whose, weights=probability)
    share = float(np.sum((came - foretold) ** 2) / np.sum(foretold)) if len(came) else float("nan")
    return {
        "runners": len(came),
        "hurt": int((came > 0).sum()),
        "most": int(came.max(initial=0)),
        "spread": finite(share),
    }


def groups(validation: Validation, prior: Prior) -> Iterator[dict[str, Any]]:
    """How the model does for parts of the club, with runners kept whole."""
    rows, probability = validation.rows, validation.told[OURS, BY_RUNNER]
    column = {name: rows.values[:, place] for place, name in enumerate(prior.names)}
    gait = ~np.isnan(column["cadence"]) if "cadence" in column else np.zeros(len(rows), dtype=bool)
    parts = {
        "women": column["female"] == 1.0,
        "men": column["female"] == 0.0,
        "sex not told": np.isnan(column["female"]),
        "gait measured": gait,
        "gait not measured": ~gait,
        "less than the middle distance": column["volume"] < np.nanmedian(column["volume"]),
        "at least the middle distance": column["volume"] >= np.nanmedian(column["volume"]),
    }
    for name, part in parts.items():
        here = part & ~np.isnan(probability)
        label = rows.outcome[here]
        told = bool(label.any())
        yield {
            "group": name,
            "runners": len(np.unique(rows.athlete[here])),
            "rows": int(here.sum()),
            "injuries": int(label.sum()),
            "auc": finite(auc(probability[here], label, fold=validation.fold[BY_RUNNER][here])) if told else None,
            "in_the_large": finite(calibration(probability[here], label).in_the_large) if told else None,
        }


def finite(value: float) -> float | None:
    """A figure as it is kept: None for one that is none."""
    return float(value) if math.isfinite(value) else None
