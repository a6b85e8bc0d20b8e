"""What each figure of load is: how far, how long, how hard, against the weeks and the runs before."""

from __future__ import annotations

from loadmon import evidence
from loadmon.load.ratio_method import RatioMethod
from loadmon.show.metric_card import MetricCard, whole

_UNKNOWN = f"{100 * (1 - evidence.MINIMUM_COVERAGE.value):.0f} %"
_HOUR = whole(evidence.POINTS_AN_HOUR_AT_THRESHOLD)

OF_A_DAY: dict[str, MetricCard] = {
    "distance": MetricCard(
        "Distance a day",
        "All running of a local day added up; a run over midnight belongs to the day on which it began.",
        "sum of the runs' distances, as the device tells them",
        (),
        "Walking, cycling and strength add nothing. A run without a distance makes its day incomplete, never zero.",
        (evidence.OURS,),
    ),
    "minutes": MetricCard(
        "Moving time a day",
        "Minutes of running in motion on a local day; standing at a light is left out.",
        f"sum of the time at {evidence.SLOWEST_MOVING_MPS.value:g} m/s or more, or with steps",
        (evidence.SLOWEST_MOVING_MPS,),
        "An easy and a hard hour count the same.",
    ),
    "points": MetricCard(
        "Load points",
        f"One scale for sessions measured in different ways: an hour at threshold is {_HOUR}.",
        f"heart-rate stress, else pace stress, else effort × minutes, else minutes, each brought to {_HOUR} points an hour at "
        f"threshold; effort and minutes by the runner's own middle ratio once {whole(evidence.POINTS_RATIO_SESSIONS)} "
        f"sessions have both, before that by rule (an hour at 7 is 100, an hour of running {whole(evidence.POINTS_AN_HOUR_UNTOLD)})",
        (evidence.POINTS_AN_HOUR_AT_THRESHOLD, evidence.POINTS_PER_EFFORT_AU, evidence.TRIMP_SCALE_MEN),
        "The ways do not agree to the point; a session says which was used and why no better one. Estimates are drawn hollow.",
    ),
    "effort": MetricCard(
        "Effort × minutes",
        "How hard the whole session felt, from 0 to 10, times its minutes (session-RPE).",
        "effort × minutes from start to end, breaks included",
        (evidence.EFFORT_HIGHEST,),
        "A feeling, asked about half an hour later. A session nobody told of is missing, not zero.",
        ("Foster 1998, 10.1097/00005768-199807000-00023 (quoted from memory)",),
    ),
    "heart-rate stress": MetricCard(
        "Heart-rate stress",
        "What the heart did, against an hour at threshold heart rate.",
        f"100 × Banister's load ÷ that of 60 minutes at threshold; each minute counts x · a · e^(b·x), x the share of the way "
        f"from resting to maximum heart rate (men a {evidence.TRIMP_SCALE_MEN.value:g}, b {evidence.TRIMP_RISE_MEN.value:g}; "
        f"women {evidence.TRIMP_SCALE_WOMEN.value:g}, {evidence.TRIMP_RISE_WOMEN.value:g})",
        (evidence.TRIMP_SCALE_MEN, evidence.HEART_RATE_COVERAGE, evidence.THRESHOLD_RESERVE),
        f"Heat, sleep and coffee move heart rate too. Without a threshold {100 * evidence.THRESHOLD_RESERVE.value:.0f} % of "
        "the way to maximum stands in, flagged.",
    ),
    "graded pace": MetricCard(
        "Graded pace",
        "The steady pace on the flat that would have been as hard as this run: hills by what they cost, hard minutes counting "
        "more.",
        f"speed × cost of the slope ÷ {evidence.MINETTI_LEVEL_COST.value:g} J/kg/m, {whole(evidence.SMOOTHING_S)} s means, "
        f"averaged with the {whole(evidence.HARDNESS_EXPONENT)}th power; standing left out",
        (evidence.MINETTI_LEVEL_COST, evidence.GRADE_LOOK_AHEAD_M, evidence.SMOOTHING_S),
        "Energy, not impact: running downhill costs little and wears much. Where heights cannot be trusted slopes "
        "are left out, and it says so; it is still no mean pace, as hard minutes count more and standing is left out.",
    ),
    "pace stress": MetricCard(
        "Pace stress",
        "What the legs ran, slopes and changes of pace counted, against an hour at threshold speed.",
        f"hours × (graded speed ÷ threshold speed)² × 100; graded speed: cost of the slope over {evidence.MINETTI_LEVEL_COST.value:g} "
        f"J/kg/m, {whole(evidence.SMOOTHING_S)} s means, averaged with the {whole(evidence.HARDNESS_EXPONENT)}th power",
        (evidence.MINETTI_LEVEL_COST, evidence.SMOOTHING_S),
        "Energy, not impact: running downhill costs little and wears much. Slopes count only where heights can be trusted.",
    ),
    "power stress": MetricCard(
        "Power stress",
        "What a foot pod or watch took for power, against an hour at critical power.",
        "hours × (weighted power ÷ critical power)² × 100",
        (evidence.SMOOTHING_S,),
        "Power of running is a maker's model; two makers do not agree.",
    ),
    "TRIMP": MetricCard(
        "Heart-rate load (TRIMP, Banister)",
        "What the heart did, minute by minute, without a threshold to compare with.",
        f"each minute counts x · a · e^(b·x), x the share of the way from resting to maximum heart rate (men a "
        f"{evidence.TRIMP_SCALE_MEN.value:g}, b {evidence.TRIMP_RISE_MEN.value:g}; women {evidence.TRIMP_SCALE_WOMEN.value:g}, "
        f"{evidence.TRIMP_RISE_WOMEN.value:g}; the mean of both where sex is not told)",
        (evidence.TRIMP_SCALE_MEN, evidence.TRIMP_SCALE_WOMEN, evidence.HEART_RATE_COVERAGE),
        "Needs resting and maximum heart rate, and heart rate in at least "
        f"{100 * evidence.HEART_RATE_COVERAGE.value:.0f} % of a session: else the session is missing, not zero. Heat, sleep and "
        "coffee move heart rate too.",
    ),
    "steps a day": MetricCard(
        "Running steps a day",
        "Steps of both feet while running, all runs of a local day added up; steps of walking are left out.",
        f"sum of cadence × time at {whole(evidence.WALKING_BELOW_SPM)} steps a minute and {evidence.WALKING_BELOW_MPS.value:g} m/s "
        "or more",
        (evidence.WALKING_BELOW_SPM, evidence.WALKING_BELOW_MPS, evidence.STEPS_CADENCE_COVERAGE),
        "How often the feet landed, not how hard. A run whose cadence is missing for more than a fifth of its movement makes "
        "its day incomplete, never zero.",
    ),
    "heart-rate load": MetricCard(
        "Heart-rate load by Edwards and Lucia",
        "Minutes in zones of heart rate, harder zones counting more.",
        "Edwards: minutes at 50–60 … 90–100 % of maximum × 1 … 5; Lucia: minutes below, between and above the two measured "
        "thresholds × 1, 2, 3",
        (evidence.EDWARDS_LOWEST_SHARE, evidence.LUCIA_HARDEST_WEIGHT),
        "Whole steps between zones: a beat more can count half as much again. Lucia's is not told without both thresholds.",
    ),
}
"""Figures of one session or day."""

