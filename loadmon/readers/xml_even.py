"""Points that follow each other in even rows: the same tags, the same blanks between them, one shape from first to last.

That is how nearly every app writes. The brackets and quotes of such points are a table with a line a point, so that
where a point begins is known without a search.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from loadmon.readers.xml_shape import Shape, fits, learn
from loadmon.readers.xml_tokens import Marks, Places, harmless, same_at
from loadmon.readers.xml_words import Words

MOST_ROWS = 12


@dataclass(slots=True, eq=False)
class Even:
    """All points of a file.

    Parameters
    ----------
    shape : Shape
    firsts : list of int
        Number of the first point of each row.
    before, behind : array, shape (n_values + 1, n_points)
        Where the fixed letters of each point begin and end.
    """

    shape: Shape
    firsts: list[int]
    before: Places
    behind: Places


def even(marks: Marks, words: Words) -> Even | None:
    """Take every point of the file as one of an even row; None where any of them is not."""
    text, closing = marks.text, marks.closing
    first_end = text.find(closing, marks.begin) + len(closing)
    second = text.find(marks.opening, first_end)
    between = text[first_end:second]
    if first_end < len(closing) or second < 0 or between.strip():
        return None
    shape = learn(text[marks.begin : first_end], words)
    if shape is None:
        return None
    rows = _rows(marks, shape, len(between))
    if rows is None:
        return None
    firsts = [0, *accumulate(len(row) for row in rows)]
    n_points = firsts.pop()
    alike, before, behind = fits(shape, marks, np.concatenate(rows))
    if alike is not None:
        return None
    inner = behind[-1, :-1] if len(rows) == 1 else np.delete(behind[-1], [*np.array(firsts[1:]) - 1, n_points - 1])
    if same_at(text, inner, between) is not None or harmless(marks, before[0], behind[-1]) is not None:
        return None
    return Even(shape, firsts, before, behind)


def _rows(marks: Marks, shape: Shape, gap: int) -> list[Places] | None:
    """Numbers of the marks that may each begin a point, row by row: as many marks as the first has, and as many bytes between."""
    begin, rows = marks.begin, list[Places]()
    while begin >= 0:
        number = int(marks.places.searchsorted(begin))
        n = (len(marks.places) - number) // shape.n_marks
        if not n or len(rows) == MOST_ROWS:
            return None
        table = marks.places[number : number + n * shape.n_marks].reshape(n, shape.n_marks)
        alike = table[1:, 0] - table[:-1, -1] == gap + 1
        n = n if alike.all() else 1 + int(alike.argmin())
        room = len(marks.text) - len(shape.fixed[0])
        same = same_at(marks.text, table[: table[:n, 0].searchsorted(room, "right"), 0], shape.fixed[0])
        n = n if same is None else int(same.argmin())
        if not n:
            return None
        rows.append(np.arange(number, number + n * shape.n_marks, shape.n_marks))
        begin = marks.text.find(marks.opening, int(table[n - 1, -1]))
    return rows
