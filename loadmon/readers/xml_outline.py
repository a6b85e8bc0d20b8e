"""What a walk through XML leaves: the outline as nodes, the points as strings per column."""

from __future__ import annotations

from dataclasses import dataclass, field

from loadmon.readers.xml_words import local
from loadmon.session import Oddity


@dataclass(slots=True, eq=False)
class Node:
    """An element of the outline; ``spans`` are first and end numbers of the points right inside it."""

    name: str
    attributes: list[str] = field(default_factory=list)
    text: str = ""
    children: list[Node] = field(default_factory=list)
    spans: list[list[int]] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """The attribute of that local name in lower case."""
        pairs = zip(self.attributes[::2], self.attributes[1::2], strict=True)
        return next((value for key, value in pairs if local(key) == name), None)

    def find(self, *path: str) -> Node | None:
        """The node along these names; of doubled ones the last, as everywhere."""
        node: Node | None = self
        for name in path:
            node = next((child for child in reversed(node.children) if child.name == name), None) if node else None
        return node

    def all(self, name: str) -> list[Node]:
        """Every node of that name, here and below, in file order."""
        found, waiting = list[Node](), [self]
        while waiting:
            node = waiting.pop()
            if node.name == name:
                found.append(node)
            waiting += reversed(node.children)
        return found


@dataclass(slots=True, eq=False)
class Walked:
    """What a walk found.

    Parameters
    ----------
    outline : Node
        The document; its child is the root element.
    columns : list of list
        One string a walked point, in the order of ``Words.columns``; shorter where the last points have none.
    n_walked : int
        Points that were walked through.
    names : frozenset of str
        Local names of all elements outside points.
    marks : list of (int, int)
        Number of the first point and number of the block that was read beforehand.
    broken : Oddity or None
        Where and how the file breaks off.
    """

    outline: Node
    columns: list[list[str | None]]
    n_walked: int = 0
    names: frozenset[str] = frozenset()
    marks: list[tuple[int, int]] = field(default_factory=list)
    broken: Oddity | None = None
