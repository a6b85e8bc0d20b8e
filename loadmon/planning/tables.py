"""A squad's tables, each computed once for everyone, and where each runner lies in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import DayState, WeekStart, day_number, day_numbers, day_of_number
from loadmon.load.daily import rolling_week, weeks
from loadmon.load.kind import DISTANCE
from loadmon.load.ratio import ratio, ratio_measures
from loadmon.load.spike import spikes
from loadmon.planning.spike_row import LayOff, Spike, lay_off_of, spike_rows


class SquadTables:
    """What the days and runs of a squad say, computed once for all.

    Parameters
    ----------
    timeline : DataFrame
        As ``loadmon.timeline.timeline`` makes it.
    runs : DataFrame
        The sessions it was built from.
    today : date or mapping of athlete to date
        The timeline's last days.
    first : WeekStart
        Weekday on which weeks begin.

    Attributes
    ----------
    weeks, rolling : dict
        By athlete_id, the newest row of ``load.daily.weeks`` and ``rolling_week``.
    ratio_distance : dict
        By athlete_id, today's ratio as a measure.
    begun : dict
        By athlete_id, the first day of the record.
    unknown : DataFrame
        Days declared missing, as spans of one day.

    Raises
    ------
    ValueError
        If the timeline was built for another day than ``today``: badge and chart would disagree.
    """

    def __init__(
        self, timeline: pd.DataFrame, runs: pd.DataFrame, today: Mapping[int, date] | date, first: WeekStart
    ) -> None:
        self._rows = _stretches(timeline["athlete_id"].to_numpy())
        self._days = day_numbers(timeline["local_day"])
        for athlete, rows in self._rows.items():
            asked, built = _day_of(today, athlete), int(self._days[rows.stop - 1])
            if asked != built:
                raise ValueError(f"the timeline ends on {day_of_number(built)}, not on {day_of_number(asked)}")
        self._history = timeline["history_days"].to_numpy()
        self._active = timeline["sessions"].to_numpy() > 0
        self._ran = timeline["runs"].to_numpy() > 0
        self._known = (timeline["state"] != DayState.UNKNOWN.value).to_numpy()
        lost = timeline[~self._known]
        self.unknown = pd.DataFrame(
            {"athlete_id": lost["athlete_id"], "first_day": lost["local_day"], "last_day": lost["local_day"]}
        )
        self.begun = {a: day_of_number(int(self._days[rows.start])) for a, rows in self._rows.items()}
        self.weeks = _newest(weeks(timeline, first))
        self.rolling = _newest(rolling_week(timeline))
        self.ratio_distance = ratio_measures(ratio(timeline, DISTANCE), DISTANCE)
        self._read_spikes(spikes(runs, first=self.begun, unknown=self.unknown), today)

    def _read_spikes(self, table: pd.DataFrame, today: Mapping[int, date] | date) -> None:
        owner = table["athlete_id"].to_numpy()
        day = day_numbers(table["local_day"])
        rows = _stretches(owner)
        now = {a: _day_of(today, a) for a in rows}
        ages = np.repeat(np.array(list(now.values()), dtype=np.int64), [r.stop - r.start for r in rows.values()]) - day
        past = np.flatnonzero(ages >= 0)
        table, owner, ages = table.iloc[past], owner[past], ages[past]
        self._own_runs = table[
            ["athlete_id", "local_day", "distance_m", "moving_s", "change_pct", "band_told", "change_since_return_pct"]
        ]
        self._spike_rows = _stretches(owner)
        self._recent: dict[int, list[Spike]] = {}
        recent = ages < evidence.RECENT_DAYS.value
        for athlete, spike in zip(owner[recent], spike_rows(table[recent]), strict=True):
            self._recent.setdefault(int(athlete), []).append(spike)
        last = table.iloc[[r.stop - 1 for r in self._spike_rows.values()]]
        self._latest = dict(zip(self._spike_rows, last.to_dict("records"), strict=True))

    @property
    def athletes(self) -> list[int]:
        """Everyone with at least one day."""
        return list(self._rows)

    def history_days(self, athlete: int) -> int:
        """Calendar days of record up to today."""
        return int(self._history[self._rows[athlete]][-1]) if athlete in self._rows else 0

    def last_session(self, athlete: int) -> date | None:
        """Day of the last session of any sport."""
        rows = self._rows.get(athlete, slice(0, 0))
        active = np.flatnonzero(self._active[rows])
        return day_of_number(int(self._days[rows][active[-1]])) if len(active) else None

    def idle_days(self, athlete: int) -> int:
        """Known full days without a run since the last one; today, which is not over, does not count."""
        return self._known_days_since(athlete, self._ran)

    def quiet_days(self, athlete: int) -> int:
        """Known days since the last session of any sport, today included."""
        rows = self._rows.get(athlete, slice(0, 0))
        known, active = self._known[rows], self._active[rows]
        today = bool(len(known)) and bool(known[-1]) and not active[-1]
        return self._known_days_since(athlete, self._active) + int(today)

    def _known_days_since(self, athlete: int, what: np.ndarray) -> int:
        rows = self._rows.get(athlete, slice(0, 0))
        seen = np.flatnonzero(what[rows])
        known = self._known[rows]
        return int(known[seen[-1] + 1 : -1].sum()) if len(seen) else int(known[:-1].sum())

    def own_runs(self, athlete: int) -> pd.DataFrame:
        """The runs that count, in order of start, as columns of ``load.spike.spikes``."""
        own: pd.DataFrame = self._own_runs.iloc[self._spike_rows.get(athlete, slice(0, 0))]
        return own

    def unknown_days(self, athlete: int) -> pd.DataFrame:
        """The runner's own days declared missing, as spans of one day."""
        own: pd.DataFrame = self.unknown[self.unknown["athlete_id"].to_numpy() == athlete]
        return own

    def recent_spikes(self, athlete: int) -> tuple[Spike, ...]:
        """Every run of the last seven days against its reference."""
        return tuple(self._recent.get(athlete, ()))

    def lay_off(self, athlete: int) -> LayOff:
        """Where the runner stands between breaks and running."""
        return lay_off_of(self._latest.get(athlete), self.idle_days(athlete))


def _day_of(today: Mapping[int, date] | date, athlete: int) -> int:
    return day_number(today if isinstance(today, date) else today[athlete])


def _stretches(athlete: np.ndarray) -> dict[int, slice]:
    """Where each runner's rows lie in a table sorted by runner."""
    owners, begin = np.unique(athlete, return_index=True)
    ends = np.append(begin, len(athlete))[1:]
    return {int(o): slice(int(a), int(b)) for o, a, b in zip(owners, begin, ends, strict=True)}


def _newest(table: pd.DataFrame) -> dict[int, dict[Any, Any]]:
    last = table.drop_duplicates("athlete_id", keep="last")
    return {int(row["athlete_id"]): row for row in last.to_dict("records")}
