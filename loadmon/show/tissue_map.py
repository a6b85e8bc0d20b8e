"""What stands on the body map and in the table beside it: a sign, a number, an interval and a sentence for every tissue."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.show.charts import legs
from loadmon.show.charts.body_map import FASTER, NEITHER, SLOWER
from loadmon.show.tissue_words import confidence_words, load_unit, map_words, sign_of
from loadmon.tissue.call import Calls, TissueCall
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.sentences import interval_words, percent
from loadmon.tissue.week import TissueWeek
from loadmon.units import NOTHING, Units

_FULL = evidence.TISSUE_SHADES.value
SHADES = ((0.0, 0.0), (evidence.DIVERGENCE.value / 100.0, 0.34), (_FULL / 2.0, 0.52), (_FULL, 0.7))
"""From which share against the steps a patch is how strongly filled. The ground shows through all of them, so that a sign can
be read on it, light or dark."""
UNCERTAIN_SHARE = 0.45
"""How much of its strength is left to a patch whose direction is uncertain."""


def strength(call: TissueCall) -> float:
    """How strongly a tissue's patch is filled: by its distance from the runner's steps, less where the direction is uncertain."""
    if call.middle is None:
        return 0.0
    full = max(shade for least, shade in SHADES if abs(call.middle) >= least)
    return round(full * (UNCERTAIN_SHARE if is_uncertain(call) else 1.0), 3)


def is_uncertain(call: TissueCall) -> bool:
    """True where the interval holds both faster and slower than the steps."""
    if call.low is None or call.high is None:
        return True
    return call.low < 0.0 < call.high and not call.called


def side(call: TissueCall) -> str:
    """Which colour a patch has."""
    if call.middle is None or abs(call.middle) < evidence.DIVERGENCE.value / 100.0:
        return NEITHER
    return FASTER if call.middle > 0 else SLOWER


def map_table(calls: Calls, chosen: str | None = None) -> pd.DataFrame:
    """The rows behind the body map, one a tissue, in the order of its labels.

    Parameters
    ----------
    calls : Calls
    chosen : str | None
        The tissue whose time line is shown.

    Returns
    -------
    DataFrame
        tissue, name, assumed, side, strength, called, uncertain, chosen, sign, number, range, words.
    """
    by_name = {one.tissue: one for one in calls.tissues}
    rows = []
    for tissue in legs.PATCHES:
        one = by_name[tissue]
        told = one.middle is not None
        sign = sign_of(one)
        rows.append(
            {
                "tissue": tissue,
                "name": one.name,
                "assumed": one.grade == "D",
                "side": side(one),
                "strength": strength(one),
                "called": one.called,
                "uncertain": is_uncertain(one),
                "chosen": tissue == chosen,
                "sign": sign,
                "number": f"{sign} {percent(one.middle)}" if one.middle is not None else f"{sign} {NOTHING}",
                "range": interval_words(one) if told else "",
                "words": map_words(one),
            }
        )
    return pd.DataFrame(rows)


def map_sentence(calls: Calls) -> str:
    """The map in words, for people who do not see it."""
    told = [one for one in calls.tissues if one.middle is not None]
    if not told:
        return "Front and back view of the legs. No tissue can be compared with the steps on this day."
    return "Front and back view of the legs. " + " ".join(map_words(one) for one in told)


def table(calls: Calls, week: TissueWeek, units: Units) -> pd.DataFrame:
    """The same as rows to be read: what the week brought, what is usual, and how the tissue stands against the steps.

    Parameters
    ----------
    calls : Calls
        Of the week's last day.
    week : TissueWeek
    units : Units
    """
    rows, named = [], default_coefficients().tissue
    for one in calls.tissues:
        here = week.of(one.tissue)
        rows.append(
            {
                "tissue": one.name,
                "sign": sign_of(one),
                f"this week, {units.length}": _number(here.damage_m, units),
                "from": _number(here.low_m, units),
                "to": _number(here.high_m, units),
                f"usual from, {units.length}": _number(None if here.usual_m is None else here.usual_m[0], units),
                f"usual to, {units.length}": _number(None if here.usual_m is None else here.usual_m[1], units),
                "change, %": _percent(here.change),
                "load, nominal scale": np.nan if np.isnan(here.load_bws) else round(here.load_bws),
                "unit of load": load_unit(named[one.tissue]),
                "against steps, %": _percent(one.middle),
                "against steps from, %": _percent(one.low),
                "against steps to, %": _percent(one.high),
                "in how many of 100 draws": np.nan if one.probability is None else round(100 * one.probability),
                "runs": week.runs,
                "grade": one.grade,
                "confidence": confidence_words(one),
                "words": map_words(one),
            }
        )
    return pd.DataFrame(rows)


def _number(metres: float | None, units: Units) -> float:
    value = units.distance_value(metres)
    return np.nan if value is None else round(value, 1)


def _percent(share: float | None) -> float:
    return np.nan if share is None else round(100.0 * share)
