"""Findings in words: what was seen, since when and by whom, and what it does to the numbers of the tissues."""

from __future__ import annotations

from loadmon.finding import Finding
from loadmon.show.words import capital, day_of_year
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.findings import DEGREES
from loadmon.tissue.found import ANGLES, ONE_SIDED

GROUPS: dict[str, tuple[str, ...]] = {
    "foot strike": ("rearfoot", "midfoot", "forefoot"),
    "posture": (DEGREES, "pelvic_drop", "dynamic_knee_valgus", "crouched_knee", "overpronation"),
    "steps": ("overstride", "crossover_gait"),
    "ankle and effort": ("restricted_dorsiflexion", "exhausted"),
}
"""Every kind of finding, in the order of the form."""
KINDS: tuple[str, ...] = tuple(kind for group in GROUPS.values() for kind in group)


def kind_name(kind: str, coefficients: Coefficients) -> str:
    """A kind as it stands in the form."""
    return capital(coefficients.finding[kind].name)


def may_have_side(kind: str) -> bool:
    """True where a finding may hold for one leg."""
    return kind in ONE_SIDED


def may_have_degrees(kind: str) -> bool:
    """True where a finding may be told in degrees."""
    return kind in ANGLES


def finding_words(finding: Finding, coefficients: Coefficients) -> str:
    """A finding in a sentence: what, where, how much, from when until when, seen by whom."""
    words = kind_name(finding.kind, coefficients)
    if finding.side:
        words += f", {'both sides' if finding.side == 'both' else finding.side}"
    if finding.value is not None:
        sign = "+" if finding.kind == DEGREES and finding.value > 0 else ""
        words += f", {sign}{finding.value:g}°".replace("-", "\N{MINUS SIGN}")
    return f"{words}: {since_words(finding)} (by {finding.noted_by})"


def since_words(finding: Finding) -> str:
    """From when it holds, and since when no longer."""
    seen = f"seen {day_of_year(finding.observed)}"
    words = f"may always have been so, {seen}" if finding.always else f"new, {seen}"
    return f"{words}, gone since {day_of_year(finding.until)}" if finding.until else words


def does_words(finding: Finding, coefficients: Coefficients) -> str:
    """What a noted finding does to the numbers, and what of it they do not use."""
    if finding.always:
        return "Changes no number: it was part of the runner's usual running."
    unused = [
        name for name, is_told in (("degrees", finding.value is not None), ("side", bool(finding.side))) if is_told
    ]
    told = effect_words(finding.kind, coefficients)
    if finding.kind == DEGREES or not unused:
        return told
    return f"{told} {capital(' and '.join(unused))}: kept, and not used by the numbers."


def effect_words(kind: str, coefficients: Coefficients) -> str:
    """What a finding does to the numbers: a measured factor, a wider interval with its direction, or nothing."""
    one = coefficients.finding[kind]
    name = {tissue: of.name.partition(" (")[0] for tissue, of in coefficients.tissue.items()}
    counted, wider = [name[t] for t in (*one.factors, *one.degrees)], [name[t] for t in one.widens]
    if counted:
        return f"Counts for: {', '.join(counted)}. {one.note}"
    if wider:
        pointing = {"up": ", pointing to more", "down": ", pointing to less", None: ""}[one.arrow]
        return f"No number, but a wider interval{pointing}, for: {', '.join(wider)}. {one.note}"
    return one.note
