"""What goes wrong below an import ends it by name; once it is mended, the import goes on and nothing is missing or doubled."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from loadmon.intake import batch
from loadmon.intake.commit import import_plan
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.plan import plan
from loadmon.intake.progress import Progress
from loadmon.refusal import Refusal, SourceGone, StoreUnavailable
from loadmon.store import Store, imports, open_store
from loadmon.store.originals import Originals
from tests.intake import made
from tests.store import postgres

FILES = 40


def team() -> dict[str, bytes]:
    """Sound files of four runners, with a copy, a damaged one and one of nobody."""
    files = {f"{'ABCD'[n % 4]}/{n:02}.fit": made.fit(n, 200, heart=120 + n) for n in range(FILES)}
    return files | {"A/copy.fit": files["A/04.fit"], "B/bad.fit": made.PDF, "loose.fit": made.fit(90)}


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many transactions, so that an import ends in the middle of one and after others."""
    monkeypatch.setattr(batch, "FILES_A_TRANSACTION", 4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What is taken in."""
    return made.lay(tmp_path / "team", team())


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """Content and report of a plain import."""
    place = tmp_path_factory.mktemp("undisturbed")
    store = open_store(None, place / "home")
    done = made.take_in(store, made.lay(place / "team", team()))
    assert done.sessions == FILES
    found = made.content(store), made.outcomes(store, done.batch_id)
    store.close()
    return found


class After(Onlooker):
    """Does something once, when some files are done."""

    def __init__(self, files: int, then: Callable[[], object]) -> None:
        self.files, self.then, self.did = files, then, False

    def tell(self, progress: Progress) -> None:
        if progress.done >= self.files and not self.did:
            self.did = True
            self.then()


def broken_off(
    store: Store, folder: Path, then: Callable[[], object] = bool, kind: type[Refusal] = StoreUnavailable
) -> str:
    """Begin an import in the middle of which something happens; the words it ended with."""
    with pytest.raises(kind) as ended:
        import_plan(store, plan([folder]), what="made", onlooker=After(12, then))
    return str(ended.value)


def goes_on(store: Store, folder: Path, undisturbed: tuple[Any, Any]) -> None:
    """Take the import up again: what was done before is still there, and in the end all is as if nothing had happened."""
    with store.read() as conn:
        (number,) = imports.batches(conn, made.ALL).index
        before = len(imports.reports(conn, made.ALL, number))
    assert 0 < before < len(undisturbed[1]), "it ended in the middle"
    done = import_plan(store, plan([folder]), what="made", batch_id=int(number))
    assert (made.content(store), made.outcomes(store, done.batch_id)) == undisturbed
    with store.read() as conn:
        assert imports.batches(conn, made.ALL)["state"].tolist() == ["done"]
    if store.is_sqlite:
        with contextlib.closing(sqlite3.connect(store._engine.url.database or "")) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert conn.execute("PRAGMA foreign_key_check").fetchall() == []


# A full disk


@contextlib.contextmanager
def small_disk(at: Path, size: str) -> Iterator[Callable[[], None]]:
    """A disk of so many bytes; gives what makes it large. Skips where this user may mount none."""
    at.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at)]
    if os.name == "nt" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk, and not everywhere")
    try:
        yield lambda: subprocess.run(["mount", "-o", "remount,size=64m", str(at)], check=True)
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


@pytest.mark.parametrize(("what", "size"), [("database", "900k"), ("originals", "60k"), ("everything", "1m")])
def test_a_disk_that_is_really_full(tmp_path: Path, folder: Path, undisturbed: Any, what: str, size: str) -> None:
    disk = {
        "database": tmp_path / "disk",
        "originals": tmp_path / "home" / "originals",
        "everything": tmp_path / "home",
    }
    url = f"sqlite:///{disk[what] / 'loadmon.db'}" if what == "database" else None
    with small_disk(disk[what], size) as grow:
        store = open_store(url, tmp_path / "home")
        assert "is full" in broken_off(store, folder)
        grow()
        goes_on(store, folder, undisturbed)
        store.close()


def test_a_database_that_may_not_grow(store: Store, folder: Path, undisturbed: Any) -> None:
    with store.read() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 25}")

    event.listen(store._engine, "connect", limit)
    store._engine.dispose()
    assert "The disk that holds the store is full. Free some space" in broken_off(store, folder)
    event.remove(store._engine, "connect", limit)
    store._engine.dispose()
    goes_on(store, folder, undisturbed)


def test_originals_for_which_there_is_no_room(
    store: Store, folder: Path, undisturbed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, whole = [60_000], Originals._write

    def quota(self: Originals, data: bytes, final: Path) -> None:
        room[0] -= len(data)
        if room[0] < 0:
            raise OSError(errno.EDQUOT, "Disk quota exceeded")
        whole(self, data, final)

    monkeypatch.setattr(Originals, "_write", quota)
    assert "The disk that holds the data folder is full. Free some space" in broken_off(store, folder)
    monkeypatch.setattr(Originals, "_write", whole)
    goes_on(store, folder, undisturbed)


# A locked database


def test_a_database_that_another_process_holds(tmp_path: Path, folder: Path, undisturbed: Any) -> None:
    store = open_store(None, tmp_path / "home", busy_s=0.2)
    hold = "import sqlite3,sys; c=sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE'); print(1, flush=True); input()"
    holding: list[subprocess.Popen[bytes]] = []

    def held() -> None:
        words = [sys.executable, "-c", hold, str(store.home / "loadmon.db")]
        holding.append(subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        assert holding[0].stdout is not None
        holding[0].stdout.readline()

    try:
        said = broken_off(store, folder, held)
    finally:
        holding[0].communicate(b"\n")
    assert "Another program has been writing to the store for too long. Wait for a running import" in said
    goes_on(store, folder, undisturbed)
    store.close()


# Folders that may only be read


def test_a_data_folder_that_may_only_be_read(mortal: Path, undisturbed: Any) -> None:
    folder = made.lay(mortal / "team", team())
    store = open_store(None, mortal / "home")
    kept = store.originals.folder
    said = broken_off(store, folder, lambda: kept.chmod(0o500))
    assert "The data folder cannot be used (Permission denied). Check its permissions" in said
    kept.chmod(0o700)
    goes_on(store, folder, undisturbed)
    store.close()
    (mortal / "home" / "loadmon.db").chmod(0o400)
    (mortal / "home").chmod(0o500)
    with pytest.raises(StoreUnavailable, match=r"can only be read|cannot be (used|opened)"):
        made.take_in(open_store(None, mortal / "home"), folder)


def test_a_source_that_may_only_be_read_is_no_trouble(mortal: Path, undisturbed: Any) -> None:
    folder = made.lay(mortal / "team", team())
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o500 if path.is_dir() else 0o400)
    store = open_store(None, mortal / "home")
    done = made.take_in(store, folder)
    assert (made.content(store), made.outcomes(store, done.batch_id)) == undisturbed
    store.close()


# A source that goes away


def test_files_that_disappear_are_each_named_and_the_rest_goes_on(store: Store, folder: Path, undisturbed: Any) -> None:
    away = folder.with_name("away")
    lost = {f"B/{n:02}.fit" for n in range(1, FILES, 4)} | {"B/bad.fit"}
    done = import_plan(store, plan([folder]), what="made", onlooker=After(11, lambda: (folder / "B").rename(away)))
    lines = made.report(store, done)
    named = {path for path, line in lines.items() if line.reason == "unreadable"}
    assert named == {path for path in lost if lines[path].outcome != "imported"} != set()
    assert all("cannot be read (No such file" in lines[path].detail for path in named)
    assert done.sessions == FILES - len(named - {"B/bad.fit"})
    away.rename(folder / "B")
    again = import_plan(store, plan([folder]), what="made", batch_id=done.batch_id)
    assert (made.content(store), made.outcomes(store, again.batch_id)) == undisturbed


@pytest.mark.parametrize(("emptied", "workers"), [(False, "serial://"), (True, "serial://"), (False, "process://1")])
def test_a_folder_that_goes_away_ends_the_import_and_blames_no_file(
    store: Store, folder: Path, undisturbed: Any, emptied: bool, workers: str
) -> None:
    away = folder.with_name("away")

    def unmounted() -> None:
        folder.rename(away)
        if emptied:
            folder.mkdir()

    with pytest.raises(SourceGone, match=r"has gone away \(.*\)\. Connect it again"):
        import_plan(store, plan([folder]), what="made", workers=workers, onlooker=After(6, unmounted))
    with store.read() as conn:
        assert imports.batches(conn, made.ALL)["state"].tolist() == ["failed"]
        assert "unreadable" not in set(imports.reports(conn, made.ALL, 1)["reason"])
    if emptied:
        folder.rmdir()
    away.rename(folder)
    goes_on(store, folder, undisturbed)


def test_an_archive_that_goes_away_ends_the_import_too(store: Store, tmp_path: Path) -> None:
    files = {f"Ben/{n:02}.fit": made.fit(n) for n in range(20)}
    archive = made.lay(tmp_path, {"team.zip": made.zipped(files)}) / "team.zip"
    with pytest.raises(SourceGone, match="has gone away"):
        import_plan(store, plan([archive]), what="made", onlooker=After(6, archive.unlink))
    archive.write_bytes(made.zipped(files))
    done = import_plan(store, plan([archive]), what="made", batch_id=1)
    assert done.sessions == 20


# A disk that fails under one file


def test_one_file_that_the_disk_cannot_give(
    store: Store, folder: Path, undisturbed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.read_bytes

    def failing(self: Path) -> bytes:
        if self.name == "17.fit":
            raise OSError(errno.EIO, "Input/output error")
        return whole(self)

    monkeypatch.setattr(Path, "read_bytes", failing)
    done = made.take_in(store, folder)
    line = made.report(store, done)["B/17.fit"]
    assert (line.outcome, line.reason) == ("refused", "unreadable")
    assert (
        "(Input/output error). Check that it is there and that its disk or network is well"
        in f"{line.detail} {line.advice}"
    )
    assert done.sessions == FILES - 1
    monkeypatch.setattr(Path, "read_bytes", whole)
    again = import_plan(store, plan([folder]), what="made", batch_id=done.batch_id)
    assert (made.content(store), made.outcomes(store, again.batch_id)) == undisturbed


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux has a file that always fails to be read")
def test_a_file_that_really_cannot_be_read(store: Store, folder: Path, undisturbed: Any) -> None:
    shutil.move(folder / "C" / "18.fit", folder.parent / "18.fit")
    (folder / "C" / "18.fit").symlink_to("/proc/self/mem")
    done = made.take_in(store, folder)
    line = made.report(store, done)["C/18.fit"]
    assert (line.reason, "Input/output error" in line.detail) == ("unreadable", True)
    (folder / "C" / "18.fit").unlink()
    shutil.move(folder.parent / "18.fit", folder / "C" / "18.fit")
    again = import_plan(store, plan([folder]), what="made", batch_id=done.batch_id)
    assert (made.content(store), made.outcomes(store, again.batch_id)) == undisturbed


# A database server that is stopped


def test_a_database_server_that_is_stopped(tmp_path: Path, folder: Path, undisturbed: Any) -> None:
    with postgres.stoppable() as server:
        store = open_store(server.url, tmp_path / "home", busy_s=5.0)
        assert "The database server cannot be reached. Check that it runs" in broken_off(store, folder, server.stop)
        with pytest.raises(StoreUnavailable, match="cannot be reached"):
            import_plan(store, plan([folder]), what="made", batch_id=1)
        server.start()
        goes_on(store, folder, undisturbed)
        store.close()
