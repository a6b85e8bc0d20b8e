"""The words in which questionnaires are asked: a club's licensed ones where it has brought them, else our own."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from loadmon.planning.check_in import ABILITY_ITEMS
from loadmon.planning.wording import (
    AREA_PLACE,
    OUR_WORDS,
    FourQuestions,
    Licensed,
    UnusableWording,
    Wording,
    wording_in,
)
from loadmon.show import state
from loadmon.show.check_in_words import (
    ABILITY_QUESTIONS,
    AREA_QUESTIONS,
    OWN_WORDING,
    PROBLEM_QUESTIONS,
    Asked,
)
from loadmon.show.plain import plain


def wording() -> Wording:
    """The words that hold; a file that cannot be used is said to be so, and our own words stand in."""
    try:
        return wording_in(state.store().home)
    except UnusableWording as refusal:
        st.warning(
            f"**{plain(refusal.what)}** {plain(refusal.advice)} Until then the questions stand in our own words."
        )
        return OUR_WORDS


def problem_questions(words: Wording) -> Mapping[str, Asked]:
    """The four questions of any health problem of a week."""
    return PROBLEM_QUESTIONS if words.problem is None else _official(words.problem)


def area_questions(words: Wording, area: str) -> Mapping[str, Asked]:
    """The four questions of one area, with its name in them."""
    asked = AREA_QUESTIONS if words.area is None else _official(words.area)
    return {item: (question.replace(AREA_PLACE, area), answers) for item, (question, answers) in asked.items()}


def ability_questions(words: Wording) -> Mapping[str, tuple[str, str, str]]:
    """The nine lines of running with an injury, with what their lowest and highest answers mean."""
    if words.ability is None:
        return ABILITY_QUESTIONS
    lines = words.ability.item
    return {name: (one.words, one.lowest, one.highest) for name, one in zip(ABILITY_ITEMS, lines, strict=True)}


def words_from(licensed: Licensed | None) -> str:
    """Whose words they are: the official ones with their source and licence, or ours, which nobody validated."""
    return (
        OWN_WORDING
        if licensed is None
        else f"Official wording: {licensed.source}. Used by licence: {licensed.licence}."
    )


def _official(found: FourQuestions) -> Mapping[str, Asked]:
    return {item: (one.words, one.answers) for item, one in found.question.items()}
