"""When disk, folder or server fail: a named refusal with advice, and nothing half-stored."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from loadmon.injury import Injury
from loadmon.refusal import DamagedFile, NotFound, StoreUnavailable
from loadmon.store import Store, Viewer, imports, injury_record, open_store, squad
from loadmon.store.originals import Originals
from tests.store import made

DATA = b"forty-two kilometres"


@contextlib.contextmanager
def without_rights() -> Iterator[Path]:
    """A folder that may only be read, and a process that is bound by that (root is not)."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    try:
        (folder / "shut").mkdir(mode=0o555)
        if root:
            os.seteuid(65534)
        yield folder / "shut"
    finally:
        if root:
            os.seteuid(0)
        shutil.rmtree(folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights differently")
@pytest.mark.parametrize("inside", [".", "home"])
def test_a_folder_that_may_only_be_read(inside: str) -> None:
    with without_rights() as shut, pytest.raises(StoreUnavailable) as refusal:
        open_store(None, shut / inside)
    assert "LOADMON_HOME" in refusal.value.advice


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights differently")
def test_a_new_data_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    open_store(None, tmp_path / "home").close()
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


def test_a_file_where_the_data_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")
    with pytest.raises(StoreUnavailable):
        open_store(None, tmp_path / "home")


def test_a_database_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "loadmon.db").write_bytes(b"a picture of a dog" * 1000)
    with pytest.raises(StoreUnavailable, match="no loadmon store"):
        open_store(None, tmp_path / "home")


@pytest.mark.parametrize("url", ["mysql://somewhere/x", "nonsense", "sqlite://"])
def test_a_url_that_loadmon_cannot_use(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"URL|keep its data"):
        open_store(url, tmp_path / "home")


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreUnavailable, match="cannot be reached") as refusal:
        open_store("postgresql://someone:secret@127.0.0.1:1/x", tmp_path / "home")
    assert "secret" not in str(refusal.value)


def test_a_full_disk_stores_nothing_and_harms_nothing(sqlite_store: Store) -> None:
    with sqlite_store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        batch = imports.start_batch(conn, "made up")

    def shrink(connection: object, *_: object) -> None:
        connection.execute("PRAGMA max_page_count=60")  # type: ignore[attr-defined]

    event.listen(sqlite_store._engine, "connect", shrink)
    sqlite_store._engine.dispose()
    with pytest.raises(StoreUnavailable, match="full"), sqlite_store.write() as conn:  # noqa: PT012
        for number in range(50):
            made.save(conn, ana, batch, made.session(number))
    event.remove(sqlite_store._engine, "connect", shrink)
    sqlite_store._engine.dispose()
    with sqlite_store.write() as conn:
        assert made.save(conn, ana, batch, made.session(0)) is not None
        assert [a.name for a in squad.athletes(conn, Viewer.everyone())] == ["Ana"]
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_an_error_does_not_tell_what_was_to_be_stored(sqlite_store: Store) -> None:
    """Errors end up in logs: names and notes do not belong there."""
    with pytest.raises(IntegrityError) as error, sqlite_store.write() as conn:
        injury_record.add_injury(
            conn, Viewer.everyone(), Injury(99, date(2025, 1, 1), None, "shin", None, "a very private note")
        )
    assert "private" not in str(error.value)


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    kept = Originals(tmp_path / "originals")
    kept.prepare()
    return kept


def test_an_original_is_kept_once_and_read_only(originals: Originals) -> None:
    sha256 = originals.keep(DATA)
    assert originals.keep(DATA, sha256) == sha256
    assert sha256 in originals
    assert originals.read(sha256) == DATA
    path = originals.path(sha256)
    assert path == originals.folder / sha256[:2] / sha256
    assert not path.stat().st_mode & 0o222
    assert [p for p in originals.folder.rglob("*") if p.is_file()] == [path]


def test_an_original_that_the_disk_has_changed_is_noticed_and_can_be_kept_again(originals: Originals) -> None:
    sha256 = originals.keep(DATA)
    path = originals.path(sha256)
    path.chmod(0o600)
    path.write_bytes(DATA[:-1])
    with pytest.raises(DamagedFile):
        originals.read(sha256)
    originals.keep(DATA)
    assert originals.read(sha256) == DATA


def test_a_full_disk_leaves_no_original_behind(originals: Originals, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("loadmon.store.originals.os.fsync", full)
    with pytest.raises(StoreUnavailable, match="full"):
        originals.keep(DATA)
    assert [p for p in originals.folder.rglob("*") if p.is_file()] == []


def test_an_original_that_was_never_kept(originals: Originals) -> None:
    with pytest.raises(NotFound):
        originals.read("0" * 64)
    for strange in ("../../etc/passwd", "ab", ""):
        with pytest.raises(NotFound):
            originals.read(strange)


def test_what_a_crash_left_half_written_is_cleared_away_after_a_day(originals: Originals) -> None:
    old, fresh = originals.folder / ".a.part", originals.folder / ".b.part"
    old.touch()
    fresh.touch()
    os.utime(old, (1.0, 1.0))
    originals.prepare()
    assert (old.exists(), fresh.exists()) == (False, True)


def test_an_original_can_be_removed(originals: Originals) -> None:
    sha256 = originals.keep(DATA)
    originals.remove(sha256)
    originals.remove(sha256)
    assert sha256 not in originals
