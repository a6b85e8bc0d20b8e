"""The longest sensible next run: what today's history says, and why no figure is given where none should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import day_number, day_numbers, day_of_number, day_words
from loadmon.evidence import Evidence
from loadmon.injury import Injury
from loadmon.load.spike import jump_since_return, longest_in_reference_band, unknown_between
from loadmon.measure import DISTANCE_MISSING, IN_LAY_OFF, INJURY_OPEN, JUST_BACK, NO_RUN_30_DAYS, reason_words
from loadmon.units import Units, duration

WINDOW = int(evidence.SPIKE_WINDOW_DAYS.value)


class Rule(StrEnum):
    """What the figure follows from."""

    REFERENCE_BAND = "reference band"
    """Ten percent over the longest run of 30 days: the end of what the study counts as usual."""
    SHORT_REFERENCE = "short reference"
    """The longest run was short: five minutes more at the runner's own pace."""
    SETTLED = "settled reference"
    """The longest run was itself a jump of over 100 % less than two weeks ago: the longest before it counts."""
    SINCE_RETURN = "since return"
    """After a lay-off: ten percent over the longest run since."""
    SHORT_SINCE_RETURN = "short, since return"
    """After a lay-off: five minutes more than the longest run since."""


@dataclass(frozen=True, slots=True)
class NextRun:
    """How long the next run may sensibly be, and every fact behind it.

    Parameters
    ----------
    value_m : float | None
        Metres; None with ``reason``.
    reason : str | None
        Code of ``REASON_WORDS`` where there is no figure.
    rule : Rule | None
        Which rule gave the figure.
    reference_m, reference_s, reference_day
        The run it is measured against.
    published_m, published_day
        What the published 30-day rule alone would give, and from which run; differs after a lay-off or a jump.
    jump_m, jump_day, jump_pct
        The longest run, where it was itself a jump and is not yet taken as the measure, and by how much: against the 30
        days before it, or after a lay-off against the runs since the return.
    lay_off_days, return_day
        The break that lies between, and the first run after it (None while it lasts).
    usual_speed_mps : float | None
        The runner's own pace, where minutes had to become metres.
    back_from_injury : date | None
        Full return from an injury within the last two weeks: only runs since then are counted.
    evidence : tuple of Evidence
        Sources of the thresholds used.
    provisional : bool
        True with less than 30 days of record.
    """

    value_m: float | None
    reason: str | None
    rule: Rule | None = None
    reference_m: float | None = None
    reference_s: float | None = None
    reference_day: date | None = None
    published_m: float | None = None
    published_day: date | None = None
    lay_off_days: int | None = None
    return_day: date | None = None
    jump_m: float | None = None
    jump_day: date | None = None
    jump_pct: float | None = None
    usual_speed_mps: float | None = None
    back_from_injury: date | None = None
    evidence: tuple[Evidence, ...] = ()
    provisional: bool = False


def longest_sensible_next_run(
    own_runs: pd.DataFrame,
    today: date,
    injuries: Sequence[Injury] = (),
    *,
    begun: date | None = None,
    unknown: pd.DataFrame | None = None,
) -> NextRun:
    """How long the next run may sensibly be, judged by the longest run of the last 30 days.

    Parameters
    ----------
    own_runs : DataFrame
        The runs of one runner that count, in order of start (as ``load.spike.spikes`` gives them): athlete_id, local_day,
        distance_m, moving_s, change_pct, band_told, change_since_return_pct.
    today : date
        The runner's own day; runs of today count.
    injuries : sequence of Injury
        The runner's; an open one leaves the decision to a clinician's plan.
    begun : date | None
        First day of the record; the first run's if not given.
    unknown : DataFrame, optional
        Days declared missing; they do not make a lay-off.

    References
    ----------
    Frandsen et al. 2025, 10.1136/bjsports-2024-109380, for 10 % and 30 days; the rest is a loadmon convention.
    """
    if any(injury.open_on(today) for injury in injuries):
        return NextRun(None, INJURY_OPEN)
    healed = _back_from_injury(injuries, today)
    if healed is not None:
        own_runs = own_runs[day_numbers(own_runs["local_day"]) >= day_number(healed)]
        if not len(own_runs):
            return NextRun(None, JUST_BACK, back_from_injury=healed)
    past = _past(own_runs, day_number(today))
    day, now = past.day, past.now
    recent = day >= now - WINDOW
    if not recent.any():
        return NextRun(None, NO_RUN_30_DAYS)
    if not (recent & past.usable).any():
        return NextRun(None, DISTANCE_MISSING)
    longest, reference = past.longest(recent), past.longest_settled(recent)
    back, gap = _break_after(reference, day, now, int(own_runs["athlete_id"].iloc[0]), unknown)
    found = NextRun(
        None,
        back_from_injury=healed,
        reason=IN_LAY_OFF if back == len(day) else DISTANCE_MISSING,
        published_m=longest_in_reference_band(float(past.distance_m[longest])),
        published_day=day_of_number(int(day[longest])),
        evidence=(evidence.SPIKE_SMALL, evidence.SPIKE_WINDOW_DAYS),
        provisional=now - (int(day[0]) if begun is None else day_number(begun)) < WINDOW,
    )
    if longest != reference and not gap:
        found = replace(
            found,
            jump_m=float(past.distance_m[longest]),
            jump_day=day_of_number(int(day[longest])),
            jump_pct=float(past.change_pct[longest]),
            evidence=(*found.evidence, evidence.SETTLED_DAYS),
        )
    if gap:
        found = replace(
            found,
            lay_off_days=gap,
            return_day=day_of_number(int(day[back])) if back < len(day) else None,
            evidence=(*found.evidence, evidence.LAY_OFF_DAYS),
        )
        since = np.arange(len(day)) >= back
        if not (since & past.usable).any():
            return found
        longest, reference = past.longest(since), past.longest_settled(since)
        if longest != reference:
            found = replace(
                found,
                jump_m=float(past.distance_m[longest]),
                jump_day=day_of_number(int(day[longest])),
                jump_pct=float(past.since_return_pct[longest]),
                evidence=(*found.evidence, evidence.SETTLED_DAYS),
            )
    moving_s = past.moving_s[reference]
    told = replace(
        found,
        reason=None,
        reference_m=float(past.distance_m[reference]),
        reference_s=None if np.isnan(moving_s) else float(moving_s),
        reference_day=day_of_number(int(day[reference])),
    )
    return _step_up(told, _usual_speed(day, past.distance_m, past.moving_s, now))


