"""The import page's question about a session table: is this what its columns hold?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from loadmon.intake.tables import Confirmed, key, open_questions, proposals
from loadmon.readers.table_columns import FIELDS, TableColumns, TableProposal
from loadmon.refusal import Refusal
from loadmon.session import Sport
from loadmon.show.plain import plain
from loadmon.show.words import capital, plural

NO_COLUMN = "no column"
CONFIRMED = "Yes, this is what the columns hold"
TO_SAY = "Please say"
WORDS = {
    "date": "day", "time": "time of day", "duration": "whole time", "moving": "moving time", "distance": "distance",
    "sport": "sport", "mean_heart_rate": "mean heart rate", "max_heart_rate": "highest heart rate", "cadence": "cadence",
    "ascent": "ascent", "effort": "how hard it felt, 0 to 10", "name": "name of the session", "shoes": "shoes",
    "runner": "runner", "without": "the session's own file (rows with one are left out)",
}  # fmt: skip
_KINDS: dict[str, tuple[str, str, dict[str, str]]] = {
    "date_order": (
        "date",
        "Days are written with",
        {"dmy": "the day first", "mdy": "the month first", "ymd": "the year first"},
    ),
    "duration_unit": (
        "duration",
        "Whole times are in",
        {"s": "seconds", "min": "minutes", "h": "hours", "hm": "hours:minutes", "ms": "minutes:seconds"},
    ),
    "moving_unit": (
        "moving",
        "Moving times are in",
        {"s": "seconds", "min": "minutes", "h": "hours", "hm": "hours:minutes", "ms": "minutes:seconds"},
    ),
    "distance_unit": ("distance", "Distances are in", {"km": "kilometres", "mi": "miles", "m": "metres"}),
    "ascent_unit": ("ascent", "Ascents are in", {"m": "metres", "ft": "feet"}),
    "decimal": ("decimal", "Decimals begin with", {",": "a comma", ".": "a point"}),
}


def confirm_tables(paths: list[Path]) -> tuple[Confirmed, list[Path]]:
    """Show what each table among the given files is taken for, and ask; nothing is made of one that is not confirmed.

    Parameters
    ----------
    paths : list of Path
        What was given.

    Returns
    -------
    tuple of (Confirmed, list of Path)
        What was confirmed, and the paths to go on with: tables that wait are not among them.
    """
    found: Confirmed = {}
    waiting: list[Path] = []
    for path, proposal in _proposals(paths).items():
        if isinstance(proposal, Refusal):
            st.error(f"**{plain(path.name)}: {plain(proposal.what)}** {plain(proposal.advice)}")
            waiting.append(path)
            continue
        with st.container(border=True):
            columns = _asked(path, proposal)
        if columns is None:
            waiting.append(path)
        else:
            found[key(path)] = columns
    return found, [path for path in paths if path not in waiting]


def _proposals(paths: list[Path]) -> dict[Path, TableProposal | Refusal]:
    """What tables are taken for, kept as long as the files are the same: a page runs anew at every click."""
    marks = tuple((str(p), p.stat().st_size, p.stat().st_mtime_ns) for p in paths if p.is_file())
    kept = st.session_state.get("proposals")
    if kept is None or kept[0] != marks:
        kept = (marks, proposals(paths))
        st.session_state["proposals"] = kept
    return dict(kept[1])


def _asked(path: Path, proposal: TableProposal) -> TableColumns | None:
    """One table's columns, once they are confirmed."""
    service = f", as {proposal.service} exports it" if proposal.service else ""
    st.markdown(
        f"**{plain(path.name)}** is a table of {plural(proposal.rows, 'row')}{service}. Is this what its columns hold?"
    )
    st.dataframe(preview(proposal), hide_index=True, width="stretch", height=min(38 + 35 * len(proposal.found), 300))
    mark = f"{path.name}-{path.stat().st_mtime_ns}"
    with st.expander("Other columns"):
        chosen = _columns(proposal, mark)
    columns = _units(proposal, chosen, mark)
    questions = open_questions(path, columns)
    for one in questions:
        st.warning(f"**{TO_SAY}:** {plain(one.question)}")
    is_right = st.checkbox(CONFIRMED, key=f"confirmed-{mark}", disabled=bool(questions))
    if not is_right:
        st.caption("The table is left out until this is confirmed.")
    return columns if is_right and not questions else None


def preview(proposal: TableProposal) -> pd.DataFrame:
    """A table's columns, what each is taken for, and some of what it holds."""
    rows = [
        {
            "column": column.name,
            "taken for": WORDS[column.taken_for] if column.taken_for else "not used",
            "such as": ", ".join(column.examples)[:80],
        }
        for column in proposal.found
    ]
    return pd.DataFrame(rows, columns=["column", "taken for", "such as"])


def _columns(proposal: TableProposal, mark: str) -> dict[str, Any]:
    names = [NO_COLUMN, *(column.name for column in proposal.found)]
    left, right = st.columns(2)
    chosen: dict[str, Any] = {}
    for at, field in enumerate(FIELDS):
        proposed = getattr(proposal.columns, field) or NO_COLUMN
        with left if at % 2 == 0 else right:
            name = st.selectbox(capital(WORDS[field]), names, names.index(proposed), key=f"{field}-{mark}")
        chosen[field] = None if name == NO_COLUMN else name
    return chosen


def _units(proposal: TableProposal, chosen: dict[str, Any], mark: str) -> TableColumns:
    """The chosen columns with units: asked for what the cells do not tell, offered for the rest."""
    plain_values = proposal.columns.plain() | chosen
    unclear = {one.field for one in proposal.unclear}
    for name, (field, label, kinds) in _KINDS.items():
        if field != "decimal" and chosen.get(field) is None:
            plain_values[name] = None
            continue
        same = field == "decimal" or chosen[field] == getattr(proposal.columns, field)
        told = plain_values.get(name) if same else None
        if told in kinds or field in unclear or not same:
            options = list(kinds)
            place = options.index(told) if told in kinds else None
            plain_values[name] = st.selectbox(
                label, options, place, format_func=kinds.__getitem__, key=f"{name}-{mark}", placeholder=TO_SAY
            )
    if chosen["sport"] is None or "sport" in unclear:
        sports = [sport.value for sport in Sport if sport is not Sport.UNKNOWN]
        plain_values["all_sport"] = st.selectbox("Every row is a", sports, None, key=f"all-{mark}", placeholder=TO_SAY)
    return TableColumns.from_plain({name: value for name, value in plain_values.items() if value is not None})
