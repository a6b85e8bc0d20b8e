"""Running dynamics run by run: each figure's middle value over the steady half minutes, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.gait.dynamics import duty_factor, flight_s, leg_length, step_length_m, vertical_ratio_pct
from loadmon.gait.own_rule import own_rule
from loadmon.gait.stiffness import REASONS, stiffness
from loadmon.gait.watch import watch_stretches
from loadmon.gait.windows import BESIDE
from loadmon.measure import (
    MEASURED_LITTLE,
    MISSING_CONTACT,
    NO_CADENCE,
    NO_FLIGHT,
    NOT_MEASURED,
    TOO_FEW_WINDOWS,
)

Floats = NDArray[np.float64]
Codes = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Dynamic:
    """One figure of running dynamics: its column, its SI unit and what exactly it is.

    Parameters
    ----------
    with_speed : bool
        True where it follows speed, so that runs are compared at one pace.
    """

    name: str
    unit: str
    definition: str
    with_speed: bool = True


DYNAMICS: tuple[Dynamic, ...] = (
    Dynamic("stance_time_s", "s", "ground contact of one step, as the watch measures it"),
    Dynamic("flight_s", "s", "step time (60 / cadence) minus ground contact"),
    Dynamic("duty_factor", "share of a stride", "ground contact over two steps"),
    Dynamic("step_length_m", "m", "60 x speed / cadence"),
    Dynamic("vertical_oscillation_m", "m", "rise of the body in one step, as the watch measures it"),
    Dynamic("vertical_ratio_pct", "%", "vertical oscillation over step length (the watch's own, else 60 x speed / cadence)"),
    Dynamic("leg_stiffness_n_per_m", "N/m", "greatest force over how far the leg shortens (Morin 2005), on slopes up to 2 %"),
    Dynamic("stance_balance_left_pct", "%", "left foot's share of ground contact, as the watch measures it", with_speed=False),
)  # fmt: skip
"""Every figure that ``dynamics_by_run`` gives; all are middle values over the steady half minutes of a run."""

_LEAST = int(evidence.CADENCE_RUN_WINDOWS.value)


def dynamics_by_run(windows: pd.DataFrame, runs: pd.DataFrame, limits: pd.DataFrame | None = None) -> pd.DataFrame:
    """What the watch tells of each run's steps, one row a run.

    Parameters
    ----------
    windows : DataFrame
        session_id and ``WINDOW_COLUMNS`` of many runs, of one or many runners.
    runs : DataFrame
        As for ``gait.watch.watch_stretches``, with median_cadence_spm (NaN where cadence was not measured).
    limits : DataFrame | None
        With the index of ``runs``: mass_kg, height_m, leg_length_m that held on the day, NaN for not known.

    Returns
    -------
    DataFrame
        One row a counted run, by runner and start: session_id, athlete_id, local_day, stretch, device, new_watch,
        treadmill, n_windows, speed_mps, cadence_spm; for each of ``DYNAMICS`` its value (NaN where there is none), the
        reason (``…_reason``, missing where there is a value) and, where it follows speed, ``…_at_pace``: brought to 3.0 m/s
        on the flat by the runner's own rule, NaN until that is learnt. slopes_unknown and
        leg_estimated (from height): True where a stiffness is provisional for that.
    """
    kept = watch_stretches(runs)
    told = pd.DataFrame({"session_id": runs["session_id"], "no_cadence": runs["median_cadence_spm"].isna()})
    for name in ("mass_kg", "height_m", "leg_length_m"):
        told[name] = np.nan if limits is None else limits[name]
    kept = kept.merge(told, on="session_id", how="left")
    leg, estimated = leg_length(kept.pop("leg_length_m"), kept.pop("height_m"))
    kept = kept.assign(leg_m=leg, leg_estimated=estimated)
    own = windows.reindex(columns=windows.columns.union([*BESIDE, "grade_known", "treadmill"], sort=False))
    place = pd.Index(kept["session_id"]).get_indexer(own["session_id"])
    own, place = own[place >= 0], place[place >= 0]
    for name in ("stretch", "athlete_id", "local_day", "mass_kg", "leg_m"):
        own = own.assign(**{name: kept[name].to_numpy()[place]})
    values, blocked = _in_windows(own)
    per_run = _middles(kept, own, values, place)
    _tell_reasons(per_run, kept, values, blocked, place)
    return per_run


def _in_windows(own: pd.DataFrame) -> tuple[dict[str, Floats], NDArray[np.int64]]:
    """Each figure in each window, and the place in ``REASONS`` of what keeps a window from having a stiffness."""
    speed, cadence, contact, rise, length, leg = (
        own[name].to_numpy(dtype=np.float64)
        for name in ("speed_mps", "cadence_spm", "stance_time_s", "vertical_oscillation_m", "step_length_m", "leg_m")
    )
    slope = own["uphill"].to_numpy(dtype=np.float64) + own["downhill"].to_numpy(dtype=np.float64)
    found = stiffness(own["mass_kg"].to_numpy(dtype=np.float64), speed, leg, cadence, contact, slope)
    flight, step = flight_s(cadence, contact), step_length_m(speed, cadence)
    values = {
        "stance_time_s": contact,
        "flight_s": np.where(flight > 0, flight, np.nan),
        "duty_factor": duty_factor(cadence, contact),
        "step_length_m": step,
        "vertical_oscillation_m": rise,
        "vertical_ratio_pct": vertical_ratio_pct(rise, np.where(np.isnan(length), step, length)),
        "leg_stiffness_n_per_m": found.leg_n_per_m,
        "stance_balance_left_pct": own["stance_balance_left_pct"].to_numpy(dtype=np.float64),
    }
    return values, found.reason


def _middles(kept: pd.DataFrame, own: pd.DataFrame, values: dict[str, Floats], place: NDArray[np.intp]) -> pd.DataFrame:
    """One row a run: the middle of each figure, as it was and at the common pace, where four windows have it."""
    table = pd.DataFrame(
        {"speed_mps": own["speed_mps"].to_numpy(), "cadence_spm": own["cadence_spm"].to_numpy(), **values}
    )
    for dynamic in DYNAMICS:
        if dynamic.with_speed:
            table[f"{dynamic.name}_at_pace"] = _at_pace(own, values[dynamic.name])
    by_run = table.groupby(place, sort=True)
    every = pd.RangeIndex(len(kept))
    counts = by_run.count().reindex(every, fill_value=0)
    middles = by_run.median().reindex(every).where(counts >= _LEAST)
    flags = pd.DataFrame({"treadmill": own["treadmill"].to_numpy(bool), "known": own["grade_known"].to_numpy(bool)})
    flags = flags.groupby(place).agg({"treadmill": "any", "known": "all"}).reindex(every, fill_value=False)
    head = kept[["session_id", "athlete_id", "local_day", "stretch", "device", "new_watch"]]
    return head.assign(
        treadmill=flags["treadmill"].to_numpy(),
        n_windows=counts["speed_mps"].to_numpy(),
        slopes_unknown=~flags["known"].to_numpy(),
        leg_estimated=kept["leg_estimated"].to_numpy(dtype=bool),
        **{str(name): middles[name].to_numpy() for name in middles},
    )


def _at_pace(own: pd.DataFrame, values: Floats) -> Floats:
    """The figure of each window brought to the common pace by its runner's own rule; NaN without one."""
    out = np.full(len(own), np.nan)
    athlete = own["athlete_id"].to_numpy()
    for one in np.unique(athlete[np.isfinite(values)]).tolist():
        theirs = athlete == one
        rule = own_rule(own[theirs], values[theirs])
        if rule is not None:
            out[theirs] = rule.at_pace(values[theirs], own[theirs])
    return out


