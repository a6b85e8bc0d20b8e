"""An empty table says that it is empty, like an empty watch file does."""

from __future__ import annotations

from loadmon.intake.tables import told_of
from loadmon.readers.member import Member


def member(path: str, data: bytes) -> Member:
    return Member(path, path.rpartition("/")[2], len(data), lambda: data, foreign=True)


def test_an_empty_table_is_named_empty_and_an_empty_picture_is_nobody_s_business() -> None:
    told = told_of([member("a/log.csv", b""), member("a/notes.csv", b"hello,you\n1,2\n"), member("a/me.jpg", b"")])
    assert {path: refusal.name for path, refusal in told.items()} == {"a/log.csv": "empty file"}
