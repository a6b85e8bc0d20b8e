"""Imports on the command line: which there were, what became of each file, and taking one back."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loadmon.cli.app import EXIT_REFUSED, app, opened
from loadmon.cli.told import json_out, must_be_writable, report_out, write_report
from loadmon.refusal import Refusal
from loadmon.settings import read_settings
from loadmon.units import Units, plural

if TYPE_CHECKING:
    import pandas as pd


class NotConfirmed(Refusal):
    """Something that takes data away was asked where nobody can be asked whether it is meant."""

    name = "not confirmed"


@app.command()
def batches(
    number: Annotated[int | None, typer.Argument(help="One import: what became of each of its files.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write that import's report, one line a file, as CSV.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """The imports so far, the latest first; with a number, the report of that one."""
    from loadmon.store import Viewer, imports

    if report:
        must_be_writable(report)
    with opened(read_settings()) as store, store.read() as conn:
        if number is not None:
            state = imports.state_of(conn, number)
            lines = imports.reports(conn, Viewer.everyone(), number)
        found = imports.batches(conn, Viewer.everyone())
    if number is not None:
        if report:
            write_report(report, lines)
        if as_json:
            json_out(
                {
                    "batch": number,
                    "state": state,
                    "files": json.loads(lines.to_json(orient="records", date_format="iso")),
                }
            )
        else:
            report_out(lines)
        return
    if as_json:
        json_out(json.loads(found.reset_index().to_json(orient="records", date_format="iso")))
        return
    for row in found.reset_index().itertuples(index=False):
        typer.echo(_sentence(row))
    if found.empty:
        typer.echo("No import yet. Take files in with: loadmon import FOLDER-OR-ZIP")


@app.command()
def undo(
    number: Annotated[int, typer.Argument(help="The import, as loadmon batches numbers it.", metavar="IMPORT")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what went as JSON; needs --yes.")] = False,
) -> None:
    """Take an import back, whole: its sessions, and the runners whom only it brought. The files it came from stay."""
    from loadmon.intake.undo import sentence, undo_import
    from loadmon.store import Viewer, imports
    from loadmon.store.access import no_such

    with opened(read_settings()) as store:
        with store.read() as conn:
            imports.state_of(conn, number)
            found = imports.batches(conn, Viewer.everyone())
        if number not in found.index:
            raise no_such("import")
        row = next(found.loc[[number]].reset_index().itertuples(index=False))
        if not yes:
            typer.echo(_sentence(row), err=True)
            if as_json or sys.stdin is None or not sys.stdin.isatty():
                # what is piped in may be meant for something else, so only a person at a terminal is asked
                raise NotConfirmed("Nothing was taken out: nobody can be asked here.", "If it is meant, add --yes.")
            if not typer.confirm("Take it out? Its kept originals go with it.", err=True):
                raise typer.Exit(EXIT_REFUSED)
        gone = undo_import(store, number)
    if as_json:
        json_out({"batch": number, "sessions": gone.sessions, "kept": gone.kept, "runners": gone.runners})
    else:
        typer.echo(sentence(gone))


def _sentence(row: Any) -> str:
    told = f"{row.batch_id:>4}  {_at(row.started)}  {row.state:<9}  {row.what}: "
    told += f"{plural(int(row.files), 'file')}, {plural(int(row.sessions), 'session')}"
    if row.distance_m > 0:
        told += f", {Units().distance(row.distance_m, 0)}"
    return told


def _at(started: pd.Timestamp) -> str:
    return f"{started:%Y-%m-%d %H:%M} UTC"
