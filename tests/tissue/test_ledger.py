"""Days and weeks of every tissue: sums of the runs, 0 where nobody ran, and what is not known is not called rest."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.exposure import exposure_of
from loadmon.tissue.ledger import daily_ledger, weekly
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.recompute import recomputed
from tests.tissue.made_training import MONDAY, RUNNER, made_days, made_ledger, made_stream

TEN_KM = exposure_of(made_stream([(10_000, 3.0, 0, 1)]))
COEFFICIENTS = default_coefficients()


def told(runs: int, draws: int | None = None):
    return recomputed([TEN_KM] * runs, [RunConditions(RUNNER)] * runs, COEFFICIENTS, draws)


def test_days_are_sums_of_their_runs_and_rest_is_0() -> None:
    days = [date(2025, 3, 4), date(2025, 3, 4), date(2025, 3, 1), date(2025, 3, 9)]
    ledger = daily_ledger(days, told(4), told(4, 8), today=date(2025, 3, 7))
    assert len(ledger.known) == 7  # the run of the 9th has not come yet
    np.testing.assert_array_equal(ledger.runs, [1, 0, 0, 2, 0, 0, 0])
    np.testing.assert_allclose(ledger.damage_m[:, 0] / 10_000, [1, 0, 0, 2, 0, 0, 0], rtol=0.001)
    np.testing.assert_allclose(ledger.drawn_damage_m[3], 2 * ledger.drawn_damage_m[0])
    assert ledger.drawn_load_bws.shape == (7, 10, 8)
    assert ledger.row_of(date(2025, 3, 4)) == 3
    with pytest.raises(ValueError, match="does not hold"):
        ledger.row_of(date(2025, 3, 8))


def test_the_day_clocks_change_is_one_day() -> None:
    days = [date(2025, 3, 29), date(2025, 3, 30), date(2025, 3, 31)]
    ledger = daily_ledger(days, told(3), None, today=date(2025, 3, 31))
    np.testing.assert_array_equal(ledger.runs, [1, 1, 1])


def test_a_day_declared_missing_is_not_known_unless_there_is_a_run() -> None:
    days = [date(2025, 3, 1), date(2025, 3, 3)]
    ledger = daily_ledger(
        days,
        told(2),
        None,
        today=date(2025, 3, 5),
        unknown=[date(2025, 3, 2), date(2025, 3, 3)],
        lacking=[date(2025, 3, 1)],
    )
    np.testing.assert_array_equal(ledger.known, [False, False, True, True, True])


def test_a_record_that_begins_earlier_or_has_no_run_at_all() -> None:
    ledger = daily_ledger([date(2025, 3, 3)], told(1), None, today=date(2025, 3, 3), first=date(2025, 3, 1))
    np.testing.assert_array_equal(ledger.runs, [0, 0, 1])
    later = daily_ledger([date(2025, 3, 3)], told(1), None, today=date(2025, 3, 2))
    assert len(later.known) == 0
    assert len(weekly(later)) == 0


def test_weeks_begin_on_monday_and_hold_load_beside_damage() -> None:
    days, exposures = made_days("none", weeks=3, changed=1)
    table = weekly(made_ledger(days, exposures, draws=8))
    achilles = table[table["tissue"] == "achilles"]
    assert [one.date() for one in achilles["week"]] == [MONDAY + timedelta(weeks=n) for n in range(3)]
    assert achilles["whole"].all()
    np.testing.assert_allclose(achilles["distance_m"], 43_600, rtol=0.001)
    assert (achilles["damage_low_m"] < achilles["damage_m"]).all()
    assert (achilles["damage_m"] < achilles["damage_high_m"]).all()
    assert (achilles["load_bws"] > 0).all()
    assert (achilles["days_known"] == 7).all()
