"""Points read by their shape, thousands at a time, and the rest of the file with a mark in place of each run of them.

A file's points are nearly all written alike. Where a run of points has the letters of a known shape, the values
between them are taken out as columns at once, and the run is replaced by a processing instruction; what is left, every
other point included, goes through the one guarded walk. A mark inside a comment is never met, as its points would not be.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa

from loadmon.readers.xml_even import even
from loadmon.readers.xml_shape import Shape, fits, learn
from loadmon.readers.xml_tokens import Marks, Places, Tokens, marks_of, same_at, tokens
from loadmon.readers.xml_walk import MARK
from loadmon.readers.xml_words import Words

FEWEST_POINTS, MOST_SHAPES = 8, 12
SMALLEST_FILE = 4_000
"""Below this many bytes the walk alone is as fast."""


Values = tuple[Places | None, pa.StringArray]
Shaped = tuple[Shape, Places | None, Places, Places]
"""A shape, the numbers of its points (None for all there are), and where their fixed letters begin and end."""


@dataclass(slots=True, eq=False)
class Blocks:
    """Runs of points read by their shape.

    Parameters
    ----------
    rest : bytes
        The file with a mark in place of each run.
    sizes, firsts : list of int
        How many points each mark stands for, and the row of its first.
    n_points : int
        Points in all runs.
    columns : dict of int to (array or None, StringArray)
        By number of ``Words.columns``: the rows that have a value (None for all), and the values.
    depth : int
        The most levels of elements in any of the points.
    """

    rest: bytes
    sizes: list[int]
    firsts: list[int]
    n_points: int
    columns: dict[int, Values]
    depth: int


def blocks(text: bytes, words: Words) -> Blocks | None:
    """Take the points of common shape out of the file; None where the walk alone does better."""
    if len(text) < SMALLEST_FILE:
        return None
    found = _found(text, words)
    if found is None or len(found.starts) < FEWEST_POINTS:
        return None
    starts, ends, firsts = found.starts, found.ends, found.firsts
    return Blocks(
        rest=_rest(text, starts[firsts].tolist(), ends[[first - 1 for first in (*firsts[1:], len(starts))]].tolist()),
        sizes=[behind - first for first, behind in pairwise([*firsts, len(starts)])],
        firsts=firsts,
        n_points=len(starts),
        columns=_columns(text, found.shapes, found.row_of),
        depth=max(shape.depth for shape, _, _, _ in found.shapes),
    )


@dataclass(slots=True, eq=False)
class _Found:
    """Shapes, where their points begin and end, which of these begin a run, and each point's row (None: its number)."""

    shapes: list[Shaped]
    starts: Places
    ends: Places
    firsts: list[int]
    row_of: Places | None


