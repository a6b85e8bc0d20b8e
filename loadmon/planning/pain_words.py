"""The pain rules of a tissue in sentences, as a runner reads them on paper: every limit that the grading knows."""

from __future__ import annotations

from loadmon.planning.progress import red_rest_words
from loadmon.planning.return_rules import PainLimits, Profile, ReturnRules, default_return_rules

_HOUR, _HOURS_TOLD_FROM = 60.0, 120.0
_NUMBERS = {1: "one stage", 2: "two stages", 3: "three stages"}


def pain_rules(profile: Profile, rules: ReturnRules | None = None) -> tuple[str, ...]:
    """What green, amber and red mean for a tissue and what follows, a sentence or two each.

    Parameters
    ----------
    profile : Profile
    rules : ReturnRules, optional
    """
    rules = rules or default_return_rules()
    ambers = rules.whole("ambers_in_row_to_regress")
    back = _NUMBERS.get(profile.red_stages_back, f"{profile.red_stages_back} stages")
    told = [
        f"GREEN: {in_limits(profile.green)}.",
        f"AMBER: {in_limits(profile.amber)}: the same once more, {ambers} in a row one stage back.",
        f"RED: more than that: {red_rest_words(profile, rules)}, and {back} back.",
    ]
    if profile.week_rule:
        told.append("Pain must not rise from one week to the next: while it does, no step forward.")
    return tuple(told)


def in_limits(limits: PainLimits) -> str:
    """The most pain of a grade at each of the three moments, in words."""
    both = f"during at most {limits.during:g}, in the hour after at most {limits.after:g}"
    if limits.during == limits.after:
        both = f"during and in the hour after at most {limits.during:g}"
    morning = f"next morning at most {limits.morning:g} above your usual"
    if limits.morning == 0:
        morning = "next morning no more than your usual"
    return f"{both}, {morning}{_settled(limits.settle_min)}"


def _settled(settle_min: float | None) -> str:
    if settle_min is None:
        return ""
    if settle_min < _HOURS_TOLD_FROM:
        return f", gone within {settle_min:g} minutes"
    return f", gone within {settle_min / _HOUR:g} hours"
