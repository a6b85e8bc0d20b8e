"""Two recordings of one run made one: the channels that the one which counts lacks come from the other, as was decided."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Connection

from loadmon.correction import Correction, CorrectionKind, MadeBy
from loadmon.intake.facts_anew import renew
from loadmon.overlap import Choice, Default, Merge, merge_pairs, merges, pairs
from loadmon.refusal import Refusal
from loadmon.store import Store, Viewer, corrections, runs, twins
from loadmon.store.twins import Made

ALL = Viewer.everyone()
AT_ONCE = 25
"""Sessions changed in one transaction: about two seconds."""


class NotTheSameRun(Refusal):
    """Two sessions that are not two recordings of one run: there is nothing to choose between them."""

    name = "not the same run"


def recorded_twice(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> pd.DataFrame:
    """Every two sessions of these runners that are recordings of one run, as ``loadmon.overlap.pairs`` tells them."""
    ids = None if athlete_ids is None else list(athlete_ids)
    found = runs.runs_table(conn, viewer, ids)
    return pairs(found[~found["excluded"].to_numpy(bool)], twins.decided(conn, viewer, ids))


def settle(store: Store, athlete_ids: Iterable[int], anew: Iterable[int] = ()) -> tuple[int, ...]:
    """Bring what is borrowed between recordings in line with what was decided and with the sessions that are there.

    Called when sessions of a runner have come, gone or changed: at the end of an import, after an undo, after a
    correction. The result depends on the sessions and the decisions alone; a second call changes nothing. Each session
    is changed together with its facts; many are changed in several transactions, so that nobody waits long for the
    store, and what was broken off is finished by the next call.

    Parameters
    ----------
    store : Store
    athlete_ids : iterable of int
        The runners.
    anew : iterable of int
        Sessions whose facts are out of date in any case, such as those that had borrowed from a session that is gone.

    Returns
    -------
    tuple of int
        The sessions whose facts were computed anew.
    """
    stale = set(anew)
    if stale:
        with store.write() as conn:
            renew(conn, stale)
    with store.read() as conn:
        waiting = [athlete for athlete in sorted(set(athlete_ids)) if _differences(conn, athlete)]
    changed: set[int] = set(stale)
    for athlete_id in waiting:
        some: tuple[int, ...] | None = None
        while some is None or len(some) == AT_ONCE:
            with store.write() as conn:
                some = settle_runner(conn, athlete_id, at_once=AT_ONCE)
            changed.update(some)
    return tuple(sorted(changed))


def settle_runner(conn: Connection, athlete_id: int, at_once: int | None = None) -> tuple[int, ...]:
    """The same for one runner, inside a transaction that is open already; the sessions whose facts were computed anew.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    athlete_id : int
    at_once : int | None
        So many sessions at most; None for all.
    """
    differences = _differences(conn, athlete_id)
    if not differences:
        return ()
    gone, fresh = differences
    changed = sorted({session_id for _, session_id in gone} | {merge.session_id for merge in fresh})[:at_once]
    twins.give_back(conn, [number for number, session_id in gone if session_id in changed])
    for merge in fresh:
        if merge.session_id in changed:
            corrections.add(conn, merge.session_id, _borrowing(merge))
    renew(conn, changed)
    return tuple(changed)


def choose(conn: Connection, viewer: Viewer, one: int, other: int, choice: Choice | str) -> Made | None:
    """Decide what is done with two recordings of one run, and do it; gives back what had been decided, for ``put_back``.

    Parameters and errors as for ``loadmon.store.twins.choose``, and

    Raises
    ------
    NotTheSameRun
        If they are no two recordings of one run.
    """
    before = twins.choose(conn, viewer, one, other, choice)
    there = recorded_twice(conn, viewer, [twins.runner_of(conn, viewer, one)])
    if not ((there["first_id"] == min(one, other)) & (there["second_id"] == max(one, other))).any():
        raise NotTheSameRun(
            "These two sessions are not two recordings of one run: they share too little of their time.",
            "Choose two that are listed side by side.",
        )
    _follow(conn, one, other)
    return before


def decide(conn: Connection, viewer: Viewer, numbers: Iterable[int], choice: Choice | str) -> None:
    """Decide the same of every pair that these sessions are part of; a session that is part of none is passed over."""
    ids = set(numbers)
    for athlete_id in sorted({twins.runner_of(conn, viewer, number) for number in ids}):
        there = recorded_twice(conn, viewer, [athlete_id])
        for first, second in there[["first_id", "second_id"]].itertuples(index=False):
            if {int(first), int(second)} & ids:
                twins.choose(conn, viewer, int(first), int(second), choice)


def take_back(conn: Connection, viewer: Viewer, one: int, other: int) -> Made | None:
    """Take a decision about a pair back, and what followed from it; gives back what had been decided."""
    before = twins.take_back(conn, viewer, one, other)
    _follow(conn, one, other)
    return before


def put_back(conn: Connection, viewer: Viewer, one: int, other: int, before: Made | None) -> None:
    """Decide as it was decided before, and do it; None takes the decision back."""
    twins.put_back(conn, viewer, one, other, before)
    _follow(conn, one, other)


def set_default(
    conn: Connection, viewer: Viewer, athlete_id: int, default: Default | str | None, *, settled: bool = True
) -> Default | None:
    """Say what is done with a runner's pairs of which nobody decided, and do it; gives back what held before.

    Parameters and errors as for ``loadmon.store.twins.set_default``. With ``settled`` False nothing is merged yet: who
    has the store calls ``settle`` afterwards, which does not keep others waiting however many runs there are.
    """
    before = twins.set_default(conn, viewer, athlete_id, default)
    if settled:
        settle_runner(conn, athlete_id)
    return before


def _follow(conn: Connection, one: int, other: int) -> None:
    """What somebody took out by hand of a merged recording comes back with a new decision about the pair."""
    twins.forget_taken_back(conn, one, other)
    settle_runner(conn, twins.runner_of(conn, ALL, one))


def _differences(conn: Connection, athlete_id: int) -> tuple[list[tuple[int, int]], list[Merge]] | None:
    """What is borrowed and should not be (correction and session), and what should be and is not; None for neither."""
    there = twins.borrowings(conn, ALL, [athlete_id])
    decided = twins.decided(conn, ALL, [athlete_id])
    wanted: dict[tuple[int, int, tuple[str, ...]], Merge] = {}
    if decided.merges_anything:
        sessions = runs.runs_table(conn, ALL, [athlete_id])
        counted = sessions[~sessions["excluded"].to_numpy(bool)]
        pairs = merge_pairs(counted, decided)
        measured = runs.measured(conn, ALL, {*pairs, *(giver for givers in pairs.values() for giver in givers)})
        wanted = {(m.session_id, m.other_id, m.channels): m for m in merges(counted, measured, decided)}
    gone = [(row.id, row.session_id) for row in there if row.key not in wanted and not row.taken_back]
    met = {row.key for row in there}
    fresh = [merge for key, merge in wanted.items() if key not in met]
    return (gone, fresh) if gone or fresh else None


def _borrowing(merge: Merge) -> Correction:
    return Correction(
        CorrectionKind.BORROW,
        {"channels": list(merge.channels), twins.HAD: merge.had},
        f"merged with the other recording of this run ({merge.other})",
        MadeBy.PERSON,
        other_id=merge.other_id,
    )
