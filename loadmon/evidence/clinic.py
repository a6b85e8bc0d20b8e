"""Thresholds of the clinic: when a finding explains another, what is asked of cadence, and with what nobody runs on.

Limits of single measures stand in ``data/knowledge/measures.toml``, each with its source.
"""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

CLINIC_EXPLAINS_AT = Evidence(
    "a finding explains another",
    0.35,
    "weight times evidence",
    Grade.CONVENTION,
    OURS,
    "Chosen so that the worked cases come out; nobody has measured when one finding explains another.",
)
CLINIC_PRIMARY_SHARE = Evidence(
    "primary beside the strongest driver",
    0.75,
    "share of its score",
    Grade.CONVENTION,
    OURS,
    "Drivers this close together cannot be told apart; all of them are named.",
)
CLINIC_SORE = Evidence(
    "what a sore tissue adds to its index",
    1.0,
    "evidence",
    Grade.CONVENTION,
    OURS,
    "As much as one strong finding that loads it; the index ranks tissues within one runner and is no probability.",
)
CLINIC_JUMP_PCT = Evidence(
    "week that stands out beside an assessment",
    30.0,
    "% over the three weeks before",
    Grade.CONVENTION,
    OURS,
    "Week-to-week change was not related to injury in Frandsen 2025; it only says what to ask about.",
)
CLINIC_WATCH_DAYS = Evidence(
    "runs that fill in an assessment",
    28.0,
    "days before it",
    Grade.CONVENTION,
    OURS,
    "Four weeks; an older habit may have changed.",
)
CLINIC_WATCH_RUNS = Evidence(
    "runs of which the watch is believed",
    3.0,
    "runs with a value",
    Grade.CONVENTION,
    OURS,
    "With fewer a single odd run decides.",
)
CLINIC_LIKE_SPEED_MPS = Evidence(
    "speeds at which gait is compared",
    0.2,
    "m/s",
    Grade.CONVENTION,
    OURS,
    "Angles, times and cadence follow speed.",
)
CLINIC_LIKE_SLOPE_PCT = Evidence(
    "slopes at which gait is compared",
    1.0,
    "% of slope apart",
    Grade.CONVENTION,
    OURS,
    "A treadmill at 1 % is often set instead of flat; shin angle, foot strike and hip follow slope beyond that.",
)
CLINIC_STRENGTH_APART = Evidence(
    "two tellings of one hip's strength that contradict each other",
    15.0,
    "percentage points apart",
    Grade.CONVENTION,
    OURS,
    "About what two tests with a hand-held dynamometer may differ by; it only asks which of the two is meant.",
)
CLINIC_SPEED_APART_PCT = Evidence(
    "cadence times step length that contradicts the speed",
    20.0,
    "% of the speed",
    Grade.CONVENTION,
    OURS,
    "Wide enough for how watches estimate a step; a stride entered as a step is twice the speed.",
)
CLINIC_PAIN_APART = Evidence(
    "pain that is told as less or more",
    2.0,
    "points of 10",
    Grade.CONVENTION,
    "loadmon convention, after Farrar 2001, 10.1016/S0304-3959(01)00349-9 (quoted from memory)",
    "The study is of lasting pain under treatment, not of runners; one point less may matter to somebody all the same.",
)
CLINIC_REST_PAIN = Evidence(
    "pain at rest with which nobody runs on",
    3.0,
    "of 10 at rest or at night",
    Grade.CONVENTION,
    OURS,
    "Pain at rest is a warning sign; below this it is asked whether it wakes at night, since tendons and joints ache a little when sat on.",
)
CLINIC_STOP_PAIN = Evidence(
    "pain with which nobody runs on",
    6.0,
    "of 10, whenever it is felt",
    Grade.CONVENTION,
    OURS,
    "Pain is what the runner says of it; less of it may need a look as well.",
)
PAIN_WATCHED = Evidence(
    "pain that is asked about",
    3.0,
    "of 10, above which it is",
    Grade.CONVENTION,
    OURS,
    "The least strict limit of the return-to-run rules for a run that was borne well; for bone any pain is too much.",
)
CLINIC_HOP_PAIN = Evidence(
    "pain on hopping up to which hops and landings are trained",
    2.0,
    "of 10 on one leg",
    Grade.MEMORY,
    "quoted from memory, after tendon loading programmes",
    "Where nobody has hopped it is not known, and the stage waits.",
)
CLINIC_YOUNG = Evidence(
    "age below which a clinician decides",
    16.0,
    "years",
    Grade.CONVENTION,
    OURS,
    "Growth plates close at different ages; loadmon has no rules for open ones.",
)
CADENCE_TARGET_CAP_PCT = Evidence(
    "most that cadence is raised in one block",
    10.0,
    "% of the runner's own",
    Grade.STUDY,
    "Heiderscheit 2011, 10.1249/MSS.0b013e3181ebedf4",
    "Studies raised cadence by up to a tenth; the study sets no limit, taking its range for one is a loadmon convention.",
)
CADENCE_TARGET_LOW_PCT = Evidence(
    "target where cadence is low",
    7.5,
    "% of the runner's own",
    Grade.STUDY,
    "Willy 2016, 10.1111/sms.12413",
    "Asked for +7.5 %, runners reached +8.6 % and kept it for a month; whether it lowers injuries is not known (Anderson 2022).",
)
CADENCE_TARGET_SOME_PCT = Evidence(
    "target where cadence is not the driver",
    5.0,
    "% of the runner's own",
    Grade.STUDY,
    "Heiderscheit 2011, 10.1249/MSS.0b013e3181ebedf4",
    "It lowered the work of the knee; for whom it is asked is a loadmon convention.",
)
CADENCE_TARGET_QUICK_SPM = Evidence(
    "cadence that is not raised for hip or knee",
    175.0,
    "steps a minute",
    Grade.CONVENTION,
    OURS,
    "Quicker steps cost more the quicker they are already.",
)
ADHERENCE_WITHIN_SPM = Evidence(
    "within the range of the target",
    2.0,
    "steps a minute",
    Grade.CONVENTION,
    "loadmon convention, after Willy 2016",
    "The watch's range is rounded outwards to whole steps of one foot, so it may be up to two wider.",
)
ADHERENCE_SHARE = Evidence(
    "kept to",
    0.8,
    "share of the running time",
    Grade.CONVENTION,
    OURS,
    "What share is enough to change a habit has not been measured.",
)
