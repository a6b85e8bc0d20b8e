"""Two recordings in words: what each holds in the reader's units, which counts, and what may be decided."""

from __future__ import annotations

from typing import Any

import numpy as np

from loadmon.overlap import Decided, Default, pairs
from loadmon.show.twin_words import COUNTS, NOT_COUNTED, WHAT, options, pair_rows, side_by_side, verdict
from loadmon.units import Units, UnitSystem
from tests.overlap.test_pairs import two

KM = Units()


def pair(decided: Decided | None = None, **different: tuple[object, object]) -> dict[str, Any]:
    (row,) = pairs(two(**different), decided or Decided()).to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_side_by_side_this_recording_stands_first() -> None:
    table = side_by_side(pair(), "second", KM).set_index(WHAT)
    assert table.loc["counts"].tolist() == [NOT_COUNTED, COUNTS]
    assert table.loc["began"].tolist() == ["08:00:10", "08:00:00"]
    assert table.loc["heart rate"].tolist() == ["–", "60 % of the time"]
    assert table.loc["distance"].tolist() == ["10.10 km", "10.00 km"]
    miles = side_by_side(pair(), "first", Units(UnitSystem.IMPERIAL)).set_index(WHAT)
    assert miles.loc["distance", "this recording"] == "6.21 mi"


def test_given_names_do_nothing() -> None:
    table = side_by_side(pair(device=("**bold**", None)), "first", KM).set_index(WHAT)
    assert table.loc["recorded by"].tolist() == [r"\*\*bold\*\*", "–"]


def test_the_verdict_and_what_was_taken() -> None:
    assert verdict(pair(), "second") == "**The other recording counts.** It holds more\\: heart rate\\, power."
    merged = pair(Decided({(4, 9): "merge"}))
    assert verdict(merged, "first", ["cadence_spm", "position"]).endswith("It takes from the other: cadence, position.")
    assert verdict(merged, "first").endswith("It lacks nothing that the other holds.")


def test_a_row_of_a_table_has_nothing_to_merge() -> None:
    words = options(pair(), "first", Default.MERGE)
    assert words[""].startswith("as for all runs of this runner")
    assert words["first"] == "this recording counts"
    assert options(pair(), "second", Default.MERGE)["first"] == "the other recording counts"
    row = pair() | {"share": np.nan}
    assert set(words) - set(options(row, "first", Default.MERGE)) == {"merge"}


def test_a_row_a_pair() -> None:
    table = pair_rows(pairs(two()), {1: "Ana"}, KM)
    assert table.loc[0].tolist() == [
        "Ana",
        "Fri 1 May 26, 08:00",
        "the first",
        "it holds more: heart rate, power",
        "Watch, 10.0 km: heart rate for 60 % of the time, power, distance",
        "Phone, 10.1 km: cadence, distance",
    ]
    assert pair_rows(pairs(two().iloc[:1]), {}, KM).empty
