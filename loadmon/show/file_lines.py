"""The lines of an import's report as a table: what each file is, whose, of which day, what became of it and why."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from loadmon.intake.damage import damage_told
from loadmon.store.imports import Outcome
from loadmon.units import Units

OUTCOMES = {
    Outcome.REFUSED: "refused",
    Outcome.NO_OWNER: "whose file?",
    Outcome.NOT_AN_ACTIVITY: "no activity in it",
    Outcome.IMPORTED: "imported",
    Outcome.DUPLICATE: "there already",
    Outcome.SKIPPED: "left out by you",
    Outcome.FOREIGN: "not a watch file",
}
AHEAD = OUTCOMES | {Outcome.IMPORTED: "comes in", Outcome.SKIPPED: "left out"}
"""The same of an import that has not been done yet."""


def by_outcome(lines: pd.DataFrame, words: Mapping[Outcome, str], key: str) -> pd.DataFrame:
    """The lines of the outcomes that the reader chooses from, all of them where none is chosen."""
    counts = lines["outcome"].value_counts()
    present = {outcome: word for outcome, word in words.items() if outcome.value in counts.index}
    chosen = st.pills(
        "Outcomes shown",
        list(present),
        format_func=lambda outcome: f"{present[outcome]} ({counts[outcome.value]:,})" if outcome in present else "",
        selection_mode="multi",
        label_visibility="collapsed",
        key=key,
        wrap=True,
    )
    return lines[lines["outcome"].isin([outcome.value for outcome in chosen])] if chosen else lines


def report_rows(lines: pd.DataFrame, units: Units, words: Mapping[Outcome, str] = OUTCOMES) -> pd.DataFrame:
    """The report's lines in words, in the user's units; a column that says nothing of any file is left out.

    Parameters
    ----------
    lines : DataFrame
        As ``store.imports.reports`` gives them.
    units : Units
    words : mapping of Outcome to str
        What an outcome is called: ``AHEAD`` for an import that has not been done yet.
    """
    table = pd.DataFrame(
        {
            "file": lines["path"],
            "outcome": [words[Outcome(outcome)] for outcome in lines["outcome"]],
            "what happened": _happened(lines, ahead=words is AHEAD),
            "what to do": lines["advice"],
            "runner": _runners(lines),
            "told by": lines["told_by"],
            "day": lines["local_day"].dt.date,
            "sport": lines["sport"],
            units.length: (lines["distance_m"] / units.metres).round(2),
            "what was odd": lines["oddities"],
        }
    )
    texts = ["what happened", "what to do", "runner", "told by", "sport", "what was odd"]
    table[texts] = table[texts].fillna("")
    empty = [name for name in texts if (table[name] == "").all()]
    empty += [name for name in ("day", units.length) if table[name].isna().all()]
    return table.drop(columns=empty)


def _happened(lines: pd.DataFrame, *, ahead: bool) -> pd.Series:
    """What there is to say of each file; of one that came in damaged, that it did."""
    lost = [
        damage_told(odd, ahead=ahead) if outcome == Outcome.IMPORTED.value else ""
        for outcome, odd in zip(lines["outcome"], lines["oddities"], strict=True)
    ]
    told = lines["detail"].fillna("").astype("str")
    return (told + " " + pd.Series(lost, index=lines.index, dtype="str")).str.strip()


def _runners(lines: pd.DataFrame) -> pd.Series:
    """Whose each file is; who is new is marked so, as a name that is spelt in two ways makes two runners."""
    named = [
        about["runner"] + (" (new)" if about.get("new_runner") else "") if "runner" in about else athlete
        for about, athlete in zip(lines["about"], lines["athlete"], strict=True)
    ]
    return pd.Series(named, index=lines.index, dtype="str")
