"""What a page may ask for of tissues: sheets, calls and runs, kept until the store changes. Loads of runs are kept longer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import streamlit as st

from loadmon.show import state
from loadmon.show import tissue_sheets as sheets
from loadmon.store import Viewer
from loadmon.store.access import no_such
from loadmon.tissue.call import Calls
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.kept_loads import KeptLoads
from loadmon.tissue.run_told import RunTold
from loadmon.tissue.sheet import TissueSheet
from loadmon.tissue.why import Cause, reach, strongest_cause


def tissue_sheet(athlete_id: int, on: date | None = None, *, with_assumed: bool = False) -> TissueSheet:
    """What one runner's tissues took, up to today or as of an earlier day; with tissues that are nearly all assumption ranked.

    Raises
    ------
    NotFound
        If there is no such runner, or the viewer may not see them.
    """
    return _sheet(state.store().revision(), state.viewer(), athlete_id, state.hour(), on, with_assumed=with_assumed)


def tissue_calls(*, with_assumed: bool = False) -> dict[int, Calls | None]:
    """Which tissues of everyone stand out from their own volume, by runner; None for those of whom nothing is known yet."""
    return _calls(state.store().revision(), state.viewer(), state.hour(), with_assumed=with_assumed)


def tissue_run(athlete_id: int, session_id: int) -> tuple[RunTold | None, str | None]:
    """What one run did to the tissues, and the code why there is nothing or why it tells of a part only."""
    return _run(state.store().revision(), state.viewer(), athlete_id, session_id, state.hour())


def tissue_cause(athlete_id: int, tissue: str, on: date) -> Cause | None:
    """What the last runs before a day had more of, for one tissue, than those before; None where nothing stands out."""
    return _cause(state.store().revision(), state.viewer(), athlete_id, state.hour(), tissue, on)


@st.cache_resource(show_spinner=False)
def kept_loads() -> KeptLoads:
    """What runs did to tissues, by what that was told from: a change of the store costs only what it is about."""
    return KeptLoads()


_kept = st.cache_data(max_entries=32, ttl=timedelta(hours=6), show_spinner=False)


@_kept
def _sheet(
    revision: int,
    viewer: Viewer,
    athlete_id: int,
    at: datetime,
    on: date | None,
    *,
    with_assumed: bool,
) -> TissueSheet:
    found = sheets.tissue_sheets(
        state.store(), viewer, at, [athlete_id], on=on, with_assumed=with_assumed, kept=kept_loads()
    )
    if athlete_id not in found:
        raise no_such("runner")
    return found[athlete_id]


@_kept
def _cause(revision: int, viewer: Viewer, athlete_id: int, at: datetime, tissue: str, on: date) -> Cause | None:
    sheet = _sheet(revision, viewer, athlete_id, at, None, with_assumed=False)  # the page has it already
    days = default_coefficients().tissue[tissue].days
    made = sheets.make_ups(state.store(), viewer, sheet, on - timedelta(days=sum(reach(days))))
    return strongest_cause(made, tissue, days, on)


@_kept
def _calls(revision: int, viewer: Viewer, at: datetime, *, with_assumed: bool) -> dict[int, Calls | None]:
    return sheets.tissue_calls(state.store(), viewer, at, with_assumed=with_assumed, kept=kept_loads())


@_kept
def _run(
    revision: int, viewer: Viewer, athlete_id: int, session_id: int, at: datetime
) -> tuple[RunTold | None, str | None]:
    sheet = _sheet(revision, viewer, athlete_id, at, None, with_assumed=False)
    return sheets.tissue_run(state.store(), viewer, sheet, session_id, kept=kept_loads())
