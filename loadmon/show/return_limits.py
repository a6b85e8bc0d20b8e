"""Every rule that a return to running follows, with its value and where it comes from. Knows nothing of Streamlit."""

from __future__ import annotations

import pandas as pd

from loadmon.planning.pain_words import in_limits
from loadmon.planning.return_rules import Profile, ReturnRules, default_return_rules

SHORT_S = 60.0
COLUMNS = ["Rule", "Value", "Rests on"]


def rule_rows(rules: ReturnRules | None = None) -> pd.DataFrame:
    """The rules of every plan, a row each."""
    rules = rules or default_return_rules()
    rows = [(rule.words, _value(name, rule.value), rules.basis(rule)) for name, rule in rules.rule.items()]
    return pd.DataFrame(rows, columns=COLUMNS)


def tissue_rows(profile: Profile, rules: ReturnRules | None = None) -> pd.DataFrame:
    """What one tissue has of its own, a row each."""
    rules = rules or default_return_rules()
    rows = [(words, value, rules.basis(profile)) for words, value in _of_tissue(profile)]
    if profile.rest_after_heavy_days is not None:
        heavy = rules.rule["heavy_day_above"]
        rows.append(("Days without running after a heavy one", f"{profile.rest_after_heavy_days}", rules.basis(heavy)))
    if profile.week_share is not None:
        words = "With this tissue a week always grows by no more than"
        rows.append((words, f"{100 * profile.week_share:.0f} %", rules.basis(profile)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _of_tissue(profile: Profile) -> list[tuple[str, str]]:
    told = [
        ("Green", in_limits(profile.green)),
        ("Amber; above it is red", in_limits(profile.amber)),
        ("Days of rest after a red run, beside the usual ones", f"{profile.red_rest_days}"),
        ("Stages back after a red run", f"{profile.red_stages_back}"),
    ]
    if profile.speed_factor < 1.0:
        told.append(("Share of the speed from before the injury", f"{100 * profile.speed_factor:.0f} %"))
    if profile.onset_share is not None:
        told.append(("Share of the minutes after which it begins to hurt", f"{100 * profile.onset_share:.0f} %"))
    return told


def _value(name: str, value: float) -> str:
    if name.endswith("_s"):
        return f"{value:g} s" if value < SHORT_S else f"{value / 60:g} min"
    if name.endswith("_m"):
        return f"{value / 1000:g} km"
    return f"{100 * value:.0f} %" if "share" in name else f"{value:g}"