def _back_from_injury(injuries: Sequence[Injury], today: date) -> date | None:
    """The latest full return from an injury, while it is recent."""
    days = evidence.RECENT_RETURN_DAYS.value
    backs = [i.returned for i in injuries if i.returned is not None and 0 <= (today - i.returned).days < days]
    return max(backs, default=None)


@dataclass(frozen=True, slots=True)
class _Past:
    """The runs up to today as columns: which can be a reference, and which were jumps that have not settled yet."""

    now: int
    day: np.ndarray
    distance_m: np.ndarray
    moving_s: np.ndarray
    change_pct: np.ndarray
    since_return_pct: np.ndarray
    usable: np.ndarray
    settled: np.ndarray

    def longest(self, among: np.ndarray) -> int:
        """Row of the longest usable run, the latest of equals."""
        rows = np.flatnonzero(among & self.usable)
        return int(rows[len(rows) - 1 - np.argmax(self.distance_m[rows][::-1])])

    def longest_settled(self, among: np.ndarray) -> int:
        """The same among runs that were no jump; among all where every one was."""
        settled = among & self.usable & self.settled
        return self.longest(settled if settled.any() else among)


def _past(own_runs: pd.DataFrame, now: int) -> _Past:
    day = day_numbers(own_runs["local_day"])
    until = day <= now
    distance, moving, change, since = (
        own_runs[name].to_numpy(dtype=np.float64, na_value=np.nan)[until]
        for name in ("distance_m", "moving_s", "change_pct", "change_since_return_pct")
    )
    usable = distance >= evidence.LEAST_REFERENCE_M.value
    if not usable.any():
        usable = distance >= evidence.LEAST_DISTANCE_M.value
    large = (own_runs["band_told"] == "large").to_numpy(dtype=bool)[until]
    # after a lay-off the published band still measures by the runs before it: those since the return tell a jump
    jumped = large | jump_since_return(distance, since)
    unsettled = jumped & (day[until] > now - evidence.SETTLED_DAYS.value)
    return _Past(now, day[until], distance, moving, change, since, usable, ~unsettled)


def _step_up(found: NextRun, speed: float | None) -> NextRun:
    """The figure itself: a share of the reference, or minutes more where the reference was short and a pace is known."""
    assert found.reference_m is not None
    after_break = found.lay_off_days is not None
    by_share = Rule.SINCE_RETURN if after_break else Rule.REFERENCE_BAND if found.jump_m is None else Rule.SETTLED
    short = found.reference_m < evidence.SHORT_REFERENCE_M.value or (
        found.reference_s is not None and found.reference_s < evidence.SHORT_REFERENCE_S.value
    )
    if not short or speed is None:
        return replace(
            found,
            value_m=longest_in_reference_band(found.reference_m),
            rule=by_share,
        )
    return replace(
        found,
        value_m=found.reference_m + evidence.SHORT_STEP_S.value * speed,
        rule=Rule.SHORT_SINCE_RETURN if after_break else Rule.SHORT_REFERENCE,
        usual_speed_mps=speed,
        evidence=(
            evidence.SHORT_REFERENCE_M,
            evidence.SHORT_REFERENCE_S,
            evidence.SHORT_STEP_S,
            *(e for e in found.evidence if e in (evidence.SETTLED_DAYS, evidence.LAY_OFF_DAYS)),
        ),
    )


