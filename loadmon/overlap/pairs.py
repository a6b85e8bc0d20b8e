"""Recordings of the same run side by side, for the screen: what each holds, which counts, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from loadmon.overlap.contents import contains_words, contents, more_in
from loadmon.overlap.decided import NOTHING_DECIDED, Choice, Decided
from loadmon.overlap.standing import Pair, Standing, Why, standing
from loadmon.overlap.together import Lie

SIDES = ("first", "second")
_TOLD = ("start_utc", "utc_offset_s", "device", "file_name", "elapsed_s", "distance_m", "samples", "mark")
_HELD = ("heart_rate", "power", "cadence", "dynamics")
COLUMNS = (
    "athlete_id", "first_id", "second_id", "lie", "share", "choice", "rule", "counts", "instead_id", "why", "takes",
    *(f"{side}_{name}" for side in SIDES for name in (*_TOLD, *_HELD, "contains")),
)  # fmt: skip
_LIES = {
    Lie.SAME: "the same run",
    Lie.PART: "a part of the other",
    Lie.PIECE: "a part of the other",
    Lie.DAY: "the same day",
}
NO_TIME = "a file of the same day holds the same session, and the table tells no time of day"
NO_LENGTH = "a file of the same day holds the same session, and the table tells no time it took"


def pairs(runs: pd.DataFrame, decided: Decided = NOTHING_DECIDED) -> pd.DataFrame:
    """Every two sessions that are recordings of one run, with what each holds, what holds now and why.

    Parameters
    ----------
    runs, decided
        As for ``same_run``; sessions that do not count for another reason are left out beforehand.

    Returns
    -------
    DataFrame
        One row a pair, by runner and time. ``first_id`` is the lower number. ``lie``: how they lie to each other, in
        words; ``share``: shared time as a share of the shorter one, NaN for a row without time; ``choice``: what was
        decided of this pair, missing where nobody did; ``rule``: what applies, a ``Choice`` or ``Default``;
        ``counts``: ``first``, ``second``, ``both`` or ``neither``; ``instead_id``: of ``neither``, what counts; ``why``:
        a sentence; ``takes``: words of what the one that counts takes from the other where they are merged, empty for
        nothing. And for each side, ``first_…`` and ``second_…``: start_utc, utc_offset_s, device, file_name, elapsed_s,
        distance_m, samples, mark; heart_rate and cadence (share of the time), power (0 or 1), dynamics (share of five
        figures); contains (words).
    """
    found = standing(runs, decided)
    return _table(runs, decided, found, found.pairs)


def foreseen(stored: pd.DataFrame, new: pd.DataFrame, decided: Decided = NOTHING_DECIDED) -> pd.DataFrame:
    """What would happen to sessions that are about to be taken in: which of them are second recordings, and which counts.

    Parameters
    ----------
    stored : DataFrame
        The runners' sessions in the store, from ``runs_table``, without those that do not count for another reason.
    new : DataFrame
        The sessions to come, one row each: the columns of ``same_run`` as far as they are known. ``session_id`` and
        ``batch_id`` are not looked at.
    decided : Decided
        As for ``same_run``.

    Returns
    -------
    DataFrame
        One row for each new session and each that it overlaps with, in the order of ``new``: ``new`` (its label in
        ``new``), ``other_is_new``, ``other`` (a label of ``new``, or a ``session_id``), ``share``, ``lie``, ``contains`` and
        ``other_contains`` (words), ``counts`` (whether the new one would), and ``happens`` (a sentence).
    """
    numbered = new.assign(session_id=-1 - np.arange(len(new)), batch_id=_next_batch(stored))
    everything = (
        pd.concat([part for part in (stored, numbered) if len(part)], ignore_index=True) if len(new) else stored
    )
    found = standing(everything, decided)
    first_new = len(everything) - len(new)
    among = [pair for pair in found.pairs if max(pair.one, pair.other) >= first_new]
    told = _table(everything, decided, found, among)
    ids = everything["session_id"].to_numpy()
    labels = new.index.to_numpy()
    rows: list[dict[str, Any]] = []
    for row in told.to_dict("records"):
        for side, far in (SIDES, SIDES[::-1]):
            number, other = int(row[f"{side}_id"]), int(row[f"{far}_id"])
            if number >= 0:
                continue
            counts = row["counts"] in (side, "both")
            rows.append(
                {
                    "new": labels[-1 - number],
                    "other_is_new": other < 0,
                    "other": labels[-1 - other] if other < 0 else other,
                    "share": row["share"],
                    "lie": row["lie"],
                    "contains": row[f"{side}_contains"],
                    "other_contains": row[f"{far}_contains"],
                    "counts": counts,
                    "happens": _happens(row, side, far),
                    "place": -1 - number,
                    "far": int(np.flatnonzero(ids == other)[0]),
                }
            )
    columns = ["new", "other_is_new", "other", "share", "lie", "contains", "other_contains", "counts", "happens"]
    table = pd.DataFrame(rows, columns=[*columns, "place", "far"]).sort_values(["place", "far"], kind="stable")
    return table[columns].reset_index(drop=True)


def named(row: Mapping[Any, Any], side: str = "") -> str:
    """A recording in few words: its day and time on the runner's clock, and its device.

    Parameters
    ----------
    row : mapping
        ``start_utc``, and as far as they are told ``utc_offset_s`` and ``device``; with ``side`` in front of each name.
    """
    ahead_s = row.get(f"{side}utc_offset_s")
    local = row[f"{side}start_utc"] + timedelta(seconds=0.0 if ahead_s is None or pd.isna(ahead_s) else float(ahead_s))
    device = row.get(f"{side}device")
    return f"{local:%Y-%m-%d %H:%M}" + (f", {device}" if isinstance(device, str) and device else "")


def outcome(row: Mapping[Any, Any]) -> str:
    """Which of a pair counts, in words: ``session 12 counts, 15 does not``."""
    first, second, counts = row["first_id"], row["second_id"], row["counts"]
    if counts == "both":
        return f"sessions {first} and {second} both count"
    if counts == "neither":
        return f"session {row['instead_id']} counts, {first} and {second} do not"
    which, other = (first, second) if counts == "first" else (second, first)
    return f"session {which} counts, {other} does not"


def table_words(elapsed_s: float | None) -> str:
    """Why a table's row gives way to a file, by whether it tells how long it took."""
    return NO_LENGTH if elapsed_s is None or pd.isna(elapsed_s) else NO_TIME


