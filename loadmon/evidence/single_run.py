"""Thresholds of one run against the longest before it, of breaks, and of the next run."""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

FRANDSEN_2025 = "Frandsen et al. 2025, 10.1136/bjsports-2024-109380"
SPIKE_SMALL = Evidence(
    "session spike, small",
    10.0,
    "% over the longest run of 30 days",
    Grade.STUDY,
    FRANDSEN_2025,
    "More overuse injuries followed such runs (hazard rate ratio 1.64, 1.31 to 2.05) in one observational study of "
    "5,205 runners, self-reported, 78 % men; it does not tell what will happen to one runner.",
)
SPIKE_MODERATE = Evidence(
    "session spike, moderate",
    30.0,
    "% over the longest run of 30 days",
    Grade.STUDY,
    FRANDSEN_2025,
    "Hazard rate ratio 1.52 (1.16 to 2.00): not higher than for small spikes, so the relation is not a plain dose.",
)
SPIKE_LARGE = Evidence(
    "session spike, large",
    100.0,
    "% over the longest run of 30 days",
    Grade.STUDY,
    FRANDSEN_2025,
    "Hazard rate ratio 2.28 (1.50 to 3.48): a wide range.",
)
SPIKE_WINDOW_DAYS = Evidence(
    "window of the longest run",
    30.0,
    "days",
    Grade.STUDY,
    FRANDSEN_2025,
    "The window the study used; another one may tell more or less.",
)
LAY_OFF_DAYS = Evidence(
    "lay-off",
    14.0,
    "days without running",
    Grade.CONVENTION,
    OURS,
    "The published reference survives a break shorter than 30 days; this rule only adds a note beside it.",
)
SHORT_REFERENCE_M = Evidence(
    "short reference run",
    5000.0,
    "m",
    Grade.CONVENTION,
    OURS,
    "Below it a percentage says little: five minutes more than the longest run is suggested instead.",
)
SHORT_REFERENCE_S = Evidence(
    "short reference run",
    1800.0,
    "s",
    Grade.CONVENTION,
    OURS,
    "Below it a percentage says little: five minutes more than the longest run is suggested instead.",
)
SHORT_STEP_S = Evidence(
    "step up from a short run", 300.0, "s", Grade.CONVENTION, OURS, "A habit of practice, not measured."
)
RETURN_STEP_M = Evidence(
    "step after a return worth a word",
    1000.0,
    "m",
    Grade.CONVENTION,
    OURS,
    "After a lay-off the published reference is a run from before it; a step over the runs since the return is told beside it.",
)
SETTLED_DAYS = Evidence(
    "days until a jump is a habit",
    14.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "A run that was itself over twice as long as anything in the 30 days before is not taken as the measure of the next one for two "
    "weeks; by the published rule alone it would be.",
)
USUAL_PACE_DAYS = Evidence(
    "window of the usual pace",
    90.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "The median of all runs, easy and hard together.",
)
LEAST_REFERENCE_M = Evidence(
    "least distance of a reference run",
    500.0,
    "m",
    Grade.CONVENTION,
    OURS,
    "A false start of a few metres is kept as a session, but the next run is not compared with it.",
)
LEAST_DISTANCE_M = Evidence(
    "least distance that was measured",
    1.0,
    "m",
    Grade.CONVENTION,
    OURS,
    "Less than a metre is a watch without a distance, not a short run; it is treated as missing.",
)
SLOWEST_MOVING_MPS = Evidence(
    "slowest that counts as moving",
    0.8,
    "m/s",
    Grade.CONVENTION,
    OURS,
    "Very slow walking uphill can fall below it. A whole run slower than this has lost its distance; it is left out of the "
    "usual pace.",
)
FASTEST_RUN_MPS = Evidence(
    "fastest run believed",
    7.5,
    "m/s",
    Grade.CONVENTION,
    OURS,
    "A whole run faster than this is a ride, or its distance or time is wrong: a total that says so is not believed, and it "
    "is left out of the usual pace.",
)
