"""Points that follow each other in even rows: the same tags, the same blanks between them, one shape from first to last.

That is how nearly every app writes. The brackets and quotes of such points are a table with a line a point, so that
where a point begins is known without a search.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    first, firsts = _one_row(marks, shape, len(between)), [0]
    n_points = len(first)
    if n_points and text.find(marks.opening, int(marks.places[first[-1] + shape.n_marks - 1])) >= 0:
        first, firsts = _all_rows(marks, shape, len(between))
        n_points = len(first)
    if not n_points or len(firsts) > MOST_ROWS:
        return None
    alike, before, behind = fits(shape, marks, first)
    if alike is not None:
        return None
    inner = behind[-1, :-1] if len(firsts) == 1 else np.delete(behind[-1], [*np.array(firsts[1:]) - 1, n_points - 1])
    if same_at(text, inner, between) is not None or harmless(marks, before[0], behind[-1]) is not None:
        return None
    return Even(shape, firsts, before, behind)


def _one_row(marks: Marks, shape: Shape, gap: int) -> Places:
    """Numbers of the marks that may begin a point of the first row: as many marks and as many bytes lie between them."""
    number = int(marks.places.searchsorted(marks.begin))
    n = (len(marks.places) - number) // shape.n_marks
    table = marks.places[number : number + n * shape.n_marks].reshape(n, shape.n_marks)
    alike = table[1:, 0] - table[:-1, -1] == gap + 1
    n = n if alike.all() else 1 + int(alike.argmin())
    room = len(marks.text) - len(shape.fixed[0])
    same = same_at(marks.text, table[: table[:n, 0].searchsorted(room, "right"), 0], shape.fixed[0])
    n = n if same is None else int(same.argmin())
    return np.arange(number, number + n * shape.n_marks, shape.n_marks)


def _all_rows(marks: Marks, shape: Shape, gap: int) -> tuple[Places, list[int]]:
    """Numbers of the marks that begin a point, and those of the points that begin a row; none where one is cut short."""
    text, places, opening = marks.text, marks.places, marks.opening
    first = (marks.letters[places[:-1] + 1] == opening[1]).nonzero()[0]
    first = first[: places[first].searchsorted(len(text) - len(opening), "right")]
    same = same_at(text, places[first], opening)
    first = first if same is None else first[same]
    if not len(first) or first[-1] + shape.n_marks > len(places):
        return first[:0], []
    gaps = places[first[1:]] - places[first[:-1] + shape.n_marks - 1]
    return first, [0, *((gaps != gap + 1).nonzero()[0] + 1).tolist()]
