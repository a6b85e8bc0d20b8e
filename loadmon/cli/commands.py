"""The commands, one function each: they read the settings, call what does the work, and say what came of it."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loadmon.cli.app import EXIT_REFUSED, EXIT_SOME_REFUSED, EXIT_STOPPED, app, executor_of, opened
from loadmon.cli.bar import bar
from loadmon.cli.told import ahead_out, import_out, json_out, must_be_writable, stopped_out, write_report
from loadmon.settings import read_settings

if TYPE_CHECKING:
    from loadmon.intake.owners_file import OwnersFile


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="Folders, ZIP archives or files.", metavar="PATH…")],
    athlete: Annotated[str | None, typer.Option(help="The one runner to whom everything belongs.")] = None,
    owners: Annotated[
        Path | None, typer.Option(help="A table that says whose files are: folder, path, name or watch, and runner.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write the report, one line a file, as CSV.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Files read at the same time.")] = None,
    columns: Annotated[
        str | None, typer.Option(help="What a table's columns hold: date=Datum,distance=km:Distanz,duration=Dauer.")
    ] = None,
    accept_columns: Annotated[bool, typer.Option(help="Take a table's columns for what they seem to be.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would become of each file and why; take nothing in.")
    ] = False,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Begin anew also where the same import was broken off earlier.")
    ] = False,
) -> None:
    """Take in a folder, a ZIP or files: whose each is, is told by its folder or by --athlete.

    Files that are there already are skipped, bad ones are named, none stops the rest, and running it twice changes
    nothing. Broken off, it goes on where it was when the same command is given again. The files themselves are only read.
    """
    from loadmon.intake.executor import kept_warm

    settings = read_settings(**({"workers": workers} if workers else {}))
    with kept_warm(executor_of(settings)), opened(settings) as store:  # readers start while this process loads the rest
        from loadmon.cli.importing import Asked, done_now
        from loadmon.intake.tables import confirmed
        from loadmon.store import Viewer, imports

        if report:
            must_be_writable(report)
        said = confirmed(paths, columns, accept=accept_columns)
        asked = Asked(paths, athlete, said, _mapping(owners, athlete), dry_run=dry_run, afresh=afresh)
        with bar(shown=not as_json) as shown:
            done = done_now(store, asked, workers=executor_of(settings), onlooker=shown)
        with store.read() as conn:
            lines = imports.reports(conn, Viewer.everyone(), done.batch_id)
    if report:
        write_report(report, lines)
    outcomes = {outcome.value: count for outcome, count in done.outcomes.items()}
    if as_json:
        json_out(
            {
                "batch": None if dry_run else done.batch_id,
                "dry_run": dry_run,
                "stopped": done.stopped,
                "outcomes": outcomes,
                "sessions": done.sessions,
                "seconds": round(done.seconds, 2),
                "files": json.loads(lines.to_json(orient="records", date_format="iso")),
            }
        )
    elif dry_run:
        ahead_out(outcomes, done.sessions, lines)
    else:
        import_out(outcomes, done.sessions, done.seconds, lines, report)
    if done.stopped:
        stopped_out(done.sessions)
        raise typer.Exit(EXIT_STOPPED)
    if not done.sessions and not outcomes.get("duplicate"):
        raise typer.Exit(EXIT_REFUSED)
    if any(outcomes.get(o) for o in ("refused", "no owner")):
        raise typer.Exit(EXIT_SOME_REFUSED)


def _mapping(owners: Path | None, athlete: str | None) -> OwnersFile | None:
    """What a mapping file says.

    Raises
    ------
    Refusal
        As ``read_owners``; or if one runner is named for everything besides.
    """
    from loadmon.intake.owners_file import OwnersUnclear, read_owners

    if owners is None:
        return None
    if athlete is not None:
        raise OwnersUnclear("Both --athlete and --owners say whose the files are.", "Give one of the two.")
    return read_owners(owners)


@app.command()
def inspect(
    file: Annotated[
        Path, typer.Argument(help="One file: FIT, GPX, TCX, packed or not, a ZIP, a table.", metavar="FILE")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """What a file is, what is in it and what was odd; nothing is taken in, no position is shown."""
    from loadmon.cli.inspecting import lines
    from loadmon.readers.inspection import inspect as inspected

    found = inspected(file)
    if as_json:
        json_out(found.plain())
    else:
        for line in lines(found):
            typer.echo(line)
    if found.is_refused:
        raise typer.Exit(EXIT_REFUSED)


@app.command()
def demo(
    serve: Annotated[bool, typer.Option(help="Open the app at once while the sample squad comes in.")] = True,
    port: Annotated[int | None, typer.Option(help="Where the app listens.")] = None,
    open_browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser window.")] = True,
) -> None:
    """Make the sample squad, twelve invented runners over nine months, as real watch files, and take them in."""
    from loadmon.demo.load import ask_for_sample, load_sample

    settings = read_settings(**({"port": port} if port is not None else {}))
    with opened(settings) as store:
        if not serve:
            with bar() as shown:
                done = load_sample(store, workers=executor_of(settings), onlooker=shown)
            typer.echo(f"The sample squad is in: {done.sessions:,} sessions in {done.seconds:.0f} s.")
            return
        ask_for_sample(store)
    from loadmon.server.launch import serve as serve_app

    serve_app(settings, open_browser=open_browser)


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="Where the app listens.")] = None,
    open_browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser window.")] = True,
) -> None:
    """Start the app in the browser, reachable from this machine only unless the settings say otherwise."""
    from loadmon.server.launch import serve as serve_app

    serve_app(read_settings(**({"port": port} if port is not None else {})), open_browser=open_browser)


@app.command()
def worker(
    follow_stdin: Annotated[bool, typer.Option(help="End when standard input closes.", hidden=True)] = False,
    once: Annotated[bool, typer.Option(help="End when nothing is queued.")] = False,
) -> None:
    """Do what pages have asked for (imports, the sample squad); the server starts one by itself."""
    from loadmon.intake.commit import Imported
    from loadmon.intake.decision import ASSIGN, run_assignment
    from loadmon.intake.jobs import IMPORT, LOOK, SAMPLE, Work, run_import, work_on
    from loadmon.intake.recompute import Recomputing
    from loadmon.intake.undo import UNDO, run_undo

    def run_sample(work: Work) -> Imported:
        from loadmon.demo.load import run_sample as run  # its libraries are large, and it is seldom asked for

        return run(work)

    settings = read_settings()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: _stop_at_signal(stop, number))
    if follow_stdin:
        threading.Thread(target=_stop_with_stdin, args=(stop,), daemon=True).start()
    with opened(settings, migrate=not follow_stdin) as store:
        handlers = {IMPORT: run_import, LOOK: run_import, SAMPLE: run_sample, UNDO: run_undo, ASSIGN: run_assignment}
        work_on(store, handlers, executor_of(settings), stop, once=once, idle=Recomputing(store).a_few)


@app.command()
def recompute(
    again: Annotated[
        bool, typer.Option("--read-again", help="Read every kept original anew, after a reader has learnt something.")
    ] = False,
) -> None:
    """Bring the facts of stored sessions up to date after an update of loadmon."""
    from loadmon.intake.read_again import read_again
    from loadmon.intake.recompute import recompute as bring_up_to_date

    with opened(read_settings()) as store:
        if again:
            done = read_again(store)
            typer.echo(
                f"{done.sessions:,} sessions of {done.files:,} files read again; {done.left:,} files left as they are."
            )
            return
        work = bring_up_to_date(store)
    if work.done or not work.left:
        typer.echo(f"{work.done:,} sessions brought up to date." if work.done else "Every session is up to date.")
    if work.left:
        typer.echo(f"{len(work.left):,} stay as they are; the log says why. Try loadmon recompute --read-again.")


@app.command("squad")
def squad_(as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False) -> None:
    """Who needs attention this week and why, as the squad page shows it."""
    from loadmon.show.figures import squad_rows
    from loadmon.show.palette import BADGES
    from loadmon.store import Viewer
    from loadmon.units import Units

    with opened(read_settings()) as store:
        rows = squad_rows(store, Viewer.everyone(), Units(), datetime.now(UTC))
    if as_json:
        json_out(
            [
                {
                    "runner": row.athlete.name,
                    "state": row.week.attention.state.value,
                    "reason": row.week.attention.headline,
                    "since": row.week.attention.since,
                    "longest_sensible_next_run_m": row.week.next_run.value_m,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        badge = BADGES[row.week.attention.state]
        typer.echo(f"{badge.shape} {badge.word:<16} {row.athlete.name:<24} {row.week.attention.headline}")
    if not rows:
        typer.echo(
            "No runner yet. Take files in with: loadmon import FOLDER-OR-ZIP, or make the sample squad: loadmon demo"
        )


def _stop_at_signal(stop: threading.Event, number: int) -> None:
    """Asked to end: keep what was read and give the job back; asked again: end at once."""
    stop.set()
    signal.signal(number, signal.SIG_DFL)


def _stop_with_stdin(stop: threading.Event) -> None:
    """The server holds the other end of this pipe; when it is gone, however it went, so is the reason to work."""
    # past Python's own buffer: a thread that waits in it when the command ends brings the whole process down with a fatal error
    while os.read(sys.stdin.fileno(), 4096):
        pass
    stop.set()
