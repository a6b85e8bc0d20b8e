"""Earlier imports: what each brought, what became of every file, and taking one back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from loadmon.intake.undo import ask_for_undo
from loadmon.show import state
from loadmon.show.file_lines import OUTCOMES, by_outcome, report_rows
from loadmon.show.words import plural
from loadmon.spreadsheet import csv_of
from loadmon.store import imports
from loadmon.units import NOTHING, Units, is_missing


def past_imports() -> None:
    """Earlier imports, the newest first, each with the report of every file."""
    with state.store().read() as conn:
        batches = imports.batches(conn, state.viewer())
    if batches.empty:
        return
    st.header("Imports so far")
    found: dict[int, Any] = {int(str(number)): row for number, row in batches.iterrows()}
    batch = st.selectbox("Import", list(found), format_func=lambda number: _label(number, found[number]))
    with state.store().read() as conn:
        lines = imports.reports(conn, state.viewer(), batch)
    st.markdown(import_sentence(found[batch], state.units()))
    shown = by_outcome(lines, OUTCOMES, f"outcomes-{batch}")
    table = report_rows(shown, state.units())
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * max(len(table), 1), 460),
        placeholder=NOTHING,
        column_config={state.units().length: st.column_config.NumberColumn(format="%.2f")},
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download this report as CSV", csv_of(lines.drop(columns="about")), f"import-{batch}.csv", "text/csv"
        )
        if found[batch]["state"] not in ("undone", "running") and state.viewer().sees_all:
            _undo(batch, found[batch])


def _undo(batch: int, row: Any) -> None:
    """Taking the import back, after a question that says what goes."""
    with st.popover("Undo this import", help="Takes it out again, whole"):
        st.markdown(
            f"**{plural(int(row['sessions']), 'session')} go**, with the originals that loadmon keeps of them, and the "
            "runners of whom nothing else is known. What another import offered too stays. Your own files are not touched."
        )
        if st.button("Undo it", type="primary", key=f"undo-{batch}"):
            ask_for_undo(state.store(), state.viewer(), batch)
            st.rerun()


def import_sentence(batch: Any, units: Units) -> str:
    """What an import brought, in a sentence.

    Parameters
    ----------
    batch : Series
        One row of ``store.imports.batches``.
    units : Units
        How the reader wants distances.
    """
    words = f"{plural(int(batch['files']), 'file')} looked at, {plural(int(batch['sessions']), 'session')} stored"
    if not is_missing(batch["distance_m"]) and batch["sessions"]:
        words += f", {units.distance(batch['distance_m'], 0)}"
    ended = {
        "undone": "; undone",
        "running": "; still under way",
        "cancelled": "; stopped before the end",
        "failed": "; broken off",
    }
    return f"{words}{ended.get(batch['state'], '')}."


def _label(number: int, row: Any) -> str:
    # the number tells two of one minute apart, for the reader and for the select box, and is what the commands ask for
    return f"{number} · {row.started.day} {row.started:%b %Y %H:%M} UTC · {row.what}"
