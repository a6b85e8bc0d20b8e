"""By what files are known as a runner's: what was learnt, and the watches of their sessions, told so that it can be dropped."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from loadmon.intake.clues import ClueKind
from loadmon.readers.makers import MADE_UP
from loadmon.store import Viewer, owner_clues
from loadmon.store.owner_clues import OwnerClue
from loadmon.units import plural

SHORT = 8
"""Signs of a watch's fingerprint on the screen; a squad's watches differ in fewer."""


@dataclass(frozen=True, slots=True)
class KnownBy:
    """One thing by which files are known as a runner's.

    Parameters
    ----------
    kind : ClueKind
    value : str
        The folder's name, the pattern, the watch's whole fingerprint, or the name in the profile.
    athlete_id, runner
        Whose.
    clue : OwnerClue | None
        As it was learnt; None for a watch that tells by the runner's sessions alone.
    sessions : int
        For a watch: how many of the runner's sessions were recorded with it. As long as there are any, it tells.
    device : str
        For such a watch: what it is.
    others : tuple of str
        Other runners who are known by the same: where there are any, it tells nobody's files.
    """

    kind: ClueKind
    value: str
    athlete_id: int
    runner: str
    clue: OwnerClue | None = None
    sessions: int = 0
    device: str = ""
    others: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is in a few words, a fingerprint shortened."""
        words = {
            ClueKind.FOLDER: f"folder “{self.value}”",
            ClueKind.PATTERN: f"files called “{self.value}”",
            ClueKind.SERIAL: f"watch {self.value[:SHORT]}…",
            ClueKind.PROFILE: f"profile “{self.value}”",
        }[self.kind]
        return f"{words} ({self.device})" if self.device else words

    def plain(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return {
            "number": self.clue.id if self.clue else None,
            "runner": self.runner,
            "kind": self.kind.value,
            "value": self.value,
            "learnt": self.clue.created.isoformat() if self.clue else None,
            "import": self.clue.batch_id if self.clue else None,
            "sessions": self.sessions,
            "others": list(self.others),
        }


def known_by(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> list[KnownBy]:
    """Everything by which files are known as theirs, of these runners or of all, by runner and kind.

    Parameters
    ----------
    conn : Connection
    viewer : Viewer
        Whose eyes.
    athlete_ids : iterable of int | None
    """
    found: dict[tuple[int, str, str], KnownBy] = {}
    for clue in owner_clues.learnt(conn, viewer):
        kind = ClueKind(clue.kind)
        found[clue.athlete_id, kind, clue.value] = KnownBy(kind, clue.value, clue.athlete_id, clue.runner, clue)
    for watch in owner_clues.worn(conn, viewer):
        if watch.serial not in MADE_UP:
            key = watch.athlete_id, ClueKind.SERIAL, watch.serial
            clue_of = found[key].clue if key in found else None
            found[key] = KnownBy(
                ClueKind.SERIAL, watch.serial, watch.athlete_id, watch.runner, clue_of, watch.sessions, watch.device
            )
    whose: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in found.values():
        whose[one.kind, one.value].append(one.runner)
    wanted = None if athlete_ids is None else set(athlete_ids)
    order = {kind: place for place, kind in enumerate(ClueKind)}
    told = [
        dataclasses.replace(one, others=tuple(name for name in whose[one.kind, one.value] if name != one.runner))
        for one in found.values()
        if wanted is None or one.athlete_id in wanted
    ]
    return sorted(told, key=lambda one: (one.runner.casefold(), one.athlete_id, order[one.kind], one.value))


def why_words(one: KnownBy) -> str:
    """What tells beside the learning, or that it tells nothing, as sentences; empty where there is nothing to add."""
    said = []
    if one.sessions:
        said.append(
            f"{plural(one.sessions, 'session')} of theirs {'was' if one.sessions == 1 else 'were'} recorded with it."
        )
    if one.others:
        said.append(f"It tells nothing, as it is known of {', '.join(one.others)} too.")
    return " ".join(said)
