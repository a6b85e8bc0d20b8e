"""What was found in a runner's gait, by date: whether a finding can be meant, and what holds on a day."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from loadmon.finding import Finding
from loadmon.refusal import Refusal
from loadmon.tissue.coefficients import Coefficients, default_coefficients
from loadmon.tissue.findings import DEGREES, FOOT_STRIKES, FootStrike, GaitFindings, UnknownFinding

ANGLES = MappingProxyType(
    {
        DEGREES: (-30.0, 30.0),
        "pelvic_drop": (0.0, 45.0),
        "dynamic_knee_valgus": (0.0, 45.0),
        "restricted_dorsiflexion": (0.0, 60.0),
        "crouched_knee": (0.0, 120.0),
        "overpronation": (0.0, 45.0),
    }
)
"""Findings that may be told in degrees, and wide bounds against slips of the key (loadmon convention). Of all of them the
model weighs only how far the trunk leans; the others are kept as they were told."""
ONE_SIDED = frozenset(
    {
        "pelvic_drop",
        "dynamic_knee_valgus",
        "restricted_dorsiflexion",
        "crouched_knee",
        "overpronation",
        "crossover_gait",
    }
)
"""Findings that may hold for one side. The model's numbers are those of one leg, told for both."""
ONE_DAY = frozenset({"exhausted"})
"""Findings that hold on the day on which they were noted and on no other: they tell of one run, not of the runner."""
SIDES = ("left", "right", "both")


class Contradiction(Refusal):
    """A finding that cannot hold at the same time as one that is noted already."""

    name = "contradiction"


class ImpossibleFinding(Refusal):
    """A finding whose value, side, days or author cannot be meant."""

    name = "impossible finding"


def checked_finding(finding: Finding, *, today: date, coefficients: Coefficients | None = None) -> Finding:
    """The finding as it may be kept, with the name of who noted it tidied.

    Parameters
    ----------
    finding : Finding
    today : date
        The runner's own day: nothing is seen later than that.
    coefficients : Coefficients | None
        None for those that ship with loadmon; they name the kinds.

    Raises
    ------
    UnknownFinding
        If the coefficients know no such kind.
    ImpossibleFinding
        If nobody noted it, its days are out of order or lie ahead, or its side or value is none it can have.
    """
    kinds = (coefficients or default_coefficients()).finding
    if finding.kind not in kinds:
        raise UnknownFinding(f"The finding {finding.kind!r} is not known.", f"Choose one of {', '.join(kinds)}.")
    name = kinds[finding.kind].name
    noted_by = " ".join(finding.noted_by.split())
    if not noted_by:
        raise ImpossibleFinding("Nobody is named who saw this.", "Give the name of who looked.")
    if finding.observed > today:
        raise ImpossibleFinding("The day on which it was seen lies ahead.", "Check the date.")
    if finding.until is not None and finding.until <= finding.observed:
        raise ImpossibleFinding("It had gone before it was seen.", "Check the two dates.")
    if finding.until is not None and finding.until > today:
        raise ImpossibleFinding("The day on which it had gone lies ahead.", "Leave it open until it has.")
    if finding.side is not None and finding.side not in SIDES:
        raise ImpossibleFinding("The side is neither left, right nor both.", "Choose one of them or leave it open.")
    if finding.side in ("left", "right") and finding.kind not in ONE_SIDED:
        raise ImpossibleFinding(f"“{name}” is told of the whole runner.", "Leave the side open.")
    _check_value(finding, name)
    return replace(finding, noted_by=noted_by)


def must_not_contradict(finding: Finding, noted: Iterable[Finding], coefficients: Coefficients | None = None) -> None:
    """Refuse a second way of landing for days that have one.

    Raises
    ------
    Contradiction
    """
    if finding.kind not in FOOT_STRIKES:
        return
    names = (coefficients or default_coefficients()).finding
    for one in noted:
        if one.kind in FOOT_STRIKES and one.kind != finding.kind and one.meets(finding):
            raise Contradiction(
                f"“{names[one.kind].name}” is noted for the same days, and both cannot be.",
                "Say first from which day the other has gone, or take it back.",
            )


def _check_value(finding: Finding, name: str) -> None:
    if finding.value is None:
        if finding.kind == DEGREES:
            raise ImpossibleFinding(
                "How far the trunk leans was left open.", "Give degrees against the reference weeks, forward above 0."
            )
        return
    if finding.kind not in ANGLES:
        raise ImpossibleFinding(f"“{name}” is there or not and has no degrees.", "Leave the value open.")
    low, high = ANGLES[finding.kind]
    if not (math.isfinite(finding.value) and low <= finding.value <= high):
        raise ImpossibleFinding(
            f"“{name}” is told in degrees from {low:g} to {high:g}.", "Check the value, or leave it open if it may be."
        )


def holds_on(finding: Finding, day: date) -> bool:
    """True on the days of a finding: from the one on which it was seen, or on that one alone where it tells of one run."""
    return finding.holds_on(day) and (finding.kind not in ONE_DAY or day == finding.observed)


def last_until(finding: Finding) -> date | None:
    """The day from which a finding holds no longer; None while it holds."""
    return finding.observed + timedelta(days=1) if finding.kind in ONE_DAY else finding.until


def findings_on(found: Iterable[Finding], day: date) -> GaitFindings:
    """What held on a day, as the model takes it.

    Of foot strikes, and of how far the trunk leans, the one that began last holds; everything else holds side by side.

    Parameters
    ----------
    found : iterable of Finding
        One runner's, in the order in which they were noted.
    day : date
    """
    strike: FootStrike | None = None
    degrees, present = 0.0, set[str]()
    for one in sorted((one for one in found if holds_on(one, day)), key=lambda one: one.begins):
        if one.kind in FOOT_STRIKES:
            strike = next(name for name in FOOT_STRIKES if name == one.kind)
        elif one.kind == DEGREES:
            degrees = one.value or 0.0
        else:
            present.add(one.kind)
    return GaitFindings(strike, degrees, frozenset(present))
