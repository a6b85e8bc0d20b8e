"""Budgets of XML made to harm: half a second and a tenth of a second a megabyte, whatever is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from loadmon.readers import read
from loadmon.readers.gpx import read_gpx
from loadmon.readers.tcx import read_tcx
from loadmon.refusal import Refusal
from tests.bench.budgets.budget import Measured, measured, nearest
from tests.readers.made_hostile_xml import CROWDS, DECLARED, crowd, entities, every

Reader = Callable[[bytes], object]
LEAST_S, SECONDS_A_BYTE = 0.5, 1.0 / 10e6


def budgets() -> Iterator[Measured]:
    """Each way to harm by its case nearest to the limit."""
    yield nearest(
        _held(f"XML, declarations: {what} in {root}", entities(what, root), reader)
        for what in DECLARED
        for root, reader in (("gpx", read_gpx), ("TrainingCenterDatabase", read_tcx))
    )
    for kind, cases in every().items():
        yield nearest(_held(f"XML, {kind}: {name}", make()) for name, make in cases.items())
    yield nearest(_held(f"XML, 10 MB given up early: {inside}", crowd(inside), a_byte=0.0) for inside in CROWDS)


def by_content(data: bytes) -> object:
    """As everything comes in."""
    return read(data, "a")


def _held(name: str, data: bytes, reader: Reader = by_content, a_byte: float = SECONDS_A_BYTE) -> Measured:
    return measured(name, LEAST_S + a_byte * len(data), lambda: _refuse(data, reader), 2)


def _refuse(data: bytes, reader: Reader) -> None:
    with suppress(Refusal):
        reader(data)
