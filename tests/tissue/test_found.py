"""Findings by date: what can be meant is kept, what cannot is refused by name, and what holds on a day holds from its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.athlete import Athlete
from loadmon.finding import Finding
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.conditions import conditions_of
from loadmon.tissue.findings import DEGREES, NO_FINDINGS, SEEN, GaitFindings, UnknownFinding
from loadmon.tissue.found import ANGLES, ONE_DAY, ONE_SIDED, ImpossibleFinding, checked_finding, findings_on, last_until

TODAY = date(2025, 6, 30)
DAY = date(2025, 6, 1)


def finding(kind: str = "pelvic_drop", observed: date = DAY, **more: Any) -> Finding:
    return Finding(1, kind, observed, more.pop("noted_by", "Dr Eva Lind"), **more)


def test_every_kind_the_coefficients_know_can_be_noted() -> None:
    kinds = default_coefficients().finding
    for kind in kinds:
        kept = checked_finding(finding(kind, value=5.0 if kind == DEGREES else None), today=TODAY)
        held = findings_on([kept], DAY)
        assert held.names() == {kind}
        GaitFindings.of({DEGREES: held.trunk_flexion_change_deg, **dict.fromkeys(held.present, True)})
    assert set(SEEN) | {DEGREES} < kinds.keys()
    assert set(ANGLES) | ONE_SIDED <= kinds.keys()


def test_who_noted_it_is_kept_tidy() -> None:
    kept = checked_finding(finding(side="left", value=8.0, noted_by="  Dr  Eva Lind \n"), today=TODAY)
    assert kept == finding(side="left", value=8.0)


@pytest.mark.parametrize(
    ("wrong", "error", "about"),
    [
        (finding("hip_hike"), UnknownFinding, "pelvic_drop"),
        (finding(noted_by=" "), ImpossibleFinding, "Nobody"),
        (finding(observed=TODAY + timedelta(days=1)), ImpossibleFinding, "ahead"),
        (finding(until=DAY), ImpossibleFinding, "before it was seen"),
        (finding(until=TODAY + timedelta(days=1)), ImpossibleFinding, "ahead"),
        (finding(side="upper"), ImpossibleFinding, "left, right nor both"),
        (finding("forefoot", side="left"), ImpossibleFinding, "whole runner"),
        (finding(value=float("nan")), ImpossibleFinding, "degrees from 0 to 45"),
        (finding(value=80.0), ImpossibleFinding, "degrees from 0 to 45"),
        (finding("overstride", value=3.0), ImpossibleFinding, "no degrees"),
        (finding(DEGREES), ImpossibleFinding, "left open"),
        (finding(DEGREES, value=40.0), ImpossibleFinding, "degrees from -30 to 30"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(wrong: Finding, error: type[Exception], about: str) -> None:
    with pytest.raises(error, match=about) as refused:
        checked_finding(wrong, today=TODAY)
    assert type(refused.value) is error


def test_it_holds_from_its_day_to_the_day_before_it_had_gone() -> None:
    one = finding(until=DAY + timedelta(days=3))
    held = [findings_on([one], DAY + timedelta(days=n)) != NO_FINDINGS for n in range(-2, 5)]
    assert held == [False, False, True, True, True, False, False]


def test_of_foot_strikes_and_leans_the_last_seen_holds_and_others_add_up() -> None:
    found = [
        finding("rearfoot", DAY + timedelta(days=9)),  # noted first, seen last
        finding("forefoot"),
        finding(DEGREES, DAY + timedelta(days=2), value=6.0),
        finding(DEGREES, value=2.0),
        finding("overstride"),
        finding("pelvic_drop", side="left"),
        finding("pelvic_drop", side="right"),
    ]
    early, late = findings_on(found, DAY + timedelta(days=1)), findings_on(found, DAY + timedelta(days=9))
    assert early == GaitFindings("forefoot", 2.0, frozenset({"overstride", "pelvic_drop"}))
    assert late == GaitFindings("rearfoot", 6.0, frozenset({"overstride", "pelvic_drop"}))


days = st.integers(0, 60).map(lambda n: DAY + timedelta(days=n))


@given(st.lists(st.tuples(st.sampled_from([*SEEN, "midfoot", "forefoot"]), days)), st.sampled_from(SEEN), days, days)
def test_another_finding_changes_no_day_before_its_own(
    before: list[tuple[str, date]], kind: str, observed: date, day: date
) -> None:
    found = [finding(name, when) for name, when in before]
    more = [*found, finding(kind, observed)]
    if day < observed:
        assert findings_on(more, day) == findings_on(found, day)
    else:
        held = kind not in ONE_DAY or day == observed
        assert findings_on(more, day).present == findings_on(found, day).present | ({kind} if held else set())


def test_exhaustion_holds_on_its_own_day_alone() -> None:
    seen = Finding(1, "exhausted", date(2026, 3, 10), "Dr Who")
    held = [findings_on([seen], seen.observed + timedelta(days=n)).present for n in (-1, 0, 1, 30)]
    assert held == [frozenset(), {"exhausted"}, frozenset(), frozenset()]
    assert last_until(seen) == date(2026, 3, 11)


def test_exhaustion_of_the_first_day_is_no_reference() -> None:
    first = date(2026, 3, 10)
    noted = [Finding(1, "exhausted", first, "Dr Who"), Finding(1, "forefoot", first, "Dr Who")]
    days = [first, first + timedelta(days=1)]
    on_it, after = conditions_of(days, Athlete(1, "Ana"), noted, None, today=days[-1])
    assert on_it.runner.findings.present == after.runner.findings.present == frozenset()
    assert on_it.runner.findings.foot_strike == "forefoot"
    assert (on_it.found.present, after.found.present) == ({"exhausted"}, frozenset())
