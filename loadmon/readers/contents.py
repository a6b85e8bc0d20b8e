"""What one file is made of: FIT messages, XML elements, what apps and makers added."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from loadmon.readers.signature import Format

_TOKEN = re.compile(rb"<(/?)(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?:[^<>]*?(/?))>")
_COUNTED = {
    Format.GPX: ("trk", "trkseg", "trkpt", "rte", "rtept", "wpt"),
    Format.TCX: ("Activity", "Lap", "Track", "Trackpoint", "Course", "Workout"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing in a file and how often it is there: a FIT message, an XML element, members by ending."""

    name: str
    count: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class AppColumn:
    """A field that an app on the watch added: ``app`` is the first bytes of the app's identifier."""

    app: str
    name: str
    unit: str | None


def contents_of(data: bytes, form: Format) -> tuple[list[Part], list[Part], list[AppColumn]]:
    """Messages or elements of a file, what stands in extensions, and the fields that apps added; nothing of other formats.

    Parameters
    ----------
    data : bytes
        Unpacked.
    form : Format
    """
    if form is Format.FIT:
        parts, columns = _messages(data)
        return parts, [], columns
    if form in _COUNTED:
        return *_elements(data, _COUNTED[form]), []
    return [], [], []


def _messages(data: bytes) -> tuple[list[Part], list[AppColumn]]:
    """Messages of every segment by kind, and what apps added (not where a crafted file describes more than apps could)."""
    from fitparse.profile import MESSAGE_TYPES

    from loadmon.readers import fit_profile as profile
    from loadmon.readers.fit_apps import app_fields
    from loadmon.readers.fit_scan import scan
    from loadmon.readers.fit_segments import segments
    from loadmon.readers.fit_tables import MAX_FIT_SMALL

    counts: Counter[int] = Counter()
    columns: dict[str, AppColumn] = {}
    for segment in segments(data):
        shapes = scan(data, None, segment.start, segment.end).shapes
        for shape in shapes:
            counts[shape.kind] += len(shape.positions)
        described = [shape for shape in shapes if shape.kind in (profile.DEVELOPER_DATA_ID, profile.FIELD_DESCRIPTION)]
        if sum(len(shape.positions) for shape in described) > MAX_FIT_SMALL:
            continue
        for one in app_fields(data, described).values():
            app, _, field_name = one.column.partition(":")
            columns[one.column] = AppColumn(app, field_name, one.units)
    parts = [
        Part(str(MESSAGE_TYPES[kind].name) if kind in MESSAGE_TYPES else "not in the public profile", count, kind)
        for kind, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if count
    ]
    return parts, list(columns.values())


def _elements(data: bytes, counted: tuple[str, ...]) -> tuple[list[Part], list[Part]]:
    """Elements that tell what a document holds, and those that stand in extensions; nothing of one of little but tags."""
    from loadmon.readers.xml_text import crowded, utf8

    counts: Counter[str] = Counter()
    extensions: Counter[str] = Counter()
    inside = 0
    text = utf8(data)
    for token in () if crowded(text) else _TOKEN.finditer(text):
        closing, name, empty = token[1], token[2].decode("ascii", "replace"), token[3]
        if name.casefold() == "extensions":
            inside += -1 if closing else 0 if empty else 1
        elif closing:
            continue
        elif inside > 0:
            extensions[name] += 1
        else:
            counts[name] += 1
    parts = [Part(name, counts[name]) for name in counted if counts[name]]
    return parts, [Part(name, count) for name, count in extensions.most_common(40)]
