"""A folder under watch: what is new and at rest comes in once, and the folder never notices."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from loadmon.intake import watch as module
from loadmon.intake import watched
from loadmon.intake.synced import is_on_its_way, look_at
from loadmon.intake.undo import undo_import
from loadmon.intake.watch import Kind, Told, Watch, watch
from loadmon.intake.watched import WatchedAlready
from loadmon.refusal import NotFound, SourceGone, StoreUnavailable
from loadmon.store import Store, imports, open_store
from tests.intake import made


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> bool:
        self.now += seconds
        return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two runners' files in a synced folder."""
    return made.lay(tmp_path / "synced", made.team(2, 2))


class Observed:
    """A watch whose clock the test winds, with what it told."""

    def __init__(self, store: Store, folder: Path, **more: object) -> None:
        self.clock, self.told = Clock(), list[Told]()
        self.watch = Watch(store, folder, self.told.append, clock=self.clock, **more)  # type: ignore[arg-type]

    def rest_and_look(self) -> list[Told]:
        """Look, let everything come to rest, look again; what was told."""
        before = len(self.told)
        self.watch.look()
        self.clock.now += 6
        self.watch.look()
        return self.told[before:]


def batches(store: Store) -> list[int]:
    with store.read() as conn:
        return sorted(imports.batches(conn, made.ALL).index)


def as_it_lies(folder: Path) -> dict[str, tuple[int, ...]]:
    """Everything about a folder's files that touching them would change, their time of access left out."""
    return {
        path.relative_to(folder).as_posix(): (s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_mode)
        for path in [folder, *folder.rglob("*")]
        for s in [path.stat()]
    }


