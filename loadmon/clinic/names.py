"""Findings, tissues, measures and methods as they are written on screen."""

from __future__ import annotations

from loadmon.clinic.assessment import Measured
from loadmon.clinic.entry import Label, Measure
from loadmon.clinic.knowledge import Knowledge

METHOD_WORDS = {
    "instrumented": "instrumented",
    "video_2d": "2-D video",
    "physical_test": "physical test",
    "watch": "watch",
    "observed": "observed or counted",
    "visual_only": "seen, not measured",
    "self_report": "as the runner says",
}
LABEL_WORDS: dict[Label, str] = {
    "V": "source read",
    "M": "quoted from memory",
    "S": "founding article",
    "X": "loadmon convention",
}


def key_name(key: tuple[str, str], known: Knowledge) -> str:
    """A finding or tissue with its side: ``Contralateral pelvic drop, right``; none where it has no sides."""
    name, side = key
    title = (known.finding.get(name) or known.tissue[name]).name
    if side != "both":
        return f"{title}, {side}"
    return f"{title}, both sides" if _has_sides(name, known) else title


def _has_sides(name: str, known: Knowledge) -> bool:
    if name in known.tissue:
        return known.tissue[name].sides
    measures = known.measures_of(name)
    return bool(measures) and all(known.measure[one].sides == "each" for one in measures)


def tissue_choice(tissue: str, known: Knowledge) -> str:
    """A tissue as it stands in a list to choose from, with what people call it: who types ``shin`` finds it."""
    one = known.tissue[tissue]
    return f"{one.name} · {', '.join(one.everyday)}"


def value_words(one: Measured, measure: Measure) -> str:
    """A value with its unit: ``8.5°``, ``172 steps a minute``, ``crossed``."""
    return shown_words(one.value, measure)


def shown_words(value: float | str, measure: Measure) -> str:
    """A number or a word in a measure's unit."""
    if isinstance(value, str):
        return value
    gap = "" if measure.unit == "°" else " "
    return f"{value:g}{gap}{measure.unit or ''}".strip().replace("-", "\N{MINUS SIGN}")


def source_words(label: Label, sources: tuple[str, ...], known: Knowledge) -> str:
    """Where a line comes from and how far it was checked, with the DOI where there is one."""
    told = []
    for name in sources:
        one = known.source[name]
        doi = f", {one.doi}{' (from memory)' if one.doi_from_memory else ''}" if one.doi else ""
        told.append(f"{one.citation}{doi}")
    return (
        f"{LABEL_WORDS[label]}: {'; '.join(told)}" if label != "X" or sources != ("convention",) else LABEL_WORDS["X"]
    )
