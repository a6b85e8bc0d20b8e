"""SoccerMon as a check from outside: footballers, so it tells how honest the protocols are rather than how runners fare."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from loadmon.days import day_numbers
from loadmon.load.longest import longest_between
from loadmon.load.running import DAY_SPAN
from loadmon.load.spike import BANDS, band_codes
from loadmon.risk.design import Design
from loadmon.risk.outcome import HORIZON
from loadmon.risk.prior import Floats, Prior, default_prior
from loadmon.risk.windows import EMBARGO, Looks, Tallied, Whole, against_own

Against = Literal["team", "own"]
TEAM, MERGED = "TeamA", 7
"""The team whose injuries were reported; reports within so many days of another are one injury."""
LOAD = (
    "spike_small",
    "spike_moderate",
    "spike_large",
    "week_change",
    "volume",
    "volume_own",
    "acute_chronic",
    "monotony",
)
WELLNESS = ("fatigue", "sleep")
HISTORY = ("previous_injury",)
_GOOD = {"fatigue": "fatigue", "sleep": "sleep_quality"}
COLUMNS = ("date", "player_id", "daily_load", "monotony", "fatigue", "sleep_quality", "injury")


def soccermon_design(
    content: bytes, prior: Prior | None = None, returning: int = MERGED, against: Against = "team"
) -> Design:
    """A row for each day of each player of team A who was at risk, of days before it alone.

    Against the team, middle and spread are of the whole table, days to come included: that is how the published check was made,
    and no runner's week is told so. ``against="own"`` looks back only.

    Parameters
    ----------
    content : bytes
        The derived table as it is published.
    prior : Prior | None
        Names and order of the features.
    returning : int
        Days after an injury that are left out: as long as the table itself takes reports for one injury, so that all 36
        events count; loadmon's own rule is 21.
    against : str
        ``team``: the week's load and wellness as steps from the team's middle, and the spike of the day before, as the
        specification's figures were made. ``own``: wellness against the player's own usual and the widest spike of the week,
        as a runner's are; that takes out what differs from player to player, and with it all that wellness tells here.

    References
    ----------
    Midoglu et al. 2024, 10.5281/zenodo.10033832 (CC BY 4.0).
    """
    table = pd.read_csv(io.BytesIO(content), usecols=list(COLUMNS))
    table = table[table["player_id"].str.startswith(TEAM)].reset_index(drop=True)
    players = pd.factorize(table["player_id"], sort=True)[0].astype(np.int64) + 1
    day = day_numbers(table["date"])
    order = np.lexsort((day, players))
    table, players, day = table.iloc[order].reset_index(drop=True), players[order], day[order]
    key = players * DAY_SPAN + day
    looks = Looks(players, day)
    load = table["daily_load"].to_numpy(dtype=np.float64)
    onset = _merged(key[table["injury"].to_numpy() > 0])
    known = prior or default_prior()
    # both are told as "how good", 1 to 5
    good = {name: table[column].to_numpy(dtype=np.float64) for name, column in _GOOD.items()}
    told = {
        **_load(looks, key, load, known, against),
        **_variety(looks, key, table["monotony"].to_numpy(dtype=np.float64)),
        **{name: _worse(looks, key, value, against) for name, value in good.items()},
        "previous_injury": _any(looks, onset, None, 1),
    }
    names = known.names
    nothing = np.full(len(key), np.nan)
    opens, closes = looks.between(onset, 0, -(HORIZON - 1))
    trained = Tallied.of(np.where(load > 0, 1.0, np.nan)).counted(*looks.between(key, 28, 1)) > 0
    first = np.searchsorted(players, players)
    at_risk = trained & (_any(looks, onset, returning, 1) == 0.0) & (day - day[first] >= 28)
    whole = Design(
        names, players, day, np.where(at_risk, 0, 1).astype(np.int8),
        np.column_stack([told.get(name, nothing) for name in names]),
        (closes > opens).astype(np.float64),
        np.where(closes > opens, (onset[np.minimum(opens, len(onset) - 1)] - players * DAY_SPAN), -1),
    )  # fmt: skip
    last = day[np.searchsorted(players, players, side="right") - 1]
    return whole.rows(at_risk & (day + HORIZON - 1 <= last))


def only(design: Design, names: tuple[str, ...]) -> Design:
    """The same rows with all other features taken for missing."""
    keep = np.isin(design.names, names)
    return replace(design, values=np.where(keep, design.values, np.nan))


def _merged(key: Whole) -> Whole:
    """The first day of each injury: reports within seven days of the last one are the same."""
    fresh = np.diff(key, prepend=-DAY_SPAN) > MERGED
    found: Whole = key[fresh]
    return found


def _any(looks: Looks, key: Whole, first: int | None, last: int) -> Floats:
    opens, closes = looks.between(key, first, last)
    return (closes > opens).astype(np.float64)


def _load(looks: Looks, key: Whole, load: Floats, prior: Prior, against: Against) -> dict[str, Floats]:
    """Bands of a day's load against the highest of 30 days, the week, the week against the one before, own usual, the ratio."""
    opens, closes = looks.between(key, 30, 1)
    highest = longest_between(np.where(load > 0, load, np.nan), opens, closes)
    reference = np.where(highest >= 0, load[np.maximum(highest, 0)], np.nan)
    band = band_codes(np.where(load > 0, load, np.nan), reference)
    days = 1 if against == "team" else 7
    widest = np.zeros(len(load), dtype=np.int64)
    for code in range(1, len(BANDS)):
        here = Tallied.of(np.where(band == code, 1.0, np.nan)).counted(*looks.between(key, days, 1)) > 0
        widest = np.where(here, code, widest)
    sums = Tallied.of(load)
    week, before, weeks = (sums.mean(*looks.between(key, first, last)) for first, last in ((7, 1), (14, 8), (28, 8)))
    change = np.divide(week, before, out=np.full(len(load), np.nan), where=before > 0)
    own = np.log1p(week)
    far, near = looks.between(key, None, EMBARGO)
    found = {f"spike_{name}": (widest == code).astype(np.float64) for code, name in enumerate(BANDS) if code} | {
        "week_change": np.where(np.isnan(change), np.nan, (change > 1.3).astype(np.float64)),
        "acute_chronic": np.divide(week, weeks, out=np.full(len(load), np.nan), where=weeks > 0),
        "volume_own": against_own(own, Tallied.of(own), far, near, 28, 0.15),
    }
    if against == "own" or "volume" not in prior.feature:
        return found
    one = prior.feature["volume"]  # load is no kilometres: only its steps from the team's middle are told
    return found | {"volume": one.centre + one.scale * _steps(own)}


def _steps(value: Floats) -> Floats:
    """Standard deviations from the middle of the whole table."""
    found: Floats = (value - np.nanmean(value)) / np.nanstd(value)
    return found


def _variety(looks: Looks, key: Whole, monotony: Floats) -> dict[str, Floats]:
    opens, closes = looks.between(key, 1, 1)
    return {"monotony": Tallied.of(np.where(monotony > 0, monotony, np.nan)).mean(opens, closes)}


def _worse(looks: Looks, key: Whole, value: Floats, against: Against) -> Floats:
    """How much worse the last seven days were than the team's middle, or than the player's own usual."""
    told = Tallied.of(value)
    if against == "team":
        middle, spread = float(np.nanmean(value)), float(np.nanstd(value))
        return -(told.mean(*looks.between(key, 7, 1)) - middle) / spread
    opens, closes = looks.between(key, None, EMBARGO + 1)
    return -against_own(told.mean(*looks.between(key, 7, 1), 3), told, opens, closes, 28, 0.3)
