"""Told by bytes, never by name."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from loadmon.readers import read
from loadmon.readers.signature import Format, looks_like, signature
from loadmon.refusal import EmptyFile, UnknownFormat
from tests.readers import made_fit as made

GPX = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made --><gpx version="1.1" creator="x"></gpx>'
TCX = '<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://x"></TrainingCenterDatabase>'


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (made.run(2), Format.FIT),
        (gzip.compress(b"x"), Format.GZIP),
        (zipped(), Format.ZIP),
        (b"PK\x05\x06" + bytes(18), Format.ZIP),
        (GPX.encode(), Format.GPX),
        (b"\xef\xbb\xbf" + GPX.encode(), Format.GPX),
        (b"  \r\n\t" + GPX.encode(), Format.GPX),
        (GPX.encode("utf-16"), Format.GPX),
        (GPX.encode("utf-16-be"), Format.GPX),
        (b"<ns0:gpx xmlns:ns0='u'/>", Format.GPX),
        (b"          " + TCX.encode(), Format.TCX),
        (b"<ns2:TrainingCenterDatabase>", Format.TCX),
        (b"<html><gpx></gpx></html>", Format.UNKNOWN),
        (b"%PDF-1.7", Format.UNKNOWN),
        (b"", Format.UNKNOWN),
        (b"<", Format.UNKNOWN),
    ],
    # packed bytes carry the time of packing, so they cannot name a case: parallel workers would disagree
    ids=lambda value: value.value if isinstance(value, Format) else "head",
)
def test_signature(head: bytes, expected: Format) -> None:
    assert signature(head) is expected


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"<!DOCTYPE html><html lang=en>", "HTML"),
        (b"<kml xmlns='x'>", "<kml>"),
        (b'{"activities": []}', "JSON"),
        (b"[1, 2]", "JSON"),
        (b"[Params]\r\nVersion=106\r\n", "a Polar HRM file"),
        (b"[section]\nname=1\n", "plain text"),
        (b"date,km\n2025-01-01,5\n", "CSV"),
        (b"Dear coach,\nI ran today.\n", "plain text"),
        (bytes(100), "zero bytes"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(256)), "binary"),
        (b"<?xml version='1.0'?>", "breaks off"),
    ],
)
def test_unknown_bytes_are_described_and_refused(head: bytes, words: str) -> None:
    assert words in looks_like(head)
    with pytest.raises(UnknownFormat, match=words.replace("(", r"\(")):
        read(head, "run.fit")


def test_packings_and_nothing_have_a_name() -> None:
    assert looks_like(b"") == "an empty file"
    assert looks_like(b"PK\x05\x06" + bytes(18)) == "a ZIP archive"


def test_a_file_of_no_bytes_is_named_so() -> None:
    with pytest.raises(EmptyFile):
        read(b"", "empty.fit")
