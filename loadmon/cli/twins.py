"""Runs recorded twice on the command line: which there are, what counts and why, and deciding otherwise."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loadmon.cli.app import app, opened
from loadmon.cli.told import json_out
from loadmon.settings import read_settings
from loadmon.units import Units, clock

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from loadmon.athlete import Athlete


class Keep(StrEnum):
    """What may be said of two recordings; ``default`` takes back what was said."""

    RICHER = "richer"
    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    MERGE = "merge"
    DEFAULT = "default"


class Rule(StrEnum):
    """What may be done with every run of a runner that was recorded twice (``loadmon.overlap.Default``)."""

    RICHER = "richer"
    MERGE = "merge"
    BOTH = "both"
    SKIP = "skip"


@app.command()
def twins(
    first: Annotated[int | None, typer.Argument(help="A session, by its number in the list.")] = None,
    second: Annotated[int | None, typer.Argument(help="The other recording of the same run.")] = None,
    keep: Annotated[
        Keep | None,
        typer.Option(help="What is done with these two; first is the one named first, default asks nothing."),
    ] = None,
    default: Annotated[
        Rule | None, typer.Option(help="What is done with every run of --athlete of which nobody decided.")
    ] = None,
    athlete: Annotated[str | None, typer.Option(help="Only this runner's.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Runs that were recorded twice: what each recording holds, which counts and why; and deciding otherwise.

    Nothing is ever deleted: a recording that does not count is only left out of the sums, and may be chosen again.
    """
    from loadmon.intake import twins as deciding
    from loadmon.store import Viewer, squad

    viewer = Viewer.everyone()
    _must_fit(first, second, keep, default, athlete)
    with opened(read_settings()) as store:
        with store.read() as conn:
            people = {one.id: one for one in squad.athletes(conn, viewer)}
            only = None if athlete is None else _named(athlete, list(people.values()))
        if default is not None and only is not None:
            with store.write() as conn:
                deciding.set_default(conn, viewer, only, default, settled=False)
            deciding.settle(store, [only])
        if keep is not None and first is not None and second is not None:
            with store.write() as conn:
                _decide(conn, first, second, keep)
        with store.read() as conn:
            found = deciding.recorded_twice(conn, viewer, None if only is None else [only])
    if first is not None and second is not None:
        found = found[(found["first_id"] == min(first, second)) & (found["second_id"] == max(first, second))]
    found.insert(1, "runner", [people[number].name for number in found["athlete_id"]])
    if as_json:
        json_out(json.loads(found.to_json(orient="records", date_format="iso")))
        return
    for row in found.to_dict("records"):
        typer.echo(_told(row))
    if found.empty:
        typer.echo("No run was recorded twice." if first is None else "These two are no two recordings of one run.")


def _must_fit(
    first: int | None, second: int | None, keep: Keep | None, default: Rule | None, athlete: str | None
) -> None:
    if (first is None) != (second is None):
        raise typer.BadParameter("name two sessions, or none to list them all")
    if keep is not None and first is None:
        raise typer.BadParameter("--keep needs the numbers of two sessions: loadmon twins 12 15 --keep both")
    if default is not None and athlete is None:
        raise typer.BadParameter("--default needs a runner: loadmon twins --default merge --athlete NAME")


def _named(name: str, people: list[Athlete]) -> int:
    from loadmon.refusal import NotFound
    from loadmon.store.squad import name_key

    for one in people:
        if name_key(one.name) == name_key(name):
            return one.id
    raise NotFound(f"There is no runner called {name}.", "loadmon squad lists them.")


def _decide(conn: Connection, first: int, second: int, keep: Keep) -> None:
    from loadmon.intake import twins as deciding
    from loadmon.overlap import Choice
    from loadmon.store import Viewer

    if keep is Keep.DEFAULT:
        deciding.take_back(conn, Viewer.everyone(), first, second)
        return
    choice = Choice(keep.value)
    if first > second and choice in (Choice.FIRST, Choice.SECOND):
        choice = Choice.SECOND if choice is Choice.FIRST else Choice.FIRST
    deciding.choose(conn, Viewer.everyone(), first, second, choice)


def _told(row: dict[Any, Any]) -> str:
    """One pair in three lines: what holds and why, then each side."""
    from loadmon.overlap.pairs import SIDES, outcome

    lines = [f"{row['runner']}: {outcome(row)}: {row['why']}."]
    if row["takes"]:
        lines[0] += f" It takes {row['takes']} from the other."
    for side in SIDES:
        far, long = Units().distance(row[f"{side}_distance_m"], 2), clock(row[f"{side}_elapsed_s"])
        number, samples = row[f"{side}_id"], int(row[f"{side}_samples"])
        lines.append(
            f"  {number:>6}  {_named_side(row, side)}: {far}, {long}, {samples:,} samples; {row[f'{side}_contains']}"
        )
    return "\n".join(lines)


def _named_side(row: dict[Any, Any], side: str) -> str:
    """One side of a pair by its day, time and device, or its file where no device is told."""
    from loadmon.overlap.pairs import named

    device = row.get(f"{side}_device")
    return named(row, f"{side}_") + ("" if isinstance(device, str) and device else f", {row[f'{side}_file_name']}")
