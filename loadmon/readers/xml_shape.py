"""The shape of a point, learnt from one and held against many: what is the same letter by letter, what are values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np

from loadmon.readers.xml_tokens import MARKS, Marks, Mask, Places, same_at
from loadmon.readers.xml_walk import walk
from loadmon.readers.xml_words import Words

LONGEST_POINT = 20_000
LONGEST_VALUE = 64
_TAG = re.compile(rb"<(/?)([A-Za-z_][\w.:-]*)([^<>]*?)(/?)>")
_ATTRIBUTES = re.compile(rb'(?:\s+[A-Za-z_][\w.:-]*\s*=\s*"[^"<>&]*")*\s*')
_QUOTED = re.compile(rb'"([^"]*)"')
_LEAF = re.compile(rb"<([A-Za-z_][\w.:-]*)[^<>]*(?<!/)>([^<>]+)</\1>")
_MARK = re.compile(b"[%s]" % MARKS)
_FORBIDDEN = re.compile(rb"<!|<\?|--|\]\]|'")


@dataclass(slots=True, eq=False)
class Shape:
    """Fixed letters and the values between them.

    Parameters
    ----------
    n_marks : int
        Brackets and quotes of the point; all of them stand in the fixed letters.
    before, behind : array of int, shape (n_values + 1, 1)
        Numbers (within the point) of the marks that fixed letters begin with, and that they end with.
    fixed : tuple of bytes
        The letters before each value and after the last.
    widths : array of int, shape (n_values + 1, 1)
        How many of them stand there.
    column_of : dict of int to int
        Column of ``Words.columns`` and the number of the value it takes.
    depth : int
        Levels of elements within the point, its own included.
    """

    n_marks: int
    before: Places
    behind: Places
    fixed: tuple[bytes, ...]
    widths: Places
    column_of: dict[int, int]
    depth: int


def learn(point: bytes, words: Words) -> Shape | None:
    """Learn from one point; the walk itself says, of marks put in for values, which column takes which.

    None where the point holds anything but plain tags, blanks and values.
    """
    if len(point) > LONGEST_POINT or _FORBIDDEN.search(point):
        return None
    edges = [0]
    for value in _QUOTED.finditer(point, 0, point.find(b">")):
        edges += value.span(1)
    for value in _LEAF.finditer(point):
        edges += value.span(2)
    edges.append(len(point))
    return _shape(tuple(point[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)), words)


@lru_cache(maxsize=64)
def _shape(fixed: tuple[bytes, ...], words: Words) -> Shape | None:
    """Remembered from file to file: one app writes all of them alike."""
    values = [b"v%d" % number for number in range(len(fixed) - 1)]
    point = b"".join(part for pair in zip(fixed, values, strict=False) for part in pair) + fixed[-1]
    tags = list(_TAG.finditer(point))
    if not tags or not len(tags) == point.count(b"<") == point.count(b">"):
        return None
    if not _ATTRIBUTES.fullmatch(tags[0][3]) or tags[0][4]:
        return None
    depths = np.cumsum([-1 if tag[1] else 0 if tag[4] else 1 for tag in tags])
    column_of = _columns(point, values, words)
    if column_of is None:
        return None
    # every value has a mark right before it and one right behind
    edges = np.array([0, *accumulate(len(_MARK.findall(letters)) for letters in fixed)])[:, None]
    widths = np.array([len(letters) for letters in fixed])[:, None]
    return Shape(int(edges[-1, 0]), edges[:-1], edges[1:] - 1, fixed, widths, column_of, int(depths.max()))


def _columns(point: bytes, values: list[bytes], words: Words) -> dict[int, int] | None:
    walked = walk(b"<point>" + point + b"</point>", words)
    if walked.broken is not None or walked.n_walked != 1:
        return None
    found = {column: told[0] for column, told in enumerate(walked.columns) if told and told[0] is not None}
    numbers = {value.decode(): number for number, value in enumerate(values)}
    if not found.keys() or any(value not in numbers for value in found.values()):
        return None
    return {column: numbers[value] for column, value in found.items()}


def fits(shape: Shape, marks: Marks, first: Places) -> tuple[Mask | None, Places, Places]:
    """Which points are of that shape, and where the fixed letters of these begin and end.

    Parameters
    ----------
    shape : Shape
    marks : Marks
    first : array of int, shape (n,)
        Number of the mark that each point begins with; each must have ``shape.n_marks`` marks.

    Returns
    -------
    tuple of arrays, shapes (n,), (n_values + 1, n_fitting), (n_values + 1, n_fitting)
        The first is None where all are.
    """
    before, behind = marks.places[shape.before + first], marks.places[shape.behind + first] + 1
    good = behind - before == shape.widths
    if len(before) > 1:
        starts = behind[:-1]
        widths = before[1:] - starts
        # a value that begins with a blank is the walk's
        good[1:] &= (widths > 0) & (widths <= LONGEST_VALUE) & (marks.letters[starts] > ord(" "))
    alike = None if good.all() else good.all(axis=0)
    for places, letters in zip(before, shape.fixed, strict=True):
        same = same_at(marks.text, places if alike is None else places[alike], letters)
        if same is not None:
            if alike is None:
                alike = same
            else:
                alike[alike.nonzero()[0][~same]] = False
    if alike is None:
        return None, before, behind
    return alike, before[:, alike], behind[:, alike]
