"""Bringing stored facts up to date after loadmon computes one of them differently."""

from __future__ import annotations

from loadmon.facts import FACTS_VERSION, facts_of
from loadmon.store import Store, Viewer, sessions

AT_ONCE = 50


def recompute(store: Store) -> int:
    """Compute the facts of every session anew that were computed by another version; how many there were.

    It reads the kept streams, not the files, and may be broken off and started again at any time.
    """
    with store.read() as conn:
        stale = sessions.stale(conn, FACTS_VERSION)
    for first in range(0, len(stale), AT_ONCE):
        some = stale[first : first + AT_ONCE]
        with store.read() as conn:
            fresh = [(number, facts_of(sessions.one(conn, Viewer.everyone(), number).session)) for number in some]
        with store.write() as conn:
            sessions.replace_facts(conn, fresh)
    return len(stale)
