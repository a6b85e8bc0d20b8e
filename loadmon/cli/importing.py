"""``loadmon import`` at work: what was asked, done here and now, until somebody stops it."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from loadmon.intake.by_command import import_here
from loadmon.intake.commit import Imported, import_plan
from loadmon.intake.jobs import request_for, words_for
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.owners_file import OwnersFile
from loadmon.intake.plan import plan
from loadmon.intake.progress import LISTING, Progress
from loadmon.intake.tables import Confirmed
from loadmon.store import Store, Viewer, squad
from loadmon.store.imports import BrokenOff


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was given."""

    paths: list[Path]
    athlete: str | None
    columns: Confirmed
    mapping: OwnersFile | None = None
    dry_run: bool = False
    afresh: bool = False


def done_now(store: Store, asked: Asked, *, workers: str, onlooker: Onlooker) -> Imported:
    """Take it in, or with ``dry_run`` look ahead.

    Raises
    ------
    Refusal
        If nothing, or nothing more, can be taken in.
    """
    if asked.dry_run:
        with store.read() as conn:
            known = tuple(a.name for a in squad.athletes(conn, Viewer.everyone()))
        chosen = plan(
            asked.paths,
            asked.athlete,
            known,
            columns=asked.columns,
            mapping=asked.mapping,
            seen=lambda n: onlooker.tell(Progress(LISTING, n)),
        )
        chosen.must_hold_something()
        what = words_for(asked.paths)
        return import_plan(store, chosen, what=what, workers=workers, onlooker=onlooker, dry_run=True)
    request = request_for(asked.paths, athlete=asked.athlete, columns=asked.columns, mapping=asked.mapping)
    with stopped_by_hand() as stop:
        return import_here(
            store, request, workers=workers, stop=stop, onlooker=onlooker, afresh=asked.afresh, goes_on=_goes_on
        )


@contextlib.contextmanager
def stopped_by_hand() -> Iterator[threading.Event]:
    """An event that Ctrl+C sets: the import keeps what was read and ends. Ctrl+C once more ends at once."""
    stop = threading.Event()

    def asked(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.default_int_handler)

    names = [name for name in ("SIGINT", "SIGTERM") if threading.current_thread() is threading.main_thread()]
    before = {name: signal.signal(getattr(signal, name), asked) for name in names}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _goes_on(earlier: BrokenOff) -> None:
    words = f"Going on with import {earlier.batch_id}, broken off at {earlier.at:%Y-%m-%d %H:%M} UTC."
    typer.echo(words, err=True)
