"""Watch files made for imports: whole, damaged and strange ones, and what a store holds in a form that compares."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

from sqlalchemy import select

from loadmon.intake.commit import Imported, import_plan
from loadmon.intake.plan import plan
from loadmon.store import Store, Viewer, imports
from loadmon.store.schema import Base
from tests.readers import made_fit, made_xml

ALL = Viewer.everyone()
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type /Catalog>> endobj\n"
DAY_S = 86_400
ABOUT_IMPORTS = frozenset({"import_batch", "file_report", "job", "change_counter"})
"""Tables that tell of imports, not of runners."""


WATCHES = (3_912_345_678, 3_987_654_321, 4_001_112_223, 3_955_512_340)
"""Serial numbers as watches have them; 123456789, which a file has if none is asked for, is one that apps make up."""


def fit(day: int = 0, n: int = 60, *, heart: int = 150, serial: int = 123_456_789, person: str | None = None) -> bytes:
    """A sound run of ``n`` samples, a second each, ``day`` days after the first; another day, other bytes."""
    start = made_fit.START + day * DAY_S
    made = made_fit.file_id(made_fit.MadeFit(), serial=serial)
    if person is not None:
        made.message(3, [(0, made_fit.STRING, person.encode() + b"\0")], local=6)
    made_fit.records(made, n, start=start, heart=heart)
    made_fit.session(made, n - 1, (n - 1) * 3.0, start=start)
    return made_fit.activity(made, start + n - 1, 3600).bytes()


def cut_fit(day: int = 0) -> bytes:
    """A run that breaks off in the middle of its samples, as a full watch leaves it."""
    whole = fit(day, 120)
    return whole[: len(whole) // 2]


def gpx(hour: int = 0, *, times: bool = True) -> bytes:
    """A minute of GPX; without times it is a route that nobody has run yet."""
    return made_xml.gpx(made_xml.points(60 + hour, time=times)).encode()


def zipped(files: dict[str, bytes], *, packed: bool = False) -> bytes:
    """A ZIP archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def lay(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files below a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def team(runners: int = 3, runs: int = 4) -> dict[str, bytes]:
    """Some runners' sound files, no two the same."""
    names = ("Anna Berg", "Ben", "Cleo")[:runners]
    return {
        f"{name}/{number}.fit": fit(number, heart=140 + 7 * who)
        for who, name in enumerate(names)
        for number in range(runs)
    }


def take_in(store: Store, *paths: Path, athlete: str | None = None, workers: str = "serial://") -> Imported:
    """Plan and import, as the command does."""
    return import_plan(store, plan(paths, athlete), what="made", workers=workers)


def report(store: Store, done: Imported) -> dict[str, Any]:
    """The lines of an import's report by path."""
    with store.read() as conn:
        lines = imports.reports(conn, ALL, done.batch_id)
    assert lines["path"].is_unique
    return {line.path: line for line in lines.itertuples()}


def rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that tells of runners, as it is."""
    found = {}
    with store.read() as conn:
        for name, table in Base.metadata.tables.items():
            if name not in ABOUT_IMPORTS:
                found[name] = sorted((tuple(row) for row in conn.execute(select(table))), key=repr)
    return found


def originals(store: Store) -> dict[str, str]:
    """The kept files by name, each with the fingerprint of what it holds."""
    folder = store.originals.folder
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def content(store: Store) -> dict[str, Any]:
    """What a store holds without the numbers and instants that depend on what came first."""
    tables = Base.metadata.tables
    with store.read() as conn:

        def named(name: str) -> list[dict[str, Any]]:
            return [dict(row) for row in conn.execute(select(tables[name])).mappings()]

        runner = {row["id"]: row["name"] for row in named("athlete")}
        key = {row["id"]: (row["sha256"], row["index_in_file"]) for row in named("session")}
        path = {row["id"]: row["path"] for row in named("file_report")}
        found: dict[str, Any] = {"files": sorted(originals(store).items())}
        for name in tables:
            if name in ABOUT_IMPORTS:
                continue
            told = []
            for row in named(name):
                if "report_id" in row:
                    row["path"] = path[row["report_id"]]
                for dropped in ("batch_id", "created", "decided", "introduced_by", "report_id", "id"):
                    row.pop(dropped, None)
                if "athlete_id" in row:
                    row["athlete_id"] = runner[row["athlete_id"]]
                for link in ("session_id", "other_id", "first_id", "second_id"):
                    if row.get(link) is not None:
                        row[link] = key[row[link]]
                told.append(sorted(row.items()))
            found[name] = sorted(told, key=repr)
    return found


def outcomes(store: Store, done_or_batch: int) -> list[tuple[str, str, str | None]]:
    """Path, outcome and reason of every line, in the order of paths."""
    with store.read() as conn:
        lines = imports.reports(conn, ALL, done_or_batch)
    kept = lines[["path", "outcome", "reason"]].astype(object)
    return sorted(kept.where(kept.notna(), None).itertuples(index=False, name=None), key=repr)
