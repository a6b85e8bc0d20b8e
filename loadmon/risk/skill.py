"""Whether a fit is shown to be better than telling everybody the base rate, said before anything else of its record."""

from __future__ import annotations

from typing import Any

from loadmon.risk.recipes import OURS


def not_shown(report: dict[str, Any]) -> str:
    """What a fit is not shown to do, in a sentence; nothing where it is shown to do it on every split.

    Parameters
    ----------
    report : dict
        As ``loadmon.risk.report.report_of`` makes it. Shown is what the 90 % range of the AUC leaves no doubt of, and that
        the Brier skill is above 0, over redrawn runners where its range was kept.
    """
    found = [words for one in report.get("judged", ()) if one["recipe"] == OURS and (words := _doubt(one))]
    return f"Not shown to be better than telling everybody the base rate: {'; '.join(found)}." if found else ""


def _doubt(one: dict[str, Any]) -> str:
    doubts = []
    if one["auc_low"] is None or one["auc_low"] <= 0.5:
        told = "none" if one["auc"] is None else f"{one['auc']:.2f} ({_f(one['auc_low'])} to {_f(one['auc_high'])})"
        doubts.append(f"AUC {told}, chance is .50")
    skill, low = one["brier_skill"], one.get("brier_skill_low", one["brier_skill"])
    if low is None or low <= 0:
        ends = f" ({low:.4f} to {one['brier_skill_high']:.4f})" if low is not None and "brier_skill_low" in one else ""
        doubts.append(f"Brier skill {'none' if skill is None else f'{skill:.4f}'}{ends}, the base rate is 0")
    return f"{one['split']} {' and '.join(doubts)}" if doubts else ""


def _f(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
