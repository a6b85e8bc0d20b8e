"""What studies found of injury and its circumstances: every effect the risk model's priors were set from, found or not."""

from __future__ import annotations

from loadmon.evidence.citation import Evidence, Grade
from loadmon.evidence.single_run import FRANDSEN_2025

STUDY, MEMORY = Grade.STUDY, Grade.MEMORY
DESAI_2021 = "Desai et al. 2021, 10.2519/jospt.2021.9673"
HESPANHOL_2013 = "Hespanhol Junior et al. 2013, 10.1016/S1836-9553(13)70203-0"
MALISOUX_2022 = "Malisoux et al. 2022, PMID 35049407"
RISK_SPIKE_SMALL = Evidence(
    "injury after a run 10 to 30 % over the longest of 30 days",
    1.64,
    "hazard rate ratio (1.31 to 2.05)",
    STUDY,
    FRANDSEN_2025,
    "5,205 runners, observational, self-reported. The model takes it smaller: most published effects shrink when repeated.",
)
RISK_SPIKE_MODERATE = Evidence(
    "injury after a run 30 to 100 % over the longest of 30 days",
    1.52,
    "hazard rate ratio (1.16 to 2.00)",
    STUDY,
    FRANDSEN_2025,
    "Not more than after a small spike: the relation is no plain dose.",
)
RISK_SPIKE_LARGE = Evidence(
    "injury after a run more than twice the longest of 30 days",
    2.28,
    "hazard rate ratio (1.50 to 3.48)",
    STUDY,
    FRANDSEN_2025,
    "A wide range, from few such runs.",
)
RISK_ACUTE_CHRONIC = Evidence(
    "injury and a high acute:chronic ratio, football",
    2.45,
    "odds ratio (1.28 to 4.71)",
    STUDY,
    "Impellizzeri et al. 2020, 10.1007/s40279-020-01378-6",
    "1.95 with a made-up constant below the line, so the ratio itself adds little; in runners high ratios went with fewer "
    f"injuries ({FRANDSEN_2025}). The model gives it no weight before it has been learnt.",
)
RISK_WEEK_CHANGE = Evidence(
    "distance-related injury after a week over 30 % longer",
    1.59,
    "hazard ratio (0.96 to 2.66)",
    STUDY,
    "Nielsen et al. 2014, 10.2519/jospt.2014.5164 (DOI quoted from memory)",
    f"One kind of injury only; all injuries together showed nothing, nor did the larger study ({FRANDSEN_2025}).",
)
RISK_PREVIOUS_INJURY = Evidence(
    "injury after an injury within twelve months",
    1.9,
    "hazard rate ratio (1.2 to 3.2)",
    STUDY,
    f"{DESAI_2021}; odds ratio 1.88 (1.01 to 3.51), {HESPANHOL_2013}",
    "The steadiest finding of all, and one nobody can change. It tells who, hardly when.",
)
RISK_PREVIOUS_INJURY_REVIEWS = Evidence(
    "reviews in which a previous injury was the main factor",
    5.0,
    "of 8 studies",
    STUDY,
    "Saragiotto et al. 2014, 10.1007/s40279-014-0194-6; van der Worp et al. 2015, PMC4338213",
    "What counts as an injury differs between studies.",
)
RISK_SPEED_WORK = Evidence(
    "injury and speed training",
    1.46,
    "odds ratio (1.02 to 2.10)",
    STUDY,
    HESPANHOL_2013,
    "The same study found the opposite for interval training; a watch cannot tell the two apart for certain.",
)
RISK_INTERVALS = Evidence(
    "injury and interval training",
    0.61,
    "odds ratio (0.43 to 0.88)",
    STUDY,
    HESPANHOL_2013,
    "Contradicts the line on speed training. Not in the model: its prior would be nothing either way.",
)
RISK_SESSION_MINUTES = Evidence(
    "injury and minutes of a session",
    1.01,
    "odds ratio a minute (1.00 to 1.02)",
    STUDY,
    HESPANHOL_2013,
    "In the model it is part of the weekly distance.",
)
RISK_CADENCE = Evidence(
    "shin injury at 164 steps a minute or fewer against 174 or more",
    6.67,
    "odds ratio (1.2 to 36.7)",
    MEMORY,
    "Luedke et al. 2016, 10.1249/MSS.0000000000000890",
    "Young runners, few injuries, a range from next to nothing to enormous; knee injuries showed nothing.",
)
RISK_CADENCE_WOMEN = Evidence(
    "studies in which injured women alone took fewer steps",
    1.0,
    "study, difference of groups",
    STUDY,
    "Winter et al. 2020, PMC7222667",
    "Seen after the injury: fewer steps may as well follow from it.",
)
RISK_CADENCE_COLLEGE = Evidence(
    "injury and step rate in collegiate runners",
    1.0,
    "ratio: little or no association",
    MEMORY,
    "Luedke & Rauh 2021, 10.3389/fspor.2020.628348",
    "29 runners: too few to exclude a modest effect.",
)
RISK_PELVIC_DROP = Evidence(
    "injury and each degree of pelvic drop",
    1.80,
    "odds ratio a degree, looking back",
    STUDY,
    "Bramah et al. 2018, 10.1177/0363546518793657",
    "72 runners who were injured already against 36. Looking ahead, a later small study found the opposite, and others "
    "found a drop of the trunk instead (Burke 2023, 10.1186/s40798-023-00589-1).",
)
RISK_LOADING_RATE = Evidence(
    "diagnosed injury and a vertical loading rate over 66 body weights a second",
    2.72,
    "odds ratio (1.0 to 7.4)",
    STUDY,
    "Davis et al. 2016, 10.1136/bjsports-2015-094579",
    "No difference between all injured and uninjured runners; none in collegiate runners (Schmida 2022, "
    "10.1249/MSS.0000000000002917). Not in the model: no watch measures it.",
)
RISK_DUTY_FACTOR = Evidence(
    "injury and each percentage point more of the step on the ground",
    0.95,
    "subhazard ratio (0.91 to 0.98)",
    STUDY,
    MALISOUX_2022,
    "848 runners; one study.",
)
RISK_CONTACT_TIME = Evidence(
    "injury and each millisecond more on the ground",
    0.99,
    "subhazard ratio (0.99 to 1.00), crude",
    STUDY,
    MALISOUX_2022,
    "In the model it is part of the duty factor.",
)
RISK_STEP_LENGTH = Evidence(
    "injury and each centimetre of step length",
    1.01,
    "subhazard ratio (1.00 to 1.02), crude",
    STUDY,
    MALISOUX_2022,
    "Step length is speed over step rate: the model's step rate carries it, and step length itself gets no weight at first.",
)
RISK_FLIGHT_TIME = Evidence(
    "injury and each millisecond in the air",
    1.00,
    "subhazard ratio (1.00 to 1.01)",
    STUDY,
    MALISOUX_2022,
    "Nothing found; not in the model.",
)
RISK_GAIT_POOLED = Evidence(
    "pooled measures of gait that told injured from uninjured",
    2.0,
    "of 25",
    STUDY,
    "a meta-analysis, 10.1186/s40798-022-00416-z",
    "Neither is one that a watch measures. Overstriding is none of the two.",
)
RISK_STIFFNESS = Evidence(
    "injury and stiffness of leg, knee or ankle",
    1.0,
    "ratio: nothing found",
    STUDY,
    "PMC8155767",
    "49 runners: too few to exclude a modest effect.",
)
