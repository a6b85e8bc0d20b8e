"""The ledger as rows: every day and tissue once, the sums those of the ledger."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.show.tissue_ledger import ledger_rows
from loadmon.tissue.coefficients import default_coefficients
from tests.show.made_tissues import END, ledger
from tests.tissue.made_training import MONDAY, made_days, made_ledger

COEFFICIENTS = default_coefficients()


def test_every_day_and_tissue_stands_in_it_once() -> None:
    book = ledger("uphill_tm")
    table = ledger_rows(book, COEFFICIENTS)
    assert len(table) == len(book.known) * len(book.tissues)
    assert not table.duplicated(["day", "tissue"]).any()
    assert (table["day"].min(), table["day"].max()) == (MONDAY.isoformat(), END.isoformat())
    one = table[table["tissue"] == "Achilles tendon"]
    place = book.tissues.index("achilles")
    assert one["damage_equivalent_m"].sum() == pytest.approx(book.damage_m[:, place].sum(), rel=1e-3)
    assert one["load_bws"].sum() == pytest.approx(book.load_bws[:, place].sum(), rel=1e-3)
    assert (table["damage_low_m"] <= table["damage_high_m"]).all()
    assert set(table["grade"]) == set("ABCD")


def test_without_draws_the_interval_is_empty_not_zero() -> None:
    bare = made_ledger(*made_days("none", weeks=4), draws=None)
    assert np.isnan(ledger_rows(bare, COEFFICIENTS)["damage_low_m"]).all()
