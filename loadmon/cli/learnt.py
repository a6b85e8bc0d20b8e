"""By what files are known as somebody's, on the command line: ``loadmon assign --learnt`` and ``--forget``."""

from __future__ import annotations

import typer

from loadmon.cli.told import json_out
from loadmon.intake.clues import ClueKind
from loadmon.intake.known_by import KnownBy, known_by, why_words
from loadmon.store import Store, Viewer, owner_clues
from loadmon.units import plural


def list_learnt(store: Store, *, as_json: bool) -> None:
    """Print everything by which files are known as somebody's, with the number by which it can be forgotten."""
    with store.read() as conn:
        found = known_by(conn, Viewer.everyone())
    if as_json:
        json_out({"learnt": [one.plain() for one in found]})
        return
    for one in found:
        typer.echo(sentence(one))
    if any(one.clue for one in found):
        typer.echo("Drop one with: loadmon assign --forget NUMBER")
    elif found:
        typer.echo("These tell by the sessions stored; nothing has been learnt besides that could be forgotten.")
    else:
        typer.echo("Nothing has been learnt so far.")


def sentence(one: KnownBy) -> str:
    """One thing that tells in a line: its number, whose, what, since when; a fingerprint in full, for a mapping file."""
    number, since = (f"{one.clue.id:>5}", f", learnt {one.clue.created:%Y-%m-%d}") if one.clue else (" " * 5, "")
    serial = f"{f' ({one.device})' if one.device else ''}, serial:{one.value}" if one.kind is ClueKind.SERIAL else ""
    more = why_words(one)
    return f"{number}  {one.runner}: {one.name}{serial}{since}" + (f". {more}" if more else "")


def forget_one(store: Store, number: int, *, as_json: bool) -> None:
    """Forget something by its number.

    Raises
    ------
    NotFound
        If nothing that was learnt has this number.
    """
    with store.write() as conn:
        before = {one.clue.id: one for one in known_by(conn, Viewer.everyone()) if one.clue}
        gone = owner_clues.forget(conn, Viewer.everyone(), number)
    one = before[gone.id]
    if as_json:
        json_out({"forgotten": one.plain()})
        return
    typer.echo(f"Forgotten: {one.name} of {one.runner}.")
    if one.sessions:
        many = f"{plural(one.sessions, 'session')} of theirs {'was' if one.sessions == 1 else 'were'}"
        typer.echo(f"{many} recorded with it: as long as they are here, it tells all the same.")
