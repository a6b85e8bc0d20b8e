"""The design: one row a runner and week, features from the days before it alone, and what followed in the 7 days from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon.athlete import Athlete
from loadmon.days import day_number, day_numbers
from loadmon.finding import Finding
from loadmon.injury import Injury
from loadmon.load.running import DAY_SPAN, running
from loadmon.risk.diary_begin import days_kept, diary_begins
from loadmon.risk.gait_features import found_features, gait_features
from loadmon.risk.load_features import MONTH, load_features
from loadmon.risk.outcome import STATES, Injuries, RiskState, injured_before, of_running, onset_of, outcome_of, state_of
from loadmon.risk.person_features import felt, person_features, wellness_features
from loadmon.risk.prior import Prior, default_prior
from loadmon.risk.windows import Floats, Looks, Whole

_AT_RISK = STATES.index(RiskState.AT_RISK)


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Rows of runners and weeks, N rows, P features.

    Parameters
    ----------
    names : tuple of str, length P
    athlete, instant : arrays of int, N
        Whose, and the day number at whose beginning the row stands: its features end the day before.
    state : array of N
        Places in ``loadmon.risk.outcome.STATES``.
    values : array of shape (N, P)
        In the features' own units, NaN for missing.
    outcome : array of N
        1, 0, or NaN while the 7 days are not over.
    onset : array of int, N
        Day number of the first injury of those 7 days; -1 where there is none.
    """

    names: tuple[str, ...]
    athlete: Whole
    instant: Whole
    state: NDArray[np.int8]
    values: Floats
    outcome: Floats
    onset: Whole

    def __len__(self) -> int:
        return len(self.athlete)

    def rows(self, chosen: NDArray[np.bool_] | Whole) -> Design:
        """Some of the rows."""
        return Design(
            self.names, self.athlete[chosen], self.instant[chosen], self.state[chosen], self.values[chosen],
            self.outcome[chosen], self.onset[chosen],
        )  # fmt: skip

    @property
    def at_risk(self) -> NDArray[np.bool_]:
        """Rows of runners of whom a new injury can be told."""
        found: NDArray[np.bool_] = self.state == _AT_RISK
        return found

    @property
    def labelled(self) -> Design:
        """Rows at risk of which it is known what followed: what a model is fitted to."""
        return self.rows(self.at_risk & ~np.isnan(self.outcome))


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """What a squad's design is made from.

    Parameters
    ----------
    timeline, runs : DataFrame
        As ``loadmon.timeline.timeline`` and the store's ``runs_table`` make them.
    injuries, findings, athletes
        As they are kept.
    unknown : DataFrame | None
        Days declared missing.
    tissue : DataFrame | None
        athlete_id, local_day, called: on which days a tissue's load grew faster than the steps; days that are not in it are
        not known.
    wellness : DataFrame | None
        athlete_id, local_day, sleep, fatigue of the check-ins; higher is worse.
    diary : mapping of runner to day number | None
        From when each runner's diary is kept, as ``loadmon.risk.diary_begin`` tells it; None where injuries are all of it.
    """

    timeline: pd.DataFrame
    runs: pd.DataFrame
    injuries: Iterable[Injury] = ()
    findings: Iterable[Finding] = ()
    athletes: Iterable[Athlete] = ()
    unknown: pd.DataFrame | None = None
    tissue: pd.DataFrame | None = field(default=None)
    wellness: pd.DataFrame | None = field(default=None)
    diary: Mapping[int, int] | None = None


def weekly_design(record: Record, prior: Prior | None = None) -> Design:
    """A row for each runner and Monday of their record, and none for days that have not come."""
    day = day_numbers(record.timeline["local_day"])
    sunday = (day + 3) % 7 == 6  # 1 January 1970 was a Thursday
    return _design(record, np.flatnonzero(sunday), prior)


def design_today(record: Record, prior: Prior | None = None) -> Design:
    """A row for each runner at the beginning of their last day: what the estimate of now stands on.

    That day is not over, so nothing of it is a feature, as in the rows a model is fitted to; an injury that began on it counts
    for the state. Of a runner whose record begins today nothing is told but that it is too short.
    """
    athlete = record.timeline["athlete_id"].to_numpy()
    last = np.flatnonzero(np.append(athlete[1:] != athlete[:-1], True)) if len(athlete) else np.empty(0, np.int64)
    before = np.maximum(last - 1, 0)
    return _design(record, np.where(athlete[before] == athlete[last], before, last), prior, today=last)


