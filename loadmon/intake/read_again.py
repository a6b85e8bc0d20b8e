"""Reading the kept originals again, after a reader has learnt something: everything derived is made anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from loadmon.correction import CorrectionKind
from loadmon.intake.decode import decode
from loadmon.intake.facts_anew import renew
from loadmon.intake.telling import read_told
from loadmon.refusal import Refusal
from loadmon.store import Store, Viewer, corrections, preferences, renewal, squad
from loadmon.store.packed import Packed


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What became of it: files read, sessions replaced, and files that were left as they are."""

    files: int
    sessions: int
    left: int


def read_again(store: Store, on_file: Callable[[int, int], None] | None = None) -> ReadAgain:
    """Read every kept original with today's readers and put what is found in the place of what is stored.

    A file that cannot be read any more, or holds another number of sessions than before, is left as it is. It may be
    broken off and started again at any time.

    Parameters
    ----------
    store : Store
    on_file : callable or None
        Told after every file how many are done, and of how many.
    """
    with store.read() as conn:
        stored = renewal.files(conn)
        rules = preferences.rules(conn)
        zones = {athlete.id: athlete.time_zone for athlete in squad.athletes(conn, Viewer.everyone())}
    replaced = left = 0
    for done, file in enumerate(stored, start=1):
        fresh = _decoded(store, file, zones.get(file.athlete_id), rules)
        if len(fresh) == len(file.sessions):
            with store.write() as conn:
                for index, packed in fresh.items():
                    renewal.replace_session(conn, file.sessions[index], packed)
                numbers = file.sessions.values()
                renew(conn, [*corrections.among(conn, numbers), *corrections.borrowers(conn, numbers)])
            replaced += len(fresh)
        else:
            left += 1
        if on_file is not None:
            on_file(done, len(stored))
    return ReadAgain(len(stored), replaced, left)


def _decoded(
    store: Store, file: renewal.StoredFile, zone: str | None, rules: frozenset[CorrectionKind]
) -> dict[int, Packed]:
    """The file's sessions by their place in it, as far as they were stored; none if it cannot be read."""
    try:
        data = store.originals.read(file.sha256)
        sessions: Sequence[Packed] = decode(data, file.file_name, zone, rules).sessions
        if file.told and sessions:
            sessions = read_told(data, file.file_name, zone, file.told, rules)
    except Refusal:
        return {}
    fresh = {int(packed.head["index_in_file"]): packed for packed in sessions}
    return fresh if set(fresh) == set(file.sessions) else {}
