"""``loadmon correct``: what seems wrong with a session, what was put right, and putting it right or taking that back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from loadmon.cli.app import app, opened
from loadmon.cli.told import json_out
from loadmon.settings import read_settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from loadmon.correction import Correction


class SessionFirst(TyperGroup):
    """``loadmon correct 12 --json`` lists: the option may stand behind the number although no verb follows."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As ever, once the option stands in front."""
        if "--json" in args and not any(word in self.commands for word in args):
            args = ["--json", *(word for word in args if word != "--json")]
        return super().parse_args(ctx, args)


correcting = typer.Typer(
    cls=SessionFirst,
    help="What seems wrong with a session and what was put right; crop it, cut a stretch out, set distance, clock or load, "
    "leave a channel or all of it out, and take any of that back. SESSION is the number in the address of its page.",
    invoke_without_command=True,
    no_args_is_help=True,
)
app.add_typer(correcting, name="correct")

Action = Callable[["Connection", int], Any]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]
Why = Annotated[str, typer.Option("--why", help="The reason, in a few words.")]
Moment = Annotated[str, typer.Argument(help="From the start as recorded: 1:05:30, 12:30 or 90 (seconds).")]
Number = Annotated[int, typer.Argument(help="Its number, as the list tells it.")]


@correcting.callback()
def correct(
    context: typer.Context,
    session: Annotated[int, typer.Argument(help="The session's number.", metavar="SESSION")],
    as_json: AsJson = False,
) -> None:
    """What is suggested for a session, what was put right, and what was taken back."""
    context.obj = session
    if context.invoked_subcommand is None:
        _tell(session, as_json, None)


@correcting.command()
def apply(context: typer.Context, suggestion: Number, as_json: AsJson = False) -> None:
    """Put right what is suggested."""
    from loadmon.intake import correct
    from loadmon.store import Viewer

    _do(
        context,
        as_json,
        lambda conn, session: correct.accept(conn, Viewer.everyone(), session, _suggestion(conn, session, suggestion)),
    )


@correcting.command()
def decline(context: typer.Context, suggestion: Number, as_json: AsJson = False) -> None:
    """Leave it as it is: the suggestion is not made again."""
    from loadmon.intake import correct
    from loadmon.store import Viewer

    _do(
        context,
        as_json,
        lambda conn, session: correct.decline(conn, Viewer.everyone(), session, _suggestion(conn, session, suggestion)),
    )


@correcting.command()
def crop(
    context: typer.Context,
    first: Annotated[str, typer.Argument(help="Keep from here: 1:05:30, 12:30, 90 or start.", metavar="FROM")],
    last: Annotated[str, typer.Argument(help="… to here, or end.", metavar="TO")],
    why: Why = "",
    as_json: AsJson = False,
) -> None:
    """Keep only the part between two moments of the recording as it came."""
    _make(context, as_json, "CROP", why, lambda: _span(first, last))


@correcting.command()
def pause(context: typer.Context, first: Moment, last: Moment, why: Why = "", as_json: AsJson = False) -> None:
    """Cut out what lies between two moments, as if the watch had been stopped."""
    _make(context, as_json, "PAUSE", why, lambda: _span(first, last))


@correcting.command()
def distance(
    context: typer.Context,
    length: Annotated[str, typer.Argument(help="10.2 (kilometres), 10.2km, 6.3mi or 10200m.", metavar="DISTANCE")],
    why: Why = "",
    as_json: AsJson = False,
) -> None:
    """Set the distance; speed goes with it, the time stays."""
    from loadmon.cli.written import metres_of

    _make(context, as_json, "DISTANCE", why, lambda: {"distance_m": metres_of(length)})


@correcting.command()
def zone(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Such as Europe/Berlin.", metavar="ZONE")],
    why: Why = "",
    as_json: AsJson = False,
) -> None:
    """Say in which time zone it was run: the day it belongs to follows."""
    _make(context, as_json, "CLOCK", why, lambda: {"zone": name})


@correcting.command()
def began(
    context: typer.Context,
    at: Annotated[datetime, typer.Argument(help="On the runner's own clock: 2025-03-01T07:30.", metavar="WHEN")],
    why: Why = "",
    as_json: AsJson = False,
) -> None:
    """Say when it really began, where the watch's clock was wrong."""
    from loadmon.correction import Correction, CorrectionKind
    from loadmon.intake import correct
    from loadmon.intake.checked import shift_to
    from loadmon.store import Viewer, sessions

    def made(conn: Connection, session: int) -> None:
        read = sessions.as_read(conn, Viewer.everyone(), session)
        shift = {"shift_s": shift_to(read, at.replace(tzinfo=None))}
        correct.correct(conn, Viewer.everyone(), session, Correction(CorrectionKind.CLOCK, shift, why))

    _do(context, as_json, made)


