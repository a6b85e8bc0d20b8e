"""Whose? on the command line: what is still open, one decision for it, and moving sessions to the right runner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from loadmon.cli.app import EXIT_SOME_REFUSED, app, executor_of, opened
from loadmon.cli.bar import bar
from loadmon.cli.told import json_out
from loadmon.refusal import NotFound
from loadmon.settings import Settings, read_settings
from loadmon.units import plural

if TYPE_CHECKING:
    from loadmon.intake.assign import Assigned, Question
    from loadmon.store import Store

MOST_NAMED = 3


@app.command()
def assign(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="Nothing, to see what is open; or a question's key and the runner's name.", metavar="[KEY] [NAME]"
        ),
    ] = None,
    files: Annotated[
        list[str] | None, typer.Option("--file", help="Only this file, as the report names it; may be given again.")
    ] = None,
    sessions: Annotated[
        list[int] | None, typer.Option("--session", help="A stored session that is NAME's; may be given again.")
    ] = None,
    import_: Annotated[int | None, typer.Option("--import", help="Only this import.")] = None,
    learnt: Annotated[
        bool, typer.Option("--learnt", help="List by what files are known as somebody's: folders, names, watches.")
    ] = False,
    forget: Annotated[
        int | None, typer.Option("--forget", help="Forget something that was learnt, by its number in that list.")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="NAME is new, however much it looks like another's.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Say whose files are that wait for a decision, move a stored session to the runner whose it is, see what was learnt."""
    said = words or []
    settings = read_settings()
    if learnt or forget is not None:
        if said or files or sessions:
            raise typer.BadParameter("--learnt and --forget stand alone.")
        _learnt(settings, forget, as_json=as_json)
        return
    wanted = 1 if files or sessions else 2
    if (said and len(said) != wanted) or ((files or sessions) and not said):
        raise typer.BadParameter(
            "Give the runner's name alone with --file or --session; else a question's key and the name, or nothing."
        )
    with opened(settings) as store:
        if not said:
            _list(store, import_, as_json=as_json)
            return
        _must_be_meant(store, said[-1], import_, new=new)
        if sessions:
            _move(store, sessions, said[-1], as_json=as_json)
            return
        _decide(store, settings, files or said[0], said[-1], import_, as_json=as_json)


def _learnt(settings: Settings, forget: int | None, *, as_json: bool) -> None:
    from loadmon.cli.learnt import forget_one, list_learnt

    with opened(settings) as store:
        if forget is None:
            list_learnt(store, as_json=as_json)
        else:
            forget_one(store, forget, as_json=as_json)


def _list(store: Store, batch_id: int | None, *, as_json: bool) -> None:
    from loadmon.intake.assign import questions
    from loadmon.store import Viewer

    with store.read() as conn:
        found = questions(conn, Viewer.everyone(), batch_id)
    if as_json:
        json_out({"questions": [question.plain() for question in found]})
        return
    for question in found:
        typer.echo(_sentence(question))
        for file in question.files[:MOST_NAMED]:
            typer.echo(f"    {file.path}")
        if len(question.files) > MOST_NAMED:
            typer.echo(f"    … and {len(question.files) - MOST_NAMED:,} more")
    typer.echo("Answer with: loadmon assign KEY NAME" if found else "No question is open: everybody's files are told.")


def _sentence(question: Question) -> str:
    told = f"{question.key}  {plural(len(question.files), 'file')}"
    if question.days:
        first, last = (f"{day:%Y-%m-%d}" for day in question.days)
        told += f" of {first}" + (f" to {last}" if last != first else "")
    told += f" {question.together}" if question.together else ""
    may_be = ", ".join(f"{one.runner} ({one.why})" for one in question.candidates)
    return f"{told}: {question.why}" + (f" Perhaps {may_be}." if may_be else "")


def _decide(
    store: Store, settings: Settings, what: str | list[str], runner: str, batch_id: int | None, *, as_json: bool
) -> None:
    from loadmon.intake.assign import assign as take_in

    with bar(shown=not as_json) as shown:
        done = take_in(store, what, runner, batch_id=batch_id, workers=executor_of(settings), onlooker=shown)
    if as_json:
        json_out(
            {
                "runner": done.runner,
                "new": done.is_new,
                "outcomes": {outcome.value: count for outcome, count in done.outcomes.items()},
                "sessions": done.sessions,
                "moved": done.moved,
                "taught": [{"kind": kind, "value": value} for kind, value in done.taught],
                "certain": [{"key": one.key, "runner": one.runner, "told_by": one.told_by} for one in done.certain],
                "left": list(done.left),
            }
        )
    else:
        _say(done)
    if done.left:
        raise typer.Exit(EXIT_SOME_REFUSED)


def _say(done: Assigned) -> None:
    who = f"{done.runner}, who is new" if done.is_new else done.runner
    typer.echo(f"{plural(done.sessions, 'session')} taken in for {who}." if done.sessions else f"Noted for {who}.")
    if done.moved:
        typer.echo(f"{plural(done.moved, 'session')} moved there from another runner.")
    there = done.outcomes.get("duplicate", 0)  # type: ignore[call-overload]
    if there:
        typer.echo(f"{plural(there, 'file')} {'holds' if there == 1 else 'hold'} what is there already.")
    if done.taught:
        typer.echo("From now on these tell: " + ", ".join(f"{kind} {value}" for kind, value in done.taught) + ".")
    for one in done.certain:
        typer.echo(
            f"{one.key} is certain now ({one.runner}, by the {one.told_by}): loadmon assign {one.key} “{one.runner}”"
        )
    for path in done.left:
        typer.echo(f"  {path} could not be read and still waits.")


def _move(store: Store, numbers: list[int], runner: str, *, as_json: bool) -> None:
    from loadmon.intake.assign import reassign
    from loadmon.store import Viewer

    with store.write() as conn:
        moved = reassign(conn, Viewer.everyone(), numbers, runner, originals=store.originals)
    if as_json:
        json_out({"runner": moved.runner, "sessions": list(moved.session_ids), "taken_back": moved.taken_back})
        return
    typer.echo(f"{plural(len(moved.session_ids), 'session')} moved to {moved.runner}.")
    if moved.taken_back:
        typer.echo("That took the earlier move back.")


def _must_be_meant(store: Store, runner: str, batch_id: int | None, *, new: bool) -> None:
    """A name that nobody has makes a new runner, unless it is so like another's that it may be a slip.

    Raises
    ------
    NotFound
    """
    from loadmon.intake.assign import questions
    from loadmon.intake.owner import like_another
    from loadmon.store import Viewer, squad
    from loadmon.store.squad import name_key

    with store.read() as conn:
        known = {name_key(one.name): one.name for one in squad.athletes(conn, Viewer.everyone())}
        asked = questions(conn, Viewer.everyone(), batch_id)
    named = {name_key(one.runner) for question in asked for one in question.candidates}
    key = name_key(runner)
    if new or key in known or key in named:
        return
    near = like_another(runner, known.values())
    if near:
        raise NotFound(f"There is no runner called {runner}.", f"Perhaps {near} is meant; if not, add --new.")
