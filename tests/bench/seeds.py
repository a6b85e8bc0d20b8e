"""Small sound files of every format that loadmon reads: what damage and fuzzing begin with."""

from __future__ import annotations

import csv
import dataclasses
import gzip

from loadmon.readers.table import propose
from loadmon.readers.table_columns import ALL, TableColumns
from tests.readers import made_account, made_fit, made_tables, made_traps, made_xml

_TABLES = ("GERMAN_SEMICOLONS", "STRAVA", "GARMIN", "TRAINING_PEAKS", "RUNALYZE")


def seeds(samples: int = 60) -> dict[str, bytes]:
    """Made files by name; the part of a name before its first dash is the format.

    Parameters
    ----------
    samples : int
        How many samples an ordinary run has: few for a fuzzer, more where a share of them is counted.
    """
    found = {"fit-run": made_fit.run(samples), "fit-big-endian": made_fit.run(samples, big_endian=True)}
    found["fit-chained"] = made_fit.run(samples) + made_fit.run(samples // 2)
    for name, value in vars(made_traps).items():
        if callable(value) and getattr(value, "__module__", "") == made_traps.__name__ and not name.startswith("_"):
            made = _made(value)
            if made[8:12] == b".FIT":
                found[f"fit-{name}"] = made
    heart = "<g:TrackPointExtension><g:hr>150</g:hr><g:cad>84</g:cad></g:TrackPointExtension>"
    found |= {
        "gpx-plain": made_xml.gpx(made_xml.points(samples)).encode(),
        "gpx-heart": made_xml.gpx(made_xml.points(samples, extension=heart)).encode(),
        "gpx-segments": made_xml.gpx(made_xml.points(samples), made_xml.points(samples, first=samples)).encode(),
        "gpx-utf16": made_xml.gpx(made_xml.points(samples)).replace("UTF-8", "UTF-16").encode("utf-16"),
        "gpx-odd": made_traps.heart_rate_twice(),
        "tcx-run": made_xml.tcx(made_xml.activity(n=samples)).encode(),
        "tcx-treadmill": made_xml.tcx(made_xml.activity(n=samples, position=False)).encode(),
        "tcx-two": b"\n  " + made_xml.tcx(made_xml.activity(n=samples), made_xml.activity("Biking", samples)).encode(),
    }
    found |= {f"csv-{name.lower()}": getattr(made_tables, name).encode() for name in _TABLES}
    found["csv-utf16"] = made_tables.GERMAN_SEMICOLONS.removeprefix("\ufeff").encode("utf-16")
    found["csv-long"] = made_tables.csv(
        "date,duration,km,sport,notes",
        *(
            f'{2026 - i // 300}-{1 + i // 28 % 10:02}-{1 + i % 28:02},1:05:09,{10 + i / 10},run,"easy, no {i}"'
            for i in range(samples)
        ),
    )
    rows = list(csv.reader(made_tables.GARMIN.splitlines()))
    found["xlsx-titles"] = made_tables.xlsx({"Sheet": [["My runs"], *rows]}, merged="A1:C1")
    found["xlsx-two"] = made_tables.xlsx({"Notes": [["nothing"]], "Runs": rows})
    run, track = found["fit-run"], found["gpx-heart"]
    found |= {
        "gz-fit": gzip.compress(run, mtime=0),
        "gz-gpx": gzip.compress(track, mtime=0),
        "gz-twice": gzip.compress(gzip.compress(found["tcx-run"], mtime=0), mtime=0),
        "zip-one": made_account.zipped({"1_ACTIVITY.fit": run}),
        "zip-several": made_account.zipped(
            {"1.fit": run, "a/2.gpx": track, "a/3.tcx.gz": gzip.compress(found["tcx-run"])}
        ),
        "zip-nested": made_account.zipped({"inner.zip": made_account.zipped({"1.fit": run, "2.gpx": track})}),
        "account-strava": made_account.zipped(made_account.STRAVA_FILES),
        "account-garmin": made_account.zipped(made_account.garmin_files()),
    }
    return found


def confirmed(table: bytes) -> TableColumns:
    """What its owner says of a table's columns: what is proposed, and the first choice wherever something is asked."""
    proposal = propose(table)
    columns = proposal.columns
    names = {field.name for field in dataclasses.fields(columns)}
    for one in proposal.unclear:
        choice = one.choices[0][0] if one.choices else ""
        name = {"date": "date_order", "decimal": "decimal", "sport": "all_sport"}.get(one.field, f"{one.field}_unit")
        if choice and name in names:
            columns = dataclasses.replace(columns, **{name: choice.removeprefix(f"{ALL}:")})
    return columns


def _made(value: object) -> bytes:
    try:
        made = value()  # type: ignore[operator]
    except TypeError:
        return b""
    return made if isinstance(made, bytes) else b""
