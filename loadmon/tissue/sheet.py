"""One runner's tissue sheet: runs, days and weeks of every tissue, spikes, and which tissue is faster than the volume."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon.athlete import Athlete
from loadmon.days import day_number, day_numbers, day_of_number
from loadmon.finding import Finding
from loadmon.measure import FACTS_WAIT
from loadmon.tissue.acceleration import divergence
from loadmon.tissue.call import Calls, calls_on
from loadmon.tissue.coefficients import Coefficients, default_coefficients
from loadmon.tissue.conditions import HEIGHT, conditions_of
from loadmon.tissue.course import MOSTLY_WALKED
from loadmon.tissue.divergence_told import DivergenceTold, without_draws
from loadmon.tissue.draws import DRAWS
from loadmon.tissue.exposure import Exposure
from loadmon.tissue.exposure_bytes import exposure_from, is_current
from loadmon.tissue.findings import FindingNote, finding_notes
from loadmon.tissue.kept_loads import KeptLoads
from loadmon.tissue.ledger import Ledger, daily_ledger, weekly
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.quantiles import quantiles_of
from loadmon.tissue.reference import ReferenceEpoch, reference_epoch
from loadmon.tissue.runner import RunnerReference
from loadmon.tissue.sheet_runs import TissueRuns, runs_of, spikes_of
from loadmon.tissue.spike import TissueSpikes, tissue_spikes

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class TissueSheet:
    """What a runner's tissues took, as of a day; N days, T tissues.

    Parameters
    ----------
    athlete_id : int
    today : date
        The last day; nothing after it is in any number.
    tissues : tuple of str, length T
    version : str
        Of the coefficients.
    reference : RunnerReference
        Whom runs are told against, with the mass of today.
    assumed : tuple of str
        What had to be assumed of the runner, as keys of ``FLAG_WORDS``.
    epoch : ReferenceEpoch | None
        The weeks the reference was learnt from.
    notes : tuple of FindingNote
        What was found in the runner's gait and holds today, and what it does to the numbers.
    runs : TissueRuns
    spikes : TissueSpikes
        Row by row as ``runs``.
    days : Ledger
        From the first run with an exposure; without draws.
    day_quantiles_m : array of shape (3, N, T)
        Of each day's damage.
    lacking : mapping of date to tuple of str
        Why days are partly recorded: codes of ``loadmon.measure.REASON_WORDS``.
    weeks : DataFrame
        As ``loadmon.tissue.ledger.weekly`` makes it.
    divergence : DivergenceTold
    calls : Calls | None
        What stands out today; None without draws or without any day.
    """

    athlete_id: int
    today: date
    tissues: tuple[str, ...]
    version: str
    reference: RunnerReference
    assumed: tuple[str, ...]
    epoch: ReferenceEpoch | None
    notes: tuple[FindingNote, ...]
    runs: TissueRuns
    spikes: TissueSpikes
    days: Ledger
    day_quantiles_m: Floats
    lacking: Mapping[date, tuple[str, ...]]
    weeks: pd.DataFrame
    divergence: DivergenceTold
    calls: Calls | None

    @property
    def walked_days(self) -> NDArray[np.bool_]:
        """Days on which all that was run was mostly walked: their load is told, their damage is not; shape (N,)."""
        fraction, row = self.runs.walk_fraction, day_numbers(self.runs.day) - self.days.first_day
        n, told = len(self.days.known), ~np.isnan(fraction)
        walked, run = (
            np.bincount(row[told & kind], minlength=n) for kind in (fraction > MOSTLY_WALKED, fraction <= MOSTLY_WALKED)
        )
        return np.asarray((walked > 0) & (run == 0))


def tissue_sheet(
    athlete: Athlete,
    runs: pd.DataFrame,
    exposures: Mapping[int, bytes],
    *,
    today: date,
    found: Sequence[Finding] = (),
    unknown: Sequence[date] = (),
    coefficients: Coefficients | None = None,
    draws: int | None = DRAWS,
    kept: KeptLoads | None = None,
    with_assumed: bool = False,
) -> TissueSheet:
    """What a runner's tissues took up to a day, from what is kept of their runs: no stream is read.

    Parameters
    ----------
    athlete : Athlete
    runs : DataFrame
        The runner's own runs that count, in the order in which they were run: session_id, local_day, exposure_reason. Later
        ones than ``today`` are passed over.
    exposures : mapping of session to bytes
        As ``loadmon.tissue.exposure_bytes`` made them; a run that is not in it has none.
    today : date
        On the runner's own clock, or an earlier day as of which all is to be told.
    found : sequence of Finding
        The runner's own, in the order in which they were noted. Each counts from its day on.
    unknown : sequence of date
        Days declared missing.
    coefficients : Coefficients | None
        None for those that ship with loadmon.
    draws : int | None
        None for no intervals and no calls: a quarter of the work.
    kept : KeptLoads | None
        Where runs told before are found; None tells all of them anew.
    with_assumed : bool
        Also rank tissues whose numbers are nearly all assumptions.

    Raises
    ------
    DamagedFile
        If a kept exposure cannot be read.
    """
    numbers = coefficients or default_coefficients()
    upto = day_numbers(runs["local_day"]) <= day_number(today)
    session_ids = runs["session_id"].to_numpy(dtype=np.int64)[upto]
    days = [day_of_number(int(n)) for n in day_numbers(runs["local_day"])[upto]]
    blobs = [exposures.get(number, b"") for number in session_ids.tolist()]
    reasons = [
        _reason(data, code) for data, code in zip(blobs, runs["exposure_reason"].array[upto].tolist(), strict=True)
    ]
    has = np.array([bool(data) and is_current(data) for data in blobs], dtype=bool)
    there = np.flatnonzero(has).tolist()
    data, ran = [blobs[n] for n in there], [days[n] for n in there]
    conditions, epoch = _told_against(athlete, data, ran, found, numbers, today)
    told = (KeptLoads() if kept is None else kept).of(data, conditions[:-1], numbers, draws)
    lacking = _lacking(days, reasons)
    ledger = daily_ledger(ran, told.told, told.drawn, today=today, unknown=unknown, lacking=list(lacking))
    gone = divergence(ledger, numbers)
    spikes = tissue_spikes(
        ran,
        told.told.damage_m[0],
        told.told.course.distance_m,
        None if told.drawn is None else told.drawn.damage_m,
        unknown=[*lacking, *unknown],
        walked=told.told.course.walk_fraction > MOSTLY_WALKED,
    )
    drawn_m = ledger.drawn_damage_m
    return TissueSheet(
        athlete_id=athlete.id,
        today=today,
        tissues=numbers.tissues,
        version=numbers.version,
        reference=conditions[-1].runner,
        assumed=conditions[-1].runner.assumed(),
        epoch=epoch,
        notes=finding_notes(conditions[-1].found, numbers),
        runs=runs_of(session_ids, days, reasons, has, told, conditions[:-1]),
        spikes=spikes_of(spikes, has, reasons),
        days=replace(ledger, drawn_load_bws=drawn_m[:, :, :0], drawn_damage_m=drawn_m[:, :, :0].copy()),
        day_quantiles_m=quantiles_of(drawn_m),
        lacking=lacking,
        weeks=weekly(ledger),
        divergence=without_draws(gone),
        calls=calls_on(today, gone, numbers, with_assumed=with_assumed) if drawn_m.size else None,
    )


def _reason(data: bytes, code: object) -> str | None:
    if isinstance(code, str):
        return code
    return None if data and is_current(data) else FACTS_WAIT


def _told_against(
    athlete: Athlete,
    data: Sequence[bytes],
    days: Sequence[date],
    found: Sequence[Finding],
    coefficients: Coefficients,
    today: date,
) -> tuple[list[RunConditions], ReferenceEpoch | None]:
    """The conditions of each run, and last those of today; and the weeks they are told against."""
    indoors: list[bool] = []

    def looked_at() -> Iterator[Exposure]:
        for one in data:
            exposure = exposure_from(one)
            indoors.append(exposure.treadmill)
            yield exposure

    epoch = reference_epoch(looked_at(), days, coefficients, athlete.threshold(HEIGHT, today))
    mostly = bool(indoors) and sum(indoors) > len(indoors) / 2
    return conditions_of([*days, today], athlete, found, epoch, today=today, treadmill=mostly), epoch


def _lacking(days: Sequence[date], reasons: Sequence[str | None]) -> dict[date, tuple[str, ...]]:
    why: dict[date, tuple[str, ...]] = {}
    for day, code in zip(days, reasons, strict=True):
        if code is not None and code not in why.get(day, ()):
            why[day] = (*why.get(day, ()), code)
    return why
