"""A runner who records with a watch and with a phone: three runs, two of them twice."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import numpy as np

from loadmon.report.activity import Activity
from loadmon.report.fit_activity import fit_activity
from loadmon.report.gpx_activity import gpx_activity
from tests.made_team import NAN, OTHER_WATCH, a_run, morning

TWICE = "Eva Twice"
"""A watch that lost its cadence sensor, and a phone that counts steps and knows no heart."""


def without(run: Activity, *channels: str) -> Activity:
    """The same run, recorded without these channels."""
    stream = run.stream | {name: np.full(len(run.stream["t_s"]), NAN) for name in channels}
    return dataclasses.replace(run, stream=stream)


def twice_files(today: date) -> dict[str, bytes]:
    """The runner's files by their path: yesterday and the day before on both, a third day on the watch alone."""
    files = {}
    for back in (1, 2, 5):
        start = morning(today - timedelta(days=back))
        watch = a_run(start, 40.0 + back, seed=back)
        files[f"{TWICE}/watch {back}.fit"] = fit_activity(without(watch, "cadence_spm"))
        if back < 5:
            phone = a_run(start + timedelta(seconds=20), 40.0 + back, seed=10 + back, watch=OTHER_WATCH)
            files[f"{TWICE}/phone {back}.gpx"] = gpx_activity(without(phone, "heart_rate_bpm"))
    return files
