"""The ledger as rows: every day and tissue once, the sums those of the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loadmon.show.tissue_ledger import ledger_rows
from loadmon.tissue.coefficients import default_coefficients
from tests.show.made_tissues import END, calls, sheet
from tests.tissue.made_training import MONDAY

COEFFICIENTS = default_coefficients()


def test_every_day_and_tissue_stands_in_it_once() -> None:
    found = sheet("uphill_tm")
    table = ledger_rows(found, COEFFICIENTS)
    assert len(table) == len(found.days.known) * len(found.tissues)
    assert not table.duplicated(["day", "tissue"]).any()
    first = MONDAY + timedelta(days=1)  # of the first run
    assert (table["day"].min(), table["day"].max()) == (first.isoformat(), END.isoformat())
    one = table[table["tissue"] == "Achilles tendon"]
    place = found.tissues.index("achilles")
    assert one["damage_equivalent_m"].sum() == pytest.approx(found.days.damage_m[:, place].sum(), rel=1e-3)
    assert one["load_bws"].sum() == pytest.approx(found.days.load_bws[:, place].sum(), rel=1e-3)
    assert (table["damage_low_m"] <= table["damage_high_m"]).all()
    assert set(table["grade"]) == set("ABCD")
    assert set(table["state"]) == {"run", "no run"}


def test_what_cannot_be_told_is_empty_and_says_why() -> None:
    table = ledger_rows(sheet("uphill_tm"), COEFFICIENTS)
    young = table["history"] == "building"
    assert 0 < young.sum() < len(table)
    assert table.loc[young, "against_steps"].isna().all()
    assert table.loc[~young, "against_steps"].notna().all()
    called = next(one for one in calls("uphill_tm").called)
    last = table[(table["day"] == END.isoformat()) & (table["tissue"] == called.name)].iloc[0]
    assert last["against_steps"] == pytest.approx(called.middle, abs=5e-4)
