"""One guarded walk of expat through the XML of a watch file."""

from __future__ import annotations

from collections.abc import Sequence
from xml.parsers import expat

from loadmon.readers.limits import MAX_XML_ATTRIBUTES, MAX_XML_DEPTH, MAX_XML_NAMES, MAX_XML_NODES, MAX_XML_POINTS
from loadmon.readers.xml_outline import Node, Walked
from loadmon.readers.xml_text import AGAIN
from loadmon.readers.xml_words import Words, local
from loadmon.refusal import TooLarge, UnsafeContent
from loadmon.session import Oddity

MARK = "loadmon"
"""Processing instruction that stands for points which were read already; its text is the number of their block."""

_UNKNOWN, _POINT, _NODE, _LEAF, _VALUE = -1, -2, -3, -4, -5
_CUT_SHORT = {
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}


class NotThisWay(Exception):
    """Points read beforehand stand where only the walk through all of them can say what they mean."""


def walk(
    text: bytes, words: Words, blocks: Sequence[int] = (), block_depth: int = 0, *, no_further: int | None = None
) -> Walked:
    """Read XML with expat, keeping everything before a break.

    Parameters
    ----------
    text : bytes
        UTF-8 as ``safe_bytes`` gives it.
    words : Words
    blocks : sequence of int
        How many points each mark stands for.
    block_depth : int
        Levels of elements within the points that marks stand for.
    no_further : int or None
        Bytes after which a file of far too many tags is given up, where nothing worse was met until then.

    Raises
    ------
    UnsafeContent
        Declared entities or attributes, or more depth, names, attributes or tags than any watch writes.
    TooLarge
        More points or elements than a watch can have recorded.
    NotThisWay
        A mark stands inside a point or outside the root.
    """
    return _Walk(words, blocks, block_depth).through(text, no_further)


