"""The sample squad as files: one after the other, as a team archive, or as a folder."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from loadmon.demo.people import Person
from loadmon.demo.recording import motion, record
from loadmon.demo.season import DoneRun, season, story_day
from loadmon.demo.squad import SEED, people
from loadmon.report.activity import Activity
from loadmon.report.fit_activity import fit_activity
from loadmon.report.gpx_activity import gpx_activity
from loadmon.report.tcx_activity import tcx_activity


@dataclass(frozen=True, slots=True)
class SampleFile:
    """One watch file: whose, its path within the squad's folder (``Name/2026-05-03-07-10-easy.fit``), its bytes."""

    runner_name: str
    path: str
    data: bytes
    local_start: datetime


def files(
    today: date | None = None, seed: int = SEED, *, runners: Collection[str] | None = None
) -> Iterator[SampleFile]:
    """Every file of the sample squad, runner by runner, oldest first.

    Parameters
    ----------
    today : date | None
        The day the stories end; the latest possible one (``story_day``) if not given.
    seed : int
        Same seed and same today give the same bytes.
    runners : collection of str | None
        Only these names (so that several processes can share the work); all if None.
    """
    end = today or story_day(datetime.now(UTC))
    for person in people():
        if runners is None or person.name in runners:
            for run in season(person, end, seed):
                yield from _files_of(run)


def _files_of(run: DoneRun) -> Iterator[SampleFile]:
    person, was = run.person, motion(run)
    stem = f"{person.name}/{run.start:%Y-%m-%d-%H-%M}-{run.kind.value}"
    activity = record(run, was, person.watch)
    yield SampleFile(person.name, f"{stem}.{person.file_format}", _written(person, run, activity), run.start)
    if run.two_watches and person.second_watch is not None:
        other = record(run, was, person.second_watch, 1)
        yield SampleFile(person.name, f"{stem}-other-watch.fit", fit_activity(other), run.start)


def _written(person: Person, run: DoneRun, activity: Activity) -> bytes:
    if person.file_format == "gpx":
        return gpx_activity(activity, f"Sample {run.kind.value} run")
    if person.file_format == "tcx":
        return tcx_activity(activity)
    return fit_activity(activity)


def write_zip(
    path: Path, today: date | None = None, seed: int = SEED, *, runners: Collection[str] | None = None
) -> int:
    """A team archive with one folder a runner, as a coach would be sent it; the number of files in it.

    FIT is stored as it is, the XML formats lightly compressed. Same seed and same today give the same archive.
    Parameters as for ``files``.
    """
    count = 0
    with ZipFile(path, "w") as archive:
        for file in files(today, seed, runners=runners):
            at = file.local_start
            entry = ZipInfo(file.path, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_STORED if file.path.endswith(".fit") else ZIP_DEFLATED
            archive.writestr(entry, file.data, compresslevel=1)
            count += 1
    return count


def write_folder(path: Path, today: date | None = None, seed: int = SEED) -> int:
    """The same files in a folder, one folder a runner; the number of files written."""
    count = 0
    for file in files(today, seed):
        target = path / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.data)
        count += 1
    return count
