"""The squad in the store: runners and the limits that hold for them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, update

from loadmon.athlete import LOAD_METHODS, SEXES, THRESHOLD_RANGES, Athlete, Threshold
from loadmon.refusal import Refusal
from loadmon.store.access import Viewer, no_such
from loadmon.store.insert_new import insert_new, put
from loadmon.store.schema import AthleteRow, ThresholdRow, now
from loadmon.store.taken_back import set_removed

KINDS = frozenset(THRESHOLD_RANGES)
"""Every kind of limit that a runner may have."""


class NameTaken(Refusal):
    """The name belongs to another runner, or to one of the sample squad."""

    name = "name taken"


class NotAValue(Refusal):
    """A number or a name that cannot be meant."""

    name = "not a value"


def name_key(name: str) -> str:
    """What makes two names the same: letters without case, however they are spelt in Unicode, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def add_athlete(
    conn: Connection,
    name: str,
    *,
    time_zone: str | None = None,
    squad: str | None = None,
    is_sample: bool = False,
    introduced_by: int | None = None,
) -> Athlete:
    """Add a runner, or find the one of this name; what is known of them already is kept, gaps are filled.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    name : str
        As the squad calls them; ``Ana`` and ``ana`` are the same.
    time_zone, squad : str | None
    is_sample : bool
        True for made-up runners; they never share a name with a real one.
    introduced_by : int | None
        The import with whose first file they appear, where they are new.

    Raises
    ------
    NotAValue
        If the name is empty.
    NameTaken
        If a real runner has the name of a sample one, or the other way round.
    """
    shown = " ".join(name.split())
    if not shown:
        raise NotAValue("A runner needs a name.", "Give at least one letter.")
    row = {"name": shown, "name_key": name_key(shown), "time_zone": time_zone, "squad": squad}
    insert_new(conn, AthleteRow, row | {"is_sample": is_sample, "created": now(), "introduced_by": introduced_by})
    found = conn.execute(select(AthleteRow).where(AthleteRow.name_key == row["name_key"])).one()
    if found.is_sample != is_sample:
        whose = "the sample squad" if found.is_sample else "your own squad"
        raise NameTaken(f"There is a runner called {found.name} in {whose} already.", "Choose another name.")
    gaps = {key: row[key] for key in ("time_zone", "squad") if row[key] and getattr(found, key) is None}
    if gaps:
        conn.execute(update(AthleteRow).where(AthleteRow.id == found.id).values(gaps))
    return athlete(conn, Viewer.everyone(), found.id)


def change_athlete(
    conn: Connection,
    athlete_id: int,
    *,
    name: str | None = None,
    time_zone: str | None = None,
    squad: str | None = None,
) -> Athlete:
    """Change a runner's name, home time zone or squad; what is None stays as it is."""
    given = {"name": name and " ".join(name.split()), "time_zone": time_zone, "squad": squad}
    values: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if "name" in values:
        if not values["name"]:
            raise NotAValue("A runner needs a name.", "Give at least one letter.")
        values["name_key"] = name_key(values["name"])
        other = select(AthleteRow.id).where(AthleteRow.name_key == values["name_key"], AthleteRow.id != athlete_id)
        if conn.execute(other).first():
            raise NameTaken("Another runner has this name already.", "Choose another name.")
    if values:
        _change(conn, athlete_id, values)
    return athlete(conn, Viewer.everyone(), athlete_id)


def set_sex(conn: Connection, athlete_id: int, sex: str | None) -> None:
    """Say a runner's sex, ``female`` or ``male``; None where it is not to be told: formulas then take the middle."""
    if sex is not None and sex not in SEXES:
        raise NotAValue("The formulas of heart-rate load know female and male.", "Choose one of them or leave it open.")
    _change(conn, athlete_id, {"sex": sex})


