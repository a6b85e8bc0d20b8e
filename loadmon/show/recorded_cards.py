"""What each figure a session was recorded with is: how far, how long, how fast, heart rate, cadence, ascent."""

from __future__ import annotations

from loadmon import evidence
from loadmon.repair.ascent import BLOCK_S
from loadmon.show.metric_card import MetricCard, whole

_MOVING = f"{evidence.SLOWEST_MOVING_MPS.value:g} m/s or faster, or {whole(evidence.SLOWEST_MOVING_SPM)} steps a minute or more"

RECORDED: dict[str, MetricCard] = {
    "run distance": MetricCard(
        "Distance of a session",
        "How far, as the device itself tells it.",
        "the device's own total; where it gave none, or one that would mean running faster than "
        f"{evidence.FASTEST_RUN_MPS.value:g} m/s on average, the last value of its samples, else the length of its positions",
        (evidence.FASTEST_RUN_MPS,),
        "Satellites cut corners and wander; on a treadmill it is the watch's guess from the arm's swing.",
    ),
    "moving time": MetricCard(
        "Moving time",
        "How long somebody was in motion; standing at a light is left out.",
        f"time of the samples at {_MOVING}; a gap of {whole(evidence.RECORDED_GAP_S)} s or more (longer for slow recorders) "
        "and the time in which the watch's timer stood still count for nothing",
        (evidence.SLOWEST_MOVING_MPS, evidence.SLOWEST_MOVING_SPM, evidence.RECORDED_GAP_S, evidence.SLOW_LOGGER_GAPS),
        "Other programs draw the line elsewhere. Elapsed is from first to last sample, timer as the watch ran it.",
    ),
    "pace": MetricCard(
        "Mean pace",
        "How long a kilometre or mile took on average while in motion.",
        "moving time ÷ distance",
        (evidence.SLOWEST_MOVING_MPS,),
        "Hills, wind and breaks of a step or two are in it; graded pace takes the hills out.",
    ),
    "heart rate": MetricCard(
        "Mean heart rate",
        "Heart beats a minute over the whole recording, breaks at a running timer included.",
        "mean of the samples, each weighed by its seconds; highest: the highest single sample between "
        f"{whole(evidence.HEART_RATE_LOWEST_BPM)} and {whole(evidence.HEART_RATE_HIGHEST_BPM)}",
        (evidence.HEART_RATE_LOWEST_BPM, evidence.HEART_RATE_HIGHEST_BPM),
        "Sensors at the wrist lose hard efforts and can count steps instead; load is not worked out from the mean.",
    ),
    "run cadence": MetricCard(
        "Cadence of a session",
        "Steps of both feet a minute: the middle value while in motion.",
        "median of the samples in motion; watches that count one foot are doubled. Running steps: cadence over time, "
        f"without samples below {whole(evidence.WALKING_BELOW_SPM)} a minute or {evidence.WALKING_BELOW_MPS.value:g} m/s",
        (evidence.WALKING_BELOW_SPM, evidence.WALKING_BELOW_MPS),
        "It rises with speed; cadence at a common pace below is what may be compared from run to run.",
    ),
    "ascent": MetricCard(
        "Ascent",
        "Metres climbed, descents not taken off.",
        "as the device or the table tells it, not worked out anew; of a recording that was cut, in the share of its climb that "
        f"is left: what {BLOCK_S:.0f} s means of the recorded heights rise by (loadmon convention)",
        (),
        "Makers smooth heights differently, and satellites' heights wander: two watches on one hill differ by a tenth and more.",
        ("the device",),
    ),
    "whole run": MetricCard(
        "Ground contact and vertical oscillation of a whole run",
        "The middle values while running, at whatever pace and slope it was.",
        f"median of the samples in motion with {whole(evidence.WALKING_BELOW_SPM)} steps a minute or more",
        (evidence.WALKING_BELOW_SPM,),
        "Both change with speed: the figures brought to a common pace, further below, are those to compare.",
    ),
    "weighted power": MetricCard(
        "Weighted power",
        "The steady power that would have been as hard as this run: hard minutes count more than easy ones.",
        f"{whole(evidence.SMOOTHING_S)} s means of power while in motion, averaged with the "
        f"{whole(evidence.HARDNESS_EXPONENT)}th power",
        (evidence.SMOOTHING_S, evidence.HARDNESS_EXPONENT),
        "Power of running is a maker's model: two makers do not agree. Not told where it is missing for more than a fifth.",
    ),
}
"""Figures at the head of a session's page."""
