"""Fields that apps on the watch added to FIT messages: what the file itself says about each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from loadmon.readers import fit_profile as profile
from loadmon.readers.fit_mapping import mapping
from loadmon.readers.fit_scan import Shape
from loadmon.readers.fit_values import BASES, gather
from loadmon.readers.limits import MAX_DEVELOPER_FIELDS

App = tuple[int, int]
"""A developer field's key: the app's index in the file, and the field's number within the app."""


@dataclass(frozen=True, slots=True)
class AppField:
    """How to read one field of an app: its column ``app:name``, base type, and ``value = raw / scale - offset``.

    That an app says which of the protocol's own fields it stands for is passed over: apps claim fields whose unit they do
    not keep, so that such a column never takes the place of the watch's own.
    """

    column: str
    base: int
    scale: float = 1.0
    offset: float = 0.0
    units: str | None = None


def app_fields(body: bytes, shapes: list[Shape]) -> dict[App, AppField]:
    """Every described field by (application, number).

    A description counts for records before it too: some apps write it late. Of two for the same key the last counts.
    """
    labels = _labels(body, [shape for shape in shapes if shape.kind == profile.DEVELOPER_DATA_ID])
    found: dict[App, AppField] = {}
    for shape in shapes:
        if shape.kind != profile.FIELD_DESCRIPTION:
            continue
        for position in shape.positions:
            told = mapping(body, shape.layout, position)
            key = _key(told)
            if key is not None and (key in found or len(found) < MAX_DEVELOPER_FIELDS):
                found[key] = _described(told, key, labels)
    return _told_apart(found)


def _key(told: dict[int, Any]) -> App | None:
    index, number, base = told.get(0), told.get(1), told.get(2)
    if not (isinstance(index, int) and isinstance(number, int) and isinstance(base, int)) or (base & 0x1F) not in BASES:
        return None
    return index, number


def _number(value: Any, otherwise: float) -> float:
    """A declared number that is one; a description may declare its fields of any type."""
    return float(value) if isinstance(value, int | float) and value else otherwise


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _described(told: dict[int, Any], key: App, labels: dict[int, str]) -> AppField:
    scale, offset = told.get(6), told.get(7)
    return AppField(
        column=f"{labels.get(key[0], f'app{key[0]}')}:{_words(told.get(3)) or f'field {key[1]}'}",
        base=told[2] & 0x1F,
        scale=_number(scale, 1.0),
        offset=_number(offset, 0.0),
        units=_words(told.get(8)),
    )


def _told_apart(found: dict[App, AppField]) -> dict[App, AppField]:
    """An app that gives two fields one name gets the number behind the second's."""
    taken: set[str] = set()
    out: dict[App, AppField] = {}
    for key, one in found.items():
        column = one.column if one.column not in taken else f"{one.column} {key[0]}.{key[1]}"
        taken.add(column)
        out[key] = replace(one, column=column)
    return out


def _labels(body: bytes, shapes: list[Shape]) -> dict[int, str]:
    """A short name of each app: the first bytes of its identifier."""
    labels: dict[int, str] = {}
    for shape in shapes:
        by_number = {one.number: one for one in shape.layout.fields if one.app is None}
        index, label = by_number.get(3), by_number.get(1)
        if index is None or not index.size:
            continue
        for row in gather(body, shape):
            app = int(row[index.at])
            word = row[label.at : label.at + label.size].tobytes().hex()[:8] if label is not None else ""
            labels[app] = word if word.strip("f") else f"app{app}"
    return labels
