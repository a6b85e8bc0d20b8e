"""A runner's tissue sheet from what is kept of their runs: nothing missing is a zero, and nothing changes before its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from loadmon.athlete import Athlete, Threshold
from loadmon.finding import Finding
from loadmon.measure import FACTS_WAIT, HISTORY_30, NO_SAMPLES, SPEED_COVERAGE
from loadmon.refusal import DamagedFile
from loadmon.tissue.acceleration import HistoryState
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.exposure import Exposure
from loadmon.tissue.exposure_bytes import exposure_bytes
from loadmon.tissue.kept_loads import KeptLoads
from loadmon.tissue.ledger import TissueDay
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.recompute import recomputed
from loadmon.tissue.sheet import TissueSheet, tissue_sheet
from tests.tissue.made_training import MONDAY, WEEKS, made_days

LAST = MONDAY + timedelta(days=7 * WEEKS - 1)
ANA = Athlete(1, "Ana")
KEPT = KeptLoads()


@cache
def made(change: str = "none", weeks: int = WEEKS) -> tuple[list[date], list[Exposure], dict[int, bytes]]:
    """Half a year of training by day, and its bytes by session, numbered from 1."""
    days, exposures = made_days(change, weeks)
    return days, exposures, {n: exposure_bytes(one) for n, one in enumerate(exposures, start=1)}


def table(days: Sequence[date], reasons: dict[int, str] | None = None) -> pd.DataFrame:
    """Runs on these days, as the store has them."""
    return pd.DataFrame(
        {
            "session_id": np.arange(1, len(days) + 1),
            "local_day": np.array(days, "datetime64[D]").astype("datetime64[us]"),
            "exposure_reason": pd.array([(reasons or {}).get(n) for n in range(1, len(days) + 1)], dtype="str"),
        }
    )


def sheet(change: str = "none", **more: Any) -> TissueSheet:
    days, _, data = made(change)
    given: dict[str, Any] = {"today": LAST, "kept": KEPT} | more
    return tissue_sheet(given.pop("athlete", ANA), table(days), data, **given)


def test_it_learns_the_reference_and_calls_what_the_training_calls() -> None:
    found = sheet("downhill")
    assert found.epoch is not None
    assert found.reference.speed_mps == pytest.approx(3.0, abs=0.03)
    assert found.calls is not None
    assert {one.tissue for one in found.calls.called} == {"patellofemoral", "patellar_tendon"}
    assert found.calls.day == LAST
    plain = sheet().calls
    assert plain is not None
    assert plain.called == ()
    assert found.version == default_coefficients().version


def test_its_parts_add_up_to_each_other() -> None:
    found = sheet("rolling")
    n = len(found.runs.day)
    assert n == 130
    np.testing.assert_allclose(found.runs.damage_m.sum(axis=0), found.days.damage_m.sum(axis=0))
    weeks = found.weeks.groupby("tissue", sort=False)["damage_m"].sum()
    np.testing.assert_allclose(weeks.to_numpy(), found.days.damage_m.sum(axis=0))
    assert found.runs.damage_quantiles_m.shape == (3, n, 10)
    low, middle, high = found.runs.damage_quantiles_m
    assert (low <= middle).all()
    assert (middle <= high).all()
    assert found.day_quantiles_m.shape == (3, len(found.days.known), 10)
    assert found.days.drawn_damage_m.shape[-1] == 0, "draws are not carried to pages"
    assert found.spikes.ratio.shape == (n, 10)
    assert found.spikes.reason[0] == HISTORY_30
    told = found.divergence
    known = told.state == list(HistoryState).index(HistoryState.KNOWN)
    assert known[-1].all()
    assert not known[0].any()
    assert (np.isnan(told.middle) == ~known).all()
    assert found.calls is not None
    by_name = {one.tissue: one for one in found.calls.tissues}
    for place, tissue in enumerate(found.tissues):
        assert np.expm1(told.middle[-1, place]) == pytest.approx(by_name[tissue].middle)
        assert told.probability[-1, place] == pytest.approx(by_name[tissue].probability)


def test_without_draws_it_tells_the_same_numbers_and_no_intervals() -> None:
    plain, drawn = sheet(draws=None), sheet()
    np.testing.assert_array_equal(plain.days.damage_m, drawn.days.damage_m)
    assert plain.calls is None
    assert np.isnan(plain.runs.damage_quantiles_m).all()
    assert np.isnan(plain.divergence.probability).all()
    assert np.nanmax(np.abs(plain.divergence.middle - drawn.divergence.middle)) < 0.02


def test_a_run_without_samples_is_partly_recorded_and_never_a_day_of_rest() -> None:
    days, _, data = made()
    bare, waits = 100, 120
    kept = {number: one for number, one in data.items() if number not in (bare, waits)}
    found = tissue_sheet(ANA, table(days, {bare: NO_SAMPLES}), kept, today=LAST)
    assert found.runs.reason[bare - 1] == NO_SAMPLES
    assert found.runs.reason[waits - 1] == FACTS_WAIT
    assert np.isnan(found.runs.damage_m[bare - 1]).all()
    assert found.runs.conditions[bare - 1] is None
    assert np.isnan(found.spikes.ratio[bare - 1]).all()
    assert (found.spikes.reason[bare - 1], found.spikes.band[bare - 1, 0]) == (NO_SAMPLES, -1)
    assert found.lacking == {days[bare - 1]: (NO_SAMPLES,), days[waits - 1]: (FACTS_WAIT,)}
    assert found.days.state_on(days[bare - 1]) is TissueDay.PARTLY
    assert not found.days.known[found.days.row_of(days[bare - 1])]
    assert found.days.state_on(days[bare]) is TissueDay.RUN
    row = found.runs.row_of(waits + 1)
    assert row == waits
    assert found.spikes.provisional[row], "the run of which nothing is known may have been the longest"
    assert found.runs.row_of(999) is None


def test_a_run_recorded_in_part_adds_what_is_known_and_its_day_is_not() -> None:
    days, _, data = made()
    found = tissue_sheet(ANA, table(days, {60: SPEED_COVERAGE}), data, today=LAST, kept=KEPT)
    whole = sheet()
    np.testing.assert_array_equal(found.days.damage_m, whole.days.damage_m)
    assert found.days.state_on(days[59]) is TissueDay.PARTLY
    assert found.days.known.sum() == whole.days.known.sum() - 1
    week = found.weeks[found.weeks["week"] == pd.Timestamp(days[59] - timedelta(days=days[59].weekday()))]
    assert week["days_known"].tolist() == [6] * 10


def test_too_many_unknown_days_give_no_ratio_and_say_so() -> None:
    days, _, data = made()
    late = {n: NO_SAMPLES for n, day in enumerate(days, start=1) if (LAST - day).days < 14}
    kept = {number: one for number, one in data.items() if number not in late}
    found = tissue_sheet(ANA, table(days, late), kept, today=LAST)
    assert found.calls is not None
    assert {one.state for one in found.calls.tissues} == {HistoryState.COVERAGE}
    away = [LAST - timedelta(days=n) for n in range(12)]
    gone = {n for n, day in enumerate(days, start=1) if day in away}
    rest = [day for day in days if day not in away]
    data = {n: one for n, one in data.items() if n not in gone}
    declared = tissue_sheet(ANA, table(rest), data, today=LAST, unknown=away)
    assert declared.days.state_on(LAST) is TissueDay.UNKNOWN
    assert declared.calls is not None
    assert {one.state for one in declared.calls.tissues} == {HistoryState.COVERAGE}


def test_as_of_an_earlier_day_it_knows_nothing_of_what_came_later() -> None:
    day = MONDAY + timedelta(days=100)
    days, _, data = made("downhill")
    then = sheet("downhill", today=day)
    few = [one for one in days if one <= day]
    only = tissue_sheet(ANA, table(few), {n: data[n] for n in range(1, len(few) + 1)}, today=day)
    np.testing.assert_array_equal(then.days.damage_m, only.days.damage_m)
    assert then.days.row_of(day) == len(then.days.known) - 1
    assert then.calls is not None
    assert only.calls is not None
    assert then.calls == only.calls
    assert then.epoch == sheet("downhill").epoch


def test_a_finding_changes_only_days_from_its_date() -> None:
    day = MONDAY + timedelta(days=120)
    before, after = sheet(), sheet(found=[Finding(1, "forefoot", day, "Eva Lind")])
    row = before.days.row_of(day)
    np.testing.assert_array_equal(after.days.damage_m[:row], before.days.damage_m[:row])
    np.testing.assert_array_equal(after.day_quantiles_m[:, :row], before.day_quantiles_m[:, :row])
    achilles, knee = (after.tissues.index(name) for name in ("achilles", "patellofemoral"))
    ran = before.days.runs[row:] > 0
    change = after.days.damage_m[row:][ran] / before.days.damage_m[row:][ran]
    assert (change[:, achilles] > 1.2).all()
    assert (change[:, knee] < 0.9).all()
    assert [one.finding for one in after.notes] == ["forefoot"]


def test_a_finding_nobody_has_measured_widens_and_moves_nothing() -> None:
    day = MONDAY + timedelta(days=150)
    before, after = sheet(), sheet(found=[Finding(1, "pelvic_drop", day, "Eva Lind", "left", 9.0)])
    np.testing.assert_array_equal(after.days.damage_m, before.days.damage_m)
    hip = after.tissues.index("lateral_hip")
    rows = [n for n, one in enumerate(after.runs.day) if one >= day]
    wide, usual = (np.diff(one.runs.damage_quantiles_m[[0, 2]], axis=0)[0][rows, hip] for one in (after, before))
    assert (wide > usual).all()
    assert [one.arrow for one in after.notes] == ["up"]


def test_what_was_always_there_changes_nothing_at_all() -> None:
    always = sheet(found=[Finding(1, "forefoot", MONDAY, "Eva Lind")])
    np.testing.assert_array_equal(always.days.damage_m, sheet().days.damage_m)
    assert [one.finding for one in always.notes] == ["forefoot"]


def test_mass_counts_from_its_day_against_that_of_the_reference_weeks() -> None:
    day = MONDAY + timedelta(days=120)
    heavier = Athlete(1, "Ana", thresholds=(Threshold("mass_kg", 60.0, MONDAY), Threshold("mass_kg", 66.0, day)))
    before, after = sheet(), sheet(athlete=heavier)
    row = before.days.row_of(day)
    np.testing.assert_array_equal(after.days.damage_m[:row], before.days.damage_m[:row])
    assert (after.days.damage_m[row:].sum(axis=0) > before.days.damage_m[row:].sum(axis=0)).all()
    assert "mass assumed" in before.assumed
    assert "mass assumed" not in after.assumed


def test_other_coefficients_need_nothing_but_what_is_kept() -> None:
    numbers = default_coefficients()
    achilles = numbers.tissue["achilles"]
    steeper = achilles.model_copy(update={"peak_speed": achilles.peak_speed.model_copy(update={"value": 0.3})})
    other = numbers.model_copy(update={"tissue": {**numbers.tissue, "achilles": steeper}, "version": "other"})
    days, exposures, _ = made("track")
    found = sheet("track", coefficients=other, draws=None, kept=None)
    held = [one for one in found.runs.conditions if isinstance(one, RunConditions)]
    exact = recomputed(exposures, held, other)
    np.testing.assert_allclose(found.runs.damage_m, exact.damage_m[0].T, rtol=2e-3)
    assert found.version == "other"
    assert found.runs.damage_m[-3, 0] > 1.2 * sheet("track", draws=None).runs.damage_m[-3, 0]
    assert len(days) == len(held)


def test_nobody_has_run_yet_or_only_without_samples() -> None:
    none = tissue_sheet(ANA, table([]), {}, today=LAST)
    bare = tissue_sheet(ANA, table([LAST], {1: NO_SAMPLES}), {}, today=LAST)
    for found in (none, bare):
        assert (len(found.days.known), found.calls, found.epoch) == (0, None, None)
        assert len(found.weeks) == 0
        assert set(found.assumed) > {"height assumed", "mass assumed"}
    assert bare.runs.reason == [NO_SAMPLES]
    later = tissue_sheet(ANA, table([LAST + timedelta(days=1)]), {}, today=LAST)
    assert later.runs.day == []


def test_bytes_of_another_version_wait_and_damaged_ones_are_refused() -> None:
    days, _, data = made(weeks=6)
    older = data | {3: data[3][:2] + b"\x00" + data[3][3:]}
    assert tissue_sheet(ANA, table(days), older, today=days[-1], draws=None).runs.reason[2] == FACTS_WAIT
    with pytest.raises(DamagedFile):
        tissue_sheet(ANA, table(days), data | {3: data[3][:40]}, today=days[-1], draws=None)