def set_load_order(conn: Connection, athlete_id: int, order: Sequence[str] | None) -> None:
    """Choose in which order a runner's load is told, best first; None goes back to loadmon's own order.

    Raises
    ------
    NotAValue
        If the order is empty, names a method twice, or names one that is not in ``LOAD_METHODS``.
    """
    if order is not None and (not order or len(set(order)) < len(order) or not set(order) <= set(LOAD_METHODS)):
        raise NotAValue(
            "That is not an order in which load can be told.", f"Use each of {', '.join(LOAD_METHODS)} once at most."
        )
    _change(conn, athlete_id, {"load_order": None if order is None else json.dumps(list(order))})


def athletes(conn: Connection, viewer: Viewer) -> list[Athlete]:
    """The runners this viewer may see, by name, with their limits."""
    return _athletes(conn, viewer.rule(AthleteRow.id))


def athlete(conn: Connection, viewer: Viewer, athlete_id: int) -> Athlete:
    """One runner; ``NotFound`` if there is none or this viewer may not see them."""
    found = _athletes(conn, viewer.rule(AthleteRow.id, [athlete_id]))
    if not found:
        raise no_such("runner")
    return found[0]


def set_threshold(conn: Connection, athlete_id: int, kind: str, value: float, valid_from: date) -> None:
    """Set one limit of a runner from a local day on; the same day again replaces it.

    Raises
    ------
    NotAValue
        If the kind is none that loadmon knows, or the value is not a number a person can have.
    """
    if kind not in KINDS:
        raise NotAValue(f"loadmon knows no limit called {kind}.", f"Choose one of {', '.join(sorted(KINDS))}.")
    low, high = THRESHOLD_RANGES[kind]
    if not low <= value <= high:  # a NaN is in no range
        raise NotAValue(
            f"A limit of this kind lies between {low:g} and {high:g}.",
            "Give the value in the unit that stands beside it.",
        )
    row = {"athlete_id": athlete_id, "kind": kind, "value": float(value), "valid_from": valid_from, "removed": None}
    put(conn, ThresholdRow, row, same=("athlete_id", "kind", "valid_from"))


def thresholds(conn: Connection, viewer: Viewer, athlete_id: int) -> dict[int, Threshold]:
    """A runner's limits by their number in the store, by kind and day; those that were taken back are left out."""
    asked = (
        select(ThresholdRow)
        .where(viewer.rule(ThresholdRow.athlete_id, [athlete_id]), ThresholdRow.removed.is_(None))
        .order_by(ThresholdRow.kind, ThresholdRow.valid_from)
    )
    return {row.id: Threshold(row.kind, row.value, row.valid_from) for row in conn.execute(asked)}


def remove_threshold(conn: Connection, viewer: Viewer, threshold_id: int) -> None:
    """Take a limit back that was wrong; ``restore_threshold`` puts it back."""
    set_removed(conn, viewer, ThresholdRow, threshold_id, "limit", gone=True)


def restore_threshold(conn: Connection, viewer: Viewer, threshold_id: int) -> None:
    """Put back a limit that was taken back."""
    set_removed(conn, viewer, ThresholdRow, threshold_id, "limit", gone=False)


def _change(conn: Connection, athlete_id: int, values: dict[str, Any]) -> None:
    if conn.execute(update(AthleteRow).where(AthleteRow.id == athlete_id).values(values)).rowcount == 0:
        raise no_such("runner")


def _athletes(conn: Connection, condition: Any) -> list[Athlete]:
    limits: dict[int, list[Threshold]] = {}
    asked = select(ThresholdRow).join(AthleteRow, AthleteRow.id == ThresholdRow.athlete_id)
    asked = asked.where(condition, ThresholdRow.removed.is_(None))
    for row in conn.execute(asked.order_by(ThresholdRow.kind, ThresholdRow.valid_from)):
        limits.setdefault(row.athlete_id, []).append(Threshold(row.kind, row.value, row.valid_from))
    runners = conn.execute(select(AthleteRow).where(condition).order_by(AthleteRow.name_key))
    return [
        Athlete(
            row.id,
            row.name,
            row.time_zone,
            row.squad,
            row.is_sample,
            tuple(limits.get(row.id, ())),
            row.sex,
            None if row.load_order is None else tuple(json.loads(row.load_order)),
            row.twins,
        )
        for row in runners
    ]
