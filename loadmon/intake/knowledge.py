"""What the store knows of owners, looked up once at the beginning of an import; and what an import teaches at its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.intake.clues import ClueKind, Clues, lessons
from loadmon.intake.owner import ToldBy
from loadmon.intake.whose import Knowledge
from loadmon.readers.makers import MADE_UP
from loadmon.store import Viewer, imports, owner_clues, squad
from loadmon.store.imports import Outcome
from loadmon.store.squad import name_key

TEACHES = frozenset({ToldBy.CHOSEN.value, ToldBy.MAPPING.value})
"""What a person said for an import; what was learnt before teaches nothing."""


def names_before(conn: Connection, batch_id: int | None) -> tuple[str, ...]:
    """Names of every runner who was there when an import began: an import that is taken up again tells folders as before."""
    kept = None if batch_id is None else imports.known_at_begin(conn, batch_id)
    if kept is not None:
        return tuple(kept["names"])
    return tuple(name for is_sample in (False, True) for name in owner_clues.runners(conn, is_sample=is_sample))


def at_begin(conn: Connection, names: Iterable[str], *, is_sample: bool = False) -> dict[str, Any]:
    """What is known at this moment, for an import that begins to remember.

    Later nobody could tell: watches are learnt by imports that run beside it, sessions move, and what was learnt wrongly is
    forgotten.

    Parameters
    ----------
    conn : Connection
    names : iterable of str
        The runners' names by which folders were told.
    is_sample : bool
        Whether it is about the sample squad.
    """
    return knowledge(conn, is_sample=is_sample).plain() | {"names": list(names)}


def knowledge(conn: Connection, batch_id: int | None = None, *, is_sample: bool = False) -> Knowledge:
    """What was known when an import began, however often it was broken off since.

    Parameters
    ----------
    conn : Connection
    batch_id : int | None
        The import; None for what is known now.
    is_sample : bool
        Whether it is about the sample squad.
    """
    kept = None if batch_id is None else imports.known_at_begin(conn, batch_id)
    if kept is not None:
        return Knowledge.from_plain(kept)
    learnt: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, value, runner in owner_clues.known(conn, is_sample=is_sample):
        if value not in MADE_UP:
            learnt[kind, value].add(runner)
    names = owner_clues.runners(conn, is_sample=is_sample)
    return Knowledge(
        {name_key(name): name for name in names}, {clue: frozenset(runners) for clue, runners in learnt.items()}
    )


def learn(conn: Connection, batch_id: int) -> int:
    """Learn from an import of which a person said whose the files are: its watches, and what all of them share.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    batch_id : int
        The import, when all of it is in.

    Returns
    -------
    int
        How many clues are new.
    """
    lines = imports.reports(conn, Viewer.everyone(), batch_id)
    said = lines[lines["told_by"].isin(TEACHES) & lines["outcome"].eq(Outcome.IMPORTED.value)]
    if said.empty:
        return 0
    known = {runner.id: runner for runner in squad.athletes(conn, Viewer.everyone())}
    tells = told_so_far(conn)
    new = 0
    for athlete_id, theirs in said.groupby("athlete_id"):
        runner = known.get(int(str(athlete_id)))
        if runner is not None and not runner.is_sample:
            files = [Clues.from_plain(about.get("clues", {})) for about in theirs["about"]]
            new += owner_clues.teach(conn, runner.id, teachable(files, runner, tells), batch_id)
    return new


@dataclass(frozen=True, slots=True)
class ToldSoFar:
    """What tells owners apart before something is learnt.

    Parameters
    ----------
    known : mapping of (kind, value) to set of str
        The runners who are known by it.
    carried : mapping of (kind, value) to set of int
        The runners of whom files that came in carry it.
    names : list of str
        Of every runner.
    """

    known: Mapping[tuple[str, str], set[str]]
    carried: Mapping[tuple[str, str], set[int]]
    names: list[str]


def told_so_far(conn: Connection) -> ToldSoFar:
    """What tells owners apart at this moment: looked up once, however many runners something is learnt of."""
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    carried: dict[tuple[str, str], set[int]] = defaultdict(set)
    for kind, value, name in owner_clues.known(conn):
        known[kind, value].add(name)
    for athlete_id, clues in imports.clues_of_files(conn):
        for one in Clues.from_plain(clues).values():
            carried[one].add(athlete_id)
    return ToldSoFar(known, carried, owner_clues.runners(conn) + owner_clues.runners(conn, is_sample=True))


def teachable(files: list[Clues], runner: Athlete, tells: ToldSoFar) -> list[tuple[ClueKind, str]]:
    """What a decision about some files teaches, without what tells nobody's files, as another runner's carry it too.

    A file of a watch that is another runner's says nothing by its profile and name: they may be those of the watch. What
    another runner is known by already is taught all the same: from then on it is of several, and tells nothing.

    Parameters
    ----------
    files : list of Clues
        Of every file that was decided to be this runner's.
    runner : Athlete
        Whose they are.
    tells : ToldSoFar
    """

    def of_another(one: tuple[str, str]) -> bool:
        return not tells.known.get(one, set()) <= {runner.name}

    of_their_watch = {
        (kind, value)
        for file in files
        if file.serial and of_another((ClueKind.SERIAL, file.serial))
        for kind, value in file.values()
        if kind in (ClueKind.PATTERN, ClueKind.PROFILE)
    }

    def is_carried(one: tuple[str, str]) -> bool:
        return one in of_their_watch or not tells.carried.get(one, set()) <= {runner.id}

    return [one for one in lessons(files, runner.name, tells.names) if of_another(one) or not is_carried(one)]
