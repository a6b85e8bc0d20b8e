"""The import page's question about a session table: is this what its columns hold?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import streamlit as st

from loadmon.intake.tables import Confirmed, Outlook, key, outlook, proposals
from loadmon.readers.table_columns import FIELDS, TableColumns, TableProposal
from loadmon.readers.table_row import TableRow
from loadmon.refusal import Refusal
from loadmon.session import Sport
from loadmon.show import state
from loadmon.show.plain import plain
from loadmon.show.words import capital, day_of_year, plural
from loadmon.units import NOTHING, Units, clock

NO_COLUMN = "no column"
MANY_COLUMNS, TALLEST = 9, 380
"""A table of more columns than this is shown in a window of so many pixels, to be scrolled."""
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
            st.warning(f"**{plain(path.name)}** is left out. {plain(proposal.what)} {plain(proposal.advice)}")
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
    held = st.empty()
    mark = f"{path.name}-{path.stat().st_mtime_ns}"
    with st.expander("Other columns"):
        chosen = _columns(proposal, mark)
    # drawn last and standing first: what is confirmed is what was chosen, not what was proposed
    height: int | Literal["content"] = TALLEST if len(proposal.found) > MANY_COLUMNS else "content"
    held.table(preview(proposal, chosen).map(plain), border="horizontal", hide_index=True, height=height)
    columns, found = _sport(path, _units(proposal, chosen, mark), mark)
    if isinstance(found, Refusal):
        st.error(f"**{plain(found.what)}** {plain(found.advice)}")
        return None
    for one in found.questions:
        st.warning(f"**{TO_SAY}:** {plain(one.question)}")
    if not found.questions:
        _first_sessions(found)
    # another choice asks anew: nobody has confirmed that yet
    told = hashlib.sha256(repr(columns).encode()).hexdigest()[:12]
    is_right = st.checkbox(CONFIRMED, key=f"confirmed-{mark}-{told}", disabled=bool(found.questions))
    if not is_right:
        st.caption("The table is left out until this is confirmed.")
    return columns if is_right and not found.questions else None


def _outlook(path: Path, columns: TableColumns, mark: str) -> Outlook | Refusal:
    """What would come of a table, looked up once for each choice of columns: it may have many rows."""
    kept = st.session_state.setdefault("outlooks", {})
    if kept.get(mark, (None,))[0] != columns:
        try:
            kept[mark] = (columns, outlook(path, columns))
        except Refusal as refusal:
            kept[mark] = (columns, refusal)
    found: Outlook | Refusal = kept[mark][1]
    return found


def _sport(path: Path, columns: TableColumns, mark: str) -> tuple[TableColumns, Outlook | Refusal]:
    """The sport of every row, asked for only where no column tells it; and what would come of the table then."""
    found = _outlook(path, columns, mark)
    if isinstance(found, Refusal) or all(one.field != "sport" for one in found.questions):
        return columns, found
    sports = [sport.value for sport in Sport if sport is not Sport.UNKNOWN]
    every = st.selectbox("Every row is a", sports, None, key=f"all-{mark}", placeholder=TO_SAY)
    if every is None:
        return columns, found
    columns = replace(columns, all_sport=every)
    return columns, _outlook(path, columns, f"{mark}-{every}")


def _first_sessions(found: Outlook) -> None:
    """The first sessions as they would come in, so that a wrong day or unit is seen before it is in; and what stays out."""
    st.caption(f"{plural(found.sessions, 'session')} would come in; the first as they would stand here:")
    st.table(sample(found.first, state.units()).map(plain), border="horizontal", hide_index=True)
    if found.left:
        one = found.left[0]
        rows = "1 row is no session" if len(found.left) == 1 else f"{len(found.left):,} rows are no sessions"
        st.caption(plain(f"{rows} and would be named in the report, such as row {one.number}: {one.why}."))


def sample(rows: tuple[TableRow, ...], units: Units) -> pd.DataFrame:
    """Sessions of a table in words: day and time, sport, distance and whole time, a dash for what a row does not tell."""
    lines = [
        {
            "day": f"{(at := datetime.fromisoformat(row.start)):%a} {day_of_year(at.date())}",
            "at": f"{at:%H:%M}" if row.has_time else NOTHING,
            "sport": row.sport,
            "distance": units.distance(row.distance_m),
            "whole time": clock(row.duration_s),
        }
        for row in rows
    ]
    return pd.DataFrame(lines)


def preview(proposal: TableProposal, chosen: Mapping[str, str | None] | None = None) -> pd.DataFrame:
    """A table's columns, what each is taken for, and some of what it holds.

    Parameters
    ----------
    proposal : TableProposal
    chosen : mapping of field to column | None
        What the person chose; what was proposed if not given.
    """
    taken: dict[str, list[str]] = {}
    for field, column in (proposal.columns.taken() if chosen is None else chosen).items():
        if column is not None:
            taken.setdefault(column, []).append(WORDS[field])
    rows = [
        {
            "column": column.name,
            "taken for": ", ".join(taken.get(column.name, ["not used"])),
            "such as": ", ".join(column.examples)[:80],
        }
        for column in proposal.found
    ]
    return pd.DataFrame(rows, columns=["column", "taken for", "such as"])


def _columns(proposal: TableProposal, mark: str) -> dict[str, Any]:
    names = [NO_COLUMN, *(column.name for column in proposal.found)]
    chosen: dict[str, Any] = {}
    for at in range(0, len(FIELDS), 2):  # pair by pair, so that a narrow screen keeps their order
        for place, field in zip(st.columns(2), FIELDS[at : at + 2], strict=False):
            proposed = getattr(proposal.columns, field) or NO_COLUMN
            name = place.selectbox(capital(WORDS[field]), names, names.index(proposed), key=f"{field}-{mark}")
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
    return TableColumns.from_plain({name: value for name, value in plain_values.items() if value is not None})
