"""Thresholds of the tissue ledger, and the limits of every tissue number, in plain words and with their sources."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.evidence.citation import OURS, Evidence, Grade
from loadmon.evidence.single_run import FRANDSEN_2025

TISSUE_SPIKE = Evidence(
    "session spike of one tissue",
    10.0,
    "% over the most damaging run of 30 days, at the low end of the interval",
    Grade.CONVENTION,
    f"loadmon convention; the bands are those of {FRANDSEN_2025} for distance",
    "That study measured distance. That the same bands mean the same for one tissue's damage is an extrapolation nobody has tested.",
)
DIVERGENCE = Evidence(
    "a tissue is accelerating faster than the runner's volume",
    5.0,
    "% faster than steps, by averages fading over the tissue's own days",
    Grade.CONVENTION,
    OURS,
    "A description of what changed in training. Nobody has shown that it comes before injury.",
)
CALL_PROBABILITY = Evidence(
    "how sure it must be before a tissue is named",
    0.8,
    "share of the draws",
    Grade.CONVENTION,
    OURS,
    "It tells how often the statement holds within what is believed of the numbers, not how likely an injury is.",
)
TISSUE_DRAWS = Evidence(
    "sets of numbers drawn for an interval",
    64.0,
    "draws, the same for every run",
    Grade.CONVENTION,
    OURS,
    "With others the ends of an interval would move a little; a tissue near the limit may be named or not by chance.",
)
TISSUE_HISTORY_DAYS = Evidence(
    "history before a tissue is compared with the runner's volume",
    28.0,
    "days, or half of the tissue's long average where that is more",
    Grade.CONVENTION,
    OURS,
    "For bone that is six weeks.",
)
TISSUE_HISTORY_SHARE = Evidence(
    "history against the tissue's long average",
    0.5,
    "of its days",
    Grade.CONVENTION,
    OURS,
    "How long tissues take to renew themselves is known roughly at best.",
)
BREAK_SHARE = Evidence(
    "return from a break",
    0.1,
    "of the middle of the long average over half a year",
    Grade.CONVENTION,
    OURS,
    "Dividing by next to nothing gives large numbers that mean nothing; single runs are still compared.",
)
BREAK_DAYS = Evidence(
    "time over which the middle of the long average is taken",
    180.0,
    "days",
    Grade.CONVENTION,
    OURS,
    "History does not begin anew after a break: what was run before it fades, and is never dropped.",
)
BREAK_RUN_FREE_DAYS = Evidence(
    "days without a run that make a break",
    21.0,
    "days in a row, or half of the tissue's long average where that is more",
    Grade.CONVENTION,
    OURS,
    "No tissue is compared with the runner's steps until as many days have passed since as its long average lasts. A day that "
    "is not known is no day without a run.",
)
BREAK_RUN_FREE_SHARE = Evidence(
    "days without a run against the tissue's long average",
    0.5,
    "of its days",
    Grade.CONVENTION,
    OURS,
    "For bone that is six weeks: a break of four is told for the other tissues and not for bone.",
)
REFERENCE_S = Evidence(
    "level running that makes a reference",
    21_600.0,
    "s of the first runs",
    Grade.CONVENTION,
    OURS,
    "Runs after it change nothing: a reference that moved along would hide a change of cadence after some weeks. Older runs that "
    "come in later move it.",
)
REFERENCE_SPREAD_MPS = Evidence(
    "speeds from which the runner's own slope of cadence is learnt",
    0.4,
    "m/s between the 5th and 95th percentile",
    Grade.CONVENTION,
    OURS,
    "With less, cadence at the usual speed is the runner's own and its slope that of other runners.",
)
MOSTLY_WALKED = Evidence(
    "share of a run from which walking makes it a walk",
    0.5,
    "of the time in motion",
    Grade.CONVENTION,
    OURS,
    "Its load is told, its damage and its spikes are not: the numbers are those of running. What was run within it stays in the "
    "sums of its week.",
)
TISSUE_ALIKE = Evidence(
    "a run that took about its distance of a tissue",
    0.1,
    "of its distance, the whole interval within it",
    Grade.CONVENTION,
    OURS,
    "An interval that holds the distance itself is told as direction uncertain, however small.",
)
TISSUE_USUAL_WEEKS = Evidence(
    "known weeks from which a tissue's usual is told",
    2.0,
    "of the four weeks before",
    Grade.CONVENTION,
    OURS,
    "Least and most of two weeks are a narrow usual: most weeks lie outside of it.",
)
TISSUE_SHADES = Evidence(
    "strength of a tissue's colour on the map",
    0.3,
    "from which share against the steps it is full; steps at 0.05 and 0.15",
    Grade.CONVENTION,
    OURS,
    "Only to be seen at a glance: the number stands beside it.",
)
DIRECTION_SHARE = Evidence(
    "a part of what made a run worth telling",
    0.05,
    "as a change of damage",
    Grade.CONVENTION,
    OURS,
    "Smaller parts lie far within what is not known of the numbers.",
)


@dataclass(frozen=True, slots=True)
class TissueLimit:
    """One limit of every tissue number, for the page one click away from it.

    Parameters
    ----------
    name : str
        Short and stable.
    words : str
        One or two plain sentences.
    source : str
        Author, year and DOI; the words "loadmon convention" where it is ours.
    """

    name: str
    words: str
    source: str


TISSUE_LIMITS: tuple[TissueLimit, ...] = (
    TissueLimit(
        "other people's averages",
        "The numbers are averages of 10 to 30 healthy runners a study, mostly on a treadmill. Single runners differ from them, "
        "some even in the direction, above all on hills and in how the foot lands.",
        "Van Hooren 2024, 10.1111/sms.14570; Hagen 2023, 10.1249/MSS.0000000000003194; Lenhart 2014, "
        "10.1249/MSS.0b013e3182a78c3a; each number's own source stands beside it",
    ),
    TissueLimit(
        "damage from the laboratory",
        "How much more a harder step damages was measured in the laboratory, in dead tissue loaded by machines, and for three "
        "of the ten only: Achilles tendon and patellar tendon (power 9, interval 5 to 11) and shin bone (6.6, 4 to 10). For the "
        "others the power is an assumption: kneecap joint 8 (4 to 13), sole of the foot 8 (5 to 11), neck of the thigh bone 6.6 "
        "(4 to 10), side of the hip 6 (3 to 9), iliotibial band 5 (3 to 9), hamstrings 4 (2 to 8), calf muscles 3 (2 to 5).",
        "Schechtman & Bader 1997 and 2002, 10.1016/S0021-9290(01)00177-4; Edwards 2018, 10.1249/JES.0000000000000163 "
        "(its table of powers not seen); bone quoted from memory",
    ),
    TissueLimit(
        "hills are the least certain",
        "What a slope does to the total load was measured for the Achilles tendon, the kneecap joint and the shin bone only; the "
        "calf muscles have that of their tendon, the other six an assumption. What it does to the peak of a step was measured for "
        "the shin bone only, where two studies disagree and the model stands between them. Elsewhere half of the number, or more, "
        "is its spread.",
        "Van Hooren 2024, 10.1111/sms.14570; Rice 2024, 10.1016/j.jshs.2023.03.004; Baggaley 2024, arXiv 2305.04139; peaks: "
        "loadmon convention",
    ),
    TissueLimit(
        "what is left out",
        "Of the ground only a treadmill counts, of fatigue only exhaustion that was noted for the day. Other ground, shoes, "
        "strength, sleep, age, hormones and eating too little are not in it: no figure for them was found. What a watch sees of "
        "a run is only loosely tied to what a tissue carries.",
        "Kalkhoven 2021, 10.1007/s40279-020-01413-6, seen as a summary",
    ),
    TissueLimit(
        "three tissues are guesses",
        "For the sole of the foot, the iliotibial band and the hip joint nearly every number is an assumption. They are shown "
        "in grey and are named among the others only if you ask for it.",
        "loadmon convention",
    ),
    TissueLimit(
        "no diagnosis, no probability of injury",
        "It tells what changed for a tissue against your own running, not that anything is wrong and not how likely an injury "
        "is. Nobody has tested these numbers against injuries.",
        "Edwards 2018, 10.1249/JES.0000000000000163: such a probability needs each person's own bones, strains and repair",
    ),
    TissueLimit(
        "never between tissues, never between people",
        "The scales are nominal: that one tissue has a higher number than another, or you than somebody else, means nothing. "
        "Only the same tissue of the same runner can be compared.",
        "loadmon convention",
    ),
    TissueLimit(
        "load and damage may disagree",
        "Running faster takes fewer steps to a kilometre and makes each of them harder: load goes down while damage goes "
        "up. Both are shown. In one study load rose with speed too.",
        "Firminger 2020, 10.1249/MSS.0000000000002287; Starbuck 2021, 10.1111/sms.13972 (quoted from memory)",
    ),
    TissueLimit(
        "a single run says more than a ratio",
        "Runs much longer than any of the month before were followed by more injuries in a large study; ratios of weeks were "
        "not. So a run is compared first, and how fast a tissue accelerates second. For single tissues both are an extrapolation.",
        FRANDSEN_2025,
    ),
    TissueLimit(
        "what a pass of our checks means",
        "The model gives back the averages of the studies it was made from, within their tolerance. That says that it was put "
        "together as meant, and nothing more.",
        "loadmon convention",
    ),
)
"""What every tissue number cannot say; the page shows them one click from each."""
