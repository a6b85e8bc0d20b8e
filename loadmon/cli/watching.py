"""``loadmon watch``: takes in what comes to a synced folder, until it is told to end."""

from __future__ import annotations

import json
import signal
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loadmon.cli.app import EXIT_SOME_REFUSED, app, executor_of, opened
from loadmon.settings import read_settings

if TYPE_CHECKING:
    from loadmon.intake.watch import Told

_SLICE_S = 0.5
"""Windows hears Ctrl+C only between two waits, so that none may be long."""


@app.command()
def watch(
    folder: Annotated[Path, typer.Argument(help="A folder that a watch or a cloud is synced to.", metavar="FOLDER")],
    athlete: Annotated[str | None, typer.Option(help="The one runner to whom everything belongs.")] = None,
    every: Annotated[float, typer.Option(min=1.0, help="Seconds between two looks.")] = 30.0,
    once: Annotated[bool, typer.Option(help="Take in what is there, once it has come to rest, and end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Tell everything as JSON, one object a line.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Files read at the same time.")] = None,
) -> None:
    """Watch a synced folder and take in what is new, again and again; its files are only read, never touched.

    A file is taken in once it has been still for a few seconds. A folder that goes away (a network, a card) is waited for.
    """
    from loadmon.intake.watch import Watch
    from loadmon.intake.watch import watch as keep_watching

    settings = read_settings(**({"workers": workers} if workers else {}))
    stop = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):  # the last is how Windows asks
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _frame: _stop_at_signal(stop, number))
    with opened(settings) as store:
        watching = Watch(
            store,
            folder,
            _json if as_json else _line,
            athlete=athlete,
            workers=executor_of(settings),
            stops=stop.is_set,
        )
        keep_watching(watching, every_s=every, once=once, pause=lambda seconds: _waited(stop, seconds))
    if once and watching.told_of_some:
        raise typer.Exit(EXIT_SOME_REFUSED)


def _waited(stop: threading.Event, seconds: float) -> bool:
    """Wait; True as soon as watching is to end."""
    until = time.monotonic() + seconds
    while not stop.is_set():
        left = until - time.monotonic()
        if left <= 0:
            return False
        stop.wait(min(left, _SLICE_S))
    return True


def _stop_at_signal(stop: threading.Event, number: int) -> None:
    """Asked to end: an import under way keeps what was read; asked again: end at once."""
    stop.set()
    signal.signal(number, signal.SIG_DFL)


def _line(told: Told) -> None:
    """One line for people on standard error, with the time of day; it may run for weeks."""
    typer.echo(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}  {told.words}", err=True)


def _json(told: Told) -> None:
    """One object for programs on standard output, told at once also through a pipe."""
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    typer.echo(json.dumps({"at": at, "event": told.kind.value, **told.values}, ensure_ascii=True, allow_nan=False))
