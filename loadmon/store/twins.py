"""Decisions about recordings of the same run: of one pair, and for all of a runner's; each can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from loadmon.correction import CorrectionKind
from loadmon.overlap import Choice, Decided, Default
from loadmon.store.access import Viewer, no_such
from loadmon.store.insert_new import put
from loadmon.store.schema import AthleteRow, CorrectionRow, SessionRow, TwinChoiceRow, now
from loadmon.store.squad import NotAValue

ROW, BORROW = TwinChoiceRow, CorrectionRow
HAD = "had"
"""In the params of a borrowing: by channel the share of the time that the session held itself."""


@dataclass(frozen=True, slots=True)
class Made:
    """A decision about a pair as it is kept: what, and when it was made."""

    choice: Choice
    decided: datetime


@dataclass(frozen=True, slots=True)
class Borrowing:
    """Channels that a session has from another recording because the two were merged; ``had`` as ``overlap.Merge``."""

    id: int
    session_id: int
    other_id: int
    channels: tuple[str, ...]
    had: dict[str, float]
    taken_back: bool

    @property
    def key(self) -> tuple[int, int, tuple[str, ...]]:
        """What is borrowed, whatever its number."""
        return self.session_id, self.other_id, self.channels


def choose(conn: Connection, viewer: Viewer, one: int, other: int, choice: Choice | str) -> Made | None:
    """Decide what is done with two recordings of one run; what is decided stands before what holds for the runner.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes.
    one, other : int
        Two sessions of one runner, in any order.
    choice : Choice or str
        ``first`` and ``second`` are by number: the lower one is the first.

    Returns
    -------
    Made | None
        What had been decided before, for ``put_back``.

    Raises
    ------
    NotFound
        If one of them is not there, or this viewer may not see it.
    NotAValue
        If they are one session or of two runners, or the choice is none.
    """
    _must_be_a_pair(conn, viewer, one, other)
    if choice not in set(Choice):
        raise NotAValue("That is no choice between two recordings.", f"Choose one of {', '.join(Choice)}.")
    before = made(conn, viewer, one, other)
    _put(conn, one, other, Made(Choice(choice), now()))
    return before


def take_back(conn: Connection, viewer: Viewer, one: int, other: int) -> Made | None:
    """Take a decision about a pair back: what holds for the runner applies again. Gives back what had been decided.

    Raises
    ------
    NotFound
        If one of them is not there, or this viewer may not see it.
    """
    _must_be_a_pair(conn, viewer, one, other)
    before = made(conn, viewer, one, other)
    conn.execute(delete(ROW).where(_is(one, other)))
    return before


def put_back(conn: Connection, viewer: Viewer, one: int, other: int, before: Made | None) -> None:
    """Decide as it was decided before, to the instant; None takes the decision back.

    Raises
    ------
    NotFound
        If one of them is not there, or this viewer may not see it.
    """
    _must_be_a_pair(conn, viewer, one, other)
    if before is None:
        conn.execute(delete(ROW).where(_is(one, other)))
    else:
        _put(conn, one, other, before)


def made(conn: Connection, viewer: Viewer, one: int, other: int) -> Made | None:
    """What was decided of a pair and when; None where nobody decided, or this viewer may not see the sessions."""
    asked = select(ROW.choice, ROW.decided).join(SessionRow, SessionRow.id == ROW.first_id)
    row = conn.execute(asked.where(_is(one, other), viewer.rule(SessionRow.athlete_id))).one_or_none()
    return None if row is None else Made(Choice(row.choice), row.decided)


def choices(
    conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None
) -> dict[tuple[int, int], Choice]:
    """Every decision about a pair of these runners, by the numbers of the two sessions, the lower first."""
    asked = (
        select(ROW.first_id, ROW.second_id, ROW.choice)
        .join(SessionRow, SessionRow.id == ROW.first_id)
        .where(viewer.rule(SessionRow.athlete_id, athlete_ids))
    )
    return {(first, second): Choice(choice) for first, second, choice in conn.execute(asked)}


def set_default(conn: Connection, viewer: Viewer, athlete_id: int, default: Default | str | None) -> Default | None:
    """Say what is done with a runner's pairs of which nobody decided; None goes back to keeping the richer.

    Gives back what held before (None where nobody had said).

    Raises
    ------
    NotFound
        If there is no such runner, or this viewer may not see them.
    NotAValue
        If it is none of ``Default``.
    """
    if default is not None and default not in set(Default):
        raise NotAValue("That cannot be done with second recordings.", f"Choose one of {', '.join(Default)}.")
    theirs = and_(AthleteRow.id == athlete_id, viewer.rule(AthleteRow.id))
    row = conn.execute(select(AthleteRow.twins).where(theirs)).one_or_none()
    if row is None:
        raise no_such("runner")
    conn.execute(update(AthleteRow).where(theirs).values(twins=None if default is None else Default(default).value))
    return None if row.twins is None else Default(row.twins)


def decided(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> Decided:
    """Everything that tells which recordings of these runners count: decisions, and what merged ones held themselves."""
    ids = None if athlete_ids is None else sorted(set(athlete_ids))
    told = select(AthleteRow.id, AthleteRow.twins).where(viewer.rule(AthleteRow.id, ids), AthleteRow.twins.is_not(None))
    defaults = {number: default for number, default in conn.execute(told) if default is not None}
    held: dict[int, dict[str, float]] = {}
    for one in borrowings(conn, viewer, ids):
        if not one.taken_back:
            held.setdefault(one.session_id, {}).update(one.had)
    return Decided(choices(conn, viewer, ids), defaults, held)


def borrowings(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> list[Borrowing]:
    """What recordings of these runners have from others because they were merged, by number; not what a person borrowed."""
    asked = (
        select(BORROW.id, BORROW.session_id, BORROW.other_id, BORROW.params, BORROW.removed)
        .join(SessionRow, SessionRow.id == BORROW.session_id)
        .where(BORROW.kind == CorrectionKind.BORROW.value, viewer.rule(SessionRow.athlete_id, athlete_ids))
        .order_by(BORROW.id)
    )
    found = []
    for number, session_id, other_id, params, removed in conn.execute(asked):
        said = json.loads(params)
        if HAD in said and other_id is not None:
            channels = tuple(str(name) for name in said["channels"])
            had = {name: float(said[HAD].get(name, 0.0)) for name in channels}
            found.append(Borrowing(number, session_id, other_id, channels, had, taken_back=removed is not None))
    return found


def give_back(conn: Connection, numbers: Iterable[int]) -> None:
    """Remove borrowings by their number: they follow from decisions, which say why they were there."""
    conn.execute(delete(BORROW).where(BORROW.id.in_(sorted(numbers))))


def forget_taken_back(conn: Connection, one: int, other: int) -> None:
    """Forget which borrowings between two sessions somebody took back by hand: a new decision about them comes first."""
    between = and_(BORROW.session_id.in_((one, other)), BORROW.other_id.in_((one, other)))
    asked = select(BORROW.id, BORROW.params).where(between, BORROW.removed.is_not(None))
    merged = [number for number, params in conn.execute(asked) if HAD in json.loads(params)]
    conn.execute(delete(BORROW).where(BORROW.id.in_(merged)))


def runner_of(conn: Connection, viewer: Viewer, session_id: int) -> int:
    """Whose a session is.

    Raises
    ------
    NotFound
        If it is not there, or this viewer may not see it.
    """
    asked = select(SessionRow.athlete_id).where(SessionRow.id == session_id, viewer.rule(SessionRow.athlete_id))
    found = conn.execute(asked).scalar_one_or_none()
    if found is None:
        raise no_such("session")
    return found


def _is(one: int, other: int) -> ColumnElement[bool]:
    return and_(ROW.first_id == min(one, other), ROW.second_id == max(one, other))


def _put(conn: Connection, one: int, other: int, what: Made) -> None:
    row = {
        "first_id": min(one, other),
        "second_id": max(one, other),
        "choice": what.choice.value,
        "decided": what.decided,
    }
    put(conn, ROW, row, same=("first_id", "second_id"))


def _must_be_a_pair(conn: Connection, viewer: Viewer, one: int, other: int) -> None:
    asked = select(SessionRow.id, SessionRow.athlete_id).where(SessionRow.id.in_((one, other)))
    found = conn.execute(asked.where(viewer.rule(SessionRow.athlete_id)))
    whose = dict(found.all())
    if {one, other} - set(whose):
        raise no_such("session")
    if one == other or whose[one] != whose[other]:
        raise NotAValue(
            "These are not two sessions of one runner.", "Name two recordings of the same run by their numbers."
        )
