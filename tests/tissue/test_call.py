"""What half a year of made training calls when its last two weeks change in one way: where distance sees nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache

import numpy as np
import pytest

from loadmon.tissue.acceleration import HistoryState, divergence
from loadmon.tissue.call import Calls, calls_on
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.spike import tissue_spikes
from tests.paths import oracle
from tests.tissue.made_training import MONDAY, WEEKS, made_days, made_ledger

COEFFICIENTS = default_coefficients()
LAST = MONDAY + timedelta(days=7 * WEEKS - 1)


@cache
def called(change: str, *, with_assumed: bool = False) -> Calls:
    """What is called on the last Sunday."""
    ledger = made_ledger(*made_days(change))
    return calls_on(LAST, divergence(ledger, COEFFICIENTS), COEFFICIENTS, with_assumed=with_assumed)


def names(change: str) -> list[str]:
    """The called tissues, highest first."""
    return [one.tissue for one in called(change).called]


@pytest.mark.parametrize("change", ["none", "volume", "longrun", "rolling"])
def test_more_of_the_same_calls_nothing(change: str) -> None:
    assert names(change) == []


@pytest.mark.parametrize(
    ("change", "steps"),
    [
        ("none", 0.0),
        ("volume", 0.16),
        ("longrun", 0.13),
        ("uphill_tm", 0.04),
        ("downhill", -0.03),
        ("cadence", -0.05),
        ("track", -0.02),
        ("rolling", 0.0),
    ],
)
def test_volume_is_told_once_and_by_steps(change: str, steps: float) -> None:
    volume = called(change).volume
    assert volume is not None
    assert np.log1p(volume) == pytest.approx(steps, abs=0.04)


# Tolerances: the spec's figures come from another set of 64 draws and another make of half a year, so that the middle of a
# divergence (a logarithm) may lie 0.08 off and the share of draws 0.12; a call itself may not change.
@pytest.mark.parametrize(
    ("change", "tissue", "size", "share"),
    [
        ("uphill_tm", "achilles", 0.20, 0.84),
        ("downhill", "patellofemoral", 0.28, 0.97),
        ("downhill", "patellar_tendon", 0.26, 0.94),
        ("cadence", "patellar_tendon", 0.50, None),
        ("cadence", "patellofemoral", 0.48, None),
        ("cadence", "achilles", 0.24, None),
        ("track", "hamstring", 0.14, 0.86),
        ("track", "plantar_fascia", None, 0.71),
        ("track", "iliotibial_band", None, 0.75),
        ("rolling", "achilles", None, 0.70),
        ("rolling", "patellofemoral", None, 0.66),
    ],
)
def test_sizes_and_shares_are_those_that_were_worked_out(
    change: str, tissue: str, size: float | None, share: float | None
) -> None:
    one = next(one for one in called(change).tissues if one.tissue == tissue)
    assert one.middle is not None
    if size is not None:
        assert np.log1p(one.middle) == pytest.approx(size, abs=0.08)
    if share is not None:
        assert one.probability == pytest.approx(share, abs=0.12)


def test_the_interval_of_the_hill_is_as_wide_as_was_worked_out() -> None:
    (one,) = called("uphill_tm").called
    assert one.low is not None
    assert one.high is not None
    assert np.log1p([one.low, one.high]) == pytest.approx([0.01, 0.59], abs=0.12)


def test_uphill_calls_the_achilles_tendon() -> None:
    assert names("uphill_tm") == ["achilles"]
    (one,) = called("uphill_tm").called
    assert one.probability is not None
    assert 0.8 <= one.probability < 1.0


def test_downhill_calls_the_kneecap_joint_and_the_patellar_tendon() -> None:
    assert set(names("downhill")) == {"patellofemoral", "patellar_tendon"}


def test_the_track_calls_the_hamstrings() -> None:
    assert names("track") == ["hamstring"]


def test_a_slower_cadence_calls_patellar_tendon_and_kneecap_joint_before_others() -> None:
    found = names("cadence")
    assert set(found[:2]) == {"patellar_tendon", "patellofemoral"}
    assert found[2] == "achilles"


def test_the_calls_that_were_worked_out_beside_the_model() -> None:
    for one in json.loads(oracle("tissue-validation.json").read_text(encoding="utf-8"))["behaviour_calls"]:
        found = names(one["scenario"])
        if "expect" in one:
            assert found == one["expect"], one["scenario"]
        if "expect_first" in one:
            assert found[0] == one["expect_first"]
        assert set(one.get("expect_contains", [])) <= set(found)
        assert not set(one.get("expect_not", [])) & set(found)
        if least := one.get("expect_session_spike_at_least"):
            assert _spike_of_the_long_run() >= least


def _spike_of_the_long_run() -> float:
    days, exposures = made_days("longrun")
    ledger = made_ledger(days, exposures, draws=None)
    rows = [ledger.row_of(day) for day in days]
    spikes = tissue_spikes(days, ledger.damage_m[rows].T, ledger.distance_m[rows])
    return float(np.nanmin(spikes.ratio[days.index(LAST - timedelta(days=7))]))


def test_what_is_nearly_all_assumed_is_ranked_only_if_asked_for() -> None:
    plain, asked = called("cadence"), called("cadence", with_assumed=True)
    assumed = {one.tissue for one in plain.tissues if not one.ranked}
    assert assumed == {"plantar_fascia", "iliotibial_band", "femoral_neck"}
    assert not assumed & {one.tissue for one in plain.called}
    assert assumed & {one.tissue for one in asked.called}


def test_while_history_is_built_nothing_is_called_and_it_says_so() -> None:
    ledger = made_ledger(*made_days("uphill_tm", weeks=4))
    found = calls_on(MONDAY + timedelta(days=20), divergence(ledger, COEFFICIENTS), COEFFICIENTS)
    assert found.called == ()
    assert found.volume is None
    assert {one.state for one in found.tissues} == {HistoryState.BUILDING}
    with pytest.raises(ValueError, match="does not hold"):
        calls_on(MONDAY - timedelta(days=1), divergence(ledger, COEFFICIENTS), COEFFICIENTS)
    without = divergence(made_ledger(*made_days("none", weeks=4), draws=None), COEFFICIENTS)
    with pytest.raises(ValueError, match="draws"):
        calls_on(MONDAY, without, COEFFICIENTS)
