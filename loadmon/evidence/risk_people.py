"""What studies found of injury and the person who runs, and the rules by which loadmon's risk model is used and judged."""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

STUDY, MEMORY, CONVENTION = Grade.STUDY, Grade.MEMORY, Grade.CONVENTION
RISK_VOLUME = Evidence(
    "injury of men who run over 64 km a week",
    2.9,
    "hazard ratio",
    MEMORY,
    "Macera et al. 1989; a review finds studies both ways (Nielsen 2012, PMC3290924)",
    "More running is also more exposure, and those who run most are those who could. The model's prior is small and wide.",
)
RISK_MARATHON = Evidence(
    "injury of those entered for a marathon",
    1.72,
    "odds ratio (1.17 to 2.53)",
    STUDY,
    "10.1097/jsm.0000000000001076",
    "Not in the model: loadmon does not ask for races.",
)
RISK_EXPERIENCE = Evidence(
    "years of running up to which more injuries are reported",
    3.0,
    "years",
    STUDY,
    "van der Worp et al. 2015, PMC4338213",
    "The direction only. Not in the model: loadmon does not ask for years of running.",
)
RISK_PERSON = Evidence(
    "injury and age, sex or body mass index",
    1.0,
    "ratio: no clear association",
    STUDY,
    "Desai et al. 2021, 10.2519/jospt.2021.9673; obese beginners differ (Nielsen 2014, PMC4060311)",
    "Nothing clear in recreational runners; the model gives sex no weight and body mass index nearly none.",
)
RISK_SLEEP = Evidence(
    "injury and poor sleep",
    1.78,
    "times as likely, asked once",
    STUDY,
    "de Jonge et al. 2025, Applied Sciences 15(19), 10814",
    "425 runners, sleep and injury asked at the same time: pain costs sleep too.",
)
RISK_FATIGUE = Evidence(
    "injury and how hard training felt",
    1.0,
    "ratio: no clean estimate found",
    CONVENTION,
    "loadmon convention; felt effort led among the features of several re-analyses of Lövdal et al. 2021, data 10.34894/UWU9PV",
    "A small, wide prior stands in for what nobody has measured well.",
)
RISK_PAIN_NOW = Evidence(
    "how well a week's injury is told where the week before is known",
    0.87,
    "AUC; 0.67 for those without a problem the week before",
    STUDY,
    "643 runners of the New York City Marathon, 2026",
    "Pain today is by far the strongest sign, because problems persist. loadmon tells it apart and never mixes it into the "
    "estimate.",
)
RISK_HORIZON_DAYS = Evidence(
    "days ahead that the estimate speaks of", 7.0, "days", CONVENTION, OURS, "Other spans would give other numbers."
)
RISK_BASE_RATE = Evidence(
    "new injuries of 100 runners in a week, before a club has told its own",
    1.5,
    "of 100",
    CONVENTION,
    "loadmon convention; 1.36 of 100 rows in Lövdal et al. 2021, data 10.34894/UWU9PV",
    "Clubs differ several times over, also by what they call an injury; the model takes it as roughly known and learns it.",
)
RISK_RETURNING_DAYS = Evidence(
    "days after an injury that are told apart",
    21.0,
    "days",
    CONVENTION,
    "loadmon convention, after the 3 weeks of Lövdal et al. 2021, data 10.34894/UWU9PV",
    "Just after an injury another question stands: the return. No new injury is estimated then.",
)
RISK_EMBARGO_DAYS = Evidence(
    "days left out between a runner's own usual and the day it is told for",
    29.0,
    "days",
    CONVENTION,
    OURS,
    "Without them the usual holds days of the same window: measured, that made nothing look like something.",
)
RISK_LEAST_DAYS = Evidence(
    "record before a chance of injury is told",
    28.0,
    "days, with a run in the last 28",
    CONVENTION,
    OURS,
    "Four weeks tell how long runs usually are and little else.",
)
RISK_LEAST_FEATURES = Evidence(
    "what must be known of a runner before a chance of injury is told",
    4.0,
    "of the model's features",
    CONVENTION,
    OURS,
    "With fewer the estimate is that of anybody.",
)
RISK_USUAL_WEEKS = Evidence(
    "own weeks that make a usual chance",
    8.0,
    "weeks",
    CONVENTION,
    OURS,
    "Their middle; weeks that overlap the present one's windows are left out.",
)
RISK_LEAK_AUC = Evidence(
    "AUC above which a result is probably leakage",
    0.75,
    "AUC, runners kept whole",
    CONVENTION,
    "loadmon convention; if all published effects were true, independent and perfectly measured, load, gait, history and "
    "wellness together would reach about 0.63 (own simulation)",
    "It is not proof: the controls beside it decide.",
)
RISK_CLUB_INJURIES = Evidence(
    "injuries of a club from which its own log weighs as much as the literature",
    200.0,
    "injuries",
    CONVENTION,
    "loadmon convention, from own simulation: 200 to 400 where the literature is right, fewer where it is not",
    "Nobody knows how right the literature is for one club.",
)
RISK_FIT_INJURIES = Evidence(
    "injuries before a fit to a club is tried",
    10.0,
    "injuries of at least 5 runners",
    CONVENTION,
    OURS,
    "With fewer nothing can be checked, so nothing could be adopted either.",
)
RISK_NO_WORSE = Evidence(
    "how much worse a new fit may be and still count as no worse",
    1e-6,
    "of log loss a week",
    CONVENTION,
    OURS,
    "Rounding alone and no margin: a fit that is worse on either check is not adopted.",
)
RISK_AUC_NO_WORSE = Evidence(
    "how much lower the AUC of a new fit may be and still count as no worse",
    0.02,
    "of AUC, over pairs of weeks that one fit told of",
    CONVENTION,
    OURS,
    "Two fits that are as good differ by about as much from one club to another; log loss beside it has no margin.",
)
