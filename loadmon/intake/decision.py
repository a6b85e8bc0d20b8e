"""A decision made on a page about whose files are: the worker carries it out."""

from __future__ import annotations

from loadmon.intake.assign import assign
from loadmon.intake.commit import Imported
from loadmon.intake.work import Work
from loadmon.store import Store, jobs

ASSIGN = "assign"
"""The kind of job that a page asks for."""


def ask_for_assignment(store: Store, key: str, runner: str) -> int:
    """Ask for the files of an open question to be taken in as a runner's; gives back the job's number."""
    with store.write() as conn:
        return jobs.ask(conn, ASSIGN, {"question": key, "runner": runner})


def run_assignment(work: Work) -> Imported:
    """Carry a decision out, or go on with it: what is in is in, what still waits is taken in."""
    done = assign(work.store, work.request["question"], work.request["runner"], workers=work.workers, onlooker=work)
    return Imported(0, dict(done.outcomes), done.sessions, 0.0, stopped=False)
