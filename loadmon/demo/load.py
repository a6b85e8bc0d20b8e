"""The sample squad through the same door as everybody's files: written as an archive, planned, imported."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection

from loadmon.demo.assessed import note_assessments
from loadmon.demo.bundle import write_zip
from loadmon.demo.felt import tell_bodies
from loadmon.demo.people import SampleRunner
from loadmon.demo.season import story_day
from loadmon.demo.squad import SEED, squad
from loadmon.demo.told import tell_efforts
from loadmon.injury import Injury
from loadmon.intake.commit import Imported, import_plan
from loadmon.intake.jobs import SAMPLE, Work
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.plan import plan
from loadmon.intake.progress import Progress
from loadmon.store import Store, Viewer, diary, imports, injury_record, jobs, preferences
from loadmon.store import sample as sample_rows
from loadmon.store import squad as squad_rows

MADE_FOR = "sample_squad_made_for"
"""Preference that keeps for which day the stories were told, so that asking twice gives the same files."""
FRESH_DAYS = 5
"""After these days the stories no longer end this week, and the squad is made anew."""


def ask_for_sample(store: Store) -> int | None:
    """Ask for the sample squad to be made and taken in; the job's number, or None if it is there or on its way."""
    with store.write() as conn:
        if any(job.kind == SAMPLE for job in jobs.listed(conn, Viewer.everyone(), open_only=True)):
            return None
        if _is_fresh(preferences.preference(conn, MADE_FOR), datetime.now(UTC)) and _is_whole(conn):
            return None
        return jobs.ask(conn, SAMPLE, {})


def run_sample(work: Work) -> Imported:
    """Do the job that ``ask_for_sample`` asked for."""
    return load_sample(work.store, workers=work.workers, batch_id=work.job.batch_id, onlooker=work)


def load_sample(
    store: Store,
    *,
    workers: str,
    today: date | None = None,
    seed: int = SEED,
    runners: Collection[str] | None = None,
    batch_id: int | None = None,
    onlooker: Onlooker | None = None,
) -> Imported:
    """Make the twelve runners' files and take them in as any team archive; add what they report of injuries and gaps.

    Parameters
    ----------
    store : Store
        Where they go. A sample squad of an earlier week is taken out first.
    workers : str
        Address of the executor.
    today : date | None
        The day the stories end; the latest possible if not given.
    seed : int
        Another seed, another squad.
    runners : collection of str | None
        Only these of the twelve; all if not given.
    batch_id, onlooker
        As for ``import_plan``.
    """
    day = today or _day_to_tell(store, batch_id)
    if batch_id is None:
        sample_rows.remove(store)
    cast = [runner for runner in squad(day, seed) if runners is None or runner.name in runners]
    _introduce(store, day, cast)
    (onlooker or Onlooker()).tell(Progress("Making the sample squad's watch files"))
    with tempfile.TemporaryDirectory(prefix="loadmon-sample-") as folder:
        archive = Path(folder) / "sample-squad.zip"
        write_zip(archive, day, seed, runners=runners)
        names = tuple(runner.name for runner in cast)
        done = import_plan(
            store,
            plan([archive], known=names),
            what="the sample squad",
            workers=workers,
            is_sample=True,
            batch_id=batch_id,
            onlooker=onlooker,
        )
    with store.write() as conn:
        tell_efforts(conn, cast)
        tell_bodies(conn, cast, day)
    return done


def _introduce(store: Store, day: date, cast: list[SampleRunner]) -> None:
    """Who the runners are and what they report: limits, injuries, days without a watch."""
    with store.write() as conn:
        for runner in cast:
            athlete = squad_rows.add_athlete(
                conn, runner.name, time_zone=runner.time_zone, squad=runner.squad, is_sample=True
            )
            squad_rows.set_sex(conn, athlete.id, runner.sex)
            for limit in runner.thresholds:
                squad_rows.set_threshold(conn, athlete.id, limit.kind, limit.value, limit.valid_from)
            if not injury_record.injuries(conn, Viewer.everyone(), [athlete.id]):
                for hurt in runner.injuries:
                    injury = Injury(athlete.id, hurt.onset, hurt.returned, hurt.area, hurt.side, hurt.note)
                    injury_record.add_injury(conn, Viewer.everyone(), injury)
            if diary.unknown_days(conn, Viewer.everyone(), [athlete.id]).empty:
                for gap in runner.unknown_days:
                    diary.add_unknown_days(conn, Viewer.everyone(), athlete.id, gap.first, gap.last, gap.reason)
        note_assessments(conn, cast, day)
        preferences.set_preference(conn, MADE_FOR, day.isoformat())


def _day_to_tell(store: Store, batch_id: int | None) -> date:
    """The day the stories end: of the import that is taken up again, else the latest possible."""
    if batch_id is not None:
        with store.read() as conn:
            kept = preferences.preference(conn, MADE_FOR)
        if kept:
            return date.fromisoformat(kept)
    return story_day(datetime.now(UTC))


def _is_fresh(made_for: str | None, now: datetime) -> bool:
    return made_for is not None and (now.date() - date.fromisoformat(made_for)).days <= FRESH_DAYS


def _is_whole(conn: Connection) -> bool:
    """True where the sample squad came in to its end: one that was called off or broke off is made anew."""
    known = imports.batches(conn, Viewer.everyone())
    return bool((known["is_sample"] & (known["state"] == "done")).any())
