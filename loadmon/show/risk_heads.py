"""What the columns of a fit's record are called on the page."""

from __future__ import annotations

from typing import Any

import pandas as pd

JUDGED_HEADS = {
    "recipe": "way to foretell", "split": "split", "rows": "runner-weeks", "injuries": "injuries", "auc": "AUC",
    "auc_low": "AUC, from", "auc_high": "AUC, to", "within": "AUC within runners", "between": "AUC between runners",
    "precision": "average precision", "base": "share with an injury", "lift": "top tenth ×",
    "in_the_large": "came / foretold", "slope": "calibration slope", "log_loss": "log loss", "brier": "Brier score",
    "brier_skill": "Brier skill", "brier_skill_low": "Brier skill, from", "brier_skill_high": "Brier skill, to",
}  # fmt: skip
CHECK_HEADS = {
    "name": "check", "figure": "figure", "low": "at least", "high": "at most", "passed": "passed", "words": "what it says",
}  # fmt: skip


def named(rows: list[dict[str, Any]], heads: dict[str, str]) -> pd.DataFrame:
    """Rows of a record as a table with heads that can be read; columns without one keep their name."""
    return pd.DataFrame(rows).rename(columns=heads)
