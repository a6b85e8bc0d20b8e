"""What a file and its place say of whose it is: folder, file name, watch and profile, each as it can be learnt."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from loadmon.readers.makers import MADE_UP, is_maker
from loadmon.readers.marks import Marks
from loadmon.readers.member import CANDIDATE_ENDINGS
from loadmon.readers.sport_words import sport_in_words
from loadmon.session import Sport
from loadmon.store.packed import plain
from loadmon.store.squad import name_key

VARYING = "*"
_ROW = re.compile(r", row \d+$")
_UUID = re.compile(r"[0-9a-f]{8}([\W_]?[0-9a-f]{4}){3}[\W_]?[0-9a-f]{12}")
_HEX = re.compile(r"(?=[^_\W]*\d)(?=[^_\W]*[a-f])[0-9a-f]{8,}")
_WORD_AND_NUMBER = re.compile(r"(\d*)([^\W\d_]+)(\d*)")
_GENERAL = """
    activity activities aktivität aktivitäten activité activités actividad attività export exported original originals track
    tracks route routes course courses session sessions file files data copy kopie copie copia new neu nouveau untitled unnamed
    noname row import imported upload uploaded download downloaded part log record recording rec temp tmp test output move moves
    fit gpx tcx zip csv gz am pm at on of the and und with mit in by from von de la le to hr gps km mi min sec utc gmt id nr no
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday mo di mi do fr sa so montag dienstag
    mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
    january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec januar februar märz mai juni juli oktober dezember mrz okt dez janvier février mars avril juin juillet août
    septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    morning lunch noon midday afternoon evening night day today week year month early late morgen mittag nachmittag abend nacht
    training race racing long short easy tempo fast slow interval intervals recovery warmup warm up cooldown cool down hill hills
    speed fartlek marathon half parkrun cross country indoor outdoor gym home work commute
"""
_SAYS_NOTHING = frozenset(_GENERAL.split())
"""What anybody's file may be called after: days, times, purposes, what programs write."""


class ClueKind(StrEnum):
    """What a clue is, in the order in which clues that were learnt are asked."""

    FOLDER = "folder"
    PATTERN = "pattern"
    SERIAL = "serial"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Clues:
    """What one file says of its owner; None for what it does not say.

    Parameters
    ----------
    folder : str | None
        The folder on its way whose name could be a person's, as names are compared.
    pattern : str | None
        The letters of its name that stay while the rest varies: ``anna_*`` for ``anna_2026-05-03.fit``.
    serial : str | None
        The fingerprint of the watch.
    profile : str | None
        The name in the watch's or the account's profile, as it is shown.
    place : str
        The folder, archive or table it lies in; nothing is learnt of it.
    """

    folder: str | None = None
    pattern: str | None = None
    serial: str | None = None
    profile: str | None = None
    place: str = ""

    def with_marks(self, marks: Marks) -> Clues:
        """These clues with what the file's own bytes tell; the account's name stands before the watch's."""
        serial = None if marks.serial in MADE_UP else marks.serial
        return dataclasses.replace(self, serial=serial, profile=self.profile or plain(marks.profile))

    def values(self) -> list[tuple[ClueKind, str]]:
        """Each clue that says something as it is learnt and looked up."""
        told = [(kind, getattr(self, kind.value)) for kind in ClueKind]
        return [(kind, name_key(value) if kind is ClueKind.PROFILE else value) for kind, value in told if value]

    def plain(self) -> dict[str, str]:
        """As plain values, for the store."""
        return {name: value for name, value in dataclasses.asdict(self).items() if value}

    @classmethod
    def from_plain(cls, told: dict[str, Any]) -> Clues:
        """From what ``plain`` gave."""
        return cls(**{field.name: told[field.name] for field in dataclasses.fields(cls) if field.name in told})


def pattern_of(name: str) -> str | None:
    """The letters of a file's name that stay from one file to the next, with ``*`` for what varies.

    None where nothing varies, and where only numbers, days, sports, makers and the like are left: those are no person's.

    Parameters
    ----------
    name : str
        The file's name, such as ``Anna-Berg_2026-05-03_Run.fit``.
    """
    stem = PurePosixPath(str(plain(name)))
    while stem.suffix.lower() in CANDIDATE_ENDINGS:
        stem = stem.with_suffix("")
    text = _UUID.sub(" 0 ", name_key(stem.name))
    parts = [part for chunk in re.split(r"[\W_]+", text) if chunk for part in _stable(chunk)]
    runs = [part for part, _ in groupby(part for part in parts if part)]
    return "_".join(runs) if VARYING in runs and len(runs) > 1 else None


def place_of(path: str) -> str:
    """Where a file lies, as it is told: its folder or archive, or the table whose row it is."""
    folder, _, name = str(plain(path)).rpartition("/")
    table = _ROW.sub("", name)
    return "/".join(part for part in (folder, table if table != name else "") if part)


def _stable(chunk: str) -> Iterable[str]:
    """A piece of a name between two signs: its letters, and ``*`` for each part that varies."""
    found = None if _HEX.fullmatch(chunk) else _WORD_AND_NUMBER.fullmatch(chunk)
    if found is None:
        return (VARYING,)
    before, word, after = found.groups()
    return (VARYING if before else "", VARYING if _is_general(word) else word, VARYING if after else "")


def _is_general(word: str) -> bool:
    """True for a word that anybody's file may hold; one Latin letter alone says nothing either."""
    if len(word) < 2 and word.isascii():
        return True
    return word in _SAYS_NOTHING or is_maker(word) or sport_in_words(word) is not Sport.UNKNOWN


def lessons(files: list[Clues], runner: str, known: Iterable[str]) -> list[tuple[ClueKind, str]]:
    """What a decision about some files teaches: every watch, and of the rest what all of the files share.

    A folder counts where it holds all of the files: those inside one runner's folder are called by places and purposes. A
    folder or profile with a runner's own name says so by itself.

    Parameters
    ----------
    files : list of Clues
        Of every file that was decided to be this runner's.
    runner : str
        Whose they are.
    known : iterable of str
        Names of every runner in the store.
    """
    names = {name_key(name) for name in known} | {name_key(runner)}
    found: list[tuple[ClueKind, str]] = []
    for kind in ClueKind:
        values = [value for one in files for of, value in one.values() if of is kind]
        shared = sorted(set(values))
        if kind is ClueKind.SERIAL:
            found += [(kind, value) for value in shared]
        elif len(shared) == 1 and shared[0] not in names and (kind is not ClueKind.FOLDER or len(values) == len(files)):
            found.append((kind, shared[0]))
    return found
