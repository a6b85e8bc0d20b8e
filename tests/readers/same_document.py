"""Two documents held against each other, whichever way their points were read."""

from __future__ import annotations

import numpy as np

from loadmon.readers.xml_document import Document
from loadmon.readers.xml_outline import Node


def assert_same(ours: Document, theirs: Document) -> None:
    """Every number, every node and every word about damage alike."""
    assert ours.broken == theirs.broken
    assert set(ours.no_numbers) == set(theirs.no_numbers)
    np.testing.assert_array_equal(ours.unix_s, theirs.unix_s)
    np.testing.assert_array_equal(ours.zone_s, theirs.zone_s)
    assert list(ours.columns) == list(theirs.columns)
    for name, column in ours.columns.items():
        np.testing.assert_array_equal(column, theirs.columns[name], err_msg=name)
    assert outline(ours.outline) == outline(theirs.outline)


def outline(node: Node) -> tuple[object, ...]:
    """A node as plain values."""
    spans = [tuple(span) for span in node.spans if span[0] < span[1]]
    return node.name, node.attributes, node.text, spans, [outline(child) for child in node.children]
