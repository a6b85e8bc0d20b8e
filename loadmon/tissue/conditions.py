"""What held for each of a runner's runs: mass and findings of its day, and the reference weeks it is told against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from loadmon.athlete import Athlete
from loadmon.finding import Finding
from loadmon.tissue.found import ONE_DAY, findings_on, last_until
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.reference import ReferenceEpoch
from loadmon.tissue.runner import RunnerReference

MASS, HEIGHT = "mass_kg", "height_m"


def conditions_of(
    days: Sequence[date],
    athlete: Athlete,
    found: Sequence[Finding],
    epoch: ReferenceEpoch | None,
    *,
    today: date,
    treadmill: bool = False,
) -> list[RunConditions]:
    """The conditions of each run by its day. Surface and quality of slopes are those of its exposure.

    Parameters
    ----------
    days : sequence of date, length R
        In order.
    athlete : Athlete
        Mass counts from the day on which it holds; height is that of today. Neither changes a day before its own.
    found : sequence of Finding
        The runner's own, in the order in which they were noted.
    epoch : ReferenceEpoch | None
        None takes what runners of this height have.
    today : date
    treadmill : bool
        The surface that stands for the reference weeks where there are none.

    Notes
    -----
    What held on the first day of the reference weeks (without them, of the first run) is the reference: a finding that was
    always there changes nothing; one that tells of a single day is no reference. Mass counts against the first that is known within those weeks.
    """
    if not days:
        return []
    begins = epoch.first_day if epoch else days[0]
    reference = RunnerReference(
        height_m=athlete.threshold(HEIGHT, today),
        mass_ref_kg=_first_mass(athlete, begins, epoch.last_day if epoch else today),
        speed_mps=epoch.speed_mps if epoch else None,
        cadence_line=epoch.cadence_line if epoch else None,
        findings=findings_on([one for one in found if one.kind not in ONE_DAY], begins),
        treadmill=epoch.treadmill if epoch else treadmill,
        epoch=epoch.name if epoch else None,
    )
    turns = _turns(athlete, found)
    made: dict[int, RunConditions] = {}
    conditions = []
    for day in days:
        # nothing changes between two turns, and few runs lie beyond many
        stretch = sum(turn <= day for turn in turns)
        if stretch not in made:
            made[stretch] = _on(day, athlete, found, reference)
        conditions.append(made[stretch])
    return conditions


def _on(day: date, athlete: Athlete, found: Sequence[Finding], reference: RunnerReference) -> RunConditions:
    runner = replace(reference, mass_kg=athlete.threshold(MASS, day))
    return RunConditions(runner, findings_on(found, day))


def _turns(athlete: Athlete, found: Sequence[Finding]) -> list[date]:
    """Days on which a mass or a finding comes or goes."""
    masses = {one.valid_from for one in athlete.thresholds if one.kind == MASS}
    return sorted(
        masses | {one.begins for one in found} | {until for until in map(last_until, found) if until is not None}
    )


def _first_mass(athlete: Athlete, begins: date, ends: date) -> float | None:
    """The mass of the first of these days, or else the first that came to hold within them."""
    held = athlete.threshold(MASS, begins)
    if held is not None:
        return held
    within = [one for one in athlete.thresholds if one.kind == MASS and begins < one.valid_from <= ends]
    return min(within, key=lambda one: one.valid_from).value if within else None
