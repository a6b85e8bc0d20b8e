"""What a clinician measured of one of the sample runners: before their return from a sore shin, and two weeks after."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import Connection

from loadmon.clinic.assessment import Assessment, Circumstances, Measured, Person, RecentLoad, Symptom
from loadmon.demo.people import SampleRunner
from loadmon.store import Viewer, assessments, squad

SHIN = "Tomás Quiroga-Vale"
ASSESSOR = "Eva Lind"
_DAYS_AGO = (40, 12)
_VALUES = (
    ("cadence_spm", "both", "video_2d", (165.0, 166.0)),
    ("step_width_cm", "both", "video_2d", (1.0, 2.5)),
    ("rearfoot_eversion_deg", "right", "video_2d", (16.5, 14.5)),
    ("rearfoot_eversion_deg", "left", "video_2d", (9.0, 9.5)),
    ("cpd_deg", "right", "video_2d", (8.0, 4.5)),
    ("cpd_deg", "left", "video_2d", (4.0, 4.0)),
    ("tibia_angle_ic_deg", "both", "video_2d", (5.0, 4.5)),
    ("hip_abductor_lsi_pct", "right", "physical_test", (80.0, 90.0)),
    ("wblt_deg", "right", "physical_test", (40.0, 41.0)),
    ("navicular_drop_mm", "right", "physical_test", (8.0, 8.0)),
)
"""Measure, side and method, and the value of each of the two days."""


def note_assessments(conn: Connection, cast: Collection[SampleRunner], today: date) -> int:
    """Write down the two assessments of the runner with the sore shin; how many were written.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``, with the runners introduced.
    cast : collection of SampleRunner
    today : date
        The day the stories end.
    """
    viewer = Viewer.everyone()
    names = {runner.name for runner in cast}
    found = [one for one in squad.athletes(conn, viewer) if one.name == SHIN and SHIN in names]
    if not found or assessments.assessments(conn, viewer, [found[0].id]):
        return 0
    for nth, days_ago in enumerate(_DAYS_AGO):
        day = today - timedelta(days=days_ago)
        assessments.finish(
            conn, viewer, _assessment(found[0].id, found[0].threshold("height_m", day), day, nth), today=today
        )
    return len(_DAYS_AGO)


def _assessment(athlete_id: int, height_m: float | None, day: date, nth: int) -> Assessment:
    return Assessment(
        athlete_id=athlete_id,
        circumstances=Circumstances(
            day, ASSESSOR, speed_mps=3.0, surface="treadmill", shoes="own trainers", frames_per_second=120,
            steps_averaged=8, fatigue="fresh", pain_during=(2.0, 0.0)[nth],
        ),
        person=Person(age=33, height_m=height_m),
        measured=tuple(Measured(name, values[nth], side, method) for name, side, method, values in _VALUES),
        symptoms=(Symptom("medial_tibial_border", "right", (3.0, 1.0)[nth], 0.0, (2.0, 0.0)[nth]),),
        load=RecentLoad((12_000.0, 24_000.0)[nth], None, "reference"),
        note=("Walks without pain.", "Runs every other day.")[nth],
    )  # fmt: skip
