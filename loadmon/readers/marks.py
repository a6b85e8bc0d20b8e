"""What a file's bytes tell of its owner at a glance: the watch's number as a fingerprint, the name in its profile.

Nothing is decoded in full: a FIT file's first messages, a GPX file's head, the word on a TCX file's device.
"""

from __future__ import annotations

import html
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loadmon.readers import fit_profile as profile
from loadmon.readers import unpacked
from loadmon.readers.fit_device import serial_of
from loadmon.readers.fit_mapping import mapping
from loadmon.readers.fit_scan import scan
from loadmon.readers.fit_segments import is_header
from loadmon.readers.limits import MAX_FIT_SEGMENTS
from loadmon.readers.makers import is_maker
from loadmon.readers.recording import hashed_serial
from loadmon.readers.signature import HEAD_BYTES, Format, signature
from loadmon.readers.xml_text import utf8
from loadmon.refusal import Refusal

LOOK_BYTES = 2**16
"""So much of a file's beginning is looked at; what a watch tells of itself and its wearer stands before the samples."""
LONGEST_NAME = 80
_WANTED = frozenset({profile.FILE_ID, profile.USER_PROFILE, profile.DEVICE_INFO})
_MOST_MESSAGES = 1_000
_GZIP_OR_ZLIB = 47
_FRIENDLY_NAME = 0
_POINTS = re.compile(rb"<(?:[\w.-]+:)?(?:trk|rte|wpt)\b")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_AUTHOR = re.compile(r"<((?:[\w.-]+:)?author)\b[^>]*>(.*?)</\1\s*>", re.DOTALL)
_NAME = re.compile(r"<((?:[\w.-]+:)?name)\b[^>]*>(.*?)</\1\s*>", re.DOTALL)
_CREATOR = re.compile(r"""<(?:[\w.-]+:)?gpx\b[^>]*?\bcreator\s*=\s*(["'])(.*?)\1""", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_UNIT = re.compile(rb"<(?:[\w.-]+:)?UnitId\b[^>]*>\s*([^<]{1,40})<")
_DEVICE_BYTES = 2_000
"""How far behind the word ``Creator`` the number of a device stands in a TCX file, at most."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a file carries of its owner.

    Parameters
    ----------
    serial : str | None
        The fingerprint of the watch's serial number, as ``Device.serial_hash`` has it.
    profile : str | None
        The name in the watch's profile or of the track's author; never an app's or a maker's.
    """

    serial: str | None = None
    profile: str | None = None


def marks_of(data: bytes) -> Marks:
    """What a file's bytes tell of its owner, within a few microseconds; nothing where they tell nothing or are damaged.

    Parameters
    ----------
    data : bytes
        The whole file, also packed by gzip or as the only activity in a ZIP.
    """
    try:
        return _of_head(data) or _of_whole(data)
    except Refusal:
        return Marks()


def _of_head(data: bytes) -> Marks | None:
    """From the beginning of a packed file alone, where that is enough."""
    if signature(data[:HEAD_BYTES]) is not Format.GZIP:
        return None
    try:
        head = zlib.decompressobj(_GZIP_OR_ZLIB).decompress(data, LOOK_BYTES)
    except zlib.error:
        return None
    form = signature(head[:HEAD_BYTES])
    if form is Format.GPX:
        return _of_gpx(head)
    return found if form is Format.FIT and (found := _of_fit(head)).serial else None


def _of_whole(data: bytes) -> Marks:
    inner, _ = unpacked(data)
    form = signature(inner[:HEAD_BYTES])
    if form is Format.FIT:
        return _of_fit(inner)
    if form is Format.GPX:
        return _of_gpx(inner)
    return _of_tcx(inner) if form is Format.TCX else Marks()


def _of_fit(data: bytes) -> Marks:
    """The first part of a file that names a watch; the last name told there."""
    name = None
    for start, end in _parts(data):
        small = _small(data, start, min(end, start + LOOK_BYTES))
        if end > start + LOOK_BYTES and (not small[profile.FILE_ID] or serial_of(small) is None):
            small = _small(data, start, end)
        told = (row.get(_FRIENDLY_NAME) for row in reversed(small[profile.USER_PROFILE]))
        name = name or next((person for value in told if (person := _person(value))), None)
        serial = hashed_serial(serial_of(small))
        if serial is not None:
            return Marks(serial, name)
    return Marks(None, name)


def _parts(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the messages of each FIT file chained in one begin and end; no checksum is looked at."""
    position = 0
    for _ in range(MAX_FIT_SEGMENTS):
        if not is_header(data, position):
            return
        start = position + max(data[position], 12)
        declared = struct.unpack_from("<I", data, position + 4)[0]
        end = min(start + declared, len(data)) if declared else max(len(data) - 2, start)
        yield min(start, len(data)), end
        position = end + 2


def _small(data: bytes, start: int, end: int) -> dict[int, list[dict[int, Any]]]:
    """The wanted messages in file order, by kind."""
    # every kind is noted: runs of equal messages are passed over at a stride, and only noted ones are taken so
    shapes = [shape for shape in scan(data, None, start, end).shapes if shape.kind in _WANTED]
    found: dict[int, list[dict[int, Any]]] = {kind: [] for kind in _WANTED}
    for at, number in sorted(
        (at, number) for number, one in enumerate(shapes) for at in one.positions[:_MOST_MESSAGES]
    ):
        rows = found[shapes[number].kind]
        if len(rows) < _MOST_MESSAGES:
            rows.append(mapping(data, shapes[number].layout, at))
    return found


def _of_gpx(data: bytes) -> Marks:
    """The author's name before the first point."""
    points = _POINTS.search(data, 0, LOOK_BYTES)
    # UTF-16 hides the tags from a search of bytes; there the look ends after so many bytes
    head = _COMMENT.sub("", utf8(data[: points.start() if points else LOOK_BYTES]).decode("utf-8", "replace"))
    author = _AUTHOR.search(head)
    if author is None:
        return Marks()
    inside = author[2]
    name = _NAME.search(inside)
    told = name[2] if name else ("" if "<" in _CDATA.sub("", inside) else inside)
    words = html.unescape(_CDATA.sub(r"\1", told))
    creator = _CREATOR.search(head)
    by_app = creator is not None and words.strip().casefold() in html.unescape(creator[2]).casefold()
    return Marks(None, None if by_app else _person(words))


def _of_tcx(data: bytes) -> Marks:
    """The number of the device that made the first activity."""
    at = data.find(b"Creator")
    while at > 0 and data[at - 1 : at] not in (b"<", b":"):
        at = data.find(b"Creator", at + 1)
    told = _UNIT.search(data, at, at + _DEVICE_BYTES) if at > 0 else None
    return Marks(hashed_serial(told[1].decode("utf-8", "replace").strip())) if told else Marks()


def _person(value: object) -> str | None:
    """A name as it may be shown; None where it holds no letter, or is a maker's or an app's."""
    if not isinstance(value, str):
        return None
    words = " ".join("".join(c for c in value if c.isprintable()).split())[:LONGEST_NAME]
    return None if not any(c.isalpha() for c in words) or is_maker(words) else words