@correcting.command()
def without(
    context: typer.Context,
    channel: Annotated[str, typer.Argument(help='"heart rate", cadence, power, altitude, …', metavar="CHANNEL")],
    why: Why = "",
    as_json: AsJson = False,
) -> None:
    """Leave a channel out: it counts as not measured."""
    from loadmon.cli.written import channel_of

    _make(context, as_json, "CHANNEL_OUT", why, lambda: {"channel": channel_of(channel)})


@correcting.command()
def load(
    context: typer.Context,
    value: Annotated[float, typer.Argument(help="What the session was worth.", metavar="VALUE")],
    measure: Annotated[str, typer.Option(help="points or trimp.")] = "points",
    why: Why = "",
    as_json: AsJson = False,
) -> None:
    """Say what the session was worth: it stands before what is computed, and says so."""
    _make(context, as_json, "LOAD", why, lambda: {"measure": measure, "value": value})


@correcting.command()
def exclude(
    context: typer.Context,
    reason: Annotated[str, typer.Argument(help="Why it does not count.", metavar="REASON")],
    as_json: AsJson = False,
) -> None:
    """Leave the whole session out of every sum; it stays visible."""
    from loadmon.intake import correct
    from loadmon.store import Viewer

    _do(context, as_json, lambda conn, session: correct.exclude(conn, Viewer.everyone(), session, reason))


@correcting.command()
def include(context: typer.Context, as_json: AsJson = False) -> None:
    """Let a session count again that was left out."""
    from loadmon.intake import correct
    from loadmon.store import Viewer

    _do(context, as_json, lambda conn, session: correct.exclude(conn, Viewer.everyone(), session, None))


@correcting.command("take-back")
def take_back(context: typer.Context, number: Number, as_json: AsJson = False) -> None:
    """Take a correction back; the figures are those without it again."""
    from loadmon.intake import correct
    from loadmon.store import Viewer

    def back(conn: Connection, session: int) -> None:
        _of(conn, session, number)
        correct.take_back(conn, Viewer.everyone(), number)

    _do(context, as_json, back)


@correcting.command("put-back")
def put_back(context: typer.Context, number: Number, as_json: AsJson = False) -> None:
    """Put a correction in force again that was taken back, or a suggestion that was not wanted."""
    from loadmon.intake import correct
    from loadmon.store import Viewer

    def back(conn: Connection, session: int) -> None:
        _of(conn, session, number)
        correct.put_back(conn, Viewer.everyone(), number)

    _do(context, as_json, back)


def _make(context: typer.Context, as_json: bool, kind: str, why: str, params: Callable[[], dict[str, Any]]) -> None:
    """A correction of a kind, with params that may be refused."""
    from loadmon.correction import Correction, CorrectionKind
    from loadmon.intake import correct
    from loadmon.store import Viewer

    made = Correction(CorrectionKind[kind], params(), why)
    _do(context, as_json, lambda conn, session: correct.correct(conn, Viewer.everyone(), session, made))


def _do(context: typer.Context, as_json: bool, action: Action) -> None:
    """Do it in one transaction, then say how the session stands."""
    _tell(int(context.obj), as_json, action)


def _tell(session: int, as_json: bool, action: Action | None) -> None:
    from loadmon.cli.session_told import lines, told
    from loadmon.intake import correct
    from loadmon.store import Viewer, corrections, sessions

    everyone = Viewer.everyone()
    with opened(read_settings()) as store:
        if action is not None:
            with store.write() as conn:
                action(conn, session)
        with store.read() as conn:
            stored = sessions.one(conn, everyone, session)
            met = corrections.of_session(conn, everyone, session, removed=True)
            suggested = correct.suggested(conn, everyone, session)
    if as_json:
        json_out(told(stored, suggested, met))
        return
    for line in lines(stored, suggested, met):
        typer.echo(line)


def _of(conn: Connection, session: int, number: int) -> None:
    """Refuse a correction of another session."""
    from loadmon.store import Viewer, corrections
    from loadmon.store.access import no_such

    if corrections.find(conn, Viewer.everyone(), number)[0] != session:
        raise no_such("correction")


def _suggestion(conn: Connection, session: int, number: int) -> Correction:
    from loadmon.intake import correct
    from loadmon.store import Viewer
    from loadmon.store.squad import NotAValue

    found = correct.suggested(conn, Viewer.everyone(), session)
    if not 1 <= number <= len(found):
        many = f"There are {len(found)} suggestions" if found else "Nothing is suggested"
        raise NotAValue(f"{many} for this session.", f"loadmon correct {session} lists them.")
    return found[number - 1]


def _span(first: str, last: str) -> dict[str, float]:
    from loadmon.cli.written import seconds_of

    begin = {} if first == "start" else {"from_s": seconds_of(first)}
    return begin | ({} if last == "end" else {"to_s": seconds_of(last)})
