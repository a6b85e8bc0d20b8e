"""Whose? Files that nobody is told for, as lines of an import's report and as questions: one decision for several files."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from loadmon.intake.clues import ClueKind, Clues
from loadmon.intake.decode import Decoded
from loadmon.intake.owner import Candidate
from loadmon.intake.plan import Offer
from loadmon.intake.telling import told_of
from loadmon.readers.account import Told
from loadmon.refusal import NoOwner
from loadmon.store import Viewer, waiting
from loadmon.store.imports import FileReport, Outcome
from loadmon.store.squad import name_key
from loadmon.store.waiting import CLAIM, WaitingFile

_TOGETHER = {
    ClueKind.SERIAL.value: "recorded with one watch ({})",
    ClueKind.PROFILE.value: "of the profile “{}”",
    ClueKind.PATTERN.value: "called “{}”",
    "place": "in “{}”",
}


@dataclass(frozen=True, slots=True)
class Question:
    """Files of one import about whose owner one decision is enough.

    Parameters
    ----------
    key : str
        Names the question: the import's number and a mark made from what the files have in common.
    batch_id : int
    why : str
        Why nobody is named, in a sentence.
    together : str
        What the files have in common, in words; empty where that is in ``why``.
    files : tuple of WaitingFile
        By path.
    candidates : tuple of Candidate
        Whose they may be, the likeliest first.
    """

    key: str
    batch_id: int
    why: str
    together: str
    files: tuple[WaitingFile, ...]
    candidates: tuple[Candidate, ...]

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last local day of the files; None where none is known."""
        known = [file.local_day for file in self.files if file.local_day is not None]
        return (min(known), max(known)) if known else None

    def plain(self) -> dict[str, Any]:
        """As plain values, for ``--json``."""
        return {
            "key": self.key,
            "import": self.batch_id,
            "why": self.why,
            "together": self.together or None,
            "days": [day.isoformat() for day in self.days] if self.days else None,
            "candidates": [{"runner": one.runner, "why": one.why} for one in self.candidates],
            "files": [
                {
                    "path": file.path,
                    "day": file.local_day.isoformat() if file.local_day else None,
                    "sport": file.sport,
                    "distance_m": file.distance_m,
                    "clues": file.clues.get("clues", {}),
                }
                for file in self.files
            ],
        }


def key_of(batch_id: int, asked_by: Iterable[str]) -> str:
    """The name of a question: the same for the same files however and in whatever order they came in."""
    mark = hashlib.blake2b("\0".join(asked_by).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{batch_id}-{mark}"


def questions(conn: Connection, viewer: Viewer, batch_id: int | None = None) -> list[Question]:
    """What is still to be decided about files that nobody is told for, by import and key.

    Parameters
    ----------
    conn : Connection
    viewer : Viewer
        Files of nobody are for those who see every runner.
    batch_id : int | None
        One import only.
    """
    groups: dict[str, list[WaitingFile]] = defaultdict(list)
    for file in waiting.waiting(conn, viewer, batch_id):
        if is_open(file):
            groups[key_of(file.batch_id, file.clues["asked_by"])].append(file)
    return sorted((_question(key, files) for key, files in groups.items()), key=lambda one: (one.batch_id, one.key))


def is_open(file: WaitingFile) -> bool:
    """False where the bytes have come in otherwise meanwhile: then nothing is left to decide."""
    if file.holder is None:
        return True
    claim = file.clues.get(CLAIM)
    return claim is not None and name_key(claim) != name_key(file.holder)


def _question(key: str, files: list[WaitingFile]) -> Question:
    first = files[0]
    count: dict[tuple[str, str], int] = defaultdict(int)
    for file in files:
        for one in file.clues["candidates"]:
            count[one["runner"], one["why"]] += 1
    # the order of the first file's candidates stands where as many files name two
    candidates = tuple(Candidate(*one) for one in sorted(count, key=lambda one: -count[one]))
    kind, value = first.clues["asked_by"]
    together = _TOGETHER[kind].format(value) if kind in _TOGETHER and value else ""
    return Question(key, first.batch_id, first.clues["why"], together, tuple(files), candidates)


def asked(line: FileReport, offer: Offer, batch_id: int | None) -> FileReport:
    """The line of report of a file that was read and that nobody is told for.

    Parameters
    ----------
    line : FileReport
        As it would be for a file with an owner.
    offer : Offer
        The file, with the reason why nobody is named and whose it may be.
    batch_id : int | None
        The import's number; None for a look ahead, of which nothing is kept that could be asked about.
    """
    owner = offer.owner
    why = owner.told_by if owner.in_doubt else f"Nothing says whose file this is: {owner.told_by}."
    return _line(line, offer, batch_id, why, owner.candidates, {"asked_by": list(owner.asked_by)})


def claimed(first: FileReport, offer: Offer, size: int, holder: str, batch_id: int | None) -> FileReport:
    """The line of report of a file whose very bytes were kept with another runner of the same import.

    Parameters
    ----------
    first : FileReport
        The line of the file that was kept.
    offer : Offer
        The second one, with whose it was offered as.
    size : int
        Bytes.
    holder : str
        Whose the first one is.
    batch_id : int | None
        The import's number; None for a look ahead, of which nothing is kept that could be asked about.
    """
    runner = offer.owner.name or ""
    why = f"The same bytes are offered as {holder}'s and as {runner}'s; they were kept with {holder} (“{first.path}”)."
    sides = (Candidate(holder, "kept with them"), Candidate(runner, f"offered by the {offer.owner.told_by}"))
    line = replace(first, size=size, sessions=0, read_s=None, told_by=None)
    by = {"asked_by": [CLAIM, f"{name_key(holder)}; {name_key(runner)}"], CLAIM: runner}
    return _line(line, offer, batch_id, why, sides, by)


def _line(
    line: FileReport,
    offer: Offer,
    batch_id: int | None,
    why: str,
    candidates: tuple[Candidate, ...],
    by: dict[str, Any],
) -> FileReport:
    may_be = [{"runner": one.runner, "why": one.why} for one in candidates]
    advice, question = "You are asked whose it is once the import is done.", {}
    if batch_id is not None:
        key = key_of(batch_id, by["asked_by"])
        advice = f"Say whose it is on the page, or with loadmon assign {key} NAME; the file is kept until then."
        question = {"question": key}
    words = ", ".join(f"{one.runner} ({one.why})" for one in candidates)
    return replace(
        line,
        path=offer.member.path,
        outcome=Outcome.NO_OWNER,
        athlete_id=None,
        reason=NoOwner.name,
        detail=f"{why} It may be of {words}." if words and not offer.owner.in_doubt and CLAIM not in by else why,
        advice=advice,
        sessions=0,
        about={**question, "candidates": may_be, "clues": offer.clues.plain(), "why": why, **by},
    )


def waiting_file(line: FileReport, offer: Offer, decoded: Decoded | None = None) -> WaitingFile:
    """What is kept of a file so that it can be taken in as soon as somebody says whose it is."""
    told = told_of(offer, decoded) if decoded and (offer.told or offer.starts) else []
    places = (int(packed.head["index_in_file"]) for packed in decoded.sessions) if decoded else ()
    by_place: dict[int, Told] = {place: one for place, one in zip(places, told, strict=False) if one is not None}
    clues = {name: value for name, value in (line.about or {}).items() if name != "question"}
    return WaitingFile(line.path, line.sha256 or "", offer.member.name, clues, by_place)


def clues_of(file: WaitingFile) -> Clues:
    """What a waiting file says of its owner."""
    return Clues.from_plain(file.clues.get("clues", {}))
