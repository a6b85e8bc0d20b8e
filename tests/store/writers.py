"""What the processes of ``test_concurrency.py`` do: ``python writers.py task home url``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from loadmon.store import Store, open_store
from loadmon.store.jobs import ask, claim, finish
from loadmon.store.preferences import preference, set_preference


def count(store: Store) -> None:
    """Read a number, think, write it one higher; forty times."""
    for _ in range(40):
        with store.write() as conn:
            seen = preference(conn, "count", 0)
            time.sleep(0.001)
            set_preference(conn, "count", seen + 1)


def work(store: Store) -> None:
    """Take jobs until there are none, and say which."""
    while True:
        with store.write() as conn:
            job = claim(conn, "me")
            if job is None:
                return
            finish(conn, job.id, "me")
        print(job.id, flush=True)


def die(store: Store) -> None:
    """Commit one session after the other, telling each; hang in the middle of the last for the test to kill."""
    from loadmon.store import imports, squad  # these bring pandas, which takes long to import: only where needed
    from tests.store import made

    with store.write() as conn:
        runner = squad.add_athlete(conn, "Ana").id
        batch = imports.start_batch(conn, "made up")
    for number in range(3):
        with store.write() as conn:
            made.save(conn, runner, batch, made.session(number))
        print("committed", flush=True)
    with store.write() as conn:
        made.save(conn, runner, batch, made.session(99))
        ask(conn, "import", {})
        print("half-way", flush=True)
        time.sleep(60)


if __name__ == "__main__":
    opened = open_store(sys.argv[3] or None, Path(sys.argv[2]))
    {"count": count, "work": work, "die": die}[sys.argv[1]](opened)
    opened.close()
