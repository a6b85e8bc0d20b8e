"""Running dynamics as the screen says them: which figures, under which names, in which units."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from loadmon.gait.against_own import against_own
from loadmon.gait.run_dynamics import DYNAMICS
from loadmon.measure import reason_words


@dataclass(frozen=True, slots=True)
class ShownDynamic:
    """One figure of running dynamics on the screen.

    Parameters
    ----------
    name : str
        Of ``gait.run_dynamics.DYNAMICS``.
    title, unit : str
        On the screen; the unit is the one that is shown.
    times : float
        What turns the inside unit into the one that is shown.
    digits : int
        Decimals of the shown unit.
    least_span : float
        So much of the unit an axis shows at least.
    """

    name: str
    title: str
    unit: str
    times: float
    digits: int
    least_span: float

    def words(self, value: float) -> str:
        """A value in the shown unit: ``248 ms``."""
        return f"{value * self.times:.{self.digits}f} {self.unit}".strip()

    def beside(self, row: pd.Series) -> tuple[str, str, str]:
        """A value of ``compared`` and the ends of its band: one more decimal where the usual ones hide that it lies outside."""
        ends = [row["value"], row["low"], row["high"]]
        texts = [f"{end:.{self.digits}f}" for end in ends]
        if row["outside"] and texts[0] in texts[1:]:
            texts = [f"{end:.{self.digits + 1}f}" for end in ends]
        if row["outside"] and texts[0] in texts[1:]:
            texts = [f"{end:.{self.digits + 2}f}" for end in ends]
        return texts[0], texts[1], texts[2]


def where_words(row: pd.Series) -> str:
    """Whether a run's value lies within, above or below its band."""
    if not row["outside"]:
        return "within"
    return "above" if row["difference"] > 0 else "below"


SHOWN: dict[str, ShownDynamic] = {
    shown.name: shown
    for shown in (
        ShownDynamic("stance_time_s", "Ground contact", "ms", 1000.0, 0, 40.0),
        ShownDynamic("flight_s", "Flight", "ms", 1000.0, 0, 40.0),
        ShownDynamic("duty_factor", "Duty factor", "", 1.0, 3, 0.05),
        ShownDynamic("vertical_oscillation_m", "Vertical oscillation", "cm", 100.0, 1, 2.0),
        ShownDynamic("vertical_ratio_pct", "Vertical ratio", "%", 1.0, 1, 2.0),
        ShownDynamic("step_length_m", "Step length", "m", 1.0, 2, 0.2),
        ShownDynamic("stance_balance_left_pct", "Balance, left", "%", 1.0, 1, 3.0),
        ShownDynamic("leg_stiffness_n_per_m", "Leg stiffness", "kN/m", 0.001, 1, 3.0),
    )
}
"""In the order in which they are offered."""

PROVISIONAL = {
    (True, False): "Provisional: the leg's length is taken from height.",
    (False, True): "Provisional: the slopes of the run are not known.",
    (True, True): "Provisional: the leg's length is taken from height, and the slopes of the run are not known.",
}
"""Said of a stiffness by what it rests on: an estimated leg, slopes that are not known."""
_BY_LEG_AND_SLOPE = ("leg_stiffness_n_per_m",)

FIRST_SHOWN = ("stance_time_s", "vertical_ratio_pct", "stance_balance_left_pct")
"""Shown when running dynamics are asked for the first time."""


def definition(name: str) -> str:
    """What exactly a figure is, for its label."""
    return next(one.definition for one in DYNAMICS if one.name == name)


def compared(dynamics: pd.DataFrame, shown: ShownDynamic) -> pd.DataFrame:
    """One figure of each run beside the runner's own usual, in the shown unit.

    Parameters
    ----------
    dynamics : DataFrame
        As ``gait.run_dynamics.dynamics_by_run`` gives it, of one runner.
    shown : ShownDynamic
        Which.

    Returns
    -------
    DataFrame
        One row a counted run: session_id, day, value (brought to the common pace where that is known), usual, low, high
        (NaN without a comparison), outside, difference, n_runs, at_pace, provisional (a sentence of ``PROVISIONAL``, or
        empty), reason (why there is no comparison or no value, a code of ``loadmon.measure``), words (the same in words).
    """
    own = against_own(dynamics, shown.name)
    numbers = {
        name: own[column] * shown.times
        for name, column in (("value", "compared"), ("usual", "usual"), ("low", "low"), ("high", "high"),
                             ("difference", "difference"))
    }  # fmt: skip
    return pd.DataFrame(
        {
            "session_id": own["session_id"],
            "day": own["local_day"],
            **{name: values.round(shown.digits + 2) for name, values in numbers.items()},
            "outside": own["outside"].astype(bool) & own["usual"].notna(),
            "n_runs": own["n_runs"],
            "at_pace": own["at_pace"],
            "provisional": _provisional(dynamics) if shown.name in _BY_LEG_AND_SLOPE else "",
            "reason": own["reason"],
            "words": [reason_words(code) if isinstance(code, str) else "" for code in own["reason"]],
        }
    )


def _provisional(dynamics: pd.DataFrame) -> list[str]:
    """What each run's stiffness rests on that is not known for sure."""
    flags = zip(dynamics["leg_estimated"], dynamics["slopes_unknown"], strict=True)
    return [PROVISIONAL.get((bool(leg), bool(slopes)), "") for leg, slopes in flags]
