"""How a session stands, in words and for programs: its figures, what is suggested and what was put right."""

from __future__ import annotations

from typing import Any

from loadmon.correction import Correction
from loadmon.repair.said import made_by, said
from loadmon.store.sessions import StoredSession
from loadmon.units import Units, duration


def told(stored: StoredSession, suggested: list[Correction], met: list[Correction]) -> dict[str, Any]:
    """For programs.

    Parameters
    ----------
    stored : StoredSession
    suggested, met : list of Correction
        What rules would put right, and every correction there is, also those that were taken back.
    """
    facts = stored.facts
    return {
        "session": stored.id,
        "runner": stored.athlete.name,
        "local_day": facts.local_day.isoformat(),
        "distance_m": facts.distance_m,
        "timer_s": facts.timer_s,
        "excluded": stored.excluded_reason,
        "suggested": [_plain(one) for one in suggested],
        "corrections": [_plain(one) for one in met if one.removed is None],
        "taken_back": [_plain(one) for one in met if one.removed is not None],
    }


def lines(stored: StoredSession, suggested: list[Correction], met: list[Correction]) -> list[str]:
    """For people; parameters as ``told``."""
    facts = stored.facts
    went = f"{Units().distance(facts.distance_m, 2)} in {duration(facts.timer_s)}"
    found = [f"Session {stored.id}: {facts.sport} of {stored.athlete.name}, {facts.local_day}, {went}."]
    if stored.excluded_reason is not None:
        found.append(f"  Left out of every sum: {stored.excluded_reason}")
    found += [f"  Suggested {n}: {said(one)}. {one.reason}" for n, one in enumerate(suggested, start=1)]
    for one in met:
        word = "Put right" if one.removed is None else "Taken back or not wanted"
        found.append(f"  {word}, number {one.id}: {said(one)} ({made_by(one)}: {one.reason})")
    if not suggested and not met:
        found.append("  Nothing is suggested and nothing was put right.")
    return found


def _plain(one: Correction) -> dict[str, Any]:
    plain = {
        "number": one.id,
        "kind": one.kind.value,
        "params": one.params,
        "reason": one.reason,
        "made_by": one.made_by.value,
        "said": said(one),
        "created": None if one.created is None else one.created.isoformat(),
    }
    return plain | ({} if one.removed is None else {"taken_back": one.removed.isoformat()})
