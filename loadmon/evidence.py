"""Every cited threshold in one place: its value, where it comes from, and what it cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EVIDENCE_VERSION = "2026-11"
"""Changes whenever a value or a source below changes; written beside every stored judgement."""


class Grade(StrEnum):
    """How a threshold came to be."""

    STUDY = "study"
    """The source text was read and states the value."""
    MEMORY = "quoted from memory"
    """Known from the literature but not checked against the text."""
    CONVENTION = "loadmon convention"
    """A product rule of ours without a direct source."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One threshold a clinician could question.

    Parameters
    ----------
    name : str
        What it is, in the field's words.
    value : float
        In ``unit``.
    unit : str
        SI or plain unit.
    grade : Grade
        Where the value comes from.
    source : str
        Author, year and DOI; ``"loadmon convention"`` where it is ours.
    caveat : str
        What it cannot say, in one sentence.
    """

    name: str
    value: float
    unit: str
    grade: Grade
    source: str
    caveat: str


FRANDSEN_2025 = "Frandsen et al. 2025, 10.1136/bjsports-2024-109380"
OURS = "loadmon convention"

SPIKE_SMALL = Evidence(
    "session spike, small", 10.0, "% over the longest run of 30 days", Grade.STUDY, FRANDSEN_2025,
    "More overuse injuries followed such runs (hazard rate ratio 1.64, 1.31 to 2.05) in one observational study of "
    "5,205 runners, self-reported, 78 % men; it does not tell what will happen to one runner.",
)
SPIKE_MODERATE = Evidence(
    "session spike, moderate", 30.0, "% over the longest run of 30 days", Grade.STUDY, FRANDSEN_2025,
    "Hazard rate ratio 1.52 (1.16 to 2.00): not higher than for small spikes, so the relation is not a plain dose.",
)
SPIKE_LARGE = Evidence(
    "session spike, large", 100.0, "% over the longest run of 30 days", Grade.STUDY, FRANDSEN_2025,
    "Hazard rate ratio 2.28 (1.50 to 3.48); few runs were this long, so the range is wide.",
)
SPIKE_WINDOW_DAYS = Evidence(
    "window of the longest run", 30.0, "days", Grade.STUDY, FRANDSEN_2025,
    "Other windows were not compared in the study.",
)
LAY_OFF_DAYS = Evidence(
    "lay-off", 14.0, "days without running", Grade.CONVENTION, OURS,
    "The published reference survives a break shorter than 30 days; this rule only adds a note beside it.",
)
SHORT_REFERENCE_M = Evidence(
    "short reference run", 5000.0, "m", Grade.CONVENTION, OURS,
    "Below it a percentage says little: five minutes more than the longest run is suggested instead.",
)
SHORT_REFERENCE_S = Evidence(
    "short reference run", 1800.0, "s", Grade.CONVENTION, OURS,
    "Below it a percentage says little: five minutes more than the longest run is suggested instead.",
)
SHORT_STEP_S = Evidence("step up from a short run", 300.0, "s", Grade.CONVENTION, OURS, "A habit of practice, not measured.")
ACUTE_DAYS = Evidence(
    "acute window", 7.0, "days", Grade.STUDY, "Windt & Gabbett 2019, 10.1136/bjsports-2017-098925",
    "A convention of the field; no window is known to be right for runners.",
)
CHRONIC_DAYS = Evidence(
    "chronic window (before the acute week)", 21.0, "days", Grade.STUDY,
    "Windt & Gabbett 2019, 10.1136/bjsports-2017-098925",
    "Description only: in runners a higher ratio went with fewer injuries (Nakaoka 2021, 10.1007/s40279-021-01483-0; "
    "Frandsen 2025), and dividing by a random chronic load works as well (Impellizzeri 2021, 10.1007/s40279-020-01378-6).",
)
MINIMUM_HISTORY_DAYS = Evidence(
    "history before a ratio is shown", 28.0, "days", Grade.CONVENTION, OURS, "One full acute and chronic window.",
)
MINIMUM_COVERAGE = Evidence(
    "known share of a window", 0.8, "share of days", Grade.CONVENTION, OURS,
    "Days declared missing count as nothing done; with more than a fifth of them a ratio is not shown.",
)
CHRONIC_FLOOR_M_PER_WEEK = Evidence(
    "least usual distance for a ratio", 5000.0, "m a week", Grade.CONVENTION, OURS,
    "Dividing by next to nothing gives large numbers that mean nothing.",
)
CHRONIC_FLOOR_S_PER_WEEK = Evidence(
    "least usual time for a ratio", 1800.0, "s a week", Grade.CONVENTION, OURS,
    "Dividing by next to nothing gives large numbers that mean nothing.",
)
CADENCE_CHANGE_SPM = Evidence(
    "cadence change worth a word", 2.0, "steps a minute over 8 weeks", Grade.CONVENTION, OURS,
    "Cadence alone is not an established risk factor; a change may be fatigue, shoes, terrain or intent.",
)
CADENCE_REFERENCE_MPS = Evidence(
    "common pace", 3.0, "m/s on the flat", Grade.CONVENTION, OURS,
    "Cadence rises with speed; it is compared at one speed so that faster weeks do not look like a change of form.",
)
WEEK_CHANGE_LARGE_PCT = Evidence(
    "large week change", 50.0, "% over the 7 days before", Grade.CONVENTION, OURS,
    "Week-to-week change was not related to injury in Frandsen 2025; a 10 % rule prevented nothing in a trial "
    "(Buist 2008, 10.1177/0363546507307505). Shown because coaches ask, never as a warning by itself.",
)
SILENT_DAYS = Evidence(
    "no session seen", 10.0, "days", Grade.CONVENTION, OURS,
    "Rest, illness, injury and a watch that was not synced look alike from here: ask.",
)


def cited() -> list[Evidence]:
    """Every threshold above, for the page and the document that list them."""
    return [value for value in globals().values() if isinstance(value, Evidence)]
