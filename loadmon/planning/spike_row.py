"""One run against the longest of the 30 days before it, and a runner's breaks, as values a page can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from loadmon import evidence
from loadmon.units import is_missing


@dataclass(frozen=True, slots=True)
class Spike:
    """One row of ``load.spike.spikes``; the columns are explained there. None for missing."""

    session_id: int
    local_day: date
    distance_m: float | None
    moving_s: float | None
    reference_m: float | None
    reference_day: date | None
    change_pct: float | None
    band: str | None
    band_told: str | None
    reason: str | None
    provisional: bool
    short_reference: bool
    step_s: float | None
    lay_off_note: bool
    longest_since_return_m: float | None
    change_since_return_pct: float | None


@dataclass(frozen=True, slots=True)
class LayOff:
    """Where a runner stands between breaks and running.

    Parameters
    ----------
    last_run : date | None
        Day of the last run.
    days_without_run : int
        Known days since it; 0 on a day with a run.
    running_again_since : date | None
        First run after the latest lay-off; None while one lasts, or if there was none.
    lay_off_days : int | None
        Length of that lay-off.
    """

    last_run: date | None
    days_without_run: int
    running_again_since: date | None
    lay_off_days: int | None


def spike_rows(table: pd.DataFrame) -> tuple[Spike, ...]:
    """Rows of a table of spikes as values."""
    return tuple(_spike(row) for row in table.to_dict("records"))


def lay_off_of(last_row: dict[Any, Any] | None, days_without_run: int) -> LayOff:
    """A runner's breaks, from the last row of their spikes and the known days without a run up to today."""
    if last_row is None:
        return LayOff(None, days_without_run, None, None)
    resting = days_without_run >= evidence.LAY_OFF_DAYS.value
    back = None if resting else _day(last_row["return_day"])
    return LayOff(
        _day(last_row["local_day"]),
        days_without_run,
        back,
        None if back is None else int(last_row["lay_off_days"]),
    )


def _spike(row: dict[Any, Any]) -> Spike:
    day = _day(row["local_day"])
    assert day is not None
    return Spike(
        session_id=int(row["session_id"]),
        local_day=day,
        distance_m=_number(row["distance_m"]),
        moving_s=_number(row["moving_s"]),
        reference_m=_number(row["reference_m"]),
        reference_day=_day(row["reference_day"]),
        change_pct=_number(row["change_pct"]),
        band=_text(row["band"]),
        band_told=_text(row["band_told"]),
        reason=_text(row["reason"]),
        provisional=bool(row["provisional"]),
        short_reference=bool(row["short_reference"]),
        step_s=_number(row["step_s"]),
        lay_off_note=bool(row["lay_off_note"]),
        longest_since_return_m=_number(row["longest_since_return_m"]),
        change_since_return_pct=_number(row["change_since_return_pct"]),
    )


def _number(value: float) -> float | None:
    return None if is_missing(value) else float(value)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()