def _next_batch(stored: pd.DataFrame) -> int:
    return int(stored["batch_id"].max()) + 1 if len(stored) and "batch_id" in stored else 1


def _table(runs: pd.DataFrame, decided: Decided, found: Standing, among: list[Pair]) -> pd.DataFrame:
    if not among:
        return pd.DataFrame(columns=list(COLUMNS))
    places = sorted({place for pair in among for place in (pair.one, pair.other)})
    few = runs.iloc[places]
    held = dict(zip(places, contents(few, decided.borrowed).to_dict("records"), strict=True))
    told = [name for name in ("session_id", "athlete_id", *_TOLD) if name in few]
    facts = dict(zip(places, few[told].to_dict("records"), strict=True))
    rows = [_row(pair, facts, held, found, decided, runs) for pair in among]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["instead_id"] = table["instead_id"].astype("Int64")
    order = ["athlete_id", "first_start_utc", "second_start_utc", "first_id", "second_id"]
    return table.sort_values(order, kind="stable", ignore_index=True)


def _row(
    pair: Pair,
    facts: Mapping[int, Mapping[Any, Any]],
    held: Mapping[int, Mapping[Any, Any]],
    found: Standing,
    decided: Decided,
    runs: pd.DataFrame,
) -> dict[str, Any]:
    places = sorted((pair.one, pair.other), key=lambda place: int(facts[place]["session_id"]))
    out = [place in found.instead for place in places]
    counts = "neither" if all(out) else "both" if not any(out) else SIDES[out.index(False)]
    athlete, ids = facts[places[0]]["athlete_id"], [int(facts[place]["session_id"]) for place in places]
    choice = decided.choice(*ids)
    row: dict[str, Any] = {
        "athlete_id": athlete,
        "first_id": ids[0],
        "second_id": ids[1],
        "lie": _LIES[pair.lie],
        "share": pair.share,
        "choice": None if choice is None else choice.value,
        "rule": (choice or decided.default(athlete)).value,
        "counts": counts,
        "instead_id": int(runs["session_id"].iloc[found.instead[places[0]]]) if counts == "neither" else pd.NA,
        "why": _why(pair, facts, held, found, choice),
        "takes": "",
    }
    if row["rule"] == Choice.MERGE and pair.lie is not Lie.DAY and counts in SIDES:
        base, giver = places[SIDES.index(counts)], places[1 - SIDES.index(counts)]
        if base == pair.winner and held[giver]["samples"] > 0:
            row["takes"] = ", ".join(more_in(held[giver], held[base]))
    for side, place in zip(SIDES, places, strict=True):
        row |= {f"{side}_{name}": facts[place].get(name) for name in _TOLD}
        row |= {f"{side}_{name}": held[place][name] for name in _HELD}
        row[f"{side}_contains"] = contains_words(held[place])
    return row


