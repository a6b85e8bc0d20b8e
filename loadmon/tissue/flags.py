"""What to say beside a run's tissue load: what was assumed, replaced, not known, or beyond what was studied."""

from __future__ import annotations

from types import MappingProxyType

from loadmon.tissue.runner import CADENCE_ASSUMED, HEIGHT_ASSUMED, MASS_ASSUMED, SPEED_ASSUMED

CADENCE_IMPUTED = "cadence imputed"
CADENCE_LOCKED = "cadence locked to heart rate"
SLOPE_SATELLITES = "slope from satellites"
SLOPE_UNKNOWN = "slope unknown"
SLOPE_SHIVERS = "slope shivers"
INCLINE_UNKNOWN = "treadmill's slope unknown"
SPEED_UNKNOWN = "speed unknown"
PARTLY_OUTSIDE = "partly outside published range"
STEEPER_THAN_MEASURED = "steeper than measured"
MOSTLY_WALKING = "mostly walking"
SPRINTS = "sprints underestimated"
HELD = "steps held at a limit"

FLAG_WORDS = MappingProxyType(
    {
        HEIGHT_ASSUMED: "Your height is not known, so 1.75 m was assumed. Enter it on your page to compare cadence with your own height.",
        MASS_ASSUMED: "Your body mass is not known on this day and in your reference weeks, so it was taken as unchanged.",
        SPEED_ASSUMED: "Your usual speed is not known yet, so 3.0 m/s (5:33 /km) stands in until there are six hours of level running.",
        CADENCE_ASSUMED: "Your own cadence is not known yet, so that of runners of your height stands in until there are six hours of level running.",
        CADENCE_IMPUTED: "For part of this run no cadence was recorded; your usual cadence at that speed stands in there.",
        CADENCE_LOCKED: "For part of this run cadence and heart rate were the same number, so one of them was not measured; your usual cadence stands in there.",
        SLOPE_SATELLITES: "Heights came from satellites alone, so slopes are rough: the interval is wider.",
        SLOPE_UNKNOWN: "For part of this run no slope is known: the middle takes it as level, the interval as hilly.",
        SLOPE_SHIVERS: "The heights of this run shiver as satellites' do, so slopes are rough: the interval is wider.",
        INCLINE_UNKNOWN: "On a treadmill: taken as level, no file tells how steep it stood. The interval takes it as sloping.",
        SPEED_UNKNOWN: "For part of this run no speed is known; nothing was counted there, so the sums are too low.",
        PARTLY_OUTSIDE: "Partly outside the published range of speeds, slopes and cadences: held at its edge. For speed and slope the interval is wider; for cadence it is not, since no study tells by how much.",
        STEEPER_THAN_MEASURED: "Part of this run was steeper than the 6 degrees at which load was measured.",
        MOSTLY_WALKING: "More than half of this was walking: load is shown, damage is not.",
        SPRINTS: "Sprints above 5.6 m/s: what they do to the hamstrings is underestimated.",
        HELD: "Some steps counted more, or less, than one step may; they were held at the limit.",
    }
)  # fmt: skip
"""A sentence for the screen for every flag."""
