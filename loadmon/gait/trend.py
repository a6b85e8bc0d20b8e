"""Cadence from run to run: one value each, and whether the last eight weeks show a change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import day_number, day_numbers, day_of_number
from loadmon.gait.baseline import CadenceModel
from loadmon.gait.step_change import step_changes
from loadmon.measure import DEVICE_NEW, TOO_FEW_RUNS, TOO_FEW_WINDOWS, TREND_TOO_SHORT

DEFINITION = "median cadence of steady half minutes, brought to one pace on the flat"
RUN_WINDOWS = int(evidence.CADENCE_RUN_WINDOWS.value)
TREND_DAYS = int(evidence.CADENCE_TREND_DAYS.value)


@dataclass(frozen=True, slots=True)
class CadenceStep:
    """How far cadence moved by steps inside a trend's window; a slope over steps tells more, or less, than there was.

    Parameters
    ----------
    change_spm : float
        Level after the last step minus level before the first.
    day : date
        First day of the newest level.
    count : int
        Steps in the window.
    runs_before, runs_after : int
        Runs of the levels the change lies between.
    """

    change_spm: float
    day: date
    count: int
    runs_before: int
    runs_after: int


@dataclass(frozen=True, slots=True)
class CadenceTrend:
    """Whether cadence at the same pace has changed over the last eight weeks.

    Parameters
    ----------
    slope_spm_per_day, low_spm_per_day, high_spm_per_day : float | None
        Theil-Sen slope and its 95 % interval; None with ``reason``.
    change_spm : float | None
        Slope times 56 days.
    changed : bool
        True where the interval excludes 0 and the change is 2 steps a minute or more.
    p_corrected, p_plain : float | None
        Mann-Kendall, with and without allowing for runs that resemble their neighbours; quote the corrected one. It is
        None where the correction itself fails (a negative variance, in short or very steady series).
    mann_kendall_s, tau : float | None
        Its statistic.
    n_runs : int
        Runs with a value in the window.
    reason : str | None
        Code where there is no trend.
    first_day, last_day : date | None
        First and last run used.
    surface : str | None
        ``"ground"`` or ``"treadmill"``: the one it is told of; None where surfaces were not told apart.
    left_out : int
        Runs of the window on the other surface.
    other_watch : int
        Runs of the window that another watch measured; none of them is used.
    stretch : int | None
        The watch it is told of (``gait.watch.watch_stretches``); None where watches were not told apart.
    step : CadenceStep | None
        The steps inside the window, as ``runner_cadence`` finds them; they are told instead of the slope.
    """

    slope_spm_per_day: float | None
    low_spm_per_day: float | None
    high_spm_per_day: float | None
    change_spm: float | None
    changed: bool
    p_corrected: float | None
    p_plain: float | None
    mann_kendall_s: float | None
    tau: float | None
    n_runs: int
    reason: str | None
    first_day: date | None
    last_day: date | None
    surface: str | None = None
    left_out: int = 0
    other_watch: int = 0
    stretch: int | None = None
    step: CadenceStep | None = None


@dataclass(frozen=True, slots=True)
class RunnerCadence:
    """What is told of one runner's cadence: the newest run that has a value, its day, and the trend.

    Parameters
    ----------
    latest_spm : float | None
        At the common pace on the flat; None if no run has a value.
    latest_day : date | None
        Day of that run.
    trend : CadenceTrend
        Of the last eight weeks.
    provisional : bool
        True where other runners' numbers had to stand in for the runner's own rule.
    model : CadenceModel | None
        The rule itself, which knows what is lacking; None where it is not at hand.
    surface : str | None
        ``"ground"`` or ``"treadmill"``: of the newest run; None where it is not told.
    """

    latest_spm: float | None
    latest_day: date | None
    trend: CadenceTrend
    provisional: bool
    model: CadenceModel | None = None
    surface: str | None = None


def runner_cadence(values: pd.DataFrame, model: CadenceModel, today: date) -> RunnerCadence:
    """The newest value and the trend of one runner, from their runs' values.

    Parameters
    ----------
    values : DataFrame
        As ``run_values`` gives them.
    model : CadenceModel
        The one they were made with.
    today : date
        The runner's own day.
    """
    known = values[values["value_spm"].notna()]
    days = day_numbers(known["local_day"])
    found = trend(values, today=today)
    if found.slope_spm_per_day is not None:
        found = replace(found, step=step_inside(step_changes(known), found))
    if not len(known):
        return RunnerCadence(None, None, found, provisional=model.is_prior, model=model)
    newest = len(days) - 1 - int(np.argmax(days[::-1]))
    return RunnerCadence(
        float(known["value_spm"].iloc[newest]),
        day_of_number(int(days[newest])),
        found,
        provisional=model.is_prior,
        model=model,
        surface="treadmill" if known["treadmill"].iloc[newest] else "ground",
    )


def step_inside(steps: pd.DataFrame, found: CadenceTrend) -> CadenceStep | None:
    """The steps between the runs a trend was told from, on its surface and by its watch; None where there is none.

    Parameters
    ----------
    steps : DataFrame
        Of one runner, as ``gait.step_change.step_changes`` gives them.
    found : CadenceTrend
        The trend; a step stands for its slope.
    """
    if found.first_day is None or found.last_day is None:
        return None
    inside = steps[
        (steps["local_day"] > pd.Timestamp(found.first_day))
        & (steps["local_day"] <= pd.Timestamp(found.last_day))
        & (steps["treadmill"] == (found.surface == "treadmill"))
        & (steps["stretch"] == (-1 if found.stretch is None else found.stretch))
    ]
    if inside.empty:
        return None
    first, last = inside.iloc[0], inside.iloc[-1]
    return CadenceStep(
        float(last["after"] - first["before"]),
        last["local_day"].date(),
        len(inside),
        int(first["runs_before"]),
        int(last["runs_after"]),
    )


def run_values(windows: pd.DataFrame, model: CadenceModel, *, minimum_windows: int = RUN_WINDOWS) -> pd.DataFrame:
    """Cadence of every run of one runner at the common pace on the flat, in steps of both feet a minute.

    Parameters
    ----------
    windows : DataFrame
        session_id, local_day and ``WINDOW_COLUMNS`` of many runs.
    model : CadenceModel
        The runner's own, or the stand-in.

    Returns
    -------
    DataFrame
        One row a run, by day: session_id, local_day (datetime64[us]), treadmill, value_spm (NaN with reason), n_windows,
        reason, provisional (True where other runners' numbers had to stand in, or the slope is not known).
    """
    table = pd.DataFrame(
        {
            "session_id": windows["session_id"].to_numpy(),
            "local_day": day_numbers(windows["local_day"]),
            "treadmill": windows["treadmill"].to_numpy(dtype=bool),
            "value_spm": model.adjusted(windows),
            "grade_known": windows["grade_known"].to_numpy(dtype=bool),
        }
    )
    by_run = table.groupby(["local_day", "session_id"])
    runs = by_run.agg(
        median=("value_spm", "median"),
        size=("value_spm", "size"),
        treadmill=("treadmill", "any"),
        grade_known=("grade_known", "all"),
    ).reset_index()
    enough = runs["size"].to_numpy() >= minimum_windows
    return pd.DataFrame(
        {
            "session_id": runs["session_id"].to_numpy(),
            "local_day": runs["local_day"].to_numpy().astype("datetime64[D]").astype("datetime64[us]"),
            "treadmill": runs["treadmill"].to_numpy(),
            "value_spm": np.where(enough, runs["median"].to_numpy(), np.nan),
            "n_windows": runs["size"].to_numpy(),
            "reason": pd.Categorical.from_codes(np.where(enough, -1, 0), categories=pd.Index([TOO_FEW_WINDOWS])),
            "provisional": model.is_prior | ~runs["grade_known"].to_numpy(dtype=bool),
        }
    )


def trend(values: pd.DataFrame, *, today: date | None = None, days: int | None = TREND_DAYS) -> CadenceTrend:
    """Whether the runner's cadence at the same pace went up or down over the last eight weeks.

    Parameters
    ----------
    values : DataFrame
        local_day, value_spm and treadmill of each run, as ``run_values`` gives them; NaN values are left out. Treadmill
        and ground are never mixed: the surface with more runs in the window is told (of equals the later one), because
        going indoors for the winter is no change of form. Without the column all runs are one surface. With a column
        stretch (``gait.watch.watch_stretches``) watches are not mixed either: that of the last run is told, or another one
        with more runs that was still used after it came. A new watch with too few runs gives its own reason.
    today : date | None
        Last day of the window; the last run's day if not given.
    days : int | None
        Length of the window; None for all runs.

    References
    ----------
    Theil-Sen slope with 95 % interval; Mann-Kendall test corrected for autocorrelation (Hamed & Rao 1998,
    10.1016/S0022-1694(97)00125-X). What counts as a change is a loadmon convention.
    """
    inside = _inside(values, today, days)
    told, surface = _one_surface(inside)
    left_out = len(inside) - len(told)
    told, other_watch = _one_watch(told)
    stretch = int(told["stretch"].iloc[0]) if "stretch" in told and len(told) else None
    day, cadence = day_numbers(told["local_day"]), told["value_spm"].to_numpy(dtype=np.float64)
    n = len(day)
    first, last = (day_of_number(int(day[0])), day_of_number(int(day[-1]))) if n else (None, None)
    span = int(day[-1]) - int(day[0]) if n else 0
    if n < evidence.CADENCE_TREND_RUNS.value or span < min(evidence.CADENCE_TREND_SPAN.value, days or np.inf):
        reason = TOO_FEW_RUNS if n < evidence.CADENCE_TREND_RUNS.value else TREND_TOO_SHORT
        if other_watch and n + other_watch >= evidence.CADENCE_TREND_RUNS.value:
            reason = DEVICE_NEW
        return CadenceTrend(None, None, None, None, changed=False, p_corrected=None, p_plain=None, mann_kendall_s=None,
                            tau=None, n_runs=n, reason=reason, first_day=first, last_day=last, surface=surface,
                            left_out=left_out, other_watch=other_watch, stretch=stretch)  # fmt: skip
    from pymannkendall import hamed_rao_modification_test, original_test  # loaded only where a trend is asked for
    from scipy.stats import theilslopes

    slope, _, low, high = (float(v) for v in theilslopes(cadence, day.astype(np.float64), 0.95))
    plain = original_test(cadence)
    with np.errstate(invalid="ignore"):  # in short or steadily moving series the corrected variance comes out negative
        corrected = hamed_rao_modification_test(cadence)
    change = slope * TREND_DAYS
    p_corrected = float(corrected.p)
    return CadenceTrend(
        slope_spm_per_day=slope,
        low_spm_per_day=low,
        high_spm_per_day=high,
        change_spm=change,
        changed=bool((low > 0 or high < 0) and abs(change) >= evidence.CADENCE_CHANGE_SPM.value),
        p_corrected=p_corrected if np.isfinite(p_corrected) else None,
        p_plain=float(plain.p),
        mann_kendall_s=float(plain.s),
        tau=float(plain.Tau),
        n_runs=n,
        reason=None,
        first_day=first,
        last_day=last,
        surface=surface,
        left_out=left_out,
        other_watch=other_watch,
        stretch=stretch,
    )


def _inside(values: pd.DataFrame, today: date | None, days: int | None) -> pd.DataFrame:
    """Runs with a value in the window up to ``today`` (or the last run), by day."""
    known = values[values["value_spm"].notna()]
    order = np.argsort(day_numbers(known["local_day"]), kind="stable")
    known = known.iloc[order]
    day = day_numbers(known["local_day"])
    if not len(day) or days is None:
        return known
    end = day_number(today) if today is not None else int(day[-1])
    return known[(day > end - days) & (day <= end)]


def _one_surface(runs: pd.DataFrame) -> tuple[pd.DataFrame, str | None]:
    """The runs on the surface that has more of them (of equals the later one), and its name."""
    if "treadmill" not in runs or not len(runs):
        return runs, None
    treadmill = runs["treadmill"].to_numpy(dtype=bool)
    indoors = 2 * treadmill.sum() > len(runs) or (2 * treadmill.sum() == len(runs) and bool(treadmill[-1]))
    return runs[treadmill == indoors], "treadmill" if indoors else "ground"


def _one_watch(runs: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The runs of one watch, and how many others there are: that of the last run, or one used more that was not replaced."""
    if "stretch" not in runs or not len(runs):
        return runs, 0
    stretch = runs["stretch"].to_numpy()
    newest = stretch[-1]
    still_used = np.unique(stretch[int(np.argmax(stretch == newest)) :])
    told = max(still_used.tolist(), key=lambda one: (np.count_nonzero(stretch == one), one == newest))
    return runs[stretch == told], int(np.count_nonzero(stretch != told))
