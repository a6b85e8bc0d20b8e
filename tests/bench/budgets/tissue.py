"""Budgets of tissue load: a long run second by second, and many runs from what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.budgets.budget import Measured, measured
from tests.bench.tissue_rate import from_stream, squad_year
from tests.bench.tissue_squad import sheets, stored

ROUNDS = 7


def budgets() -> Iterator[Measured]:
    """One core: 20 ms a run of an hour and a half, and 2,000 runs a second without a stream, through the store as well."""
    from_stream(), squad_year(40, 64)  # coefficients read and numbers drawn once
    yield measured("tissue load, 90 minutes second by second", 0.020, from_stream, ROUNDS)
    yield measured("tissue load, 500 runs from what is kept", 0.25, lambda: squad_year(500), 2 * ROUNDS)
    yield measured("tissue load, 100 runs with 64 draws", 1.5, lambda: squad_year(100, 64))
    with stored(2_000, 12) as store:
        sheets(store)
        yield measured(
            "tissue sheets, 2,000 runs of twelve runners through the store", 1.0, lambda: sheets(store), ROUNDS
        )