def _found(text: bytes, words: Words) -> _Found | None:
    """Find points of common shape; what this takes of memory is given back before their values are read."""
    marks = marks_of(text, words.point)
    if marks is None:
        return None
    rows = even(marks, words)
    if rows is not None:
        shapes: list[Shaped] = [(rows.shape, None, rows.before, rows.behind)]
        return _Found(shapes, rows.before[0], rows.behind[-1], rows.firsts, None)
    points = tokens(marks)
    if points is None or len(points.first) < FEWEST_POINTS:
        return None
    shapes = _shapes(marks, points, words)
    if not shapes:
        return None
    starts, ends, row_of = _taken(points, shapes)
    if len(starts) < max(len(points.first) // 2, 1):
        return None
    firsts = _runs(text, starts, ends)
    return _Found(shapes, starts, ends, firsts, row_of) if len(firsts) <= max(64, len(starts) // 4) else None


def _taken(found: Tokens, shapes: list[Shaped]) -> tuple[Places, Places, Places | None]:
    """Where the points begin and end that have a shape, and the row of each point; None where all have the same."""
    if shapes[0][1] is None:
        return found.starts, found.ends, None
    taken = np.zeros(len(found.first), dtype=bool)
    for _, points, _, _ in shapes:
        taken[points] = True
    return found.starts[taken], found.ends[taken], np.cumsum(taken) - 1


def _columns(text: bytes, shapes: list[Shaped], row_of: Places | None) -> dict[int, Values]:
    """Values of all shapes put together, in the order of the file."""
    if len(shapes) == 1:
        shape, _, before, behind = shapes[0]
        wanted = sorted(set(shape.column_of.values()))
        ends = before[[value + 1 for value in wanted]]
        pieces = dict(zip(wanted, _pieces(text, behind[wanted], ends), strict=True))
        return {column: (None, pieces[value]) for column, value in shape.column_of.items()}
    assert row_of is not None
    out: dict[int, Values] = {}
    for columns, having in _together([shape for shape, *_ in shapes]):
        numbered, begins, behinds = list[Places](), list[Places](), list[Places]()
        for shape, numbers, before, behind in (shapes[number] for number in having):
            assert numbers is not None  # of several shapes each has a part of the points
            values = [shape.column_of[column] for column in columns]
            numbered.append(numbers)
            begins.append(behind[values])
            behinds.append(before[[value + 1 for value in values]])
        points = np.concatenate(numbered)
        order = points.argsort()
        told = _pieces(text, np.concatenate(begins, axis=1)[:, order], np.concatenate(behinds, axis=1)[:, order])
        rows = row_of[points[order]]
        out |= {column: (rows, texts) for column, texts in zip(columns, told, strict=True)}
    return out


def _together(shapes: list[Shape]) -> list[tuple[list[int], tuple[int, ...]]]:
    """Columns that the same shapes have in the same order, in that order, and the numbers of these shapes."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for column in dict.fromkeys(column for shape in shapes for column in shape.column_of):
        having = tuple(number for number, shape in enumerate(shapes) if column in shape.column_of)
        groups.setdefault(having, []).append(column)
    out = list[tuple[list[int], tuple[int, ...]]]()
    for having, columns in groups.items():
        orders = [sorted(columns, key=shapes[number].column_of.__getitem__) for number in having]
        alike = all(order == orders[0] for order in orders)
        out += [(orders[0], having)] if alike else [([column], having) for column in columns]
    return out


def _shapes(marks: Marks, found: Tokens, words: Words) -> list[Shaped]:
    """Learn shapes, the most common number of marks first, until every point has one or it is not worth more."""
    # the last tag's two brackets count as well
    n_marks = found.last - found.first + 2
    out: list[Shaped] = []
    waiting, alike = np.arange(0), None
    if (n_marks != n_marks[0]).any():
        waiting, alike = _commonest(n_marks, np.arange(len(n_marks)))
    taken = np.zeros(len(n_marks), dtype=bool)
    for _ in range(MOST_SHAPES):
        sample = 0 if alike is None else int(alike[0])
        shape = learn(marks.text[found.starts[sample] : found.ends[sample]], words)
        if shape is not None and shape.n_marks == n_marks[sample]:
            fitting, before, behind = fits(shape, marks, found.first if alike is None else found.first[alike])
            if alike is None and fitting is None:
                return [(shape, None, before, behind)]
            points = np.arange(len(n_marks)) if alike is None else alike
            points = points if fitting is None else points[fitting]
            if len(points):
                out.append((shape, points, before, behind))
                taken[points] = True
        taken[sample] = True
        waiting, alike = _commonest(n_marks, np.flatnonzero(~taken) if alike is None else waiting[~taken[waiting]])
        if not len(waiting):
            break
    return out


def _commonest(n_marks: Places, waiting: Places) -> tuple[Places, Places]:
    """The points that are waiting, and those of them that have the commonest number of marks."""
    if not len(waiting):
        return waiting, waiting
    return waiting, waiting[n_marks[waiting] == np.bincount(n_marks[waiting]).argmax()]


def _runs(text: bytes, starts: Places, ends: Places) -> list[int]:
    """Numbers of the points that begin a run: runs have the same blanks between their points."""
    if len(starts) < 2:
        return list(range(len(starts)))
    gaps = starts[1:] - ends[:-1]
    # the gap in the middle of all: the first one may hold what is between two segments
    usual = int(np.partition(gaps, len(gaps) // 2)[len(gaps) // 2])
    example = int((gaps == usual).argmax())
    between = text[ends[example] : starts[example + 1]]
    broken = gaps != usual
    if between.strip():
        broken[:] = True
    where = (~broken).nonzero()[0]
    same = same_at(text, ends[where], between)
    if same is not None:
        broken[where[~same]] = True
    return [0, *(broken.nonzero()[0] + 1).tolist()]


def _rest(text: bytes, starts: list[int], ends: list[int]) -> bytes:
    parts, at = [], 0
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        parts += [text[at:start], b"<?%s %d?>" % (MARK.encode(), number)]
        at = end
    parts.append(text[at:])
    return b"".join(parts)


def _pieces(text: bytes, starts: Places, ends: Places) -> list[pa.StringArray]:
    """Slices of the text as strings, a list for each row: every second piece of a text cut at each start and end.

    Parameters
    ----------
    text : bytes
    starts, ends : array, shape (n_values, n_points)
        Rising along the values of a point and from point to point.
    """
    n_values, n_points = starts.shape
    cuts = np.empty((n_points, n_values, 2), dtype=np.int32)
    cuts[:, :, 0], cuts[:, :, 1] = starts.T, ends.T
    pieces = pa.StringArray.from_buffers(cuts.size - 1, pa.py_buffer(cuts), pa.py_buffer(text))
    picked = pieces.take(pa.array(np.arange(0, cuts.size, 2).reshape(n_points, n_values).T.ravel()))
    return [picked.slice(at, n_points) for at in range(0, len(picked), n_points)]
