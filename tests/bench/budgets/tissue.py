"""Budgets of tissue load: a long run second by second, and many runs from what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.budgets.budget import Measured, measured, seconds
from tests.bench.tissue_rate import from_stream, squad_year, summed, summed_year
from tests.bench.tissue_squad import sheets, stored

ROUNDS = 7


def budgets() -> Iterator[Measured]:
    """One core: 20 ms a run of an hour and a half, and 2,000 runs a second without a stream, through the store as well; and both as
    ratios to summing the streams."""
    from_stream(), squad_year(40, 64)  # coefficients read and numbers drawn once
    yield measured("tissue load, 90 minutes second by second", 0.020, from_stream, ROUNDS)
    # against summing the same columns once, the same work on any machine
    columns_s = min(seconds(summed) for _ in range(ROUNDS))
    yield measured("tissue load, 90 minutes, 300 times summing its columns", 300 * columns_s, from_stream, ROUNDS)
    year_s = min(seconds(lambda: summed_year(500)) for _ in range(ROUNDS))
    yield measured(
        "tissue load, 500 runs, 12 times summing their streams", 12 * year_s, lambda: squad_year(500), ROUNDS
    )
    yield measured("tissue load, 500 runs from what is kept", 0.25, lambda: squad_year(500), 2 * ROUNDS)
    yield measured("tissue load, 100 runs with 64 draws", 1.5, lambda: squad_year(100, 64))
    with stored(2_000, 12) as store:
        sheets(store)
        yield measured(
            "tissue sheets, 2,000 runs of twelve runners through the store", 1.0, lambda: sheets(store), ROUNDS
        )
