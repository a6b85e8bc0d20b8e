"""Signs that were told before a plan, or late: who has to clear them, and from when they count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from loadmon.planning.gate import Clearance, ClearanceMissing, GateAnswers, RedFlagTold, pass_gate
from loadmon.planning.known_signs import KnownSign, late_signs, not_cleared, told_signs
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.return_rules import default_return_rules

TODAY, RULES = date(2025, 3, 31), default_return_rules()
AT = datetime(2025, 3, 31, 9, tzinfo=UTC)
TENDON = RULES.profile["tendon"]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def sign(days_ago: int, *, lasts: bool = True) -> KnownSign:
    return KnownSign(
        ago(days_ago), AT - timedelta(days=days_ago), "pain at night or at rest", "told in Check-in", lasts
    )


def test_signs_and_pain_that_stops_a_plan_are_told_apart_and_little_pain_is_none() -> None:
    told = [
        (PainEntry(1, TODAY, "day", None, flags=frozenset({"night_pain"})), AT, "told in Check-in"),
        (PainEntry(1, TODAY, "during", 6.0), AT, "told by a coach"),
        (PainEntry(1, TODAY, "during", 5.0), AT, "told by a coach"),
    ]
    found = told_signs(told)
    assert [(one.words, one.lasts) for one in found] == [("pain at night or at rest", True), ("pain 6 of 10", False)]


def test_a_sign_since_the_injury_counts_until_somebody_clears_it_and_pain_for_two_weeks() -> None:
    assert not_cleared([sign(14)], TODAY)
    assert not not_cleared([sign(15)], TODAY)
    assert not_cleared([sign(60)], TODAY, onset=ago(61))
    assert not not_cleared([sign(60)], TODAY, onset=ago(59))
    assert not not_cleared([sign(20, lasts=False)], TODAY, onset=ago(61))
    assert not_cleared([sign(20)], TODAY, onset=ago(61), cleared=ago(21))
    assert not not_cleared([sign(20)], TODAY, onset=ago(61), cleared=ago(20))


def test_no_plan_is_made_over_a_sign_that_was_told_earlier() -> None:
    def told(clearance: Clearance | None = None) -> GateAnswers:
        return GateAnswers(frozenset(TENDON.entry), 30.0, clearance, known=(sign(5),))

    with pytest.raises(RedFlagTold, match=r"pain at night or at rest \(26 March 2025, told in Check-in\)"):
        pass_gate(TENDON, told(), TODAY)
    with pytest.raises(RedFlagTold):
        pass_gate(TENDON, told(Clearance("Dr Osei", "physician", ago(6))), TODAY)
    with pytest.raises(ClearanceMissing, match="On which day Dr Osei cleared running is left open"):
        pass_gate(TENDON, told(Clearance("Dr Osei", "physician", None)), TODAY)
    pass_gate(TENDON, told(Clearance("Dr Osei", "physician", ago(5))), TODAY)


def test_a_sign_of_before_the_plan_counts_from_when_it_was_told_if_that_was_after_the_plan_was_made() -> None:
    made, first = AT - timedelta(days=3), ago(3)
    late = KnownSign(ago(8), AT, "fever", "told in Check-in")
    (found,) = late_signs([late, sign(8), sign(1)], made, first, None)
    assert (found.day, found.words) == (TODAY, "fever (of 23 March 2025, told later)")
