"""What others see while an import goes on: whole runs of the first runners, and few transactions however many files."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from loadmon.intake import batch, flight
from loadmon.intake.commit import import_plan
from loadmon.intake.decode import Decoded, decode
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.plan import plan
from loadmon.intake.progress import Progress
from loadmon.store import Store, open_store, sessions, squad
from loadmon.store.schema import SessionRow
from tests.intake import made

RUNS = 12


@pytest.mark.parametrize("workers", ["serial://", "process://2"])
def test_the_first_runners_can_be_used_while_the_rest_comes_in(store: Store, tmp_path: Path, workers: str) -> None:
    seen: list[Counter[str]] = []

    class Reader(Onlooker):
        """Another process, as a page is: it has the store open by itself and sees what is committed."""

        def tell(self, progress: Progress) -> None:
            if progress.done >= progress.total:
                return
            other = open_store(None, store.home)
            with other.read() as conn:
                names = {athlete.id: athlete.name for athlete in squad.athletes(conn, made.ALL)}
                stored = conn.execute(select(SessionRow.id, SessionRow.athlete_id)).all()
                if not seen or sum(seen[-1].values()) < len(stored):
                    seen.append(Counter(names[whose] for _, whose in stored))
                    for number, _ in stored:
                        one = sessions.one(conn, made.ALL, number)
                        assert (len(one.session.stream), one.facts.samples) == (60, 60), (
                            "each run that is there is whole"
                        )
            other.close()

    team = made.lay(tmp_path / "team", made.team(3, RUNS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "FILES_A_TRANSACTION", 4)
        import_plan(store, plan([team]), what="made", workers=workers, onlooker=Reader())
    # one process may sit on a file of the first runner while the other goes on to the second and third
    first = [counts for counts in seen if RUNS in counts.values() and sum(counts.values()) < 3 * RUNS]
    assert first, "all of one runner, and not yet all of another"
    if workers == "serial://":
        assert any(len(counts) < 3 for counts in first), "all of one runner, nothing of another"


def test_a_thousand_files_are_stored_in_forty_transactions(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pattern,) = decode(made.fit(), "pattern.fit", None).sessions

    def at_once(data: bytes, _name: str, _zone: str | None) -> Decoded:
        session = dataclasses.replace(pattern, sha256=hashlib.sha256(data).hexdigest())
        return Decoded((session,), "fit", "running")

    transactions: list[int] = []
    whole = Store.write

    @contextlib.contextmanager
    def counted(self: Store) -> Iterator[Connection]:
        transactions.append(0)
        with whole(self) as conn:
            yield conn

    monkeypatch.setattr(flight, "decode", at_once)
    monkeypatch.setattr(batch, "SECONDS_A_TRANSACTION", 1e9)  # a slow machine stores what there is every two seconds
    monkeypatch.setattr(Store, "write", counted)
    folder = made.lay(tmp_path, {f"Anna/{n}.fit": b"%d" % n for n in range(1_000)})
    done = import_plan(store, plan([folder]), what="made")
    assert done.sessions == 1_000
    # one each for begin, what was known, what went meanwhile, second recordings and the end
    assert len(transactions) <= 1_000 / batch.FILES_A_TRANSACTION + 5
