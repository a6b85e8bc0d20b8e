"""The ledger as rows: every day and tissue once, the sums those of the ledger."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from loadmon.measure import WALKED
from loadmon.show.tissue_ledger import ledger_rows
from loadmon.show.tissue_line import day_rows
from loadmon.show.tissue_view import spikes_in
from loadmon.spreadsheet import csv_of
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.exposure import exposure_of
from loadmon.tissue.exposure_bytes import exposure_bytes
from loadmon.tissue.sheet import tissue_sheet
from loadmon.units import Units
from tests.show.made_tissues import ADA, END, calls, sheet
from tests.tissue.made_training import MONDAY, made_days, made_stream

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


def test_a_day_of_which_nothing_is_known_is_empty_and_no_zero() -> None:
    days, exposures = made_days("none", weeks=6)
    runs = pd.DataFrame({"session_id": range(len(days)), "local_day": days, "exposure_reason": None})
    blobs = {n: exposure_bytes(one) for n, one in enumerate(exposures)}
    gone, bare = MONDAY + timedelta(days=14), days[-1]
    blobs.pop(len(days) - 1)
    found = tissue_sheet(ADA, runs, blobs, today=bare, unknown=[gone], draws=4)
    table = ledger_rows(found, COEFFICIENTS).set_index("day")
    names = ["runs", "distance_m", "steps_one_leg", "load_bws", "damage_equivalent_m", "damage_low_m", "damage_high_m"]
    for day in (gone, bare):
        assert table.loc[day.isoformat(), names].isna().all(axis=None)
    rest = table.loc[(MONDAY + timedelta(days=7)).isoformat()]
    assert (rest[names] == 0).all(axis=None), "a day of rest is a true zero"
    assert f"\n{gone.isoformat()},Achilles tendon,B,unknown,,,,,,,," in csv_of(table.reset_index())


def test_a_day_that_was_walked_has_load_and_no_damage() -> None:
    days, exposures = made_days("none", weeks=6)
    hike = MONDAY + timedelta(days=14)
    walked = exposure_of(made_stream([(4000, 3.0, 0, 1), (9000, 1.4, 0.05, 1)]))
    at = sum(day < hike for day in days)
    days.insert(at, hike)
    exposures.insert(at, walked)
    runs = pd.DataFrame({"session_id": range(len(days)), "local_day": days, "exposure_reason": None})
    found = tissue_sheet(ADA, runs, {n: exposure_bytes(one) for n, one in enumerate(exposures)}, today=days[-1])
    assert found.spikes.reason[at] == WALKED
    assert not found.spikes.shown[at].any()
    assert spikes_in(found, at) == {}
    table = ledger_rows(found, COEFFICIENTS)
    row = table[table["day"] == hike.isoformat()]
    assert (row["load_bws"] > 0).all()
    assert row[["damage_equivalent_m", "damage_low_m", "damage_high_m"]].isna().all(axis=None)
    line = day_rows(found, "achilles", Units()).set_index("day").loc[str(hike)]
    assert np.isnan(line["damage"])
    assert line["load"] > 0
    assert line["words"].startswith("mostly walked")


def test_what_cannot_be_told_is_empty_and_says_why() -> None:
    table = ledger_rows(sheet("uphill_tm"), COEFFICIENTS)
    young = table["history"] == "building"
    assert 0 < young.sum() < len(table)
    assert table.loc[young, "against_steps"].isna().all()
    assert table.loc[~young, "against_steps"].notna().all()
    called = next(one for one in calls("uphill_tm").called)
    last = table[(table["day"] == END.isoformat()) & (table["tissue"] == called.name)].iloc[0]
    assert last["against_steps"] == pytest.approx(called.middle, abs=5e-4)
