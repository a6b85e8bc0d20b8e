"""Every rule of a return to running, each with its value and what it rests on: those of every plan, and those of one tissue."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from loadmon.planning.pain_words import pain_rules
from loadmon.planning.return_rules import Profile, ReturnRules, Sourced, default_return_rules
from loadmon.units import plural

COLUMNS = ["Rule", "Value", "Rests on"]
_WHOLE_MINUTES_FROM_S = 60.0


def rule_rows(rules: ReturnRules | None = None) -> pd.DataFrame:
    """Every number that the planner reads, whatever the tissue."""
    rules = rules or default_return_rules()
    return _table(((one.words, _value(name, one.value), one) for name, one in rules.rule.items()), rules)


def tissue_rows(profile: Profile, rules: ReturnRules | None = None) -> pd.DataFrame:
    """What holds for one tissue besides: its ladder, limits of pain, steps back, and what bounds it more."""
    rules = rules or default_return_rules()
    ladder = rules.ladder[profile.ladder]
    told: list[tuple[str, str, Sourced]] = [
        (f"Stages: {ladder.name}", f"{len(ladder.stages)}, from stage {profile.start_stage}", ladder)
    ]
    for words in pain_rules(profile, rules):
        grade, colon, limit = words.partition(": ")
        told.append((f"Pain, {grade}", limit, profile) if colon and grade.isupper() else (words, "yes", profile))
    told += [
        ("Days without running after a red run", f"{profile.red_rest_days}", profile),
        ("Stages back after a red run", f"{profile.red_stages_back}", profile),
    ]
    if profile.week_share is not None:
        told.append(
            ("With this tissue a week always grows by no more than", f"{100 * profile.week_share:.0f} %", profile)
        )
    if profile.rest_after_heavy_days is not None:
        heavy = rules.rule["heavy_day_above"]
        told.append(
            (f"{heavy.words} Days without running after a heavy one", f"{profile.rest_after_heavy_days}", heavy)
        )
    if profile.onset_share is not None:
        told.append(("A run has at most this share of the minutes after which it begins to hurt", f"{100 * profile.onset_share:.0f} %", profile))  # fmt: skip
    if profile.speed_factor != 1.0:
        told.append(("Times the usual speed that running is planned at", f"{profile.speed_factor:g}", profile))
    if profile.clearance is not None:
        told.append(("Begins with the clearance of", f"a {profile.clearance}", profile))
    return _table(told, rules)


def _table(told: Iterable[tuple[str, str, Sourced]], rules: ReturnRules) -> pd.DataFrame:
    return pd.DataFrame([(words, value, rules.basis(part)) for words, value, part in told], columns=COLUMNS)


def _value(name: str, value: float) -> str:
    if name.endswith("_s"):
        return f"{value / 60:g} min" if value >= _WHOLE_MINUTES_FROM_S else f"{value:g} s"
    if name.endswith("_m"):
        return f"{value / 1000:g} km"
    if name.endswith("_weeks"):
        return plural(int(value), "week")
    return f"{100 * value:.0f} %" if "share" in name else f"{value:g}"
