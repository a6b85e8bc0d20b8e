"""How often, how many and how much: incidence, prevalence and burden of injuries in a squad, with the counts behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scipy.stats import chi2

from loadmon.injury import Injury, time_loss_bin
from loadmon.planning.exposure import Exposure

PER_HOURS, PER_KM = 1_000.0, 1_000.0


@dataclass(frozen=True, slots=True)
class Rate:
    """Something counted against an exposure, with its exact 95 % range; value and range None where there was no exposure."""

    count: float
    exposure: float
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a rate cannot count on.

    Parameters
    ----------
    runners : int
        Without any exposure: left out of both sides, injuries and running.
    injuries : int
        New ones of theirs.
    runs : int
        Runs of the span, of anybody, that do not tell it: the others' exposure is too small by these.
    """

    runners: int
    injuries: int
    runs: int


@dataclass(frozen=True, slots=True)
class InjuryFigures:
    """A squad's injuries over a span.

    Parameters
    ----------
    first, last : date
        Both ends included.
    injuries : int
        That began within it.
    per_1000_h, per_1000_km : Rate
        Incidence: new injuries against running, of those whose running is known.
    burden_days_per_1000_h : float | None
        Days lost within the span, of injuries new and old, against running, of those whose hours are known; None without
        any running.
    without_hours, without_distance : LeftOut
        What the rates leave out.
    lost_days : int
        Of everybody.
    prevalence : (int, int)
        Runners with an injury open on the last day, and runners.
    severity : mapping of class of lost days to count
        Of those that began within the span and have ended.
    still_open : int
        That began within it and last.
    """

    first: date
    last: date
    injuries: int
    per_1000_h: Rate
    per_1000_km: Rate
    burden_days_per_1000_h: float | None
    without_hours: LeftOut
    without_distance: LeftOut
    lost_days: int
    prevalence: tuple[int, int]
    severity: Mapping[str, int]
    still_open: int


def injury_figures(
    injuries: Iterable[Injury], *, first: date, last: date, exposure: Mapping[int, Exposure]
) -> InjuryFigures:
    """How often, how many and how much.

    Parameters
    ----------
    injuries : iterable of Injury
        Of the squad, of any time.
    first, last : date
        The span, both ends included.
    exposure : mapping of athlete to Exposure
        Of everybody in the squad, also of those without a file.

    References
    ----------
    Bahr et al. 2020 (IOC consensus), 10.1136/bjsports-2019-101969.
    """
    known = list(injuries)
    new = [one for one in known if first <= one.onset <= last]
    timed = {athlete: one.running_s / 3600.0 for athlete, one in exposure.items() if one.running_s is not None}
    measured = {athlete: one.running_m / 1000.0 for athlete, one in exposure.items() if one.running_m is not None}
    hours, kilometres = sum(timed.values()), sum(measured.values())
    new_timed = sum(one.athlete_id in timed for one in new)
    new_measured = sum(one.athlete_id in measured for one in new)
    lost_timed = sum(_lost_within(one, first, last) for one in known if one.athlete_id in timed)
    severity = dict.fromkeys(("0", "1-7", "8-28", ">28"), 0)
    for one in new:
        if one.time_loss_days is not None and one.returned is not None and one.returned <= last:
            severity[time_loss_bin(one.time_loss_days)] += 1
    hurt = {one.athlete_id for one in known if one.open_on(last)}
    return InjuryFigures(
        first,
        last,
        len(new),
        rate(new_timed, hours, PER_HOURS),
        rate(new_measured, kilometres, PER_KM),
        PER_HOURS * lost_timed / hours if hours > 0 else None,
        LeftOut(len(exposure) - len(timed), len(new) - new_timed, sum(one.without_time for one in exposure.values())),
        LeftOut(
            len(exposure) - len(measured),
            len(new) - new_measured,
            sum(one.without_distance for one in exposure.values()),
        ),
        sum(_lost_within(one, first, last) for one in known),
        (len(hurt), len(exposure)),
        severity,
        sum(one.open_on(last) for one in new),
    )


def rate(count: int, exposure: float, per: float) -> Rate:
    """A count against an exposure, per so many units of it, with the exact 95 % range of a Poisson count."""
    if exposure <= 0:
        return Rate(count, exposure, None, None, None)
    low = chi2.ppf(0.025, 2 * count) / 2.0 if count else 0.0
    high = chi2.ppf(0.975, 2 * (count + 1)) / 2.0
    return Rate(count, exposure, per * count / exposure, float(per * low / exposure), float(per * high / exposure))


def _lost_within(injury: Injury, first: date, last: date) -> int:
    """Days after onset and before full return that lie within a span."""
    begin = max(injury.onset.toordinal() + 1, first.toordinal())
    end = last.toordinal() if injury.returned is None else min(injury.returned.toordinal() - 1, last.toordinal())
    return max(end - begin + 1, 0)
