"""The command line's one application: how it begins, how a refusal ends it, and what every command opens."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from loadmon import __version__
from loadmon.cli.bar import console
from loadmon.refusal import Refusal
from loadmon.settings import Settings

if TYPE_CHECKING:
    from loadmon.store import Store

app = typer.Typer(
    help="loadmon reads the files runners' watches write and tells what load they carry and what changed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

EXIT_REFUSED = 1
"""Something was asked that could not be done at all."""
EXIT_SOME_REFUSED = 3
"""The import went through, but some files were refused or set aside; the report says which."""
EXIT_STOPPED = 130
"""Somebody stopped the command; what was read is kept."""


def main() -> None:
    """Run the command; a refusal becomes a sentence and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a runner's name or a badge's shape must not end a command where the output knows few letters
            stream.reconfigure(errors="backslashreplace")
    try:
        app(standalone_mode=True)
    except Refusal as refusal:
        console.print(Text.assemble((refusal.what, "bold"), " ", refusal.advice), soft_wrap=True)
        sys.exit(EXIT_REFUSED)


@app.callback(invoke_without_command=True)
def begin(version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False) -> None:
    """Reads the files runners' watches write and tells what load they carry and what changed."""
    if version:
        typer.echo(f"loadmon {__version__}")
        raise typer.Exit
    level = logging.getLevelNamesMapping().get(os.environ.get("LOADMON_LOG_LEVEL", "").upper(), logging.WARNING)
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")


@contextlib.contextmanager
def opened(settings: Settings, migrate: bool = True) -> Iterator[Store]:
    """The store that the settings name, closed again at the end of a command."""
    from loadmon.store import open_store

    store = open_store(settings.database, settings.home, migrate=migrate)
    try:
        yield store
    finally:
        store.close()


def executor_of(settings: Settings) -> str:
    """Processes also where there is one core: a file that takes its reader down must not take the import with it."""
    own = {"serial": "serial://", "processes": f"process://{settings.workers}"}
    return own.get(settings.scheduler, settings.scheduler)
