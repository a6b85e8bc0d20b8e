"""FIT files made to harm: lying sizes, storms of definitions and of fields of apps, giant arrays, endless chains."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial

from tests.readers import made_fit as made
from tests.readers.made_fit import BYTE, ENUM, STRING, UINT8, UINT16, UINT32, MadeFit
from tests.readers.made_hostile_fit import wrapped

RUN = made.run(20)
OTHER_KINDS = (0, 18, 19, 21, 23, 34, 78, 132, 207)
TINY = {"empty": ([], b""), "unknown": ([(250, 1, UINT8)], b"\1"), "heart": ([(3, 1, UINT8)], b"\x96")}


def with_run(storm: Callable[[MadeFit], object]) -> bytes:
    """A run with something hostile in front of its samples."""
    fit = made.file_id(MadeFit())
    storm(fit)
    return wrapped(bytes(made.session(made.records(fit, 20), 19, 57.0).body))


def definitions(fit: MadeFit, n_fields: int, *, with_data: bool, count: int = 4000) -> None:
    """So many layouts, each of them another."""
    for i in range(count):
        fields = [(253, 4, UINT32), (i % 256, 1, UINT8), (i // 256, 1, UINT8), *[(200, 1, UINT8)] * (n_fields - 3)]
        fit.define(1, 20, fields)
        if with_data:
            fit.data(1, struct.pack("<I", made.START) + b"\1" * (n_fields - 1))


def fields_of_apps(fit: MadeFit) -> None:
    """Two hundred thousand fields that nothing describes."""
    for i in range(800):
        fit.define(1, 20, [(253, 4, UINT32)], developer=[(j, 1, i % 256) for j in range(255)])
        fit.data(1, struct.pack("<I", made.START + i) + bytes(255))


def descriptions(fit: MadeFit) -> None:
    """Ninety thousand descriptions of fields that no sample has."""
    fit.define(5, 206, [(0, 1, UINT8), (1, 1, UINT8), (2, 1, UINT8), (3, 64, STRING)])
    for i in range(90_000):
        fit.data(5, bytes([i % 256, i // 256 % 256, UINT8]) + b"x" * 63 + b"\0")


def arrays() -> bytes:
    """A hundred samples of 63,000 bytes each."""
    fit = made.file_id(MadeFit())
    fields = [(253, 4, UINT32), *((number, 255, BYTE if number % 2 else UINT8) for number in range(1, 250))]
    fit.define(1, 20, fields)
    for i in range(100):
        fit.data(1, struct.pack("<I", made.START + i) + b"\x7f" * (255 * (len(fields) - 1)))
    return wrapped(bytes(made.session(fit).body))


def tiny_samples(kind: str) -> bytes:
    """A million samples of one byte or two."""
    fields, row = TINY[kind]
    fit = made.file_id(MadeFit())
    fit.define(1, 20, fields)
    return wrapped(bytes(fit.body) + (b"\1" + row) * 1_000_000)


def other_messages(kind: int) -> bytes:
    """Ninety thousand messages of which a file has a few: nearly as many as are let through."""

    def storm(fit: MadeFit) -> None:
        fit.define(6, kind, [(253, 4, UINT32), (0, 1, ENUM), (1, 2, UINT16)])
        fit.body += (b"\6" + struct.pack("<IBH", made.START, 1, 1)) * 90_000

    return with_run(storm)


def chained(part: bytes, count: int = 10_000) -> bytes:
    """The same file behind itself."""
    return part * count


def storms() -> dict[str, Callable[[], bytes]]:
    """Every file of these, to be made when its turn comes."""
    found: dict[str, Callable[[], bytes]] = {
        "definitions": lambda: with_run(partial(definitions, n_fields=255, with_data=False)),
        "definitions with samples": lambda: with_run(partial(definitions, n_fields=255, with_data=True)),
        "as many definitions as may be": lambda: with_run(
            partial(definitions, n_fields=255, with_data=True, count=990)
        ),
        "small definitions with samples": lambda: with_run(
            partial(definitions, n_fields=3, with_data=True, count=50_000)
        ),
        "fields of apps": lambda: with_run(fields_of_apps),
        "descriptions": lambda: with_run(descriptions),
        "arrays": arrays,
        "chained, empty": lambda: chained(MadeFit().bytes()),
        "chained, runs": lambda: chained(RUN),
    }
    found |= {f"tiny samples, {kind}": partial(tiny_samples, kind) for kind in TINY}
    found |= {f"messages of kind {kind}": partial(other_messages, kind) for kind in OTHER_KINDS}
    return found
