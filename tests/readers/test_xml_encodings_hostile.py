"""XML that hides behind its encoding: declarations, wrong promises, bytes that are no letters."""

from __future__ import annotations

import codecs

import pytest

from loadmon.readers import read
from loadmon.refusal import Refusal, UnsafeContent
from tests.readers import made_xml as made

GPX = made.gpx(made.points(60))
TCX = made.tcx(made.activity(n=60))
BOMBS = {
    "gpx": '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "b">]><gpx><a>&a;</a></gpx>',
    "tcx": '<?xml version="1.0"?><!DOCTYPE TrainingCenterDatabase [<!ENTITY a "b">]><TrainingCenterDatabase>&a;</TrainingCenterDatabase>',
}
WIDE = {
    "utf-16-le": b"",
    "utf-16-be": b"",
    "utf-16-le with mark": codecs.BOM_UTF16_LE,
    "utf-16-be with mark": codecs.BOM_UTF16_BE,
}


def names(data: bytes) -> set[str]:
    return {oddity.name for session in read(data, "a") for oddity in session.oddities}


@pytest.mark.parametrize("kind", BOMBS)
@pytest.mark.parametrize("encoding", WIDE)
def test_declarations_in_wide_letters(kind: str, encoding: str) -> None:
    data = WIDE[encoding] + BOMBS[kind].encode(encoding.split()[0])
    with pytest.raises(UnsafeContent, match="declares entities"):
        read(data, "a")


@pytest.mark.parametrize("text", [GPX, TCX], ids=["gpx", "tcx"])
@pytest.mark.parametrize("encoding", WIDE)
def test_what_the_declaration_promises_wrongly_does_no_harm(text: str, encoding: str) -> None:
    for promised in ("UTF-8", "UTF-16", "US-ASCII", "nonsense", "punycode", "utf-7"):
        data = WIDE[encoding] + text.replace("UTF-8", promised, 1).encode(encoding.split()[0])
        assert len(read(data, "a")[0].stream) == 60
    for promised in ("UTF-16", "UTF-32", "UTF-16LE"):
        assert len(read(text.replace("UTF-8", promised, 1).encode(), "a")[0].stream) == 60


@pytest.mark.parametrize("encoding", WIDE)
def test_bytes_that_are_no_letters_are_told_wherever_they_stand(encoding: str) -> None:
    whole = WIDE[encoding] + GPX.encode(encoding.split()[0])
    assert "letters unreadable" not in names(whole)
    at = len(WIDE[encoding]) + 2 * GPX.index('lat="', 2000) + 12
    # lone surrogates in one latitude, which an attribute may hold once they are replaced
    lone = (b"\x00\xd8" if "le" in encoding else b"\xd8\x00") * 3
    assert "letters unreadable" in names(whole[:at] + lone + whole[at + 6 :])


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("shift", [1, 3])
def test_half_a_letter_too_few_or_too_many(encoding: str, shift: int) -> None:
    whole = WIDE[encoding] + GPX.encode(encoding.split()[0])
    assert names(whole[:-shift])
    middle = len(whole) // 2
    for data in (whole[:middle] + whole[middle + shift :], whole[:middle] + b"\x00" * shift + whole[middle:]):
        try:
            assert names(data) - names(whole)
        except Refusal as refusal:
            assert refusal.what  # noqa: PT017  either is right


def test_letters_of_four_bytes_are_refused_by_name() -> None:
    for mark, encoding in ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (b"", "utf-32-le")):
        with pytest.raises(Refusal):
            read(mark + GPX.encode(encoding), "a")


@pytest.mark.parametrize("kind", BOMBS)
def test_declarations_in_letters_of_four_bytes(kind: str) -> None:
    with pytest.raises(Refusal):
        read(codecs.BOM_UTF32_LE + BOMBS[kind].encode("utf-32-le"), "a")


def test_a_letter_lost_long_ago_is_no_damage() -> None:
    assert "letters unreadable" not in names(GPX.replace("<trk>", "<trk><name>M\ufffdnchen</name>").encode())
    assert "letters unreadable" in names(
        GPX.replace("<trk>", "<trk><name>M?nchen</name>").encode().replace(b"?nch", b"\xfcnch")
    )
