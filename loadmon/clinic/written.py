"""An assessment and thresholds as plain values, to be kept, and back again; a half-filled draft too."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

from loadmon.clinic.assessment import Assessment, Circumstances, Measured, Person, RecentLoad, Symptom
from loadmon.clinic.standing import Cleared
from loadmon.clinic.thresholds import OwnThreshold
from loadmon.refusal import Refusal

SHAPE = 1
"""Raised whenever what is written changes its shape."""


class UnreadableAssessment(Refusal):
    """A kept assessment does not have the shape that this version reads."""

    name = "unreadable assessment"


def to_plain(assessment: Assessment) -> dict[str, Any]:
    """An assessment as words, numbers, lists and mappings."""
    whole = dataclasses.asdict(assessment)
    whole["circumstances"]["day"] = assessment.circumstances.day.isoformat()
    return {"shape": SHAPE, **whole}


def from_plain(kept: Mapping[str, Any]) -> Assessment:
    """An assessment as it was before ``to_plain``.

    Raises
    ------
    UnreadableAssessment
        If it was written by another version, or is damaged.
    """
    try:
        if kept["shape"] != SHAPE:
            raise ValueError
        seen = dict(kept["circumstances"])
        return Assessment(
            athlete_id=int(kept["athlete_id"]),
            circumstances=Circumstances(**(seen | {"day": date.fromisoformat(seen["day"])})),
            person=Person(**kept["person"]),
            measured=tuple(Measured(**one) for one in kept["measured"]),
            symptoms=tuple(Symptom(**one) for one in kept["symptoms"]),
            load=RecentLoad(**kept["load"]),
            red_flags=tuple(kept["red_flags"]),
            note=str(kept["note"]),
            gone=tuple((str(tissue), str(side)) for tissue, side in kept.get("gone", ())),
        )
    except (KeyError, TypeError, ValueError):
        raise UnreadableAssessment(
            "A kept assessment cannot be read.", "Bring loadmon up to date, or take the assessment back."
        ) from None


def clearance_to_plain(cleared: Cleared) -> dict[str, str]:
    """A clearance as words."""
    return {"by": cleared.by, "day": cleared.day.isoformat()} | ({"role": cleared.role} if cleared.role else {})


def clearance_from_plain(kept: Mapping[str, str] | None) -> Cleared | None:
    """A clearance as it was before ``clearance_to_plain``; None where there is none.

    Raises
    ------
    UnreadableAssessment
        If it is damaged.
    """
    if kept is None:
        return None
    try:
        return Cleared(str(kept["by"]), date.fromisoformat(kept["day"]), role=kept.get("role"))
    except (KeyError, TypeError, ValueError):
        raise UnreadableAssessment(
            "A kept clearance cannot be read.", "Bring loadmon up to date, or take the assessment back."
        ) from None


def threshold_to_plain(own: OwnThreshold) -> dict[str, Any]:
    """A threshold as words and numbers."""
    return dataclasses.asdict(own) | {"since": own.since.isoformat(), "limits": list(own.limits)}


def threshold_from_plain(kept: Mapping[str, Any]) -> OwnThreshold:
    """A threshold as it was before ``threshold_to_plain``."""
    try:
        usual, flag, severe = (float(limit) for limit in kept["limits"])
        since = date.fromisoformat(kept["since"])
        return OwnThreshold(
            str(kept["measure"]), (usual, flag, severe), str(kept["set_by"]), since, str(kept["reason"])
        )
    except (KeyError, TypeError, ValueError):
        raise UnreadableAssessment(
            "A kept threshold cannot be read.", "Bring loadmon up to date, or take the assessment back."
        ) from None
