"""The sample squad shows what tissue load is for: a story that distance does not see calls its tissues."""

from __future__ import annotations

import pandas as pd

from loadmon.athlete import Athlete
from loadmon.demo import squad
from loadmon.facts.compute import facts_of
from loadmon.readers import read
from loadmon.tissue.exposure_bytes import exposure_bytes
from loadmon.tissue.sheet import TissueSheet, tissue_sheet
from tests.demo.conftest import Squad
from tests.demo.reading import TODAY, between


def sheet(made: Squad, name: str, days: int) -> TissueSheet:
    """A runner's sheet from their files of the last days, read as an import reads them."""
    files = between(made[name], days, 0)
    sessions = [read(file.data, file.path)[0] for file in files]
    blobs = {n: exposure_bytes(facts_of(one).exposure) for n, one in enumerate(sessions)}
    runs = pd.DataFrame(
        {"session_id": list(blobs), "local_day": [one.local_day for one in sessions], "exposure_reason": None}
    )
    known = next(one for one in squad(TODAY) if one.name == name)
    return tissue_sheet(Athlete(1, name, thresholds=known.thresholds), runs, blobs, today=TODAY)


def test_fewer_steps_at_the_same_pace_call_knee_and_patellar_tendon_while_volume_stays(made: Squad) -> None:
    calls = sheet(made, "Kwabena Ofori-Lind", 140).calls
    assert calls is not None
    # fewer steps reach every tissue a little, and one or two others stand at the limit: these two stand out clearly
    assert [one.tissue for one in calls.called[:2]] == ["patellar_tendon", "patellofemoral"]
    assert all((one.probability or 0.0) > 0.9 for one in calls.called[:2])
    assert calls.volume is not None
    assert abs(calls.volume) < 0.15


def test_a_runner_who_is_steady_has_none_that_stands_out(made: Squad) -> None:
    calls = sheet(made, "Rahul Sundarkumar", 140).calls
    assert calls is not None
    assert calls.called == ()
    assert calls.day == TODAY
