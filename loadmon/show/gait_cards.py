"""What each figure of how someone runs is: cadence, the halves of a run, contact with the ground."""

from __future__ import annotations

from loadmon import evidence
from loadmon.show.metric_card import MetricCard, whole

CADENCE: dict[str, MetricCard] = {
    "cadence": MetricCard(
        "Cadence at a common pace",
        "Steps of both feet a minute as they would be at one pace on the flat, so that faster weeks do not look like a "
        "change of form.",
        f"middle of the steady {whole(evidence.CADENCE_WINDOW_S)}-second windows, brought to "
        f"{evidence.CADENCE_REFERENCE_MPS.value:g} m/s on the flat by the runner's own rule (Huber regression on the first "
        f"{whole(evidence.CADENCE_BASELINE_RUNS)} runs or {whole(evidence.CADENCE_BASELINE_DAYS)} days, then frozen); trend "
        f"of {whole(evidence.CADENCE_TREND_DAYS)} days: Theil–Sen with 95 % range, Mann–Kendall corrected for autocorrelation",
        (evidence.CADENCE_REFERENCE_MPS, evidence.HUBER_TUNING, evidence.CADENCE_CHANGE_SPM),
        f"A change is named from {evidence.CADENCE_CHANGE_SPM.value:g} steps a minute on. "
        f"{evidence.CADENCE_CHANGE_SPM.caveat}",
        ("Hamed & Rao 1998, 10.1016/S0022-1694(97)00125-X",),
    ),
    "steps": MetricCard(
        "Steps and breaks",
        "Runs from which on cadence stayed higher or lower, and days from which another watch measured it.",
        f"PELT with squared errors, {whole(evidence.STEP_CHANGE_RUNS)} runs or more on either side, penalty "
        f"{whole(evidence.STEP_CHANGE_PENALTY)} ln(runs) × the variance between neighbouring runs; none where one slope explains the "
        f"levels as well (Schwarz's criterion), for a gradual change has no day",
        (evidence.STEP_CHANGE_RUNS, evidence.STEP_CHANGE_PENALTY),
        "It tells that something changed, not what. Two watches do not measure alike: no step and no trend crosses a new one.",
        ("Killick et al. 2012, 10.1080/01621459.2012.737745", "Schwarz 1978, 10.1214/aos/1176344136"),
    ),
    "drift": MetricCard(
        "Drift within the run",
        "How cadence at the same pace moved from the beginning of the run to its end.",
        "Theil–Sen slope of cadence, speed and slope taken out, over the minutes; also last third minus first third",
        (evidence.CADENCE_WINDOW_S, evidence.CADENCE_DRIFT_WINDOWS),
        f"Needs {whole(evidence.CADENCE_DRIFT_WINDOWS)} steady windows. One run; heat, hills and intent move it too.",
    ),
    "decoupling": MetricCard(
        "Decoupling",
        "How much less speed a heartbeat gave in the second half of the run.",
        f"100 × (first − second) ÷ first, each half's speed (slope taken out) ÷ heart rate, after "
        f"{evidence.DECOUPLING_WARM_UP_S.value / 60:.0f} minutes; needs {evidence.DECOUPLING_LEAST_S.value / 60:.0f} minutes "
        f"more and an even pace",
        (evidence.DECOUPLING_WARM_UP_S, evidence.DECOUPLING_LEAST_S, evidence.DECOUPLING_SPEED_CV),
        "It tells that heart rate and pace came apart, not why: heat, drink, sleep and wind move it, too.",
    ),
}
"""Figures of cadence and of the course of a run."""

_OWN = (
    f"against the middle of the runner's own runs of the {whole(evidence.OWN_DAYS)} days before, {whole(evidence.OWN_RUNS)} or "
    f"more, same watch and surface; band: ± {evidence.OUTSIDE_SPREAD.value:g} × {evidence.ROBUST_SD.value:g} × median deviation"
)
_PACE = f"brought to {evidence.CADENCE_REFERENCE_MPS.value:g} m/s on the flat by the runner's own rule; {_OWN}"
_RESTS = (evidence.OWN_DAYS, evidence.OWN_RUNS, evidence.OUTSIDE_SPREAD)
_NOT_A_CAUSE = (
    "Thirty forward-looking studies do not show in general that such figures foretell injury; a change is a question, not a "
    "finding."
)
_PETERSON = ("Peterson et al. 2022 (quoted from memory)",)

DYNAMICS: dict[str, MetricCard] = {
    "stance_time_s": MetricCard(
        "Ground contact", "How long a foot stands in each step.", f"middle of the steady half minutes, {_PACE}", _RESTS,
        f"Wrist, strap and pod measure it differently. {_NOT_A_CAUSE}", _PETERSON,
    ),
    "flight_s": MetricCard(
        "Flight", "How long both feet are in the air in each step.", f"60 ÷ cadence − ground contact, {_PACE}", _RESTS,
        f"It holds the errors of both. {_NOT_A_CAUSE}", _PETERSON,
    ),
    "duty_factor": MetricCard(
        "Duty factor", "Share of a stride in which one foot stands; under one half is running.",
        f"ground contact ÷ (2 × step time), {_PACE}", _RESTS,
        f"Some files call contact ÷ one step “stance time %”: that is twice as much. {_NOT_A_CAUSE}", _PETERSON,
    ),
    "vertical_oscillation_m": MetricCard(
        "Vertical oscillation", "How far the body rises in each step.", f"middle of the steady half minutes, {_PACE}", _RESTS,
        f"Tall runners and long steps rise further: the vertical ratio takes that out. {_NOT_A_CAUSE}", _PETERSON,
    ),
    "vertical_ratio_pct": MetricCard(
        "Vertical ratio", "How much of a step goes up for how far it goes forward.",
        f"100 × vertical oscillation ÷ step length, {_PACE}", _RESTS, _NOT_A_CAUSE, _PETERSON,
    ),
    "step_length_m": MetricCard(
        "Step length", "From one foot's landing to the other's.", f"60 × speed ÷ cadence, {_PACE}", _RESTS,
        f"At one pace it is cadence seen from the other side. {_NOT_A_CAUSE}", _PETERSON,
    ),
    "stance_balance_left_pct": MetricCard(
        "Balance", "The left foot's share of ground contact.", f"left ÷ (left + right) × 100, {_OWN}", _RESTS,
        "Compared with the runner's own usual, not with half and half: few people are even, and asymmetry did not foretell "
        "injury (Malisoux 2024).",
    ),
    "leg_stiffness_n_per_m": MetricCard(
        "Leg stiffness", "The leg seen as a spring: greatest force for how far it shortens.",
        f"π/2 · (flight ÷ contact + 1) · weight ÷ shortening (Morin), {_PACE}", (*_RESTS, evidence.LEG_PER_HEIGHT),
        "A model from times alone; needs mass and leg length, holds above 1.8 m/s and on slopes up to 2 % only. "
        f"{_NOT_A_CAUSE}",
        ("Morin et al. 2005, 10.1123/jab.21.2.167", "Meyer et al. 2023, 10.1055/a-2044-4805"),
    ),
}  # fmt: skip
"""Figures of running dynamics, by their column."""
