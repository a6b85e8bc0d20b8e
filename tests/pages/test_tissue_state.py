"""What pages may ask for of tissues is kept until the store changes, and then only what has changed is told anew."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from loadmon.finding import Finding
from loadmon.refusal import NotFound
from loadmon.show import state, tissue_sheets, tissue_state
from loadmon.store import findings
from loadmon.tissue import kept_loads
from tests.made_team import STEADY


def test_sheets_calls_and_runs_are_kept_until_something_changes(
    home: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    home("team")
    looks: list[object] = []
    told: list[int] = []
    whole, anew = tissue_sheets.tissue_sheets, kept_loads.told_and_drawn

    def counted(*given, **more):  # type: ignore[no-untyped-def]
        looks.append(given)
        return whole(*given, **more)

    def counted_runs(cells, *others):  # type: ignore[no-untyped-def]
        told.append(len(cells.lengths))
        return anew(cells, *others)

    monkeypatch.setattr(tissue_sheets, "tissue_sheets", counted)
    monkeypatch.setattr(kept_loads, "told_and_drawn", counted_runs)
    runner = next(one.id for one in state.athletes() if one.name == STEADY)
    first = tissue_state.tissue_sheet(runner)
    told_first = sum(told)
    assert told_first > 0
    run, reason = tissue_state.tissue_run(runner, int(first.runs.session_id[-1]))
    again = tissue_state.tissue_sheet(runner)
    assert len(looks) == 1
    assert (run is not None, reason) == (True, None)
    np.testing.assert_array_equal(again.runs.damage_m, first.runs.damage_m)
    calls = tissue_state.tissue_calls()
    assert set(calls) == {one.id for one in state.athletes()}
    assert calls[runner] == first.calls
    earlier = first.runs.day[len(first.runs.day) // 2]
    assert tissue_state.tissue_sheet(runner, earlier).today == earlier
    told_all = sum(told)
    with state.store().write() as conn:
        seen = Finding(runner, "forefoot", first.runs.day[-1], "Eva Lind")
        findings.add_finding(conn, state.viewer(), seen, today=first.today)
    after = tissue_state.tissue_sheet(runner)
    assert len(looks) == 3
    assert sum(told) == told_all + 1, "the one run from its day on"
    assert after.runs.damage_m[-1, 0] > first.runs.damage_m[-1, 0]


def test_nobody_else_s_sheet_can_be_asked_for(home: Callable[[str], object]) -> None:
    home("once")
    with pytest.raises(NotFound):
        tissue_state.tissue_sheet(999)
