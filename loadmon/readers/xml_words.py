"""Which element names of a format mean what; everything else is passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TIME = "time"
"""The column of clock times; all others are numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The vocabulary of one format, by local names in lower case: prefixes and namespaces do not count.

    Parameters
    ----------
    point : str
        The element of one sample.
    attributes : mapping of str to str
        Attributes of the point and their columns.
    direct : mapping of str to str
        Elements that count only as children of the point itself (an extension may hold a ``time`` of its own).
    anywhere : mapping of str to str
        Elements that count wherever in the point they stand; also through a child ``Value``.
    nodes : frozenset of str
        Elements that hold points or other nodes, wherever they stand.
    leaves : frozenset of str
        Elements that count only as children of a node.
    """

    point: str
    attributes: Mapping[str, str]
    direct: Mapping[str, str]
    anywhere: Mapping[str, str]
    nodes: frozenset[str]
    leaves: frozenset[str]
    columns: tuple[str, ...] = field(init=False)
    n_direct: int = field(init=False)

    def __post_init__(self) -> None:
        """Number the columns, those of direct children first, so that the walk can tell them by their number."""
        direct = tuple(dict.fromkeys(self.direct.values()))
        rest = (*self.attributes.values(), *self.anywhere.values())
        object.__setattr__(self, "n_direct", len(direct))
        object.__setattr__(self, "columns", tuple(dict.fromkeys((*direct, *rest))))


def local(name: str) -> str:
    """An element's or attribute's name without its prefix, in lower case."""
    return name.rpartition(":")[2].lower()