def next_run_sentences(run: NextRun, units: Units) -> tuple[str, ...]:
    """The figure and where it comes from, in plain sentences.

    Parameters
    ----------
    run : NextRun
        As ``longest_sensible_next_run`` gives it.
    units : Units
        How the reader wants distances.
    """
    words: list[str] = []
    if run.value_m is None:
        assert run.reason is not None
        words.append("No figure for the next run. " + reason_words(run.reason, units=units))
    else:
        assert run.reference_day is not None
        words.append(f"Longest sensible next run: {units.distance(run.value_m)}.")
        against = f"{units.distance(run.reference_m)} on {day_words(run.reference_day)}"
        window = f"of the last {WINDOW} days" if run.jump_m is None else "beside the jump"
        back = "since the return" if run.jump_m is None else "since the return beside the jump"
        spoken = {
            Rule.REFERENCE_BAND: f"That is {evidence.SPIKE_SMALL.value:.0f} % over the longest run of the last {WINDOW} days ({against}).",
            Rule.SHORT_REFERENCE: f"The longest run {window} was short ({against}), so it is "
            f"{duration(evidence.SHORT_STEP_S.value)} more at the usual pace of {units.pace(run.usual_speed_mps)}, not a percentage.",
            Rule.SETTLED: f"That is {evidence.SPIKE_SMALL.value:.0f} % over the longest run beside the jump ({against}).",
            Rule.SINCE_RETURN: f"That is {evidence.SPIKE_SMALL.value:.0f} % over the longest run {back} ({against}).",
            Rule.SHORT_SINCE_RETURN: f"The longest run {back} was short ({against}), so it is "
            f"{duration(evidence.SHORT_STEP_S.value)} more at the usual pace of {units.pace(run.usual_speed_mps)}.",
        }
        assert run.rule is not None
        words.append(spoken[run.rule])
    if run.jump_m is not None and run.jump_day is not None:
        before = "the runs since the return" if run.lay_off_days else "anything in the 30 days before"
        words.append(
            f"The {units.distance(run.jump_m)} of {day_words(run.jump_day)} were {run.jump_pct:.0f} % more than {before}; for "
            f"{evidence.SETTLED_DAYS.value:.0f} days they are not taken as the measure of the next run (loadmon convention)."
        )
    if run.published_day is not None and run.value_m is not None and run.published_m != run.value_m:
        words.append(
            f"By the published 30-day rule alone, from the run of {day_words(run.published_day)}, the figure would be "
            f"{units.distance(run.published_m)}"
            + (f"; it leaves the {run.lay_off_days} days without running out of account." if run.lay_off_days else ".")
        )
    elif run.lay_off_days and run.published_day is not None:
        words.append(
            f"Before the {run.lay_off_days} days without running the longest was on {day_words(run.published_day)}; "
            f"by that run alone the figure would be {units.distance(run.published_m)}, which leaves the break out of account."
        )
    if run.back_from_injury is not None and run.value_m is not None:
        words.append(
            f"Only runs since the return from the injury on {day_words(run.back_from_injury)} are counted (loadmon convention)."
        )
    if run.provisional:
        words.append(f"Provisional: there are less than {WINDOW} days of record.")
    return tuple(words)


def _break_after(
    reference: int, day: np.ndarray, now: int, athlete: int, unknown: pd.DataFrame | None
) -> tuple[int, int]:
    """The latest lay-off after the reference run: row of the first run back (one past the end while it lasts), and days."""
    stops = np.append(day[reference:], now)
    gaps = np.diff(stops) - 1 - unknown_between(np.full(len(stops) - 1, athlete), stops[:-1], stops[1:], unknown)
    breaks = np.flatnonzero(gaps >= evidence.LAY_OFF_DAYS.value)
    if not len(breaks):
        return len(day), 0
    return reference + int(breaks[-1]) + 1, int(gaps[breaks[-1]])


def _usual_speed(day: np.ndarray, distance: np.ndarray, moving: np.ndarray, now: int) -> float | None:
    """Median speed of the runner's own runs of the last three months, in m/s; None if no run has a believable one."""
    known = (day >= now - evidence.USUAL_PACE_DAYS.value) & (distance > 0) & (moving > 0)
    with np.errstate(over="ignore"):
        speed = distance[known] / moving[known]
    speed = speed[(speed >= evidence.SLOWEST_MOVING_MPS.value) & (speed <= evidence.FASTEST_RUN_MPS.value)]
    return float(np.median(speed)) if len(speed) else None