def design_on(record: Record, days: Sequence[int], prior: Prior | None = None) -> Design:
    """A row for each runner at the end of each of these days (day numbers), ordered by runner and day."""
    day = day_numbers(record.timeline["local_day"])
    return _design(record, np.flatnonzero(np.isin(day, np.asarray(days))), prior)


def _design(record: Record, place: Whole, prior: Prior | None, today: Whole | None = None) -> Design:
    """Rows whose features end with these rows of the timeline; they stand at the next day's beginning, or at ``today``'s."""
    names = (prior or default_prior()).names
    timeline = record.timeline
    day = day_numbers(timeline["local_day"])
    instant = day[place] + 1 if today is None else day[today]
    looks = Looks(timeline["athlete_id"].to_numpy(dtype=np.int64)[place], instant)
    runs = _by_day(record.runs)
    known = list(record.injuries)
    injuries = Injuries.of(of_running(known))
    kept = days_kept(looks, _diary(record, known))
    history = timeline["history_days"].to_numpy()[place]
    key = runs["athlete_id"].to_numpy() * DAY_SPAN + day_numbers(runs["local_day"])
    opens, closes = looks.between(key, MONTH, 1)
    told: dict[str, Floats] = {
        **load_features(looks, place, timeline, runs, record.unknown),
        **gait_features(looks, runs),
        **found_features(looks, record.findings),
        **person_features(looks, record.athletes),
        "previous_injury": injured_before(looks, injuries, kept),
        **_felt(looks, runs, record.wellness),
        "tissue": _tissue(looks, record.tissue),
    }
    nothing = np.full(len(place), np.nan)
    return Design(
        names,
        looks.athlete,
        looks.instant,
        state_of(looks, Injuries.of(known), history, closes - opens, today=today is not None),
        np.column_stack([told.get(name, nothing) for name in names]).reshape(len(place), len(names)),
        outcome_of(looks, injuries, _last_days(timeline), kept),
        onset_of(looks, injuries, kept),
    )


def _diary(record: Record, injuries: Iterable[Injury]) -> Mapping[int, int]:
    if record.diary is not None:
        return record.diary
    first = record.timeline.drop_duplicates("athlete_id")
    since = dict(zip(first["athlete_id"].tolist(), day_numbers(first["local_day"]).tolist(), strict=True))
    onsets = [(one.athlete_id, day_number(one.onset)) for one in injuries]
    return diary_begins((), list(since), [one for one in onsets if one[1] >= since.get(one[0], one[1] + 1)])


def _felt(looks: Looks, runs: pd.DataFrame, told: pd.DataFrame | None) -> dict[str, Floats]:
    """Sleep and fatigue of check-ins; how hard the runs felt where no check-in tells of fatigue."""
    found = wellness_features(looks, told)
    return found | {"fatigue": np.where(np.isnan(found["fatigue"]), felt(looks, runs), found["fatigue"])}


def _by_day(runs: pd.DataFrame) -> pd.DataFrame:
    """The runs that count, by runner and local day; days as stamps, since every feature asks for them and objects are slow."""
    kept = running(runs)
    day = day_numbers(kept["local_day"])
    order = np.argsort(kept["athlete_id"].to_numpy() * DAY_SPAN + day, kind="stable")
    stamps = day[order].astype("datetime64[D]").astype("datetime64[us]")
    found: pd.DataFrame = kept.iloc[order].assign(local_day=stamps)
    return found


def _last_days(timeline: pd.DataFrame) -> Mapping[int, int]:
    last = timeline.drop_duplicates("athlete_id", keep="last")
    if not len(last):
        return {}
    days = day_numbers(last["local_day"])
    return {int(who): int(day) for who, day in zip(last["athlete_id"], days, strict=True)}


def _tissue(looks: Looks, told: pd.DataFrame | None) -> Floats:
    found = np.full(len(looks.athlete), np.nan)
    if told is None or not len(told):
        return found
    key = told["athlete_id"].to_numpy(dtype=np.int64) * DAY_SPAN + day_numbers(told["local_day"])
    order = np.argsort(key, kind="stable")
    wanted = looks.athlete * DAY_SPAN + looks.instant - 1
    at = np.minimum(np.searchsorted(key[order], wanted), len(key) - 1)
    known = key[order][at] == wanted
    found[known] = told["called"].to_numpy(dtype=np.float64)[order][at][known]
    return found


MISSING_WORDS = {
    "load": "too few days of record, or too many of them unknown",
    "gait": "no watch measured it often enough, or nobody looked",
    "history": "the diary does not reach back twelve months",
    "check-in": "nobody told, or too seldom before",
    "person": "not told on the runner's page",
}
"""Why a feature of each group may be missing; it then counts as the middle of all runners and moves nothing."""