def _why(
    pair: Pair,
    facts: Mapping[int, Mapping[Any, Any]],
    held: Mapping[int, Mapping[Any, Any]],
    found: Standing,
    choice: Choice | None,
) -> str:
    """Why it is as it is, in a sentence without its end."""
    if pair.one in found.instead and pair.other in found.instead:
        return "a third recording of the same run counts instead of both"
    if pair.winner is None or pair.loser is None:
        return "you decided that both count" if choice else "of this runner both are kept"
    if pair.winner in found.instead:
        return "the other would stand before it, and gives way itself to a third"
    more = more_in(held[pair.winner], held[pair.loser])
    if pair.why is Why.RICHER:
        return f"it holds more: {', '.join(more)}" if more else _nearly(held[pair.winner], held[pair.loser])
    if pair.why is Why.TABLE:
        return table_words(facts[pair.loser].get("elapsed_s"))
    return {
        Why.CHOSEN: "you chose it",
        Why.LONGER: "it goes on for longer and holds the other one",
        Why.PARTS: "several recordings make up the long one, and this side holds more by the minute",
        Why.SPORT: "the other names no sport",
        Why.ROOF: "it was recorded under a roof, where a receiver beside it tells hardly any distance",
        Why.EARLIER: "it came with the earlier import, and of this runner what comes later is skipped",
    }[pair.why]


def _nearly(winner: Mapping[Any, Any], loser: Mapping[Any, Any]) -> str:
    """Why one counts of two that hold the same channels."""
    if (winner["richness"], winner["samples"]) == (loser["richness"], loser["samples"]):
        return "both hold the same"
    return "both hold the same channels, and it tells them more closely"


def _happens(row: Mapping[Any, Any], side: str, far: str) -> str:
    other = named(row, f"{far}_")
    head = "Lies on the same day as" if row["lie"] == _LIES[Lie.DAY] else "Overlaps with"
    counts, why = row["counts"], row["why"]
    if counts == "both":
        return f"{head} {other}; both count: {why}."
    if counts == "neither":
        return f"{head} {other}; kept, not counted: {why}."
    if counts == side:
        takes = f" It takes {row['takes']} from the other." if row["takes"] else ""
        return f"{head} {other}, which is kept and not counted; this one counts: {why}.{takes}"
    takes = f" and gives it its {row['takes']}" if row["takes"] else ""
    return f"{head} {other}, which counts: {why}. This one is kept and not counted{takes}."
