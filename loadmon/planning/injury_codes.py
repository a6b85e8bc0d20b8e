"""Codes of injuries: the 21 that runners have most often, and the whole list where somebody brings it."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from loadmon.injury import CHOICES
from loadmon.paths import data_file
from loadmon.planning.return_rules import Label, default_return_rules
from loadmon.refusal import Refusal

CODE = re.compile(r"[A-Z][A-Z0-9]{1,4}")
MOST_ROWS = 5_000
MOST_BYTES = 2_000_000
CODE_HEADS = ("code", "osiics", "osiics_15", "osiics15", "osiics_code", "osiics_15_code")
NAME_HEADS = ("diagnosis", "name", "label", "description", "osiics_15_diagnosis", "diagnosis_label")
AREAS = {
    "H": "head", "N": "neck", "S": "shoulder", "U": "upper arm", "E": "elbow", "R": "forearm", "W": "wrist or hand",
    "P": "hand", "C": "chest", "D": "upper back", "L": "lower back", "O": "trunk", "G": "hip or groin", "T": "thigh",
    "K": "knee", "Q": "lower leg", "A": "ankle", "F": "foot", "M": "medical", "Z": "not located", "X": "several places",
}  # fmt: skip
"""What the first letter of a code says of the place."""
PLACES: Mapping[str, tuple[str, ...]] = {
    "foot": ("F", "A"),
    "Achilles tendon": ("Q", "A", "F"),
    "calf": ("Q", "K"),
    "shin": ("Q", "A"),
    "knee": ("K", "T", "Q"),
    "hamstring": ("T", "G", "K"),
    "thigh, front": ("T", "G", "K"),
    "hip or groin": ("G", "T", "L"),
    "lower back": ("L", "G", "D"),
}
"""First letters that may go with an area that somebody chose, its neighbours where one hurts at the other (loadmon convention)."""
NO_PLACE = ("M", "Z", "X")


class NoCodeList(Refusal):
    """A file that is no list of injury codes."""

    name = "no code list"


@dataclass(frozen=True, slots=True)
class InjuryCode:
    """One code: what it is called, where it is, and which return-to-run rules fit; None where nobody said.

    Parameters
    ----------
    site_decides : bool
        True where one code is of sites of low and of high risk, so that somebody has to choose the rules.
    course : str
        How long it usually takes.
    provoking, criteria, red_flags : tuple of str
        What brings it on; what has to hold before running; signs to have looked at first, in words.
    related : tuple of (str, str)
        Neighbouring codes and what they are of.
    sources : tuple of str
        Author, year and DOI; none where all of it is from memory.
    """

    code: str
    name: str
    area: str
    tissue: str | None = None
    mode: str | None = None
    profile: str | None = None
    label: str = "M"
    note: str = ""
    site_decides: bool = False
    course: str = ""
    provoking: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()


class _Related(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    profile: str | None = None


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    area: str
    mode: Literal["sudden", "gradual", "mixed"]
    profile: str
    label: Label
    tissue: str | None = None
    note: str = ""
    site_decides: bool = False
    course: Annotated[str, Field(min_length=1)]
    provoking: tuple[str, ...]
    criteria: tuple[str, ...]
    red_flags: tuple[str, ...]
    sources: tuple[str, ...]
    related: dict[str, _Related] = {}


class _Codes(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    acknowledgement: str
    sign: dict[str, str]
    source: dict[str, str]
    code: Annotated[dict[str, _Row], Field(min_length=1)]


@cache
def _read() -> _Codes:
    path = data_file("knowledge", "injury_codes.toml")
    try:
        return _Codes.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError):
        raise NoCodeList("The injury codes that ship with loadmon cannot be read.", "Install loadmon again.") from None


@cache
def our_codes() -> dict[str, InjuryCode]:
    """The codes that ship with loadmon, by code.

    Raises
    ------
    NoCodeList
        If the file is damaged, or names rules, tissues, signs or sources that are not there.
    """
    found, rules = _read(), default_return_rules()
    signs = dict(rules.red_flag) | found.sign
    told = {}
    for code, row in found.code.items():
        named = {row.profile, *(one.profile for one in row.related.values() if one.profile)}
        if not (
            named <= set(rules.profile)
            and row.tissue in (None, *CHOICES["tissue"])
            and set(row.red_flags) <= set(signs)
            and set(row.sources) <= set(found.source)
            and (row.label == "M" or row.sources)
        ):
            raise NoCodeList(f"The injury code {code} names rules that are not there.", "Install loadmon again.")
        told[code] = InjuryCode(
            code,
            **row.model_dump(exclude={"red_flags", "related", "sources"}),
            red_flags=tuple(signs[one] for one in row.red_flags),
            related=tuple((other, one.name) for other, one in row.related.items()),
            sources=tuple(found.source[one] for one in row.sources),
        )
    return told


def suggested_profile(code: str | None) -> str | None:
    """Which return-to-run rules fit a code; None where nobody said, or where the exact site has to decide.

    Bone of the shin and of the midfoot has sites of low and of high risk under one code: nothing is chosen for these.
    """
    if code is None:
        return None
    if own := our_codes().get(code):
        return None if own.site_decides else own.profile
    return next((row.related[code].profile for row in _read().code.values() if code in row.related), None)


def known_of(code: str | None) -> InjuryCode | None:
    """What is known of a code, of the one it is a neighbour of too; None where nothing is."""
    if code is None:
        return None
    found = our_codes()
    return found.get(code) or next((one for one in found.values() if code in dict(one.related)), None)


def area_of(code: str) -> str:
    """Where an injury is, by the first letter of its code; empty for a letter nobody knows."""
    return AREAS.get(code[:1].upper(), "")


def contradiction(area: str, code: str | None) -> str | None:
    """What to ask where a code is of quite another place than the area that was chosen; None where they go together.

    Parameters
    ----------
    area : str
        As it was chosen; of one that is not in ``PLACES`` nothing can be told.
    code : str | None
    """
    if not code or area not in PLACES or not area_of(code):
        return None
    letter = code[0].upper()
    if letter in NO_PLACE or letter in PLACES[area]:
        return None
    named = our_codes()[code].area if code in our_codes() else area_of(code)
    return f"The code {code} is of the {named}, and the place that was chosen is the {area}. Which of them is right?"


def codes_from_csv(data: bytes) -> tuple[InjuryCode, ...]:
    """The whole list of codes as a CSV file has it, one row a code.

    Parameters
    ----------
    data : bytes
        With a line of headings, one of them for the code and one for the diagnosis; comma, semicolon or tab between. A code
        that stands there twice is taken once.

    Raises
    ------
    NoCodeList
        If it is too large, no text, lacks one of the columns, or holds no code.
    """
    advice = "Choose the CSV file of the whole list, with a column for the code and one for the diagnosis."
    if len(data) > MOST_BYTES:
        raise NoCodeList("The file is too large for a list of codes.", advice)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if "\0" in text or not text.strip():
        raise NoCodeList("The file holds no text.", advice)
    first = text.splitlines()[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    heads = [re.sub(r"[^a-z0-9]+", "_", head.strip().lower()).strip("_") for head in next(rows, [])]
    at = next((heads.index(head) for head in CODE_HEADS if head in heads), None)
    named = next((heads.index(head) for head in NAME_HEADS if head in heads), None)
    if at is None or named is None:
        raise NoCodeList("No column for the code, or none for the diagnosis.", advice)
    found: dict[str, InjuryCode] = {}
    for row in rows:
        if len(row) <= max(at, named):
            continue
        code, name = row[at].strip().upper(), " ".join(row[named].split())
        if CODE.fullmatch(code) and name and code not in found:
            found[code] = InjuryCode(code, name, area_of(code), label="V")
        if len(found) > MOST_ROWS:
            raise NoCodeList(f"More than {MOST_ROWS:,} codes are no list of injuries.", advice)
    if not found:
        raise NoCodeList("No row of the file holds a code.", advice)
    return tuple(found.values())
