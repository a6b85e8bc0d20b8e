"""Session tables as people and services write them, made for tests: each with the trap its name tells."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

GERMAN_SEMICOLONS = (
    "\ufeffDatum;Uhrzeit;Sportart;Dauer;Distanz (km);Ø HF;Max. HF;Höhenmeter;RPE;Schuhe;Bemerkung\r\n"
    "05.01.2026;06:30;Laufen;1:05:09;12,5;142;171;1.120;4;Pegasus;locker, mit Anna\r\n"
    ";;;;;;;;;;\r\n"
    "06.01.2026;18:10;Radfahren;0:45:00;20,25;128;;;;;\r\n"
    "07.01.2026;;Krafttraining;45 min;;;;;6;;\r\n"
    "Summe;;;2:35:09;32,75;;;;;;\r\n"
)
"""Byte order mark, semicolons, decimal commas, a dot for thousands, an empty row, a row of sums at the end."""

STRAVA_NAMES = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,"
    "Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,"
    "Moving Time,Distance,Max Speed,Average Speed,Elevation Gain,Average Cadence,Max Heart Rate,Average Heart Rate,"
    "Perceived Exertion\n"
)
STRAVA = (
    STRAVA_NAMES
    + '101,"Jan 5, 2026, 11:30:12 PM",Late run,Run,,3909,12.50,171,80,false,,Pegasus,activities/1.fit.gz,70.0,,3909.0,'
    "3800.0,12503.4,4.5,3.3,112.0,86.5,171.0,142.0,4.0\n"
    '102,"Jan 6, 2026, 6:00:00 AM","Pool, easy",Swim,,1800,1500,,,false,,,,70.0,,1800.0,1700.0,1500.0,,,,,,,\n'
)
"""Names twice, times in UTC, kilometres and metres, a swim in metres in both, cadence of one foot, one entry by hand."""

GARMIN = (
    "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Avg Run Cadence,Total Ascent,Moving Time,Elapsed Time\n"
    'Running,2026-01-05 06:30:12,false,"Morning","12.50","1,012","01:05:09","142","171","172","112","01:04:00","01:06:00"\n'
    'Track Running,2026-01-06 06:30:12,false,"Track","5,000.00","301","00:25:00.5","--","--","--","--","--","00:25:10"\n'
)
"""No unit anywhere; metres on a track where it is kilometres elsewhere; ``--`` for nothing."""

TRAINING_PEAKS = (
    "Title,WorkoutType,WorkoutDay,PlannedDuration,DistanceInMeters,TimeTotalInHours,HeartRateAverage,HeartRateMax,CadenceAverage,Rpe\n"
    "Tempo,Run,2026-01-05,1.0,12500,1.0858,142,171,86,4\n"
)

RUNALYZE = (
    '"id","time","sportid","distance","s","elevation","pulse_avg","pulse_max","rpe","title"\n'
    '"1","1767594600","1","12.5","3909","112","142","171","13","Morning"\n'
)
"""Unix seconds, effort on Borg's scale from 6 to 20, a number for the sport."""


def csv(*rows: str, encoding: str = "utf-8") -> bytes:
    """Lines as a file."""
    return "\n".join([*rows, ""]).encode(encoding)


def xlsx(sheets: dict[str, Iterable[Iterable[Any]]], merged: str | None = None) -> bytes:
    """A workbook; ``merged`` joins cells of its first sheet, as titles do."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if merged:
            sheet.merge_cells(merged)
            merged = None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