OVER_WEEKS: dict[str, MetricCard] = {
    "ratio": MetricCard(
        "Acute:chronic ratio",
        "How the last week compares with the weeks before it.",
        f"mean of the last {whole(evidence.ACUTE_DAYS)} days ÷ mean of the {whole(evidence.CHRONIC_DAYS)} days before them "
        "(uncoupled, rolling)",
        (evidence.ACUTE_DAYS, evidence.CHRONIC_DAYS, evidence.MINIMUM_COVERAGE),
        f"It describes and never raises a state: {evidence.CHRONIC_DAYS.caveat.removeprefix('Description only: ')} Not shown "
        f"with under {whole(evidence.MINIMUM_HISTORY_DAYS)} days of history, over {_UNKNOWN} of a window unknown, or next to "
        "nothing before.",
    ),
    "ratio, weighted": MetricCard(
        "Acute:chronic ratio, exponentially weighted (EWMA)",
        "The same comparison with newer days weighing more on both sides.",
        f"two averages of daily load in which the newest day weighs 2 ÷ (N + 1) and each day before a little less: N = "
        f"{whole(evidence.ACUTE_DAYS)} over N = {RatioMethod().chronic_days}; the start of the record is corrected for",
        (evidence.ACUTE_DAYS, evidence.MINIMUM_COVERAGE),
        "Both averages hold the newest days, so it moves less than the uncoupled ratio and the two are never to be mixed. It "
        "describes and never raises a state. No band is drawn: redrawing weeks is defined for rolling means only.",
        ("Williams et al. 2017, 10.1136/bjsports-2016-096589",),
    ),
    "ratio, coupled": MetricCard(
        "Acute:chronic ratio, coupled",
        "The last week against four weeks of which it is one, as other programs and older studies have it.",
        f"mean of the last {whole(evidence.ACUTE_DAYS)} days ÷ mean of the last {RatioMethod().chronic_days} days, the same "
        "seven among them (rolling)",
        (evidence.ACUTE_DAYS, evidence.MINIMUM_COVERAGE),
        "The week stands on both sides: the ratio is drawn towards 1 and can never exceed 4. For comparing with other "
        "programs; it describes and never raises a state.",
        (
            "Windt & Gabbett 2019, 10.1136/bjsports-2017-098925",
            "Lolli et al. 2019, 10.1136/bjsports-2017-098110",
        ),
    ),
    "band": MetricCard(
        "Band of the ratio",
        "How far the ratio moves by the usual ups and downs from week to week alone.",
        f"the weeks before redrawn {whole(evidence.BAND_DRAWS)} times in blocks of {whole(evidence.ACUTE_DAYS)} days "
        f"(moving-block bootstrap); the middle {whole(evidence.BAND_SHARE_PCT)} % of the ratios",
        (evidence.BAND_SHARE_PCT, evidence.BAND_DRAWS),
        evidence.BAND_SHARE_PCT.caveat,
    ),
    "running week": MetricCard(
        "This week against usual",
        "The running week beside the same days of the four weeks before, so that a Monday is not compared with a whole week.",
        f"load so far; least and most of the same weekdays in the {whole(evidence.USUAL_WEEKS)} weeks before",
        (evidence.USUAL_WEEKS, evidence.MINIMUM_COVERAGE),
        evidence.USUAL_WEEKS.caveat,
    ),
    "long and short term": MetricCard(
        "Long-term and short-term load, balance, ramp",
        "Two averages of daily load that fade at different speeds, yesterday's difference between them, and the climb of the "
        "long-term one in 7 days.",
        f"each day, long-term moves by 1 − e^(−1/{whole(evidence.LONG_TERM_DAYS)}) and short-term by "
        f"1 − e^(−1/{whole(evidence.SHORT_TERM_DAYS)}) of the way to the day's load, from 0; balance: yesterday's long-term − "
        "short-term",
        (evidence.LONG_TERM_DAYS, evidence.SETTLING_DAYS),
        f"A bookkeeping of load, not of the body. Dotted for the first {whole(evidence.SETTLING_DAYS)} days: until then part of "
        "its rise is only the beginning of the record. Other programs fade differently; never mix their values.",
    ),
    "monotony": MetricCard(
        "Monotony and strain",
        "How alike the days of a week are, and the week's load times that.",
        f"monotony: mean ÷ standard deviation (n − {whole(evidence.MONOTONY_DDOF)}) of {whole(evidence.MONOTONY_DAYS)} whole "
        "days, rest days counted as 0; strain: their sum × monotony",
        (evidence.MONOTONY_DAYS, evidence.MONOTONY_DDOF),
        f"{evidence.MONOTONY_DAYS.caveat} Seven days that are all the same have none: dividing by no spread has no result.",
    ),
    "spike": MetricCard(
        "Session against the longest run of 30 days",
        "How much longer a run was than any single run of the 30 days before it.",
        f"100 × (distance ÷ longest single run of the {whole(evidence.SPIKE_WINDOW_DAYS)} days before − 1); up to "
        f"{evidence.SPIKE_SMALL.value:g} % reference, to {evidence.SPIKE_MODERATE.value:g} % small, to "
        f"{evidence.SPIKE_LARGE.value:g} % moderate, above large",
        (evidence.SPIKE_SMALL, evidence.SPIKE_WINDOW_DAYS, evidence.LAY_OFF_DAYS),
        f"{evidence.SPIKE_SMALL.caveat} {evidence.SPIKE_MODERATE.caveat}",
    ),
    "next run": MetricCard(
        "Longest sensible next run",
        "The same turned round: how long the next run may be without standing out.",
        f"{1 + evidence.SPIKE_SMALL.value / 100:.2f} × the longest single run of the last "
        f"{whole(evidence.SPIKE_WINDOW_DAYS)} days; {evidence.SHORT_STEP_S.value / 60:.0f} minutes more than a reference under "
        f"{evidence.SHORT_REFERENCE_M.value / 1000:g} km or {evidence.SHORT_REFERENCE_S.value / 60:.0f} minutes; after a "
        "lay-off, from the longest run since",
        (evidence.SPIKE_SMALL, evidence.SHORT_REFERENCE_M, evidence.SHORT_STEP_S, evidence.LAY_OFF_DAYS),
        "None while an injury is open: then a clinician's plan decides. It does not promise that such a run does no harm.",
    ),
    "days": MetricCard(
        "Rest day and day without data",
        "A day without a session is a rest day, a true zero; a day noted as missing (watch broken, away without it) is not.",
        f"known days ÷ days of a window; with over {_UNKNOWN} of it unknown a figure is withheld",
        (evidence.MINIMUM_COVERAGE,),
        "What was run without a watch and never noted looks like rest.",
    ),
}
"""Figures of many days."""
