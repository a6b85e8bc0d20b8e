"""Bringing stored facts up to date after loadmon computes one of them differently."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from sqlalchemy import Connection

from loadmon.facts import FACTS_VERSION, RunFacts, facts_of
from loadmon.faults import log_fault
from loadmon.refusal import Refusal
from loadmon.store import Store, Viewer, sessions

log = logging.getLogger(__name__)

AT_ONCE = 50


@dataclass(slots=True)
class Recomputing:
    """Stale sessions, brought up to date a few at a time.

    It reads the kept streams, not the files, and may be broken off and started again at any time. A session whose kept
    stream cannot be read stays as it is and stands in no other's way.

    Parameters
    ----------
    store : Store
    waiting : list of int
        The numbers of the sessions that are still to do, the last first; looked up at the beginning.
    done : int
        Sessions brought up to date so far.
    left : list of int
        Sessions that stay as they are.
    """

    store: Store
    waiting: list[int] = field(default_factory=list)
    done: int = 0
    left: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        with self.store.read() as conn:
            self.waiting = sessions.stale(conn, FACTS_VERSION)[::-1]

    def a_few(self) -> bool:
        """Bring the next few up to date; False where nothing is left to do."""
        if not self.waiting:
            return False
        some = self.waiting[: -AT_ONCE - 1 : -1]
        # since they were looked up, sessions may have been taken out, or brought up to date by another worker
        with self.store.read() as conn:
            still = sessions.stale(conn, FACTS_VERSION, among=some)
            fresh = {number: facts for number in still if (facts := self._facts(conn, number))}
        if fresh:
            with self.store.write() as conn:
                still = sessions.stale(conn, FACTS_VERSION, among=list(fresh))
                sessions.replace_facts(conn, [(number, fresh[number]) for number in still])
            self.done += len(still)
        del self.waiting[-len(some) :]
        return True

    def _facts(self, conn: Connection, number: int) -> RunFacts | None:
        try:
            return facts_of(sessions.one(conn, Viewer.everyone(), number).session)
        except Refusal as refusal:
            log.warning("session %d stays as it is: %s", number, refusal.name)
        except Exception as fault:  # noqa: BLE001  it is logged, without its message
            log_fault(log, f"the facts of session {number} failed", fault)
        self.left.append(number)
        return None


def recompute(store: Store) -> Recomputing:
    """Compute the facts of every session anew that were computed by another version; what became of them."""
    work = Recomputing(store)
    while work.a_few():
        pass
    return work
