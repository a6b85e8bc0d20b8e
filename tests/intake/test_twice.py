"""Taking the same files in again changes nothing, and what is there already is named with whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from loadmon.intake.commit import import_plan
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.plan import plan
from loadmon.store import Store, imports, squad
from loadmon.store.imports import Outcome
from tests.intake import made


def test_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    files = made.team() | {"Anna Berg/bad.fit": made.PDF, "loose.gpx": made.gpx(), "Ben/nothing.fit": b""}
    folder = made.lay(tmp_path / "team", files)
    archive = tmp_path / "team.zip"
    archive.write_bytes(made.zipped(files))
    first = made.take_in(store, folder)
    before, kept = made.rows(store), made.originals(store)
    assert first.sessions == 12
    for given in (folder, archive):
        again = made.take_in(store, given)
        assert made.rows(store) == before
        assert made.originals(store) == kept
        assert again.sessions == 0
        assert again.count(Outcome.DUPLICATE) == 12
        same = {path: outcome for path, outcome, _ in made.outcomes(store, first.batch_id) if outcome != "imported"}
        assert {p: o for p, o, _ in made.outcomes(store, again.batch_id) if o != "duplicate"} == same
    assert "a session of Ben." in made.report(store, again)["Ben/0.fit"].detail


def test_a_season_that_grows_brings_only_what_is_new(store: Store, tmp_path: Path) -> None:
    folder = made.lay(tmp_path / "team", made.team())
    made.take_in(store, folder)
    made.lay(folder, {"Ben/new.fit": made.fit(30)})
    again = made.take_in(store, folder)
    assert (again.sessions, again.count(Outcome.DUPLICATE)) == (1, 12)


def test_the_same_bytes_under_two_names_are_one_session(store: Store, tmp_path: Path) -> None:
    run = made.fit(1)
    files = {
        "Anna/a.fit": run,
        "Anna/copy of a.fit": run,
        "Anna/packed.zip": made.zipped({"a.fit": run}),
        "Ben/b.fit": made.fit(2),
    }
    done = made.take_in(store, made.lay(tmp_path / "team", files))
    lines = made.report(store, done)
    assert done.sessions == 2
    assert lines["Anna/a.fit"].outcome == "imported"
    for twin in ("Anna/copy of a.fit", "Anna/packed.zip/a.fit"):
        assert lines[twin].outcome == "duplicate"
        assert "Anna/a.fit" in lines[twin].detail
    assert len(made.originals(store)) == 2


@pytest.mark.parametrize("workers", ["serial://", "process://1"])
def test_a_second_bad_file_is_as_bad_as_the_first(store: Store, tmp_path: Path, workers: str) -> None:
    files = {f"Anna/{n}.fit": made.PDF for n in range(4)} | {f"Ben/{n}.fit": b"" for n in range(2)}
    done = made.take_in(store, made.lay(tmp_path / "team", files), workers=workers)
    assert done.count(Outcome.REFUSED) == 6
    assert {(path[:3], reason) for path, _, reason in made.outcomes(store, done.batch_id)} == {
        ("Ann", "unknown format"), ("Ben", "empty file"),
    }  # fmt: skip


def test_the_same_file_for_another_runner_stays_with_the_first(store: Store, tmp_path: Path) -> None:
    file = made.lay(tmp_path, {"1.fit": made.fit(1)}) / "1.fit"
    made.take_in(store, file, athlete="Anna")
    before = made.rows(store)
    done = made.take_in(store, file, athlete="Ben")
    line = made.report(store, done)["1.fit"]
    assert line.outcome == "duplicate"
    assert "a session of Anna." in line.detail
    assert made.rows(store) == before  # Ben is not added for a file that is Anna's


def test_one_file_in_two_runners_folders_is_kept_with_the_first_and_asked_about(store: Store, tmp_path: Path) -> None:
    folder = made.lay(
        tmp_path / "team", {"Ben/1.fit": made.fit(1), "Anna/1.fit": made.fit(1), "Ben/2.fit": made.fit(2)}
    )
    lines = made.report(store, made.take_in(store, folder))
    assert {name: line.outcome for name, line in lines.items()} == {
        "Anna/1.fit": "imported", "Ben/1.fit": "no owner", "Ben/2.fit": "imported",
    }  # fmt: skip
    assert "“Anna/1.fit”" in lines["Ben/1.fit"].detail
    assert [one["runner"] for one in lines["Ben/1.fit"].about["candidates"]] == ["Anna", "Ben"]


def test_two_files_of_one_name_are_two_lines(store: Store, tmp_path: Path) -> None:
    made.lay(tmp_path, {"x/1.fit": made.fit(1), "y/1.fit": made.fit(2)})
    done = made.take_in(store, tmp_path / "x" / "1.fit", tmp_path / "y" / "1.fit", athlete="Anna")
    assert sorted(made.report(store, done)) == ["1.fit", "1.fit (2)"]
    assert done.sessions == 2


def test_a_runner_is_one_however_the_name_is_spelt(store: Store, tmp_path: Path) -> None:
    decomposed, composed = "Zoe\u0301 Kern", "zoé_kern"
    folder = made.lay(tmp_path / "team", {f"{decomposed}/1.fit": made.fit(1), f"{composed}/2.fit": made.fit(2)})
    offered = plan([folder])
    assert offered.runners() == {"Zoé Kern": 2}
    import_plan(store, offered, what="made")
    with store.read() as conn:
        assert [runner.name for runner in squad.athletes(conn, made.ALL)] == ["Zoé Kern"]


def test_real_files_are_not_mixed_with_the_sample_squad_s(store: Store, tmp_path: Path) -> None:
    with store.write() as conn:
        squad.add_athlete(conn, "Anna", is_sample=True)
    before = made.rows(store)
    done = made.take_in(store, made.lay(tmp_path / "team", {"Anna/1.fit": made.fit(1), "Ben/2.fit": made.PDF}))
    assert made.report(store, done)["Anna/1.fit"].reason == "name taken"
    assert made.rows(store) == before


def test_a_sample_runner_who_comes_in_between_is_not_mixed_either(store: Store, tmp_path: Path) -> None:
    folder = made.lay(tmp_path / "team", {"Anna/1.fit": made.fit(1), "Ben/2.fit": made.fit(2)})

    class Meanwhile(Onlooker):
        def begin(self, batch_id: int) -> None:
            self.told = False

        def tell(self, progress: object) -> None:
            if not self.told:
                self.told = True
                with store.write() as conn:
                    squad.add_athlete(conn, "Anna", is_sample=True)

    done = import_plan(store, plan([folder]), what="made", onlooker=Meanwhile())
    lines = made.report(store, done)
    assert (lines["Anna/1.fit"].reason, lines["Ben/2.fit"].outcome) == ("name taken", "imported")
    assert len(made.originals(store)) == 1


def test_a_store_that_fails_leaves_no_import_running(store: Store, tmp_path: Path) -> None:
    folder = made.lay(tmp_path / "team", made.team(2, 2))

    class Broken(Onlooker):
        def tell(self, progress: object) -> None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        import_plan(store, plan([folder]), what="made", onlooker=Broken())
    with store.read() as conn:
        assert imports.batches(conn, made.ALL)["state"].tolist() == ["failed"]