def _tell_reasons(per_run: pd.DataFrame, kept: pd.DataFrame, values: dict[str, Floats], blocked: NDArray[np.int64],
                  place: NDArray[np.intp]) -> None:  # fmt: skip
    """Add to the table why each missing figure is missing."""
    n = len(kept)
    few = per_run["n_windows"].to_numpy() < _LEAST
    cadence_missing = kept["no_cadence"].to_numpy(dtype=bool)
    measured = {
        name: np.bincount(place[np.isfinite(values[name])], minlength=n)
        for name in (dynamic.name for dynamic in DYNAMICS)
    }
    contact = measured["stance_time_s"] >= _LEAST
    counted = np.zeros((n, len(REASONS)), dtype=np.int64)
    np.add.at(counted, (place[blocked >= 0], blocked[blocked >= 0]), 1)
    reasons: dict[str, Codes] = {
        "stance_time_s": _every(MISSING_CONTACT, n),
        "flight_s": np.where(contact, _every(NO_FLIGHT, n), _every(MISSING_CONTACT, n)),
        "duty_factor": _every(MISSING_CONTACT, n),
        "leg_stiffness_n_per_m": np.array(REASONS, dtype=object)[counted.argmax(axis=1)],
    }
    little = {dynamic.name: measured[dynamic.name] > 0 for dynamic in DYNAMICS}
    # these say more than that they are few: no flight at all, or what keeps the windows from having a stiffness
    little["flight_s"] = little["stance_time_s"] & ~contact
    little["leg_stiffness_n_per_m"] = little["flight_s"]
    for dynamic in DYNAMICS:
        told = reasons.get(dynamic.name, _every(NOT_MEASURED, n)).copy()
        told[little[dynamic.name]] = MEASURED_LITTLE
        told[few] = TOO_FEW_WINDOWS
        told[cadence_missing] = NO_CADENCE
        told[per_run[dynamic.name].notna().to_numpy()] = None
        per_run[f"{dynamic.name}_reason"] = pd.array(told, dtype="str")


def _every(code: str, n: int) -> Codes:
    return np.full(n, code, dtype=object)
