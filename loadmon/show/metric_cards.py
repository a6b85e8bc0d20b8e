"""What each figure is, as data: a sentence, its formula, where it comes from and what it cannot say."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon import evidence
from loadmon.evidence import OURS, Evidence


@dataclass(frozen=True, slots=True)
class MetricCard:
    """One figure explained.

    Parameters
    ----------
    name, meaning : str
        What it is called on the screen, and what it is in one sentence.
    formula : str
        How it is worked out, its constants drawn from ``evidence``.
    rests_on : tuple of Evidence
        The thresholds in the formula; sources and caveats are theirs.
    limits : str
        What it cannot say.
    also : tuple of str
        Further sources: author, year, DOI.
    """

    name: str
    meaning: str
    formula: str
    rests_on: tuple[Evidence, ...]
    limits: str
    also: tuple[str, ...] = ()

    @property
    def sources(self) -> str:
        """Every source once, the papers first; what is ours is called so."""
        found = dict.fromkeys((*self.also, *(e.source for e in self.rests_on)))
        papers = [source for source in found if source != OURS]
        return "; ".join([*papers, *([OURS] if OURS in found else [])])


def _days(found: Evidence) -> str:
    return f"{found.value:.0f}"


_ACUTE, _CHRONIC = _days(evidence.ACUTE_DAYS), _days(evidence.CHRONIC_DAYS)
_HISTORY = _days(evidence.MINIMUM_HISTORY_DAYS)
_UNKNOWN = f"{100 * (1 - evidence.MINIMUM_COVERAGE.value):.0f} %"

CARDS: dict[str, MetricCard] = {
    "distance": MetricCard(
        "Distance a day",
        "All running of a local day added up; a run over midnight belongs to the day on which it began.",
        "sum of the runs' distances, as the device tells them",
        (),
        "Walking, cycling and strength add nothing. A run without a distance makes its day incomplete, never zero.",
        (OURS,),
    ),
    "minutes": MetricCard(
        "Moving time a day",
        "Minutes of running in motion on a local day; standing at a light is left out.",
        f"sum of the time at {evidence.SLOWEST_MOVING_MPS.value:g} m/s or more, or with steps",
        (evidence.SLOWEST_MOVING_MPS,),
        "An easy and a hard hour count the same.",
    ),
    "ratio": MetricCard(
        "Acute:chronic ratio",
        "How the last week compares with the weeks before it.",
        f"mean of the last {_ACUTE} days ÷ mean of the {_CHRONIC} days before them (uncoupled, rolling)",
        (evidence.ACUTE_DAYS, evidence.CHRONIC_DAYS, evidence.MINIMUM_HISTORY_DAYS, evidence.MINIMUM_COVERAGE),
        f"It describes and never raises a state: {evidence.CHRONIC_DAYS.caveat.removeprefix('Description only: ')} "
        f"Not shown with under {_HISTORY} days of history, over {_UNKNOWN} of a window unknown, or next to nothing before.",
    ),
    "running week": MetricCard(
        "This week against usual",
        "The running week beside the same days of the four weeks before, so that a Monday is not compared with a whole week.",
        f"load so far; least and most of the same weekdays in the {_days(evidence.USUAL_WEEKS)} weeks before",
        (evidence.USUAL_WEEKS, evidence.MINIMUM_COVERAGE),
        evidence.USUAL_WEEKS.caveat,
    ),
    "spike": MetricCard(
        "Session against the longest run of 30 days",
        "How much longer a run was than any single run of the 30 days before it.",
        f"100 × (distance ÷ longest single run of the {_days(evidence.SPIKE_WINDOW_DAYS)} days before − 1); up to "
        f"{evidence.SPIKE_SMALL.value:g} % reference, to {evidence.SPIKE_MODERATE.value:g} % small, to "
        f"{evidence.SPIKE_LARGE.value:g} % moderate, above large",
        (evidence.SPIKE_SMALL, evidence.SPIKE_WINDOW_DAYS, evidence.LAY_OFF_DAYS),
        f"{evidence.SPIKE_SMALL.caveat} {evidence.SPIKE_MODERATE.caveat}",
    ),
    "next run": MetricCard(
        "Longest sensible next run",
        "The same turned round: how long the next run may be without standing out.",
        f"{1 + evidence.SPIKE_SMALL.value / 100:.2f} × the longest single run of the last "
        f"{_days(evidence.SPIKE_WINDOW_DAYS)} days; {evidence.SHORT_STEP_S.value / 60:.0f} minutes more than a reference "
        f"under {evidence.SHORT_REFERENCE_M.value / 1000:g} km or {evidence.SHORT_REFERENCE_S.value / 60:.0f} minutes; "
        "after a lay-off, from the longest run since",
        (evidence.SPIKE_SMALL, evidence.SHORT_REFERENCE_M, evidence.SHORT_STEP_S, evidence.LAY_OFF_DAYS),
        "None while an injury is open: then a clinician's plan decides. It does not promise that such a run does no harm.",
    ),
    "cadence": MetricCard(
        "Cadence at a common pace",
        "Steps of both feet a minute as they would be at one pace on the flat, so that faster weeks do not look like a "
        "change of form.",
        f"middle of the steady {evidence.CADENCE_WINDOW_S.value:.0f}-second windows, brought to "
        f"{evidence.CADENCE_REFERENCE_MPS.value:g} m/s on the flat by the runner's own rule (Huber regression on the first "
        f"{_days(evidence.CADENCE_BASELINE_RUNS)} runs or {_days(evidence.CADENCE_BASELINE_DAYS)} days, then frozen); trend "
        f"of {_days(evidence.CADENCE_TREND_DAYS)} days: Theil–Sen with 95 % range, Mann–Kendall corrected for autocorrelation",
        (evidence.CADENCE_REFERENCE_MPS, evidence.HUBER_TUNING, evidence.CADENCE_CHANGE_SPM),
        f"A change is named from {evidence.CADENCE_CHANGE_SPM.value:g} steps a minute on. "
        f"{evidence.CADENCE_CHANGE_SPM.caveat}",
        ("Hamed & Rao 1998, 10.1016/S0022-1694(97)00125-X",),
    ),
    "days": MetricCard(
        "Rest day and day without data",
        "A day without a session is a rest day, a true zero; a day noted as missing (watch broken, away without it) is not.",
        f"known days ÷ days of a window; with over {_UNKNOWN} of it unknown a figure is withheld",
        (evidence.MINIMUM_COVERAGE,),
        "What was run without a watch and never noted looks like rest.",
    ),
}
"""By the key under which a panel asks for its card."""
