"""Where the tags of an XML file begin and end, and which of them enclose a point: as arrays of byte positions."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Letters = npt.NDArray[np.uint8]

_LT, _GT, _SLASH, _QUOTE, _AMP = b'<>/"&'
_BLANKS = b"\t\n\r"
_SPACE, _BANG, _ASK = b" !?"
MOST_SPECIAL = 500
_CONTEXT = (b"<!D", b"<!E", b"<!A", b"<!N", b"<?loadmon")


@dataclass(slots=True, eq=False)
class Tokens:
    """Tags of a whole file and the points among them.

    Parameters
    ----------
    text : bytes
    name : bytes
        The point's element as it is written, prefix included.
    opens, closes : array, shape (n_tags,)
        Byte positions of each tag's brackets.
    quotes : array
        Byte positions of all double quotes.
    first, last : array, shape (n_points,)
        Numbers of the tags that open and close each point that can be read by its shape.
    """

    text: bytes
    name: bytes
    opens: Places
    closes: Places
    quotes: Places
    first: Places
    last: Places

    @property
    def starts(self) -> Places:
        """Byte position of each point's first bracket."""
        return self.opens[self.first]

    @property
    def ends(self) -> Places:
        """Byte position behind each point's last bracket."""
        return self.closes[self.last] + 1


def tokens(text: bytes, point: str) -> Tokens | None:
    """Find every point that holds nothing but tags and harmless letters; None where that cannot be told at all.

    Parameters
    ----------
    text : bytes
        UTF-8 as ``safe_bytes`` gives it.
    point : str
        The point's local name in lower case.
    """
    written = re.search(rb"<((?:[\w.-]+:)?" + point.encode() + rb")[\s>]", text, re.IGNORECASE)
    if written is None:
        return None
    letters = np.frombuffer(text, np.uint8)
    # one mask for all questions: fresh memory for each would cost more than the answer
    mask = np.empty(len(letters), dtype=bool)
    opens, closes, aligned = _brackets(letters, mask)
    second = letters[opens[:-1] + 1]
    if not len(opens) or not _plain(text, opens, second):
        return None
    name = written.group(1)
    first, last = _points(text, letters, opens, second, name)
    if not len(first):
        return None
    good = _harmless(text, letters, opens[first], closes[last], mask)
    first, last = _only(first, good), _only(last, good)
    if not aligned:
        good = _no_more_brackets(letters, opens[first], closes[last], last - first + 1)
        first, last = first[good], last[good]
    return Tokens(text, name, opens, closes, _all_of(letters, _QUOTE, mask), first, last)


def same_at(text: bytes, places: Places, what: bytes) -> Mask | None:
    """Where the text reads ``what``, None for everywhere; places must leave room for it."""
    width = len(what)
    if not width or not len(places):
        return None
    windows: np.ndarray = np.ndarray((len(text) - width + 1,), f"V{width}", text, 0, (1,))
    found = windows[places]
    if found.tobytes() == what * len(places):
        return None
    rows = found.view(np.uint8).reshape(len(places), width)
    return np.asarray((rows == np.frombuffer(what, np.uint8)).all(axis=1), dtype=bool)


def _all_of(letters: Letters, letter: int, mask: Mask) -> Places:
    return np.equal(letters, letter, out=mask).nonzero()[0]


def _brackets(letters: Letters, mask: Mask) -> tuple[Places, Places, bool]:
    """Opening brackets, the closing one next to each, and whether there are no others."""
    opens, closes = _all_of(letters, _LT, mask), _all_of(letters, _GT, mask)
    if not len(closes):
        return opens[:0], closes, False
    opens = opens[: np.searchsorted(opens, closes[-1])]
    if len(opens) == len(closes) and (opens < closes).all() and (closes[:-1] < opens[1:]).all():
        return opens, closes, True
    return opens, closes[np.searchsorted(closes, opens)], False


def _plain(text: bytes, opens: Places, second: Letters) -> bool:
    """True without a document type, and with few enough instructions and comments to make sure of that."""
    special = opens[:-1][(second == _BANG) | (second == _ASK)].tolist()
    return len(special) <= MOST_SPECIAL and not any(text.startswith(_CONTEXT, place) for place in special)


def _points(text: bytes, letters: Letters, opens: Places, second: Letters, name: bytes) -> tuple[Places, Places]:
    """Numbers of the tags that open and that close a point; the very last tag of a file is neither."""
    while len(second) and opens[len(second) - 1] > len(text) - len(name) - 3:
        second = second[:-1]
    starting = (second == name[0]).nonzero()[0]
    starting = _only(starting, same_at(text, opens[starting], b"<" + name))
    behind = letters[opens[starting] + 1 + len(name)]
    starting = starting[(behind <= _SPACE) | (behind == _GT)]
    if not len(starting):
        return starting, starting
    # the usual case first: every point has as many tags as the first one
    end = b"</" + name + b">"
    begin = int(opens[starting[0]])
    last = starting + text.count(b"<", begin, max(text.find(end, begin), begin))
    if last[-1] < len(second) and (last[:-1] < starting[1:]).all() and same_at(text, opens[last], end) is None:
        return starting, last
    ending = (second == _SLASH).nonzero()[0]
    ending = ending[letters[opens[ending] + 2] == name[0]]
    return _pairs(starting, _only(ending, same_at(text, opens[ending], end)))


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


def _harmless(text: bytes, letters: Letters, starts: Places, ends: Places, mask: Mask) -> Mask | None:
    """Points without a reference, a control character or a letter beyond ASCII; None for all."""
    begin, end = int(starts[0]), int(ends[-1])
    part, letters, mask = text[begin:end], letters[begin:end], mask[begin:end]
    if part.isascii() and b"&" not in part:
        n_blanks = sum(np.count_nonzero(np.equal(letters, blank, out=mask)) for blank in _BLANKS)
        if np.count_nonzero(np.less(letters, _SPACE, out=mask)) == n_blanks:
            return None
    odd = (letters >= 128) | (letters == _AMP)
    odd |= (letters < _SPACE) & (letters != _BLANKS[0]) & (letters != _BLANKS[1]) & (letters != _BLANKS[2])
    places = odd.nonzero()[0] + begin
    if not len(places):
        return np.ones(len(starts), dtype=bool)
    return np.asarray(np.searchsorted(places, starts) == np.searchsorted(places, ends), dtype=bool)


def _no_more_brackets(letters: Letters, starts: Places, ends: Places, n_tags: Places) -> Mask:
    closes = np.flatnonzero(letters == _GT)
    inside = np.searchsorted(closes, ends, side="right") - np.searchsorted(closes, starts)
    return np.asarray(inside == n_tags, dtype=bool)
