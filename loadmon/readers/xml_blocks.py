"""Points read by their shape, thousands at a time, and the rest of the file with a mark in place of each run of them.

A file's points are nearly all written alike. Where a run of points has the letters of a known shape, the values
between them are taken out as columns at once, and the run is replaced by a processing instruction; what is left, every
other point included, goes through the one guarded walk. A mark inside a comment is never met, as its points would not be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from loadmon.readers.xml_shape import Shape, fits, learn
from loadmon.readers.xml_tokens import Places, Tokens, same_at, tokens
from loadmon.readers.xml_walk import MARK
from loadmon.readers.xml_words import Words

FEWEST_POINTS, MOST_SHAPES = 8, 12
SMALLEST_FILE = 4_000
"""Below this many bytes the walk alone is as fast."""


Values = tuple[Places | None, pa.StringArray]
Shaped = tuple[Shape, Places, Places, Places]
"""A shape, the numbers of its points, and where each of its values begins and ends."""


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
    found = tokens(text, words.point)
    if found is None or len(found.first) < FEWEST_POINTS:
        return None
    n_points = len(found.first)
    shapes = _shapes(found, words)
    taken = np.zeros(n_points, dtype=bool)
    for _, points, _, _ in shapes:
        taken[points] = True
    rows = np.flatnonzero(taken)
    if len(rows) < max(n_points // 2, 1):
        return None
    runs = _runs(found, rows)
    if len(runs) > max(64, len(rows) // 4):
        return None
    sizes = np.diff([*runs.tolist(), len(rows)]).tolist()
    columns = _columns(text, shapes, np.cumsum(taken) - 1)
    depth = max(shape.depth for shape, _, _, _ in shapes)
    return Blocks(_rest(found, rows, runs), sizes, runs.tolist(), len(rows), columns, depth)


def _columns(text: bytes, shapes: list[Shaped], row_of: Places) -> dict[int, Values]:
    """Values of all shapes put together, in the order of the file."""
    if len(shapes) == 1:
        shape, _, starts, ends = shapes[0]
        wanted = sorted(set(shape.column_of.values()))
        pieces = dict(zip(wanted, _pieces(text, starts[wanted], ends[wanted]), strict=True))
        return {column: (None, pieces[value]) for column, value in shape.column_of.items()}
    parts: dict[int, list[Places]] = {}
    for shape, points, starts, ends in shapes:
        for column, value in shape.column_of.items():
            parts.setdefault(column, []).append(np.stack((points, starts[value], ends[value])))
    out: dict[int, Values] = {}
    for column, several in parts.items():
        together = np.concatenate(several, axis=1)
        points, starts, ends = together[:, together[0].argsort()]
        out[column] = row_of[points], _pieces(text, starts[None], ends[None])[0]
    return out


def _shapes(found: Tokens, words: Words) -> list[Shaped]:
    """Learn shapes, the most common number of tags first, until every point has one or it is not worth more."""
    n_tags = found.last - found.first + 1
    waiting = np.arange(len(n_tags))
    taken = np.zeros(len(n_tags), dtype=bool)
    out = []
    for _ in range(MOST_SHAPES):
        if not len(waiting):
            break
        alike = waiting[n_tags[waiting] == np.bincount(n_tags[waiting]).argmax()]
        sample = alike[:1]
        point = found.text[found.starts[sample[0]] : found.ends[sample[0]]]
        shape = learn(point, words)
        if shape is not None and shape.n_tags == n_tags[sample[0]]:
            points, starts, ends = fits(shape, found, alike)
            if len(points):
                out.append((shape, points, starts, ends))
                taken[points] = True
        taken[sample] = True
        waiting = waiting[~taken[waiting]]
    return out


def _runs(found: Tokens, rows: Places) -> Places:
    """Numbers, within the points taken, of those that begin a run: runs have the same blanks between their points."""
    starts, ends = found.starts[rows], found.ends[rows]
    if len(rows) < 2:
        return np.arange(len(rows))
    between = found.text[ends[0] : starts[1]]
    broken = starts[1:] - ends[:-1] != len(between)
    if between.strip():
        broken[:] = True
    where = (~broken).nonzero()[0]
    same = same_at(found.text, ends[where], between)
    if same is not None:
        broken[where[~same]] = True
    return np.concatenate(([0], broken.nonzero()[0] + 1))


def _rest(found: Tokens, rows: Places, runs: Places) -> bytes:
    starts = found.starts[rows[runs]].tolist()
    ends = found.ends[rows[[*(runs[1:] - 1).tolist(), len(rows) - 1]]].tolist()
    parts, at = [], 0
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        parts += [found.text[at:start], b"<?%s %d?>" % (MARK.encode(), number)]
        at = end
    parts.append(found.text[at:])
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
