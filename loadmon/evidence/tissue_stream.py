"""Rules by which a run is cleaned before any step of it is weighed: a spike raised to the ninth power would be the whole run."""

from __future__ import annotations

from loadmon.evidence.citation import OURS, Evidence, Grade

TISSUE_GAP_S = Evidence(
    "gap in cadence or speed that is filled in for tissue load",
    10.0,
    "s",
    Grade.CONVENTION,
    OURS,
    "A straight line over it; for longer gaps the runner's own cadence at that speed stands in, and the run says so.",
)
LOCKED_BPM = Evidence(
    "cadence and heart rate that are one number",
    2.0,
    "apart, steps and beats a minute",
    Grade.CONVENTION,
    OURS,
    "Watches on the wrist sometimes count steps as beats; a runner whose heart happens to beat as fast as they step is caught too.",
)
LOCKED_S = Evidence(
    "time for which cadence and heart rate must be one number",
    60.0,
    "s",
    Grade.CONVENTION,
    OURS,
    "Shorter coincidences happen in every run.",
)
SPIKE_WINDOW_S = Evidence(
    "window in which a speed or height is judged a spike",
    7.0,
    "s",
    Grade.CONVENTION,
    OURS,
    "Where samples lie further apart than a second and three quarters the watch has smoothed them already; nothing is judged there.",
)
SPIKE_SPREADS = Evidence(
    "how far from the middle of its window a spike is",
    3.0,
    "robust standard deviations",
    Grade.CONVENTION,
    OURS,
    "The first step of a sprint can be taken for one; seven seconds later it is not.",
)
FASTEST_CHANGE_MPS2 = Evidence(
    "fastest change of speed while running",
    3.0,
    "m/s²",
    Grade.CONVENTION,
    OURS,
    "Sprinters leave the blocks faster; on the roads it is the receiver that jumps.",
)
SMOOTHED_S = Evidence(
    "time over which speed and height are averaged",
    15.0,
    "s, centred",
    Grade.CONVENTION,
    OURS,
    "On flat ground it takes the error of damage from a third to half a percent; the first and last seconds of a sprint are levelled.",
)
SLOPE_REACH_M = Evidence(
    "distance over which a slope is taken",
    50.0,
    "m, centred",
    Grade.CONVENTION,
    OURS,
    "Shorter ramps are levelled out.",
)
SATELLITE_SLOPE_REACH_M = Evidence(
    "distance over which a slope is taken from satellites' heights",
    200.0,
    "m, centred",
    Grade.CONVENTION,
    OURS,
    "Their heights wander by metres within a minute: over 50 m that reads as hills. Short hills are lost instead.",
)
SATELLITE_SMOOTHED_S = Evidence(
    "time over which satellites' heights are averaged",
    61.0,
    "s, centred",
    Grade.CONVENTION,
    OURS,
    "As for the distance: rolling ground becomes nearly level, and the wider interval says so.",
)
SLOPE_NOISE = Evidence(
    "shivering of a watch's slopes from which they are no better than satellites'",
    0.006,
    "rise over run, standard deviation about their course over 50 m",
    Grade.CONVENTION,
    OURS,
    "Measured by us. Of 132 flat runs in real FIT files half shiver by 0.0016 or less, 95 of 100 by 0.0034 or less, and three by "
    "more than this limit; of all 198 runs 33 do. Made heights that drift by 3 m within a minute, as satellites' do, give 0.0063 "
    "to 0.0069. Short steep ground (6 % up and down within 100 m: 0.0068) shivers as well: its interval is then wider than it need be.",
)
SPEED_AGREES = Evidence(
    "speeds that are brought to the metres the watch counted",
    0.25,
    "share by which the two may lie apart",
    Grade.CONVENTION,
    OURS,
    "Which of the two is wrong nobody knows; distance is what the runner knows the run by. Further apart, speeds are left alone.",
)
