"""Where the brackets and quotes of an XML file stand, and which of them enclose a point: as arrays of byte positions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Letters = npt.NDArray[np.uint8]

MARKS = b'<>"'
"""The letters whose places are noted: every tag and every attribute begins and ends with one of them."""
_SLASH, _AMP = ord("/"), ord("&")
_NEW_LINE, _OTHER_BLANKS = ord("\n"), b"\t\r"
_SPACE, _BANG, _ASK = b" !?"
MOST_SPECIAL = 500
_AT_ONCE, _PLACES_AT_ONCE = 65_536, 1024
"""Letters and places that are looked at together: what lies in between takes little memory then."""
_CONTEXT = (b"<!D", b"<!E", b"<!A", b"<!N", b"<?loadmon")


@dataclass(slots=True, eq=False)
class Marks:
    """Brackets and quotes of a whole file.

    Parameters
    ----------
    text : bytes
    name : bytes
        The point's element as the first one is written, prefix included.
    begin : int
        Byte position of the first point.
    letters : array, shape (n_bytes,)
        The text as numbers.
    mask : array, shape (n_bytes,)
        Memory for questions about all letters: fresh memory for each would cost more than the answer.
    places : array, shape (n_marks,)
        Byte position of every letter of ``MARKS``.
    """

    text: bytes
    name: bytes
    begin: int
    letters: Letters
    mask: Mask
    places: Places

    @property
    def opening(self) -> bytes:
        """How a point begins."""
        return b"<" + self.name

    @property
    def closing(self) -> bytes:
        """How a point ends."""
        return b"</" + self.name + b">"


@dataclass(slots=True, eq=False)
class Tokens:
    """The points of a file that hold nothing but tags and harmless letters.

    Parameters
    ----------
    first, last : array, shape (n_points,)
        Number of the mark that opens the first tag of each point, and of the one that opens its last tag.
    starts, ends : array, shape (n_points,)
        Byte position of each point's first letter, and the one behind its last.
    """

    first: Places
    last: Places
    starts: Places
    ends: Places


def marks_of(text: bytes, point: str) -> Marks | None:
    """Note all brackets and quotes; None without any point, and where a document type could change what they mean.

    Parameters
    ----------
    text : bytes
        UTF-8 as ``safe_bytes`` gives it.
    point : str
        The point's local name in lower case.
    """
    written = _opening(point).search(text)
    if written is None:
        return None
    letters = np.frombuffer(text, np.uint8)
    mask = np.empty(len(letters), dtype=bool)
    marks = Marks(text, written.group(1), written.start(), letters, mask, _all_places(letters, mask))
    return marks if _plain(marks) else None


def tokens(marks: Marks) -> Tokens | None:
    """Find every point that holds nothing but tags and harmless letters; None where there is none."""
    places, end = marks.places, marks.closing
    first, last = _points(marks, end)
    if not len(first):
        return None
    starts, ends = places[first], places[last] + len(end)
    good = harmless(marks, starts, ends)
    if good is not None:
        first, last, starts, ends = first[good], last[good], starts[good], ends[good]
    return Tokens(first, last, starts, ends)


def same_at(text: bytes, places: Places, what: bytes) -> Mask | None:
    """Where the text reads ``what``, None for everywhere; places must leave room for it."""
    width = len(what)
    if not width or not len(places):
        return None
    if len(places) > _PLACES_AT_ONCE:
        parts = [places[first : first + _PLACES_AT_ONCE] for first in range(0, len(places), _PLACES_AT_ONCE)]
        same = [same_at(text, part, what) for part in parts]
        if all(good is None for good in same):
            return None
        pairs = zip(same, parts, strict=True)
        return np.concatenate([np.ones(len(part), dtype=bool) if good is None else good for good, part in pairs])
    windows: np.ndarray = np.ndarray((len(text) - width + 1,), f"V{width}", text, 0, (1,))
    found = windows[places]
    if found.tobytes() == what * len(places):
        return None
    rows = found.view(np.uint8).reshape(len(places), width)
    return np.asarray((rows == np.frombuffer(what, np.uint8)).all(axis=1), dtype=bool)


@lru_cache(maxsize=16)
def _opening(point: str) -> re.Pattern[bytes]:
    return re.compile(rb"<((?:[\w.-]+:)?" + point.encode() + rb")[\s>]", re.IGNORECASE)


def _all_places(letters: Letters, mask: Mask) -> Places:
    for first in range(0, len(letters), _AT_ONCE):
        some, found = letters[first : first + _AT_ONCE], mask[first : first + _AT_ONCE]
        np.equal(some, MARKS[0], out=found)
        for mark in MARKS[1:]:
            np.logical_or(found, some == mark, out=found)
    places: Places = mask.nonzero()[0]
    return places


def _plain(marks: Marks) -> bool:
    """True without a document type, and with few enough instructions and comments to make sure of that."""
    text = marks.text
    if b"!" not in text and b"?" not in text:
        return True
    places = marks.places[:-1]
    second = marks.letters[places + 1]
    special = places[(second == _BANG) | (second == _ASK)].tolist()
    return len(special) <= MOST_SPECIAL and not any(text.startswith(_CONTEXT, place) for place in special)


def _points(marks: Marks, end: bytes) -> tuple[Places, Places]:
    """Numbers of the marks that open the first and the last tag of a point; the very last tags of a file are neither."""
    text, letters, places, name = marks.text, marks.letters, marks.places, marks.name
    second = letters[places[:-1] + 1]
    while len(second) and places[len(second) - 1] > len(text) - len(end):
        second = second[:-1]
    starting = (second == name[0]).nonzero()[0]
    starting = _only(starting, same_at(text, places[starting], marks.opening))
    behind = letters[places[starting] + 1 + len(name)]
    named = (behind <= _SPACE) | (behind == MARKS[1])
    if not named.all():
        starting = starting[named]
    if not len(starting):
        return starting, starting
    # the usual case first: every point has as many marks as the first one
    begin = int(places[starting[0]])
    last = starting + int(places.searchsorted(max(text.find(end, begin), begin)) - starting[0])
    if last[-1] < len(second) and (last[:-1] < starting[1:]).all() and same_at(text, places[last], end) is None:
        return starting, last
    ending = (second == _SLASH).nonzero()[0]
    ending = ending[letters[places[ending] + 2] == name[0]]
    return _pairs(starting, _only(ending, same_at(text, places[ending], end)))


def _pairs(starting: Places, ending: Places) -> tuple[Places, Places]:
    """Each opening tag with the closing one before the next opening one."""
    at = ending.searchsorted(starting)
    inside = at < len(ending)
    first, last = starting[inside], ending[at[inside]]
    good = np.ones(len(first), dtype=bool)
    good[:-1] = last[:-1] < first[1:]
    return first[good], last[good]


def _only(numbers: Places, good: Mask | None) -> Places:
    return numbers if good is None else numbers[good]


def harmless(marks: Marks, starts: Places, ends: Places) -> Mask | None:
    """Points without a reference, a control character or a letter beyond ASCII; None for all."""
    begin, end = int(starts[0]), int(ends[-1])
    part, mask = marks.letters[begin:end], marks.mask[begin:end]
    n_odd = np.count_nonzero(np.less(part, _SPACE, out=mask)) - np.count_nonzero(np.equal(part, _NEW_LINE, out=mask))
    if n_odd:
        n_odd -= sum(np.count_nonzero(np.equal(part, blank, out=mask)) for blank in _OTHER_BLANKS)
    if not n_odd and (marks.text.isascii() or part.max() < 128) and marks.text.find(_AMP, begin, end) < 0:
        return None
    np.less(part, _SPACE, out=mask)
    for blank in (_NEW_LINE, *_OTHER_BLANKS):
        np.logical_and(mask, part != blank, out=mask)
    np.logical_or(mask, part == _AMP, out=mask)
    np.logical_or(mask, part > 127, out=mask)
    places = mask.nonzero()[0] + begin
    if not len(places):
        return None
    return np.asarray(np.searchsorted(places, starts) == np.searchsorted(places, ends), dtype=bool)
