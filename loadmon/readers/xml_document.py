"""A GPX or TCX file as an outline and one table of points, whichever way its points were read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from loadmon.readers.limits import CROWDED_FROM_BYTES
from loadmon.readers.recording import Column
from loadmon.readers.xml_blocks import Blocks, blocks
from loadmon.readers.xml_numbers import float_columns, instants, unreadable
from loadmon.readers.xml_outline import Node, Walked
from loadmon.readers.xml_text import AGAIN, crowded, safe_bytes
from loadmon.readers.xml_tokens import Places
from loadmon.readers.xml_walk import NotThisWay, walk
from loadmon.readers.xml_words import TIME, Words
from loadmon.refusal import DamagedFile
from loadmon.session import Oddity

Part = tuple[int, Places | None, pa.StringArray]
"""Number of a column of ``Words.columns``, the rows of some of its values (None for all rows), and these."""

_TOLD = {"lat_deg": "positions", "lon_deg": "positions", "strides_per_min": "values of cadence"}
_UNREAD = "\ufffd".encode()
WITHOUT_ZONE = Oddity("times without zone", "The times do not say their zone; they were taken as UTC.")


@dataclass(slots=True, eq=False)
class Document:
    """One file.

    Parameters
    ----------
    outline : Node
        The document; its child is the root element. Nodes say by number which points they hold.
    unix_s, zone_s : array, shape (n_points,)
        Unix seconds, NaN for none; and the seconds over UTC that each time names, NaN where it names none.
    columns : dict of str to array, shape (n_points,)
        Numbers of every column that has any.
    names : frozenset of str
        Local names of all elements outside points, in lower case.
    broken : Oddity or None
        Where and how the file breaks off.
    unread : Oddity or None
        Bytes that are no letters in the file's encoding: they may have been points, and the rest still be XML.
    no_numbers : tuple of Oddity
        What should be numbers and is not, by what it should tell.
    times_told : bool
        True where any point has a time, be it one that cannot be read.
    """

    outline: Node
    unix_s: Column
    zone_s: Column
    columns: dict[str, Column]
    names: frozenset[str]
    broken: Oddity | None
    unread: Oddity | None = None
    times_told: bool = False
    no_numbers: tuple[Oddity, ...] = ()

    @property
    def oddities(self) -> list[Oddity]:
        """What is wrong with the file as a whole."""
        return [odd for odd in (self.broken, self.unread, *self.no_numbers) if odd is not None]


def read_document(data: bytes, words: Words, *, by_shape: bool = True) -> Document:
    """Read a file's points by their shape where that can be proven to give the same, else by walking.

    Parameters
    ----------
    data : bytes
    words : Words
    by_shape : bool
        False walks through every point; the result is the same.

    Raises
    ------
    UnsafeContent, TooLarge
        What no watch writes.
    """
    text = safe_bytes(data)
    document = _read(text, words, by_shape=by_shape)
    if _UNREAD in text and _UNREAD not in data:
        count = text.count(_UNREAD)
        words_of_it = f"{count} letters could not be read: the file is damaged, or says the wrong encoding."
        document.unread = Oddity("letters unreadable", words_of_it, count)
    return document


def _read(text: bytes, words: Words, *, by_shape: bool) -> Document:
    if crowded(text):
        return _document(walk(text, words, no_further=CROWDED_FROM_BYTES), None, words)
    found = blocks(text, words) if by_shape else None
    if found is not None:
        try:
            walked = walk(found.rest, words, found.sizes, found.depth)
        except NotThisWay:
            found = None
        else:
            # where a file breaks off is told by its own lines
            found = None if walked.broken is not None else found
    if found is None:
        walked = walk(text, words)
    return _document(walked, found, words)


def points_of(node: Node) -> Places:
    """Numbers of all points in a node and the nodes below it, in file order."""
    spans, waiting = list[list[int]](), [node]
    while waiting:
        inner = waiting.pop()
        spans += inner.spans
        waiting += inner.children
    return np.concatenate([np.arange(a, b) for a, b in sorted(spans)]) if spans else np.arange(0)


def damaged(broken: Oddity) -> DamagedFile:
    """The refusal of a file that breaks off before anything usable."""
    return DamagedFile(f"{broken.detail.partition(';')[0]}, before anything that could be used.", AGAIN)


def _document(walked: Walked, found: Blocks | None, words: Words) -> Document:
    n_points, parts = _parts(walked, found)
    times = [(rows, texts) for number, rows, texts in parts if words.columns[number] == TIME]
    numbers = [part for part in parts if words.columns[part[0]] != TIME]
    if len(times) == 1 and times[0][0] is None:
        unix_s, zone_s = instants(times[0][1])
    else:
        unix_s, zone_s = np.full(n_points, np.nan), np.full(n_points, np.nan)
        for rows, texts in times:
            unix_s[rows], zone_s[rows] = instants(texts)
    columns, lost = dict[str, Column](), Counter[str]()
    for (number, rows, texts), values in zip(numbers, float_columns([texts for *_, texts in numbers]), strict=True):
        name = words.columns[number]
        lost[name] += unreadable(texts, values)
        if values is None:
            continue
        if rows is None:
            columns[name] = values
        else:
            columns.setdefault(name, np.full(n_points, np.nan))[rows] = values
    told = any(len(texts) for _, texts in times)
    document = Document(walked.outline, unix_s, zone_s, columns, walked.names, walked.broken, times_told=told)
    document.no_numbers = _no_numbers(lost)
    return document


def _no_numbers(lost: Counter[str]) -> tuple[Oddity, ...]:
    counts = dict[str, int]()
    for name, count in lost.items():
        words = _TOLD.get(name, f"values of {name.rpartition('_')[0].replace('_', ' ')}")
        counts[words] = max(counts.get(words, 0), count)
    return tuple(
        Oddity(f"{words} unreadable", f"{count} {words} could not be read: they are no numbers.", count)
        for words, count in counts.items()
        if count
    )


def _parts(walked: Walked, found: Blocks | None) -> tuple[int, list[Part]]:
    """How many points there are, and for each column where its values belong, those that were walked through first."""
    if found is not None and not walked.n_walked and len(walked.marks) == len(found.sizes) and _all_rows(found):
        return found.n_points, [(number, None, found.columns[number][1]) for number in sorted(found.columns)]
    places = _places(walked, found)
    by_shape = places[places >= 0]
    n_points = walked.n_walked + len(by_shape)
    on_foot = np.ones(n_points, dtype=bool)
    on_foot[by_shape] = False
    walked_rows = np.flatnonzero(on_foot)
    parts: list[Part] = []
    for number, texts in enumerate(walked.columns):
        if texts:
            parts.append((number, *_by_walk(texts, walked_rows)))
        if found is not None and number in found.columns:
            parts.append((number, *_by_shape(*found.columns[number], places, by_shape)))
    return n_points, parts


def _all_rows(found: Blocks) -> bool:
    return all(rows is None for rows, _ in found.columns.values())


def _places(walked: Walked, found: Blocks | None) -> Places:
    """Number of each point that was read by its shape, -1 for those whose mark was not met (inside a comment)."""
    if found is None:
        return np.arange(0)
    places = np.full(found.n_points, -1)
    for place, mark in walked.marks:
        first, size = found.firsts[mark], found.sizes[mark]
        places[first : first + size] = np.arange(place, place + size)
    return places


def _by_walk(texts: list[str | None], walked_rows: Places) -> tuple[Places, pa.StringArray]:
    rows = walked_rows[: len(texts)]
    if None in texts:
        rows = rows[[text is not None for text in texts]]
    return rows, pa.array([text for text in texts if text is not None], pa.string())


def _by_shape(rows: Places | None, texts: pa.StringArray, places: Places, met: Places) -> tuple[Places, pa.StringArray]:
    """Numbers of the points and their values, without those whose mark was not met."""
    if rows is None and len(met) == len(places):
        return met, texts
    at = places if rows is None else places[rows]
    return at[at >= 0], texts.filter(pa.array(at >= 0))
