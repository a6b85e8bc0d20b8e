"""Running dynamics on the screen: in the unit that is read, beside the runner's own usual, and never without a reason."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from loadmon.gait.run_dynamics import DYNAMICS
from loadmon.show.dynamics_panels import behind, sentence
from loadmon.show.dynamics_shown import FIRST_SHOWN, SHOWN, compared, definition, where_words
from loadmon.show.metric_cards import CARDS
from tests.made_runs import START

CONTACT = SHOWN["stance_time_s"]


def dynamics(values: list[float], new_watch_at: int | None = None) -> pd.DataFrame:
    """Runs every second day with these contact times, at the common pace."""
    n = len(values)
    stretch = np.zeros(n, np.int64) if new_watch_at is None else np.where(np.arange(n) < new_watch_at, 0, new_watch_at)
    columns = {
        "session_id": np.arange(n),
        "athlete_id": 1,
        "local_day": pd.to_datetime([START + timedelta(2 * k) for k in range(n)]).astype("datetime64[us]"),
        "stretch": stretch,
        "treadmill": False,
        "new_watch": np.arange(n) == (new_watch_at or -1),
        "speed_mps": 3.0,
        "stance_time_s": values,
        "stance_time_s_at_pace": values,
        "stance_time_s_reason": pd.array(["missing_gct" if np.isnan(v) else None for v in values], dtype="str"),
    }
    return pd.DataFrame(columns)


def test_every_shown_figure_exists_and_has_its_card() -> None:
    assert set(SHOWN) <= {one.name for one in DYNAMICS}
    assert set(SHOWN) <= set(CARDS)
    assert set(FIRST_SHOWN) <= set(SHOWN)
    assert all(definition(name) for name in SHOWN)


def test_values_are_told_in_the_shown_unit_beside_the_own_usual() -> None:
    table = compared(dynamics([0.250, 0.252, 0.248, 0.251, 0.249, 0.250, 0.252, 0.248, 0.262]), CONTACT)
    assert table["value"].iloc[0] == 250.0
    assert table["usual"].notna().tolist() == [False] * 8 + [True]
    newest = table.iloc[-1]
    assert newest["usual"] == 250.0
    assert newest["difference"] == 12.0
    assert bool(newest["outside"])
    assert newest["words"] == ""
    assert sentence(CONTACT, table) == (
        f"262 ms on 22 Jan 2025, above what is usual; usual {newest['low']:.0f} to {newest['high']:.0f} (8 runs before). "
        "1 run with a band, 1 outside it (squares)."
    )


@pytest.mark.parametrize(
    ("value", "low", "high", "outside", "told"),
    [
        (8.43, 8.06, 8.37, True, ("8.43", "8.06", "8.37")),
        (8.412, 8.06, 8.408, True, ("8.412", "8.060", "8.408")),
        (8.61, 8.06, 8.37, True, ("8.6", "8.1", "8.4")),
        (8.36, 8.06, 8.37, False, ("8.4", "8.1", "8.4")),
        (8.01, 8.06, 8.37, True, ("8.0", "8.1", "8.4")),
    ],
)
def test_a_value_outside_its_band_is_never_told_as_its_end(
    value: float, low: float, high: float, outside: bool, told: tuple[str, str, str]
) -> None:
    row = pd.Series(
        {"value": value, "low": low, "high": high, "outside": outside, "difference": value - (low + high) / 2}
    )
    assert SHOWN["vertical_oscillation_m"].beside(row) == told
    assert where_words(row) == ("within" if not outside else "above" if value > high else "below")


def test_a_stiffness_by_an_estimated_leg_says_so_and_other_figures_do_not() -> None:
    made = dynamics([0.250] * 9).assign(leg_estimated=True, slopes_unknown=False)
    for name in ("", "_at_pace"):
        made[f"leg_stiffness_n_per_m{name}"] = 9500.0
    made["leg_stiffness_n_per_m_reason"] = pd.array([None] * 9, dtype="str")
    stiffness = SHOWN["leg_stiffness_n_per_m"]
    assert sentence(stiffness, compared(made, stiffness)).endswith(
        "Provisional: the leg's length is taken from height."
    )
    made = made.assign(leg_estimated=False, slopes_unknown=True)
    assert sentence(stiffness, compared(made, stiffness)).endswith("Provisional: the slopes of the run are not known.")
    assert "Provisional" not in sentence(stiffness, compared(made.assign(slopes_unknown=False), stiffness))
    assert "taken from height" not in sentence(CONTACT, compared(made, CONTACT))


def test_a_run_without_a_comparison_says_why_and_is_not_outside() -> None:
    table = compared(dynamics([0.250] * 10, new_watch_at=9), CONTACT)
    assert "two watches do not measure alike" in table["words"].iloc[-1]
    assert not table["outside"].any()
    assert sentence(CONTACT, table).startswith("250 ms on 24 Jan 2025. The watch changed")


def test_what_was_not_measured_is_missing_with_its_reason() -> None:
    table = compared(dynamics([float("nan")] * 3), CONTACT)
    assert table["value"].isna().all()
    assert table["words"].str.contains("did not measure ground contact").all()


def test_the_table_behind_holds_every_run_of_every_figure() -> None:
    one = compared(dynamics([0.25] * 3), CONTACT)
    found = behind({"stance_time_s": one, "duty_factor": one})
    assert found["figure"].tolist() == ["Ground contact"] * 3 + ["Duty factor"] * 3
    assert found["day"].iloc[0] == START


@pytest.mark.parametrize(("name", "value", "expected"), [
    ("stance_time_s", 0.2484, "248 ms"), ("leg_stiffness_n_per_m", 9486.0, "9.5 kN/m"), ("duty_factor", 0.3512, "0.351"),
    ("vertical_oscillation_m", 0.0861, "8.6 cm"), ("stance_balance_left_pct", 49.61, "49.6 %"),
])  # fmt: skip
def test_a_value_in_words(name: str, value: float, expected: str) -> None:
    assert SHOWN[name].words(value) == expected
