"""Budgets of FIT files made to harm: a second, and a tenth of a second a megabyte."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from loadmon.readers import read
from loadmon.refusal import Refusal
from tests.bench.budgets.budget import Measured, measured
from tests.readers.made_storms import storms

LEAST_S, SECONDS_A_BYTE = 1.0, 1.0 / 10e6


def budgets() -> Iterator[Measured]:
    """Each way to harm."""
    for name, make in storms().items():
        data = make()
        yield measured(f"FIT, {name}", LEAST_S + SECONDS_A_BYTE * len(data), partial(_refuse, data), 2)


def _refuse(data: bytes) -> None:
    with suppress(Refusal):
        read(data, "hostile.fit")
