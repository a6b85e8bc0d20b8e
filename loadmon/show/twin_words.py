"""Two recordings of one run in words and rows: what each holds, which counts, and what may be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd

from loadmon.overlap import Choice, Default
from loadmon.overlap.pairs import SIDES
from loadmon.repair.channels import channel_words
from loadmon.show.plain import plain
from loadmon.show.words import capital
from loadmon.units import NOTHING, Units, clock, is_missing

RULES: dict[Default, str] = {
    Default.RICHER: "the one that holds more counts",
    Default.MERGE: "the one that holds more counts, and takes what it lacks from the other",
    Default.BOTH: "both count",
    Default.SKIP: "the one that came with an earlier import counts",
}
"""What may hold for all of a runner's runs."""
COUNTS, NOT_COUNTED = "● yes", "○ no"
WHAT = "what"


def far(side: str) -> str:
    """The other side of a pair."""
    return SIDES[1 - SIDES.index(side)]


def side_of(row: Mapping[str, Any], session_id: int) -> str:
    """On which side of a pair a session stands."""
    return SIDES[0] if int(row["first_id"]) == session_id else SIDES[1]


def side_by_side(row: Mapping[str, Any], side: str, units: Units) -> pd.DataFrame:
    """What each of two recordings holds, a row a thing, this recording first.

    Parameters
    ----------
    row : mapping
        A row of ``loadmon.overlap.pairs``.
    side : str
        On which side the recording of the page stands.
    units : Units

    Returns
    -------
    DataFrame
        Columns: ``WHAT``, "this recording", "the other"; given text is made harmless.
    """
    columns = {"this recording": _column(row, side, units), "the other": _column(row, far(side), units)}
    return pd.DataFrame(columns).rename_axis(WHAT).reset_index()


def _column(row: Mapping[str, Any], side: str, units: Units) -> dict[str, str]:
    def of(name: str) -> Any:
        return row[f"{side}_{name}"]

    distance = units.distance(of("distance_m"), 2)
    share, spm = float(of("heart_rate")), float(of("cadence"))
    figures = round(5 * float(of("dynamics")))
    return {
        "counts": COUNTS if row["counts"] in (side, "both") else NOT_COUNTED,
        "recorded by": plain(of("device")) if isinstance(of("device"), str) and of("device") else NOTHING,
        "began": _began(of("start_utc"), of("utc_offset_s")),
        "lasted": clock(of("elapsed_s")),
        "distance": distance,
        "heart rate": f"{share:.0%} of the time".replace("%", " %") if share > 0 else NOTHING,
        "power": "yes" if of("power") else NOTHING,
        "cadence": NOTHING if spm <= 0 else "yes" if spm >= 1 else "with gaps",
        "running dynamics": f"{figures} of 5 figures" if figures else NOTHING,
        "samples": f"{int(of('samples')):,}" if not is_missing(of("samples")) else NOTHING,
        "file": plain(of("file_name") or NOTHING),
    }


def _began(start: pd.Timestamp, ahead_s: float | None) -> str:
    local = start + timedelta(seconds=0.0 if ahead_s is None or pd.isna(ahead_s) else float(ahead_s))
    return f"{local:%H:%M:%S}"


def verdict(row: Mapping[str, Any], side: str, borrowed: Sequence[str] = ()) -> str:
    """Which counts and why, in a sentence or two.

    Parameters
    ----------
    row : mapping
        A row of ``loadmon.overlap.pairs``.
    side : str
        On which side the recording of the page stands.
    borrowed : sequence of str
        The channels that the one that counts has from the other.
    """
    which = {
        side: "This recording counts",
        far(side): "The other recording counts",
        "both": "Both count",
        "neither": "Neither of the two counts",
    }[row["counts"]]
    sentence = f"**{which}.** {plain(capital(row['why']))}."
    if borrowed:
        names = ", ".join(plain(channel_words(name)) for name in borrowed)
        sentence += f" It takes from the other: {names}."
    elif row["rule"] == Choice.MERGE and row["counts"] in SIDES:
        sentence += " It lacks nothing that the other holds."
    return sentence


def options(row: Mapping[str, Any], side: str, default: Default) -> dict[str, str]:
    """What may be decided of a pair, in words, by what is kept of it; the empty key stands for no decision."""
    this = {"first": Choice.FIRST, "second": Choice.SECOND}
    words = {
        "": f"as for all runs of this runner: {RULES[default]}",
        Choice.RICHER.value: RULES[Default.RICHER],
        Choice.MERGE.value: RULES[Default.MERGE],
        this[side].value: "this recording counts",
        this[far(side)].value: "the other recording counts",
        Choice.BOTH.value: "both count: they were two runs",
    }
    if is_missing(row["share"]):  # a table's row has no channels to take from
        del words[Choice.MERGE.value]
    return words


def pair_rows(found: pd.DataFrame, names: Mapping[int, str], units: Units) -> pd.DataFrame:
    """Runs recorded twice, a row a pair, the latest first.

    Parameters
    ----------
    found : DataFrame
        As ``loadmon.overlap.pairs`` gives it.
    names : mapping of athlete to str
    units : Units

    Returns
    -------
    DataFrame
        runner, day, which counts, why, and for each side its device, distance and what it holds.
    """
    rows = []
    for row in found.sort_values("first_start_utc", ascending=False, kind="stable").to_dict("records"):
        ahead_s = row["first_utc_offset_s"]
        day = row["first_start_utc"] + timedelta(seconds=0.0 if is_missing(ahead_s) else float(ahead_s))
        told = {
            "runner": names.get(row["athlete_id"], ""),
            "day": f"{day:%a} {day.day} {day:%b %y, %H:%M}",
            "counts": {"first": "the first", "second": "the second"}.get(row["counts"], row["counts"]),
            "why": row["why"],
        }
        for side in SIDES:
            who = row[f"{side}_device"] if isinstance(row[f"{side}_device"], str) else row[f"{side}_file_name"]
            told[f"the {side}"] = f"{who}, {units.distance(row[f'{side}_distance_m'])}: {row[f'{side}_contains']}"
        rows.append(told)
    return pd.DataFrame(rows, columns=["runner", "day", "counts", "why", "the first", "the second"])
