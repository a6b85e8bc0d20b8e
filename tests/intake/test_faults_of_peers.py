"""A fault of importing seen in other software for runners, which must not be found here."""

from __future__ import annotations

from pathlib import Path

from loadmon.store import Store
from tests.intake import made


def test_an_original_that_cannot_be_read_stays_where_it_is(store: Store, tmp_path: Path) -> None:
    """The original was removed when it could not be read: nothing below the folder is touched, read or not."""
    files = {
        "Anna/run.fit": made.fit(1),
        "Anna/torn.fit": made.fit(2)[:14],
        "Anna/paper.fit": made.PDF,
        "Anna/torn.zip": made.zipped({"run.fit": made.fit(3)})[:-30],
    }
    folder = made.lay(tmp_path / "team", files)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode) for path in folder.rglob("*.*")}
    lines = made.report(store, made.take_in(store, folder, workers="serial://"))
    assert {name for name, line in lines.items() if line.outcome == "refused"} == set(files) - {"Anna/run.fit"}
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode) for path in folder.rglob("*.*")}
    assert after == before
