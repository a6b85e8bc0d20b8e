"""The shape of a point, learnt from one and held against many: what is the same letter by letter, what are values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from loadmon.readers.xml_tokens import Mask, Places, Tokens, same_at
from loadmon.readers.xml_walk import walk
from loadmon.readers.xml_words import Words

LONGEST_POINT = 20_000
LONGEST_VALUE = 64
_TAG = re.compile(rb"<(/?)([A-Za-z_][\w.:-]*)([^<>]*?)(/?)>")
_ATTRIBUTES = re.compile(rb'(?:\s+[A-Za-z_][\w.:-]*\s*=\s*"[^"<>&]*")*\s*')
_FORBIDDEN = (b"<!", b"<?", b"--", b"]]", b"'")


@dataclass(slots=True, eq=False)
class Shape:
    """Fixed letters and the values between them.

    Parameters
    ----------
    n_tags : int
        Tags of the point, its own two included.
    n_attributes : int
        Attributes of the point's own tag: the first values.
    tags : tuple of int
        For each further value, the number (within the point) of the tag it follows.
    fixed : tuple of bytes
        The letters before each value and after the last.
    column_of : dict of int to int
        Column of ``Words.columns`` and the number of the value it takes.
    depth : int
        Levels of elements within the point, its own included.
    """

    n_tags: int
    n_attributes: int
    tags: tuple[int, ...]
    fixed: tuple[bytes, ...]
    column_of: dict[int, int]
    depth: int


def learn(point: bytes, words: Words) -> Shape | None:
    """Learn from one point; the walk itself says, of marks put in for values, which column takes which.

    None where the point holds anything but plain tags, blanks and values.
    """
    if len(point) > LONGEST_POINT or any(word in point for word in _FORBIDDEN):
        return None
    tags = list(_TAG.finditer(point))
    if len(tags) != point.count(b"<") or not _ATTRIBUTES.fullmatch(tags[0][3]) or tags[0][4]:
        return None
    values = [place.span(1) for place in re.compile(rb'"([^"]*)"').finditer(point, 0, tags[0].end())]
    n_attributes = len(values)
    after: list[int] = []
    depth = deepest = 0
    for number, tag in enumerate(tags):
        depth += -1 if tag[1] else 0 if tag[4] else 1
        deepest = max(deepest, depth)
        behind = tags[number + 1] if number + 1 < len(tags) else None
        leaf = behind is not None and not tag[1] and not tag[4] and behind[1] and behind[2] == tag[2]
        if leaf and behind is not None and behind.start() > tag.end():
            after.append(number)
            values.append((tag.end(), behind.start()))
    edges = [0, *(edge for value in values for edge in value), len(point)]
    fixed = tuple(point[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    column_of = _columns(fixed, words)
    return None if column_of is None else Shape(len(tags), n_attributes, tuple(after), fixed, column_of, deepest)


@lru_cache(maxsize=64)
def _columns(fixed: tuple[bytes, ...], words: Words) -> dict[int, int] | None:
    """Remembered from file to file: one app writes all of them alike."""
    marked = b"".join(part + b"v%d" % number for number, part in enumerate(fixed[:-1])) + fixed[-1]
    walked = walk(b"<point>" + marked + b"</point>", words)
    if walked.broken is not None or walked.n_walked != 1:
        return None
    found = {column: values[0] for column, values in enumerate(walked.columns) if values and values[0] is not None}
    numbers = {f"v{number}": number for number in range(len(fixed) - 1)}
    if not found.keys() or any(value not in numbers for value in found.values()):
        return None
    return {column: numbers[value] for column, value in found.items()}


def fits(shape: Shape, found: Tokens, points: Places) -> tuple[Places, Places, Places]:
    """The points of that shape, and where each of their values begins and ends.

    Parameters
    ----------
    shape : Shape
    found : Tokens
    points : array of int
        Numbers of the points to try; all must have ``shape.n_tags`` tags.

    Returns
    -------
    tuple of arrays, shapes (n,), (n_values, n), (n_values, n)
    """
    first = found.first[points]
    good = np.ones(len(points), dtype=bool)
    starts, ends = _values(shape, found, first, good)
    before = np.concatenate((found.opens[first][None], ends))
    behind = np.concatenate((starts, found.closes[found.last[points]][None] + 1))
    good &= (behind - before == np.array([len(letters) for letters in shape.fixed])[:, None]).all(axis=0)
    if len(starts):
        widths = ends - starts
        good &= ((widths > 0) & (widths <= LONGEST_VALUE)).all(axis=0)
        good &= (np.frombuffer(found.text, np.uint8)[starts] > ord(" ")).all(axis=0)
    rows = good.nonzero()[0]
    for letters, places in zip(shape.fixed, before, strict=True):
        same = same_at(found.text, places if len(rows) == len(good) else places[rows], letters)
        rows = rows if same is None else rows[same]
    if len(rows) == len(good):
        return points, starts, ends
    return points[rows], starts[:, rows], ends[:, rows]


def _values(shape: Shape, found: Tokens, first: Places, good: Mask) -> tuple[Places, Places]:
    """Where the values of each point begin and end, those in attributes first."""
    tags = np.array(shape.tags, dtype=np.int64)[:, None] + first
    starts, ends = found.closes[tags] + 1, found.opens[tags + 1]
    if shape.n_attributes:
        quote = found.quotes.searchsorted(found.opens[first])
        n_quotes = 2 * shape.n_attributes
        good &= quote + n_quotes <= len(found.quotes)
        quote = np.minimum(quote, max(len(found.quotes) - n_quotes, 0)) + np.arange(0, n_quotes, 2)[:, None]
        told, untold = found.quotes[quote] + 1, found.quotes[quote + 1]
        good &= untold[-1] < found.closes[first]
        starts, ends = np.concatenate((told, starts)), np.concatenate((untold, ends))
    return starts, ends
