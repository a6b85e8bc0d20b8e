"""The official words of questionnaires, where a club has a licence for them: a file of its own, checked whole before it is shown.

The scoring of these questionnaires is published and ships with loadmon; their words belong to journals and do not. A club that
may use them puts them into a TOML file in its data folder, and they stand in place of our own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from loadmon.planning.check_in import ABILITY_ITEMS, PROBLEM_ITEMS
from loadmon.refusal import Refusal
from loadmon.shipped import checked

FILE = "questionnaires.toml"
"""Its name in the data folder."""
LARGEST_BYTES = 100_000
AREA_PLACE = "{area}"
"""Stands in the questions of one area for the area's name."""
Words = Annotated[str, Field(min_length=1, max_length=600)]


class UnusableWording(Refusal):
    """The file with the official words cannot be used."""

    name = "unusable wording"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Question(_Part):
    """One question and its four answers in their printed order."""

    words: Words
    answers: Annotated[tuple[Words, ...], Field(min_length=4, max_length=4)]


class Item(_Part):
    """One line of the nine, with what its lowest and its highest answer mean."""

    words: Words
    lowest: Words
    highest: Words


class Licensed(_Part):
    """Where words come from, and by which licence they are used here; both are shown beneath them."""

    source: Words
    licence: Words


class FourQuestions(Licensed):
    """The four questions of a week: of any health problem (OSTRC-H2), or of one area (OSTRC-O2)."""

    question: dict[str, Question]

    @model_validator(mode="after")
    def _all_four(self) -> Self:
        if set(self.question) != set(PROBLEM_ITEMS):
            raise ValueError(f"the questions are {', '.join(PROBLEM_ITEMS)}, each once")
        return self


class NineLines(Licensed):
    """How well an injured runner can run (UWRI)."""

    item: Annotated[tuple[Item, ...], Field(min_length=len(ABILITY_ITEMS), max_length=len(ABILITY_ITEMS))]


class Wording(_Part):
    """What a club has brought; None for a questionnaire that goes on in our own words."""

    problem: FourQuestions | None = None
    area: FourQuestions | None = None
    ability: NineLines | None = None

    @model_validator(mode="after")
    def _area_is_named(self) -> Self:
        if self.area and not any(AREA_PLACE in one.words for one in self.area.question.values()):
            raise ValueError(f"none of the questions of an area holds {AREA_PLACE}, so nobody would know of which")
        return self


OUR_WORDS = Wording()


def wording_from(text: str) -> Wording:
    """The words of a file, if all of it can be meant.

    Parameters
    ----------
    text : str
        TOML.

    Raises
    ------
    UnusableWording
        If it is no TOML, or a question, an answer or the licence is missing; it names the place.
    """
    return checked(text, Wording, "official words of the questionnaires", UnusableWording)


def wording_in(home: Path) -> Wording:
    """The words that a club has put into its data folder; our own where there are none.

    Raises
    ------
    UnusableWording
        If there is a file and it cannot be used.
    """
    path = home / FILE
    if not path.is_file():
        return OUR_WORDS
    advice = f"Mend {FILE} in the data folder, or take it away."
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise UnusableWording("The file with the official words is too large to be that.", advice)
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UnusableWording("The file with the official words cannot be read.", advice) from None
    try:
        return wording_from(text)
    except UnusableWording as refusal:
        raise UnusableWording(refusal.what, advice) from None
