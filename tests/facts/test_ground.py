"""Slopes count only where the file's heights can be trusted, and the reason stands where they do not."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.facts import facts_of
from loadmon.facts.columns import measured_in
from loadmon.facts.ground import ground_of
from loadmon.measure import ALTITUDE_SATELLITES, HEIGHTS_WRONG, INDOORS, NO_ALTITUDE, REASON_WORDS
from loadmon.readers.frame import columns_of
from loadmon.session import Session, Sport
from tests.facts.made import made

T = np.arange(901)
UP = {"distance_m": 3.0 * T, "speed_mps": 3.0, "altitude_m": 100 + 0.3 * T, "cadence_spm": 170.0}
"""A quarter of an hour up one slope of ten per cent."""


def slope_of(session: Session, indoor: bool = False) -> tuple[float | None, str | None]:
    ground = ground_of(session, columns_of(session.stream), indoor)
    return None if ground.slope is None else float(np.median(ground.slope)), ground.reason


def test_a_watch_s_own_file_tells_the_slope() -> None:
    assert slope_of(made(T, **UP)) == (pytest.approx(0.1), None)
    facts = facts_of(made(T, **UP))
    assert (facts.grade_known, facts.grade_reason, facts.grade_clamped) == (True, None, 0)
    # Minetti: +10 % costs 1.66 times the level
    assert facts.normalised_graded_mps == pytest.approx(3.0 * 1.6578, rel=1e-3)


@pytest.mark.parametrize(
    ("session", "reason"),
    [
        (made(T, file_format="gpx", **UP), ALTITUDE_SATELLITES),
        (made(T, file_format="tcx", **UP), ALTITUDE_SATELLITES),
        (made(T, sport=Sport.TREADMILL_RUN, **UP), INDOORS),
        (made(T, **(UP | {"altitude_m": np.nan})), NO_ALTITUDE),
        (made(T, **(UP | {"altitude_m": np.where(T < 500, np.nan, 100.0)})), NO_ALTITUDE),
        (made([0.0], speed_mps=3.0, altitude_m=100.0), NO_ALTITUDE),
        (made(T, **(UP | {"altitude_m": 100 + 1.2 * T})), HEIGHTS_WRONG),
    ],
    ids=["gpx", "tcx", "treadmill", "no heights", "half of the heights", "one sample", "a wall"],
)
def test_elsewhere_pace_is_as_on_the_flat_and_the_facts_say_why(session: Session, reason: str) -> None:
    facts = facts_of(session)
    assert (facts.grade_known, facts.grade_reason, facts.grade_clamped) == (False, reason, None)
    assert REASON_WORDS[reason].endswith(".")
    if len(session.stream) > 1:
        assert facts.normalised_graded_mps == pytest.approx(3.0)
        assert facts.graded_reason is None
    assert not facts.cadence_windows["grade_known"].any()


def test_nobody_asks_a_ride_for_its_graded_pace() -> None:
    facts = facts_of(made(T, sport=Sport.RIDE, **UP))
    assert (facts.normalised_graded_mps, facts.graded_reason, facts.grade_known, facts.grade_reason) == (
        None, None, False, None,
    )  # fmt: skip


def test_columns_are_the_stream_s_own() -> None:
    session = made(T, **UP)
    columns = columns_of(session.stream)
    assert list(columns) == [name for name in session.stream.columns if name != "timestamp"]
    for name, values in columns.items():
        np.testing.assert_array_equal(values, session.stream[name].to_numpy())
    moved = session.stream[[*session.stream.columns[1:], "timestamp"]]
    assert list(columns_of(moved)) == list(columns)
    assert measured_in(columns) == session.measured_columns == ("altitude_m", "distance_m", "speed_mps", "cadence_spm")
