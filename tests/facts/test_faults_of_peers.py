"""Faults of reading seen in other software for runners; each must not be found here. One test a fault."""

from __future__ import annotations

import json
import struct
from datetime import UTC, datetime

import numpy as np
import pytest

from loadmon.facts import facts_of
from loadmon.readers import read
from loadmon.report.activity import FULL_FIELDS, Activity, Watch
from loadmon.report.fit_activity import fit_activity
from loadmon.report.gpx_activity import gpx_activity
from loadmon.report.tcx_activity import tcx_activity
from loadmon.session import DeviceTotals, Sport
from loadmon.units import strides_to_steps
from tests.paths import oracle
from tests.readers import made_fit
from tests.readers.made_fit import MadeFit

WATCH = Watch(1, 3113, "Sample", 3_900_000_001, 1.0, (*FULL_FIELDS, "fractional_cadence"))
START = datetime(2026, 5, 3, 7, 0, tzinfo=UTC)
METRE_DEG = 1 / 111_195.0


def run(cadence: float, *, device_m: float = 10_021.0, positions_m: float = 10_067.0) -> Activity:
    """An hour with a foot pod's distance and positions that tell another one."""
    t = np.arange(0.0, 3601.0)
    columns = {
        "t_s": t,
        "lat_deg": 47.0 + positions_m * METRE_DEG * t / t[-1],
        "lon_deg": np.full(len(t), 8.0),
        "distance_m": device_m * t / t[-1],
        "speed_mps": np.full(len(t), device_m / t[-1]),
        "cadence_spm": np.full(len(t), cadence),
    }
    return Activity(
        START, Sport.RUN, columns, WATCH, totals=DeviceTotals(distance_m=device_m, elapsed_s=3600.0, timer_s=3600.0)
    )


@pytest.mark.parametrize(("write", "name"), [(fit_activity, "a.fit"), (tcx_activity, "a.tcx"), (gpx_activity, "a.gpx")])
def test_the_cadence_of_one_leg_is_not_shown_as_cadence(write: object, name: str) -> None:
    """One-leg cadence shown as cadence: 83 for 166 steps a minute."""
    (session,) = read(write(run(166.0)), name)  # type: ignore[operator]
    facts = facts_of(session)
    assert facts.median_cadence_spm == 166.0
    assert facts.steps == pytest.approx(166.0 * 60, rel=1e-3)
    assert (facts.cadence_windows["cadence_spm"] == 166.0).all()


def test_the_fraction_of_a_stride_is_not_lost() -> None:
    """Worked case fit_cadence_units: 79 and a half strides are 159 steps, not 158."""
    assert strides_to_steps(79 + 0.5) == 159.0
    case = next(
        c
        for c in json.loads(oracle("load-and-gait.json").read_text("utf-8"))["cases"]
        if c["id"] == "fit_cadence_units"
    )
    given, want = case["inputs"], case["expected"]["steps_per_min"]
    fit = made_fit.file_id(MadeFit())
    # record: time, cadence, fractional cadence in 1/128
    fit.define(1, 20, [(253, 4, made_fit.UINT32), (4, 1, made_fit.UINT8), (53, 1, made_fit.UINT8)])
    for i in range(60):
        fit.data(1, struct.pack("<IBB", made_fit.START + i, given["cadence"], round(128 * given["fractional_cadence"])))
    (session,) = read(made_fit.session(fit).bytes(), "a.fit")
    assert facts_of(session).median_cadence_spm == pytest.approx(want, abs=case["tolerance"]["abs"])


def test_the_foot_pod_s_distance_is_not_replaced_by_positions() -> None:
    """Distance recomputed from positions, the foot pod's ignored: 10.067 for 10.021 km."""
    for write, name in ((fit_activity, "a.fit"), (tcx_activity, "a.tcx")):
        (session,) = read(write(run(166.0)), name)
        facts = facts_of(session)
        assert (facts.distance_m, facts.distance_source) == (10_021.0, "device")
    (track,) = read(gpx_activity(run(166.0)), "a.gpx")  # it has no place for a distance, and that is said
    facts = facts_of(track)
    assert facts.distance_source == "position"
    assert facts.distance_m == pytest.approx(10_067.0, abs=5.0)


def test_a_field_of_an_app_that_has_no_native_number_ends_nothing() -> None:
    """A reader gave up on developer fields without a native number, or without any description."""
    fit = made_fit.file_id(MadeFit())
    made_fit.records(fit, 60)
    fit.define(1, 20, [(253, 4, made_fit.UINT32)], developer=[(7, 2, 3)])
    fit.data(1, struct.pack("<IH", made_fit.START + 60, 90))
    (session,) = read(made_fit.session(fit).bytes(), "a.fit")
    assert len(session.stream) == 61
    assert facts_of(session).mean_heart_rate_bpm is not None