class _Walk:
    """The state between two calls of expat; a point swaps the handlers for those of its inside."""

    __slots__ = (
        "above", "attributes", "block_depth", "blocks", "columns", "depth", "handlers", "inside", "marked", "n_direct",
        "n_nodes", "n_walked", "numbers", "opened", "outside", "owner", "owner_depth", "parser", "point_depth", "texts",
        "total", "walked", "words",
    )  # fmt: skip

    def __init__(self, words: Words, blocks: Sequence[int], block_depth: int) -> None:
        root = Node("")
        self.walked = Walked(root, [[] for _ in words.columns])
        self.columns, self.words, self.n_direct = self.walked.columns, words, words.n_direct
        self.numbers = {name: number for number, name in enumerate(words.columns)}
        self.blocks, self.block_depth = blocks, block_depth
        self.inside: dict[str, int] = {}
        self.outside: dict[str, int] = {}
        self.attributes: dict[str, int] = {}
        self.texts: list[str] = []
        self.owner, self.marked = root, root
        self.above: list[tuple[Node, int]] = []
        self.depth = self.owner_depth = self.point_depth = self.total = self.n_nodes = self.n_walked = 0
        self.opened = _UNKNOWN
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.ordered_attributes = True
        parser.specified_attributes = True
        parser.buffer_text = True
        self.handlers = (self._start, self._end, self._start_inside, self._end_inside)

    def through(self, text: bytes, no_further: int | None) -> Walked:
        """Walk and let go of the parser, whose handlers would hold all of this for longer."""
        parser = self.parser
        parser.CharacterDataHandler = self.texts.append
        parser.EntityDeclHandler = parser.AttlistDeclHandler = _declared
        if self.blocks:
            parser.ProcessingInstructionHandler = self._mark
        parser.StartElementHandler, parser.EndElementHandler = self.handlers[:2]
        try:
            parser.Parse(text[:no_further], no_further is None)
        except expat.ExpatError as error:
            self.walked.broken = _broken(error)
        finally:
            parser.StartElementHandler = parser.EndElementHandler = parser.ProcessingInstructionHandler = None
            del self.handlers
        if no_further is not None and self.walked.broken is None:
            raise UnsafeContent("The XML has more tags for its size than any watch writes.", AGAIN)
        self.walked.n_walked = self.n_walked
        self.walked.names = frozenset(map(local, self.outside))
        for values in self.columns:
            del values[self.n_walked :]
        return self.walked

    def _start(self, name: str, attributes: list[str]) -> None:
        self.depth += 1
        if self.depth > MAX_XML_DEPTH or attributes:
            self._guard(attributes)
        if self.texts:
            self.texts.clear()
        kind = self.outside.get(name)
        if kind == _UNKNOWN:
            return
        if kind is None:
            kind = self._learn_outside(name)
        if kind == _POINT:
            self._start_point(attributes)
        elif kind == _NODE or (kind == _LEAF and self.depth == self.owner_depth + 1):
            self.n_nodes += 1
            if self.n_nodes > MAX_XML_NODES:
                raise TooLarge("The file holds more elements than a watch writes.", AGAIN)
            node = Node(local(name), attributes)
            self.owner.children.append(node)
            self.above.append((self.owner, self.owner_depth))
            self.owner, self.owner_depth = node, self.depth

    def _end(self, _name: str) -> None:
        if self.depth == self.owner_depth:
            self.owner.text = "".join(self.texts).strip()
            self.owner, self.owner_depth = self.above.pop()
        self.depth -= 1
        if self.texts:
            self.texts.clear()

    def _start_point(self, attributes: list[str]) -> None:
        self.point_depth, self.opened = self.depth, _UNKNOWN
        if self.marked is not self.owner or self.total >= MAX_XML_POINTS or not self.owner.spans:
            self._open_span(1)
        for at in range(0, len(attributes), 2):
            number = self.attributes.get(attributes[at])
            if number is None:
                number = self._learn_attribute(attributes[at])
            if number >= 0 and attributes[at + 1].strip():
                self._put(number, attributes[at + 1])
        _, _, self.parser.StartElementHandler, self.parser.EndElementHandler = self.handlers

    def _start_inside(self, name: str, attributes: list[str]) -> None:
        self.depth += 1
        if self.depth > MAX_XML_DEPTH or attributes:
            self._guard(attributes)
        if self.texts:
            self.texts.clear()
        kind = self.inside.get(name)
        if kind is None:
            kind = self._learn_inside(name)
        if kind >= 0:
            self.opened = kind

    def _end_inside(self, name: str) -> None:
        here = self.depth
        self.depth = here - 1
        if here == self.point_depth:
            self.n_walked += 1
            self.total += 1
            self.marked.spans[-1][1] = self.total
            self.texts.clear()
            self.parser.StartElementHandler, self.parser.EndElementHandler, _, _ = self.handlers
            return
        kind = self.inside.get(name, _UNKNOWN)
        if kind == _VALUE:
            kind = self.opened
        elif kind >= 0:
            self.opened = _UNKNOWN
        texts = self.texts
        if kind >= 0 and texts and (kind >= self.n_direct or here == self.point_depth + 1):
            value = texts[0] if len(texts) == 1 else "".join(texts)
            if not value.isspace():
                self._put(kind, value)
        if texts:
            texts.clear()

    def _put(self, column: int, value: str) -> None:
        """Keep a value of this point; the last of a doubled one wins."""
        values = self.columns[column]
        missing = self.n_walked - len(values)
        if missing < 0:
            values[self.n_walked] = value
            return
        if missing:
            values += [None] * missing
        values.append(value)

    def _mark(self, target: str, number: str) -> None:
        if target != MARK:
            return
        in_point = self.parser.StartElementHandler == self._start_inside
        if in_point or self.depth == 0 or self.depth + self.block_depth > MAX_XML_DEPTH:
            raise NotThisWay
        self.texts.clear()
        n_points = self.blocks[int(number)]
        self._open_span(n_points)
        self.walked.marks.append((self.total, int(number)))
        self.total += n_points
        self.marked.spans[-1][1] = self.total

    def _open_span(self, n_points: int) -> None:
        if self.total + n_points > MAX_XML_POINTS:
            raise TooLarge("The file holds more points than a watch can record.", "Split the activity.")
        if self.marked is not self.owner or not self.owner.spans:
            self.marked = self.owner
            self.owner.spans.append([self.total, self.total])

    def _learn_outside(self, name: str) -> int:
        words, word = self.words, local(name)
        kind = _NODE if word in words.nodes else _LEAF if word in words.leaves else _UNKNOWN
        return _learnt(self.outside, name, _POINT if word == words.point else kind)

    def _learn_inside(self, name: str) -> int:
        word = local(name)
        column = self.words.direct.get(word) or self.words.anywhere.get(word)
        unlisted = _VALUE if word == "value" else _UNKNOWN
        return _learnt(self.inside, name, unlisted if column is None else self.numbers[column])

    def _learn_attribute(self, name: str) -> int:
        column = self.words.attributes.get(local(name))
        return _learnt(self.attributes, name, _UNKNOWN if column is None else self.numbers[column])

    def _guard(self, attributes: list[str]) -> None:
        if self.depth > MAX_XML_DEPTH:
            what = f"The XML is nested more than {MAX_XML_DEPTH} levels deep, which no watch writes."
            raise UnsafeContent(what, AGAIN)
        if len(attributes) > 2 * MAX_XML_ATTRIBUTES:
            raise UnsafeContent("The XML has an element with more attributes than any watch writes.", AGAIN)


def _learnt(kinds: dict[str, int], name: str, kind: int) -> int:
    if len(kinds) >= MAX_XML_NAMES:
        raise UnsafeContent("The XML has more different names than any watch writes.", AGAIN)
    kinds[name] = kind
    return kind


def _declared(*_declaration: object) -> None:
    raise UnsafeContent(
        "The XML declares entities or attributes, which a watch file never needs and attacks are made of.",
        "Export the activity from the watch's app again; do not open this file elsewhere.",
    )


def _broken(error: expat.ExpatError) -> Oddity:
    if error.code in _CUT_SHORT:
        return Oddity("truncated", f"The file breaks off in line {error.lineno}; what comes before was kept.")
    words = expat.ErrorString(error.code)
    return Oddity("damaged", f"The XML is broken in line {error.lineno} ({words}); what comes before was kept.")
