"""How far a session and a week may grow, each cap with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.planning.ladder import minutes
from loadmon.planning.return_rules import Profile, ReturnRules, default_return_rules


@dataclass(frozen=True, slots=True)
class Cap:
    """The most running of a session or week, in seconds; ``share`` by which it may grow (None for a fixed step) and why."""

    seconds: float
    share: float | None
    reason: str
    basis: str


def week_cap(previous_s: float, previous_m: float, profile: Profile, rules: ReturnRules | None = None) -> Cap:
    """The most running of the next week.

    Parameters
    ----------
    previous_s, previous_m : float
        Seconds and metres of running in the week before (the last one that was not a lighter one).
    profile : Profile
    """
    rules = rules or default_return_rules()
    if profile.week_share is not None:
        share, rule, why = profile.week_share, rules.rule["week_share_long"], "always with bone"
    elif previous_m < rules.value("week_short_below_m"):
        share, rule = rules.value("week_share_short"), rules.rule["week_share_short"]
        why = f"after a week below {rules.value('week_short_below_m') / 1000:g} km"
    elif previous_m <= rules.value("week_long_above_m"):
        share, rule = rules.value("week_share_middle"), rules.rule["week_share_middle"]
        why = f"after a week of {rules.value('week_short_below_m') / 1000:g} to {rules.value('week_long_above_m') / 1000:g} km"
    else:
        share, rule = rules.value("week_share_long"), rules.rule["week_share_long"]
        why = f"after a week above {rules.value('week_long_above_m') / 1000:g} km"
    allowance = previous_s + rules.value("week_allowance_s")
    by_share = previous_s * (1.0 + share)
    if allowance > by_share:
        words = f"{minutes(rules.value('week_allowance_s'))} min more than the week before: a very small week may always grow by that"
        return Cap(allowance, share, words, rules.basis(rules.rule["week_allowance_s"]))
    return Cap(by_share, share, f"{100 * share:.0f} % more than the week before, {why}", rules.basis(rule))


def session_cap(
    longest_30d_s: float, profile: Profile | None = None, onset_s: float | None = None, rules: ReturnRules | None = None
) -> Cap:
    """The most running of the next session.

    Parameters
    ----------
    longest_30d_s : float
        Seconds of running of the longest session of the 30 days before.
    profile : Profile, optional
        Where one limits a session by when it usually begins to hurt.
    onset_s : float, optional
        Seconds of running after which it usually begins to hurt.
    """
    rules = rules or default_return_rules()
    if longest_30d_s < rules.value("session_step_below_s"):
        step = rules.value("session_step_s")
        words = f"{minutes(step)} min more than the longest of the last 30 days ({minutes(longest_30d_s)} min)"
        cap = Cap(longest_30d_s + step, None, words, rules.basis(rules.rule["session_step_s"]))
    else:
        share = rules.value("session_share")
        words = f"{100 * share:.0f} % more than the longest of the last 30 days ({minutes(longest_30d_s)} min)"
        cap = Cap(longest_30d_s * (1.0 + share), share, words, rules.basis(rules.rule["session_share"]))
    if profile is not None and profile.onset_share is not None and onset_s is not None:
        most = profile.onset_share * onset_s
        if most < cap.seconds:
            words = (
                f"{100 * profile.onset_share:.0f} % of the {minutes(onset_s)} min after which it usually begins to hurt"
            )
            return Cap(most, None, words, rules.basis(profile))
    return cap
