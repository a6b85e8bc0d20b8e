"""What made a tissue stand out, in a sentence, and what can be done about that; and the hardest single run of a week."""

from __future__ import annotations

from loadmon.planning.tissue_fact import ADVICE
from loadmon.show.tissue_line import TissueSpike
from loadmon.show.tissue_view import spikes_of
from loadmon.show.words import day_of_year
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.sheet import TissueSheet
from loadmon.tissue.week import TissueWeek
from loadmon.tissue.why import Cause

HURTS = "If something hurts, say so to who looks after you."
_OF_CAUSE = {
    "hills": (
        "more hills",
        "If they were not meant, the next hilly runs can be put further apart (loadmon convention).",
    ),
    "speed": ("more speed", "If it was not meant, the next fast runs can be put further apart (loadmon convention)."),
    "cadence": (
        "longer or slower steps",
        "If that was not meant, the step rate is the first thing to look at (loadmon convention).",
    ),
    "surface": (
        "another surface, treadmill or not",
        "That alone need not be a change of training: the factor for treadmills comes from few studies.",
    ),
    "technique": (
        "what was noted in how you run",
        "It follows from a finding that somebody noted, not from more training.",
    ),
    "mass": ("another body mass", "It follows from the body mass that was told, not from more training."),
    "walking": ("less walking", ""),
}
"""What a cause is called in a sentence, and what can be done about it."""


def cause_words(cause: Cause | None) -> str:
    """What the last runs had more of than those before, and what can be done about that; the general advice where nothing stands out."""
    if cause is None:
        return f"No single thing in the runs made it so. {ADVICE}"
    name, advice = _OF_CAUSE[cause.name]
    told = f"What the runs since {day_of_year(cause.since)} had most, against those before: {name} (× {cause.factor:.2f} a kilometre)."
    return " ".join(filter(None, (told, advice, HURTS)))


def hardest_run_words(sheet: TissueSheet, week: TissueWeek) -> str:
    """The run of a week that did most to a tissue against any of the 30 days before it; empty where none stands out."""
    of = default_coefficients().tissue
    found: list[tuple[str, TissueSpike]] = [
        (of[tissue].name.partition(" (")[0], spike)
        for tissue in sheet.tissues
        if of[tissue].grade != "D"
        for spike in spikes_of(sheet, tissue)
        if week.first <= spike.day <= week.last
    ]
    if not found:
        return ""
    name, top = max(found, key=lambda one: one[1].ratio)
    others = len({one for one, spike in found if spike.session_id == top.session_id}) - 1
    also = f" {others} more {'tissue' if others == 1 else 'tissues'} likewise." if others else ""
    return f"One run stands out before any ratio. {name}, {top.words}{also}"
