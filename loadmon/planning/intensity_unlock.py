"""When anything fast may come back, and how much of a week it may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from loadmon.days import week_start
from loadmon.planning.return_rules import Profile, ReturnRules, default_return_rules

RUNS_OF_A_WHOLE_WEEK = 3


@dataclass(frozen=True, slots=True)
class IntensityUnlock:
    """Whether fast running may be decided on, and what it rests on or what is lacking."""

    is_open: bool
    words: str
    basis: str


def intensity_unlock(
    greens_long: tuple[date, ...], profile: Profile, rules: ReturnRules | None = None
) -> IntensityUnlock:
    """Whether enough green runs of 30 minutes in one piece lie behind the runner.

    Parameters
    ----------
    greens_long : tuple of date
        Their days, none that was not green between them.
    profile : Profile
        Bone asks for whole weeks instead of single runs.
    """
    rules = rules or default_return_rules()
    if profile.bone:
        needed = rules.whole("unlock_weeks_bone")
        found = _whole_weeks_in_a_row(greens_long)
        words = f"{found} of {needed} weeks with {RUNS_OF_A_WHOLE_WEEK} green runs of 30 minutes in one piece"
        return IntensityUnlock(found >= needed, words, rules.basis(rules.rule["unlock_weeks_bone"]))
    needed = rules.whole("green_runs_to_unlock")
    words = f"{min(len(greens_long), needed)} of {needed} green runs of 30 minutes in one piece"
    return IntensityUnlock(len(greens_long) >= needed, words, rules.basis(rules.rule["green_runs_to_unlock"]))


def _whole_weeks_in_a_row(days: tuple[date, ...]) -> int:
    """The longest row of weeks with three such runs or more."""
    by_week: dict[date, int] = {}
    for day in days:
        by_week[week_start(day)] = by_week.get(week_start(day), 0) + 1
    whole = {monday for monday, count in by_week.items() if count >= RUNS_OF_A_WHOLE_WEEK}
    longest = 0
    for monday in whole:
        length = 1
        while monday + timedelta(days=7 * length) in whole:
            length += 1
        longest = max(longest, length)
    return longest


def fast_share(weeks_since: int, rules: ReturnRules | None = None) -> float:
    """The share of a week's running time that strides may take, so many weeks after the first with any (0 for the first)."""
    rules = rules or default_return_rules()
    share = rules.value("fast_share_first") if weeks_since < 2 else rules.value("fast_share_later")
    return min(share, rules.value("fast_share_most"))
