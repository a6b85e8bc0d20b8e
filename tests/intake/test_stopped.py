"""The result depends neither on the order of files, nor on how many are read at a time, nor on being broken off."""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from loadmon.intake import batch
from loadmon.intake.clues import ClueKind
from loadmon.intake.commit import import_plan
from loadmon.intake.knowledge import knowledge, names_before
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.plan import Plan, plan
from loadmon.intake.whose import Knowledge
from loadmon.store import Store, imports, open_store, owner_clues, squad
from tests.intake import made


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sound, damaged, doubled, foreign and ownerless files."""
    files = made.team(3, 4)
    files |= {"Anna Berg/copy.fit": files["Anna Berg/2.fit"], "Ben/cut.fit": made.cut_fit(9), "Ben/p.fit": made.PDF}
    files |= {
        "Dora/p.fit": made.PDF,
        "loose.fit": made.fit(20),
        "notes.txt": b"no",
        "Cleo/x.zip": made.zipped({"g.gpx": made.gpx()}),
    }
    files |= {f"Ben/empty{n}.fit": b"" for n in range(3)}
    return made.lay(tmp_path_factory.mktemp("given") / "team", files)


@pytest.fixture(scope="module")
def at_once(team: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any]]:
    """What a plain import gives: content and outcomes."""
    store = open_store(None, tmp_path_factory.mktemp("plain"))
    done = made.take_in(store, team)
    assert done.sessions == 14
    yield made.content(store), made.outcomes(store, done.batch_id)
    store.close()


def shuffled(offered: Plan, seed: int) -> Plan:
    """The same offers in another order; doubled ones keep theirs, as it says which of the two is stored."""
    order = random.Random(seed)
    offers = offered.offers.copy()
    order.shuffle(offers)
    last = [offer for offer in offers if "copy" in offer.member.path]
    return dataclasses.replace(offered, offers=[offer for offer in offers if offer not in last] + last)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_does_not_matter(store: Store, team: Path, at_once: Any, seed: int) -> None:
    done = import_plan(store, shuffled(plan([team]), seed), what="made")
    assert (made.content(store), made.outcomes(store, done.batch_id)) == at_once


def test_nor_the_order_in_which_things_are_given(tmp_path: Path, team: Path) -> None:
    found = []
    for number, back in enumerate((False, True)):
        store = open_store(None, tmp_path / str(number))
        given = sorted((path for path in team.iterdir() if path.is_dir()), reverse=back)
        done = made.take_in(store, *given)
        found.append((made.content(store), made.outcomes(store, done.batch_id)))
        store.close()
    assert found[0] == found[1]
    assert len(found[0][0]["session"]) == 14


def test_nor_how_many_are_read_at_a_time(store: Store, team: Path, at_once: Any) -> None:
    done = import_plan(store, shuffled(plan([team]), 7), what="made", workers="process://2")
    assert (made.content(store), made.outcomes(store, done.batch_id)) == at_once


class StopsAfter(Onlooker):
    """Calls an import off after some files."""

    def __init__(self, store: Store, files: int) -> None:
        self.store, self.left = store, files

    def begin(self, batch_id: int) -> None:
        with self.store.read() as conn:
            row = imports.batches(conn, made.ALL).loc[batch_id]
        assert (row["state"], pd.isna(row["finished"])) == ("running", True)

    def should_stop(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize(("seed", "a_transaction"), [(1, 1), (2, 4), (3, 25)])
def test_nor_being_stopped_and_taken_up_again(
    store: Store, team: Path, at_once: Any, seed: int, a_transaction: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "FILES_A_TRANSACTION", a_transaction)
    dice, number, stops = random.Random(seed), None, 0
    while True:
        done = import_plan(
            store,
            shuffled(plan([team]), dice.randrange(99)),
            what="made",
            batch_id=number,
            onlooker=StopsAfter(store, dice.randint(2, 6)),
        )
        number = done.batch_id
        if not done.stopped:
            break
        stops += 1
        with store.read() as conn:
            assert imports.batches(conn, made.ALL).loc[number, "state"] == "cancelled"
            lines = imports.reports(conn, made.ALL, number)
        assert Counter(lines["outcome"]) == {outcome.value: n for outcome, n in done.outcomes.items()}
    assert stops >= 2
    assert (made.content(store), made.outcomes(store, number)) == at_once
    assert done.sessions == 14  # counted over all attempts
    with store.read() as conn:
        batches = imports.batches(conn, made.ALL)
    assert batches["state"].tolist() == ["done"]
    assert len(made.outcomes(store, number)) == len({path for path, _, _ in made.outcomes(store, number)})


def test_nor_a_crash_between_two_transactions(
    store: Store, team: Path, at_once: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "FILES_A_TRANSACTION", 3)
    whole, calls = imports.add_reports, [0]

    def failing(*args: Any) -> None:
        calls[0] += 1
        if calls[0] == 3:
            raise MemoryError  # in the middle of a transaction: originals are kept, rows are not
        whole(*args)

    monkeypatch.setattr(imports, "add_reports", failing)
    with pytest.raises(MemoryError):
        import_plan(store, plan([team]), what="made")
    with store.read() as conn:
        (number,) = imports.batches(conn, made.ALL).index
        assert imports.batches(conn, made.ALL).loc[number, "state"] == "failed"
    done = import_plan(store, plan([team]), what="made", batch_id=int(number))
    assert (made.content(store), made.outcomes(store, done.batch_id)) == at_once


def test_nor_what_another_import_beside_it_has_learnt(tmp_path: Path) -> None:
    """An import that began earlier stores a watch after this one was broken off: this one goes on knowing nothing of it."""
    annas = {f"Anna Berg/{day}.fit": made.fit(day, serial=made.WATCHES[0]) for day in range(2)}
    nobodys = {f"{day}.fit": made.fit(10 + day, serial=made.WATCHES[0]) for day in range(4)}
    first, second = made.lay(tmp_path / "a", annas), made.lay(tmp_path / "b", nobodys)
    found = []
    for stops in (False, True):
        store = open_store(None, tmp_path / f"stops {stops}")
        earlier = import_plan(store, plan([first]), what="a", onlooker=StopsAfter(store, 0))
        with store.write() as conn:
            owner_clues.teach(conn, squad.add_athlete(conn, "Ben").id, [("folder", "b")], None)
        later = import_plan(store, plan([second]), what="b", onlooker=StopsAfter(store, 2) if stops else None)
        import_plan(store, plan([first]), what="a", batch_id=earlier.batch_id)
        if stops:
            assert later.stopped
            with store.write() as conn:
                squad.add_athlete(conn, "Cleo")
                owner_clues.forget(conn, made.ALL, owner_clues.learnt(conn, made.ALL)[0].id)
                assert knowledge(conn, later.batch_id) == Knowledge(
                    {"ben": "Ben"}, {("folder", "b"): frozenset({"Ben"})}
                )
                assert names_before(conn, later.batch_id) == ()
                (worn,) = [value for kind, value, _ in owner_clues.known(conn) if kind == ClueKind.SERIAL]
                assert knowledge(conn).of(ClueKind.SERIAL, worn) == {"Anna Berg"}
            later = import_plan(store, plan([second]), what="b", batch_id=later.batch_id)
        found.append(made.outcomes(store, later.batch_id))
        store.close()
    assert found[0] == found[1]
    assert {outcome for _, outcome, _ in found[0]} == {"no owner"}
