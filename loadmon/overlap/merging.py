"""Of two recordings of one run that are merged, which channels the one that counts takes from the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from loadmon.overlap.contents import HEART_RATE, as_recorded
from loadmon.overlap.decided import Choice, Decided
from loadmon.overlap.pairs import named
from loadmon.overlap.standing import Pair, Standing, standing
from loadmon.overlap.together import Lie

DISTANCE, SPEED, POSITION, LAT, LON = "distance_m", "speed_mps", "position", "lat_deg", "lon_deg"
OF_THE_GROUND = frozenset({DISTANCE, SPEED, POSITION, "altitude_m"})
"""What a receiver tells of a run under a roof is nothing to take over."""
CLEARLY_MORE = 0.2
"""Where both hold heart rate, the other's is taken if it covers so much more of the time (loadmon convention)."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Channels that one session takes from another recording of the same run.

    Parameters
    ----------
    session_id, other_id : int
        The one that counts, and the one that gives.
    channels : tuple of str
        Names of ``loadmon.repair.channels`` or of columns that an app added, by name.
    had : dict of str to float
        By channel the share of the time for which the session holds it itself.
    other : str
        The other one in words.
    """

    session_id: int
    other_id: int
    channels: tuple[str, ...]
    had: dict[str, float]
    other: str


def merge_pairs(runs: pd.DataFrame, decided: Decided) -> dict[int, list[int]]:
    """For each session that takes channels the sessions that may give them, by number, the best first."""
    ids = runs["session_id"].tolist()
    return {ids[base]: [ids[place] for place in givers] for base, givers in _givers(runs, decided).items()}


def merges(runs: pd.DataFrame, measured: Mapping[int, frozenset[str]], decided: Decided) -> list[Merge]:
    """What is to be taken over, by what was decided and by what the recordings hold themselves.

    The recording that stands is the base; it takes every channel that it lacks from the other, distance and position only
    where it was not recorded indoors. Of several that give way, the first by rank that holds a channel gives it.

    Parameters
    ----------
    runs, decided
        As for ``same_run``.
    measured : mapping of session to set of str
        The stream's columns that hold values, of every session that ``merge_pairs`` names.

    Returns
    -------
    list of Merge
        By the two numbers; the same whatever is borrowed already.
    """
    few = runs.reset_index(drop=True)
    facts = dict(enumerate(as_recorded(few, decided.borrowed).to_dict("records")))
    found = []
    for base, givers in _givers(few, decided).items():
        wanted: set[str] = set()
        number = int(facts[base]["session_id"])
        own = _own(measured[number], decided.borrowed.get(number, {}))
        for place in givers:
            giver = int(facts[place]["session_id"])
            theirs = _own(measured[giver], decided.borrowed.get(giver, {}))
            taken = _lacking(facts[base], own, theirs) | _poorer(facts[base], facts[place], own, theirs)
            taken -= wanted
            if taken:
                wanted |= taken
                had = {channel: _had(facts[base], channel) for channel in sorted(taken)}
                found.append(Merge(number, giver, tuple(sorted(taken)), had, named(facts[place])))
    return sorted(found, key=lambda merge: (merge.session_id, merge.other_id))


def _givers(runs: pd.DataFrame, decided: Decided) -> dict[int, list[int]]:
    """By the place of each session that takes, the places of those that give, the best first."""
    if not decided.merges_anything:
        return {}
    found = standing(runs, decided)
    samples = runs["samples"].tolist() if "samples" in runs else [1] * len(runs)
    ids, athletes = runs["session_id"].tolist(), runs["athlete_id"].tolist()
    givers: dict[int, list[int]] = defaultdict(list)
    for pair in found.pairs:
        if pair.winner is None or pair.loser is None or not (samples[pair.winner] > 0 and samples[pair.loser] > 0):
            continue
        rule = decided.choice(ids[pair.one], ids[pair.other]) or decided.default(athletes[pair.one])
        if rule == Choice.MERGE and _is_settled(pair, found):
            givers[pair.winner].append(pair.loser)
    return {base: sorted(places, key=found.rank.__getitem__) for base, places in sorted(givers.items())}


def _is_settled(pair: Pair, found: Standing) -> bool:
    """Whether one of the two counts and the other does not, and both were recorded."""
    return pair.lie is not Lie.DAY and pair.winner not in found.instead and pair.loser in found.instead


def _own(measured: frozenset[str], borrowed: Mapping[str, float]) -> frozenset[str]:
    """The channels that a recording holds itself; a position is one channel."""
    names = {POSITION if name in (LAT, LON) else name for name in measured}
    return frozenset(name for name in names if borrowed.get(name, 1.0) > 0)


def _lacking(base: Mapping[Any, Any], own: frozenset[str], theirs: frozenset[str]) -> set[str]:
    """What the other holds and this one lacks; speed only together with a distance, and nothing of the ground indoors."""
    lacking = set(theirs - own)
    has_distance = not pd.isna(base.get(DISTANCE))
    if has_distance or DISTANCE not in theirs:
        lacking -= {DISTANCE, SPEED}
    if base.get("indoor"):
        lacking -= OF_THE_GROUND
    return lacking


def _poorer(base: Mapping[Any, Any], giver: Mapping[Any, Any], own: frozenset[str], theirs: frozenset[str]) -> set[str]:
    """Heart rate that this one holds too, but for clearly less of the time; the other has to last as long."""
    if HEART_RATE not in own or HEART_RATE not in theirs:
        return set()
    lasted, covered = (
        (float(giver[name] or 0.0), float(base[name] or 0.0)) for name in ("elapsed_s", "heart_rate_coverage")
    )
    return {HEART_RATE} if lasted[0] >= 0.8 * lasted[1] and covered[0] >= covered[1] + CLEARLY_MORE else set()


def _had(base: Mapping[Any, Any], channel: str) -> float:
    if channel != HEART_RATE or pd.isna(base.get("mean_heart_rate_bpm")):
        return 0.0
    return float(base.get("heart_rate_coverage") or 0.0)
