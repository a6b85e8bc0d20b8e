"""Points read by their shape and points walked through are the same points, whatever the file holds."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.readers import gpx as gpx_reader
from loadmon.readers import tcx as tcx_reader
from loadmon.readers.xml_blocks import blocks
from loadmon.readers.xml_document import read_document
from loadmon.readers.xml_text import safe_bytes
from loadmon.readers.xml_words import Words
from loadmon.refusal import Refusal
from tests.paths import corpus
from tests.readers.made_xml import activity, gpx, points, stamp, tcx
from tests.readers.same_document import assert_same

NUMBERS = [
    "150",
    "-3.5",
    "48.12345678901234567",
    "1e2",
    "+7",
    "",
    " ",
    " 5 ",
    "nan",
    "1_0",
    "&#49;",
    "１",
    "x",
    "5>4",
    "-->",
]
PARTS = [
    "<hr>{}</hr>",
    "<g:cad>{}</g:cad>",
    "<x>{}</x>",
    "<hr/>",
    "<heartrate>{}</heartrate>",
    "<hr>1<b>2</b>{}</hr>",
    "<heartratebpm><value>{}</value></heartratebpm>",
    "<time>{}</time>",
    '<temp unit="{}">20</temp>',
    "<!-- {} -->",
    "<power><![CDATA[{}]]></power>",
    "<trkpt>{}</trkpt>",
]
BETWEEN = ["", "\n", "  ", "<!-- <trkpt> -->", "</trkseg><trkseg>", "<?note?>", "text", "</trkseg></trk><trk><trkseg>"]


def same_both_ways(data: bytes, words: Words) -> bool:
    """Hold both ways against each other; True if any point was read by its shape."""
    try:
        walked = read_document(data, words, by_shape=False)
    except Refusal as refusal:
        with pytest.raises(type(refusal), match=refusal.what[:20]):
            read_document(data, words)
        return False
    assert_same(read_document(data, words), walked)
    return blocks(safe_bytes(data), words) is not None


@st.composite
def odd_point(draw: st.DrawFn) -> str:
    """One point of a few hundred that is not like the others."""
    number = st.sampled_from(NUMBERS)
    inside = "".join(draw(st.sampled_from(PARTS)).format(draw(number)) for _ in range(draw(st.integers(0, 3))))
    attributes = draw(
        st.sampled_from(
            ['lat="{}" lon="9"', "lat='{}' lon='9'", 'lon="{}"', "", ' id=">" lat="{}"', 'lat="{}" lat="1"']
        )
    ).format(draw(number))
    time = draw(
        st.sampled_from([f"<time>{stamp(30)}</time>", "<time></time>", "<time>never</time>", "", "<ele>1</ele>"])
    )
    whole = f"<trkpt {attributes}>{time}<extensions>{inside}</extensions></trkpt>"
    return draw(st.sampled_from(BETWEEN)) + draw(st.sampled_from([whole, "<trkpt/>", whole * 3, "</trkpt>", "&amp;"]))


@settings(max_examples=150, deadline=None)
@given(st.lists(odd_point(), max_size=3), st.integers(0, 60), st.booleans())
def test_odd_points_among_many_alike(odd: list[str], at: int, with_values: bool) -> None:
    extension = "<hr>150</hr><g:cad>84</g:cad>" if with_values else ""
    text = gpx(points(at, extension=extension) + "".join(odd) + points(80, first=60, extension=extension))
    same_both_ways(text.encode(), gpx_reader.WORDS)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_byte_put_anywhere(data: st.DataObject) -> None:
    whole, words = data.draw(st.sampled_from([(GPX, gpx_reader.WORDS), (TCX, tcx_reader.WORDS)]))
    at = data.draw(st.integers(0, len(whole) - 1))
    piece = data.draw(st.sampled_from(PIECES))
    over = data.draw(st.integers(0, 30))
    same_both_ways(whole[:at] + piece + whole[at + over :], words)


GPX = gpx(
    points(120, extension="<g:TrackPointExtension><g:hr>150</g:hr><g:cad>84</g:cad></g:TrackPointExtension>")
).encode()
TCX = tcx(activity(n=120)).encode()
PIECES = [
    b"", b"<", b">", b"&", b'"', b"'", b"/", b"\x00", b"\x1f", b"\xff", b"\xc3\xa9", b" ", b"\n", b"<!--", b"-->", b"<?loadmon 0?>",
    b"<![CDATA[", b"]]>", b"<!DOCTYPE gpx>", b'<!DOCTYPE g [<!ENTITY a "b">]>', b"<trkpt>", b"</trkpt>", b"<Trackpoint>", b"<?x", b"?>",
]  # fmt: skip


def test_what_is_alike_is_read_by_its_shape() -> None:
    assert same_both_ways(GPX, gpx_reader.WORDS)
    assert same_both_ways(TCX, tcx_reader.WORDS)
    by_shape = blocks(safe_bytes(GPX), gpx_reader.WORDS)
    assert by_shape is not None
    assert (by_shape.n_points, len(by_shape.sizes)) == (120, 1)
    assert len(by_shape.rest) < 400


@pytest.mark.parametrize("sizes", [(120,), (120, 1, 30), (1, 120), (5,) * 12, (5,) * 20])
def test_rows_of_even_points_end_where_a_segment_does(sizes: tuple[int, ...]) -> None:
    firsts = np.cumsum((0, *sizes)).tolist()
    parts = [points(n, first=first) for n, first in zip(sizes, firsts, strict=False)]
    data = gpx("</trkseg>\n<trkseg>\n".join(parts)).encode()
    assert same_both_ways(data, gpx_reader.WORDS)
    by_shape = blocks(safe_bytes(data), gpx_reader.WORDS)
    assert by_shape is not None
    assert by_shape.sizes == list(sizes)


@pytest.mark.parametrize("at", [0, 1, 59, 118, 119])
@pytest.mark.parametrize(
    "other", ["<hr>1&#49;0</hr>", "<hr>é</hr>", "<hr>150</hr><!---->", "<ht>150</ht>", "<hr> 150</hr>"]
)
def test_one_point_of_a_row_is_not_like_the_others(at: int, other: str) -> None:
    extensions = ["<hr>150</hr>"] * 120
    extensions[at] = other
    text = "".join(points(1, first=i, extension=extension) for i, extension in enumerate(extensions))
    assert same_both_ways(gpx(text).encode(), gpx_reader.WORDS)


def test_several_shapes_in_one_file() -> None:
    mixed = "".join(
        points(1, first=i, extension=["<hr>150</hr>", "<g:cad>84</g:cad>", "", "<hr>1</hr><g:cad>2</g:cad>"][i % 4])
        for i in range(200)
    )
    data = gpx(mixed).encode()
    assert same_both_ways(data, gpx_reader.WORDS)
    by_shape = blocks(safe_bytes(data), gpx_reader.WORDS)
    assert by_shape is not None
    assert (by_shape.n_points, len(by_shape.sizes)) == (200, 1)


@pytest.mark.parametrize(
    "other",
    [
        "<hx>{}</hx>",
        "<b:hr>{}</b:hr>",
        "<hr>{}<!----></hr>",
        "<hr>{}</hx>",
        "<hr\t>{}</hr>",
        "<hr>{}</hr >",
        "<HR>{}</HR>",
        "<!-- {} -->",
        "<hr a='>'>{}</hr>",
    ],
)
def test_points_of_the_same_lengths_with_other_letters(other: str) -> None:
    mixed = "".join(
        points(1, first=i, extension=(other if i % 10 == 5 else "<hr>{}</hr>").format(100 + i)) for i in range(200)
    )
    data = gpx(mixed).encode()
    same_both_ways(data, gpx_reader.WORDS)
    if other == "<hx>{}</hx>":
        document = read_document(data, gpx_reader.WORDS)
        assert np.flatnonzero(np.isnan(document.columns["heart_rate_bpm"])).tolist() == list(range(5, 200, 10))


def test_what_stands_between_points_may_be_as_long_as_blanks() -> None:
    middle = points(60, first=60).replace("</trkpt>", "</trkpt>\n    \n")
    for between in ("</seg>", "<seg/>", "<!--->", "text..", "</trk>"):
        same_both_ways(gpx(middle + points(1, first=120) + between + middle).encode(), gpx_reader.WORDS)
    cut = "</trkseg></trk><trk><trkseg>"
    text = gpx(middle.replace("\n    \n", " " * len(cut)) + cut + points(50, first=300)).encode()
    assert same_both_ways(text, gpx_reader.WORDS)
    assert len(read_document(text, gpx_reader.WORDS).outline.all("trk")) == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig", "latin-1"])
def test_every_encoding_both_ways(encoding: str) -> None:
    text = gpx(points(120, extension="<hr>150</hr>"), body="<desc>Läufe</desc>")
    if encoding == "latin-1":
        text = text.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    assert same_both_ways(text.encode(encoding), gpx_reader.WORDS)


def test_real_files_both_ways_whole_cut_and_changed() -> None:
    chance, n_by_shape, n_files = random.Random(20261122), 0, 0
    for path in sorted(p for p in corpus().rglob("*") if p.suffix.lower() in (".gpx", ".tcx")):
        words = gpx_reader.WORDS if path.suffix.lower() == ".gpx" else tcx_reader.WORDS
        data = path.read_bytes()
        n_by_shape += same_both_ways(data, words)
        n_files += 1
        for _ in range(3):
            at = chance.randrange(len(data))
            same_both_ways(data[:at], words)
            same_both_ways(data[:at] + chance.choice(PIECES) + data[at + chance.randrange(20) :], words)
    print(f"{n_files} files, {n_by_shape} with points read by their shape")
    assert n_by_shape >= 25