def test_what_is_at_rest_comes_in_once_and_as_an_import_would_take_it(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    seen = Observed(store, folder)
    assert seen.watch.look(), "what was only just seen may still be being written"
    assert not batches(store)
    seen.clock.now += 6
    assert not seen.watch.look()
    assert [t.kind for t in seen.told] == [Kind.IMPORT]
    assert seen.told[0].values == {"batch": 1, "sessions": 4, "outcomes": {"imported": 4}}
    plain = open_store(None, tmp_path / "plain")
    made.take_in(plain, folder)
    assert made.content(store) == made.content(plain)
    plain.close()
    for _ in range(3):
        seen.rest_and_look()
    assert batches(store) == [1]


def test_a_new_file_and_a_changed_one_make_the_next_import_and_nothing_else_is_in_it(
    store: Store, folder: Path
) -> None:
    seen = Observed(store, folder)
    seen.rest_and_look()
    made.lay(folder, {"Ben/new.fit": made.fit(30), "Anna Berg/0.fit": made.fit(31)})
    (told,) = seen.rest_and_look()
    assert told.values["outcomes"] == {"imported": 2}
    with store.read() as conn:
        assert sorted(imports.reports(conn, made.ALL, 2)["path"]) == ["Anna Berg/0.fit", "Ben/new.fit"]


def test_what_is_being_written_waits(store: Store, folder: Path) -> None:
    seen = Observed(store, folder)
    seen.rest_and_look()
    whole = made.fit(30, 300)
    growing = folder / "Ben" / "new.fit"
    for share in (0.2, 0.5, 0.9, 1.0):
        growing.write_bytes(whole[: int(len(whole) * share)])
        assert seen.watch.look()
        seen.clock.now += 3  # as often as it grows it is not yet at rest
    assert batches(store) == [1]
    seen.clock.now += 3
    seen.watch.look()
    with store.read() as conn:
        (line,) = imports.reports(conn, made.ALL, 2).itertuples()
    assert (line.path, line.outcome, line.oddities == line.oddities and "truncated" in line.oddities) == (
        "Ben/new.fit", "imported", False,
    )  # fmt: skip


def test_a_file_that_changes_while_it_is_read_waits_too(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, whole = folder / "Ben" / "1.fit", watched._print_of

    def growing(member):  # type: ignore[no-untyped-def]
        found = whole(member)
        if member.path == "Ben/1.fit" and target.stat().st_size < 10_000:
            target.write_bytes(made.fit(1, 400, heart=147))
        return found

    monkeypatch.setattr(watched, "_print_of", growing)
    seen = Observed(store, folder)
    (told,) = seen.rest_and_look()
    assert told.values["outcomes"] == {"imported": 3}
    (told,) = seen.rest_and_look()
    assert told.values["outcomes"] == {"imported": 1}
    assert len(made.rows(store)["session"]) == 4


@pytest.mark.parametrize(
    "name",
    ["a.fit.part", "Run.fit.crdownload", "a.TMP", ".syncthing.a.fit.tmp", "~syncthing~a.fit.tmp", "~$season.xlsx",
     ".a.fit.Xy12z", "a.fit.filepart"],
)  # fmt: skip
def test_what_others_have_not_finished_is_left_alone(store: Store, folder: Path, name: str) -> None:
    made.lay(folder, {f"Ben/{name}": made.fit(50)})
    assert f"Ben/{name}" not in look_at(folder).marks
    (told,) = Observed(store, folder).rest_and_look()
    assert told.values["outcomes"] == {"imported": 4}


def test_names_that_only_look_unfinished_are_finished() -> None:
    assert not any(map(is_on_its_way, ("party.fit", "template.gpx", "a.part.fit", "tmp.fit", "my~$run.fit")))


def test_after_a_restart_nothing_comes_in_again_and_nothing_is_even_read(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.lay(folder, {"Ben/bad.fit": made.PDF, "loose.fit": made.fit(40), "old.zip": made.zipped({"Cleo/1.fit": made.fit(41)}),
                      "cut.zip": made.zipped({"Cleo/2.fit": made.fit(42)})[:-30], "notes.txt": b"no"})  # fmt: skip
    first = Observed(store, folder)
    told = first.rest_and_look()
    assert told[0].values["outcomes"] == {"imported": 5, "refused": 2, "no owner": 1}
    assert {t.values["path"] for t in told[1:]} == {"Ben/bad.fit", "loose.fit", "cut.zip"}
    reads = []
    whole = watched._print_of
    monkeypatch.setattr(watched, "_print_of", lambda member: (reads.append(member.path), whole(member))[1])
    second = Observed(store, folder)
    assert second.rest_and_look() == []
    assert reads == []
    first.watch.memory.file.unlink()  # a lost memory costs reading, nothing else
    third = Observed(store, folder)
    assert third.rest_and_look() == []
    assert len(reads) == 8
    assert batches(store) == [1]


def test_the_memory_says_nothing_of_another_store(store: Store, folder: Path, tmp_path: Path) -> None:
    Observed(store, folder).rest_and_look()
    url = f"sqlite:///{tmp_path / 'other.db'}"
    other = open_store(url, store.home)  # the same data folder, an empty database: as after restoring a backup
    (told,) = Observed(other, folder).rest_and_look()
    assert told.values["outcomes"] == {"imported": 4}
    other.close()


def test_files_that_were_imported_otherwise_make_no_import(store: Store, folder: Path) -> None:
    made.lay(folder, {"Ben/bad.fit": made.PDF})
    made.take_in(store, folder)
    assert Observed(store, folder).rest_and_look() == []
    shutil.copy(folder / "Ben" / "0.fit", folder / "Ben" / "again.fit")
    assert Observed(store, folder).rest_and_look() == []
    assert batches(store) == [1]


def test_a_look_ahead_is_no_import_and_what_was_undone_stays_out(store: Store, folder: Path) -> None:
    module.import_plan(store, module.plan([folder]), what="made", dry_run=True)
    seen = Observed(store, folder)
    (told,) = seen.rest_and_look()
    undo_import(store, told.values["batch"])
    assert made.rows(store)["session"] == []
    assert seen.rest_and_look() == []
    assert Observed(store, folder).rest_and_look() == []


def test_folders_tell_runners_as_for_the_whole_folder(store: Store, tmp_path: Path) -> None:
    folder = made.lay(tmp_path / "synced", {"Ben/1.fit": made.fit(1), "Anna.zip": made.zipped({"2.fit": made.fit(2)})})
    seen = Observed(store, folder)
    seen.rest_and_look()
    made.lay(folder, {"Cleo/Trail/3.fit": made.fit(3)})  # alone, its innermost folder would name the runner
    seen.rest_and_look()
    assert sorted({row[1] for row in made.rows(store)["athlete"]} & {"Cleo", "Trail"}) == ["Cleo"]


def test_one_runner_named(store: Store, tmp_path: Path) -> None:
    folder = made.lay(tmp_path / "synced", {"1.fit": made.fit(1), "Trail/2.fit": made.fit(2)})
    Observed(store, folder, athlete="Zoe").rest_and_look()
    assert [row["name"] for row in map(dict, made.content(store)["athlete"])] == ["Zoe"]


def test_the_folder_never_notices(store: Store, folder: Path) -> None:
    made.lay(folder, {"Ben/old.zip": made.zipped({"1.fit": made.fit(60)}), "Ben/bad.fit": made.PDF})
    before = as_it_lies(folder)
    Observed(store, folder).rest_and_look()
    assert as_it_lies(folder) == before
    settled = Observed(store, folder)
    for path in folder.rglob("*.*"):
        os.utime(path, ns=(1, path.stat().st_mtime_ns))
    settled.rest_and_look()
    assert {path.stat().st_atime_ns for path in folder.rglob("*.*")} == {1}, "files that are known are not opened"


def test_a_folder_that_can_only_be_read(mortal: Path) -> None:
    folder = made.lay(mortal / "synced", made.team(2, 1))
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o500 if path.is_dir() else 0o400)
    store = open_store(None, mortal / "home")
    (told,) = Observed(store, folder).rest_and_look()
    assert told.values["outcomes"] == {"imported": 2}
    store.close()


def unmounted(folder: Path) -> Callable[[], None]:
    away = folder.with_name("away")
    folder.rename(away)
    return lambda: away.rename(folder)


def emptied(folder: Path) -> Callable[[], None]:
    back = unmounted(folder)
    folder.mkdir()

    def again() -> None:
        folder.rmdir()
        back()

    return again


@pytest.mark.parametrize(("going", "said"), [(unmounted, "No such file"), (emptied, "4 files were in it")])
def test_a_folder_that_goes_away_is_told_once_and_waited_for(store: Store, folder: Path, going, said: str) -> None:
    seen = Observed(store, folder)
    looks = iter(range(9))

    def pause(seconds: float) -> bool:
        seen.clock.now += seconds
        turn = next(looks)
        if turn == 2:
            seen.back = going(folder)  # type: ignore[attr-defined]
        if turn == 5:
            seen.back()  # type: ignore[attr-defined]
            made.lay(folder, {"Ben/new.fit": made.fit(70)})
        return turn == 8

    watch(seen.watch, pause=pause)
    assert [t.kind.value for t in seen.told] == ["watching", "import", "gone", "back", "import", "ended"]
    assert said in seen.told[2].words
    assert "Nothing is taken for deleted" in seen.told[2].words
    assert seen.told[4].values["outcomes"] == {"imported": 1}
    assert len(made.rows(store)["session"]) == 5


def test_a_folder_one_may_no_longer_look_into(mortal: Path) -> None:
    folder = made.lay(mortal / "synced", made.team(2, 1))
    store = open_store(None, mortal / "home")
    seen = Observed(store, folder)
    seen.rest_and_look()
    folder.chmod(0)
    with pytest.raises(SourceGone, match="Permission denied"):
        seen.watch.look()
    folder.chmod(0o700)
    (folder / "Ben").chmod(0)
    (told,) = seen.rest_and_look()
    assert (told.kind, told.values["path"], told.values["reason"]) == (Kind.PROBLEM, "Ben", "unreadable")
    (folder / "Ben").chmod(0o700)
    made.lay(folder, {"Ben/2.fit": made.fit(2)})
    (folder / "Ben" / "0.fit").chmod(0)
    assert [t.kind for t in seen.rest_and_look()] == [Kind.IMPORT]
    store.close()


def test_a_file_one_may_not_read_is_told_once_and_comes_in_when_one_may(mortal: Path) -> None:
    folder = made.lay(mortal / "synced", made.team(1, 2))
    shut = folder / "Anna Berg" / "1.fit"
    shut.chmod(0)
    store = open_store(None, mortal / "home")
    seen = Observed(store, folder)
    told = seen.rest_and_look() + seen.rest_and_look()
    assert sorted(t.kind.value for t in told) == ["import", "problem"]
    shut.chmod(0o400)
    (told_then,) = seen.rest_and_look()
    assert told_then.values["outcomes"] == {"imported": 1}
    store.close()


def test_a_folder_that_goes_away_in_the_middle_of_an_import(
    store: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back: list[Callable[[], None]] = []
    whole = module.plan

    def vanishing(*args, **more):  # type: ignore[no-untyped-def]
        offered = whole(*args, **more)
        if not back:
            back.append(unmounted(folder))
        return offered

    monkeypatch.setattr(module, "plan", vanishing)
    seen = Observed(store, folder)
    seen.watch.look()
    seen.clock.now += 6
    with pytest.raises(SourceGone):
        seen.watch.look()
    with store.read() as conn:
        assert imports.batches(conn, made.ALL)["state"].tolist() == ["failed"]
        assert imports.reports(conn, made.ALL, 1).empty
    back[0]()
    seen.rest_and_look()
    assert len(made.rows(store)["session"]) == 4


def test_a_store_that_cannot_be_written_is_told_once_and_tried_again(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, turns, whole = Observed(store, folder), iter(range(6)), module.import_plan
    left = [3]

    def locked(*args, **more):  # type: ignore[no-untyped-def]
        left[0] -= 1
        if left[0] >= 0:
            raise StoreUnavailable("Another program writes.", "Wait.")
        return whole(*args, **more)

    monkeypatch.setattr(module, "import_plan", locked)
    watch(seen.watch, pause=lambda seconds: seen.clock.pause(seconds) or next(turns) == 5)
    assert [t.kind.value for t in seen.told] == ["watching", "problem", "import", "ended"]
    assert len(made.rows(store)["session"]) == 4


def test_once_waits_for_rest_and_refuses_what_is_not_there(store: Store, folder: Path, tmp_path: Path) -> None:
    seen = Observed(store, folder)
    watch(seen.watch, once=True, pause=seen.clock.pause)
    assert [t.kind.value for t in seen.told] == ["import"]
    with pytest.raises(NotFound, match="no folder at"):
        watch(Observed(store, tmp_path / "nowhere").watch, once=True, pause=seen.clock.pause)
    with pytest.raises(NotFound, match="own folder"):
        watch(Observed(store, store.home).watch, once=True, pause=seen.clock.pause)
    unmounted(folder)
    with pytest.raises(SourceGone):  # it was there before: not a wrong path
        watch(Observed(store, folder).watch, once=True, pause=seen.clock.pause)


def test_two_do_not_watch_the_same_folder(store: Store, folder: Path) -> None:
    one, two = Observed(store, folder), Observed(store, folder)
    with one.watch.memory.alone(), pytest.raises(WatchedAlready):
        watch(two.watch, once=True, pause=two.clock.pause)
    watch(two.watch, once=True, pause=two.clock.pause)


def test_loadmons_own_data_inside_the_folder_is_not_taken_in(tmp_path: Path) -> None:
    folder = made.lay(tmp_path, {"Ben/1.fit": made.fit(1), "Anna/2.fit": made.fit(2)})
    store = open_store(None, tmp_path / "loadmon")
    seen = Observed(store, folder)
    seen.rest_and_look()
    seen.rest_and_look()
    assert batches(store) == [1]
    assert len(made.rows(store)["session"]) == 2
    store.close()


def test_watching_that_ends_keeps_what_was_read(store: Store, folder: Path) -> None:
    stops = iter([False] * 7 + [True] * 99)  # four files read, then two taken in
    seen = Observed(store, folder, stops=lambda: next(stops))
    seen.watch.look()
    seen.clock.now += 6
    seen.watch.look()
    with store.read() as conn:
        assert imports.batches(conn, made.ALL)["state"].tolist() == ["cancelled"]
    assert 0 < len(made.rows(store)["session"]) < 4
    Observed(store, folder).rest_and_look()
    assert len(made.rows(store)["session"]) == 4
