"""The import page's conversation: what was given, whose it is, take it in, what became of it."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from loadmon.intake.jobs import ask_for_import, spools
from loadmon.show import state
from loadmon.show.plain import plain
from loadmon.show.preview import Preview, preview
from loadmon.show.table_columns import confirm_tables
from loadmon.show.words import plural
from loadmon.spreadsheet import csv_of
from loadmon.store import imports, jobs
from loadmon.store.imports import Outcome
from loadmon.units import NOTHING, Units, is_missing

MOST_LOOSE_FILES = 200
UPLOAD_TAB = "From this browser"
FOLDER_TAB = "From a folder"
_UPLOADS = "uploads_taken"
_BY_FOLDER = "told by folders"

OUTCOMES = {
    Outcome.REFUSED: "refused",
    Outcome.NO_OWNER: "whose file?",
    Outcome.NOT_AN_ACTIVITY: "no activity in it",
    Outcome.IMPORTED: "imported",
    Outcome.DUPLICATE: "there already",
    Outcome.FOREIGN: "not a watch file",
}


def uploader_key() -> str:
    """Changes after each import, so that the list of chosen files begins anew."""
    return f"upload-{st.session_state.get(_UPLOADS, 0)}"


def offer_uploads(given: list[Any]) -> None:
    """Show what uploaded files are and ask for the go-ahead.

    To be looked into they are spooled to disk at once; chosen and never taken in, they are forgotten after two days.
    """
    if len(given) > MOST_LOOSE_FILES:
        st.error(
            f"**{len(given)} loose files are more than a browser sends reliably.** "
            f"Put them into one ZIP, or give their folder under “{FOLDER_TAB}”; up to {MOST_LOOSE_FILES} go one by one."
        )
        return
    spool = _spool(given)
    _offer([spool / name.name for name in sorted(spool.iterdir())], spool)


def offer_path(path: Path) -> None:
    """Show what a folder, ZIP or file on the server's machine holds and ask for the go-ahead."""
    _offer([path], None)


def _spool(given: list[Any]) -> Path:
    """Uploaded files on disk, once for each choice of files; names are only names, never paths."""
    marks = tuple(sorted(item.file_id for item in given))
    kept = st.session_state.get("spool")
    if kept and kept[0] == marks and Path(kept[1]).is_dir():
        return Path(kept[1])
    if kept:
        shutil.rmtree(kept[1], ignore_errors=True)
    spool = spools(state.store()) / uuid.uuid4().hex
    spool.mkdir(parents=True)
    for number, item in enumerate(given):
        name = Path(item.name.replace("\\", "/")).name or "file"
        target = spool / name
        if target.exists():
            target = spool / f"{number}-{name}"
        with target.open("wb") as out:
            shutil.copyfileobj(item, out)
    st.session_state["spool"] = (marks, str(spool))
    return spool


def _offer(paths: list[Path], spool: Path | None) -> None:
    names = [runner.name for runner in state.athletes()]
    chosen = st.selectbox(
        "Whose files are these?",
        [_BY_FOLDER, *names],
        accept_new_options=True,
        help="“told by folders” takes the folder's name as the runner's. Or choose a runner, or type a new name.",
    )
    athlete = None if chosen in (None, _BY_FOLDER) else str(chosen)
    columns, paths = confirm_tables(paths)
    offered = preview(paths, athlete, tuple(names), columns)
    _show_plan(offered)
    ready = bool(offered.runners)
    if st.button("Import these files", type="primary", disabled=not ready):
        ask_for_import(state.store(), paths, athlete=athlete, spool=spool, columns=columns)
        st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
        st.session_state.pop("spool", None)
        st.rerun()


def _show_plan(offered: Preview) -> None:
    """Whose files they are, before anything is taken in."""
    for problem in offered.problems:
        st.error(f"**{plain(problem.refusal.what)}** {plain(problem.refusal.advice)}")
    runners = offered.runners
    if runners:
        known = {runner.name.casefold() for runner in state.athletes()}
        table = pd.DataFrame(
            [
                {
                    "runner": name,
                    f"{offered.noun}s": count,
                    "here already?": "yes" if name.casefold() in known else "new runner",
                }
                for name, count in sorted(runners.items())
            ]
        )
        st.markdown(f"**{plural(sum(runners.values()), offered.noun)} of {plural(len(runners), 'runner')}**")
        st.dataframe(table, hide_index=True, width="content", height=min(38 + 35 * len(table), 320))
    lost = offered.without_owner
    if lost:
        whose = f"whose the {offered.noun} is" if lost == 1 else f"whose {lost:,} of the {offered.noun}s are"
        ways = {"file": "or put each runner's files into a folder with their name"}
        way = ways.get(offered.noun, "or say which column of the table names the runner")
        st.warning(f"**Nothing says {whose}**, for example {plain(offered.example)}. Choose a runner above, {way}.")
    if offered.foreign:
        others = "1 other file is" if offered.foreign == 1 else f"{offered.foreign:,} other files are"
        st.caption(f"{others} left out: pictures, tables and the like.")
    if offered.asides:
        st.caption(
            f"{plural(len(offered.asides), 'item')} that cannot be taken in will be named in the report, "
            f"for example {plain(offered.asides[0].path)}: {plain(offered.asides[0].refusal.what)}"
        )


def running_import() -> None:
    """A line while an import is under way, and the reason where the last one ended early."""
    with state.store().read() as conn:
        latest = jobs.listed(conn, state.viewer(), limit=1)
    if not latest:
        return
    (job,) = latest
    if job.state in ("queued", "running"):
        st.info("An import is under way: its progress stands in the side bar, and it goes on if you leave this page.")
    elif job.state == "failed":
        st.error(
            f"**The last import ended early.** {plain(job.message or '')} What was read is kept; taking the files in again skips it."
        )


def past_imports() -> None:
    """Earlier imports, the newest first, each with the report of every file."""
    with state.store().read() as conn:
        batches = imports.batches(conn, state.viewer())
    if batches.empty:
        return
    st.header("Imports so far")
    found: dict[int, Any] = {int(str(number)): row for number, row in batches.iterrows()}
    batch = st.selectbox("Import", list(found), format_func=lambda number: _label(found[number]))
    with state.store().read() as conn:
        lines = imports.reports(conn, state.viewer(), batch)
    st.markdown(import_sentence(found[batch], state.units()))
    counts = lines["outcome"].value_counts()
    present = {outcome: words for outcome, words in OUTCOMES.items() if outcome.value in counts.index}
    chosen = st.pills(
        "Outcomes shown",
        list(present),
        format_func=lambda outcome: f"{present[outcome]} ({counts[outcome.value]:,})" if outcome in present else "",
        selection_mode="multi",
        label_visibility="collapsed",
        key=f"outcomes-{batch}",
        wrap=True,
    )
    shown = lines[lines["outcome"].isin([outcome.value for outcome in chosen])] if chosen else lines
    table = report_rows(shown, state.units())
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * max(len(table), 1), 460),
        placeholder=NOTHING,
        column_config={state.units().length: st.column_config.NumberColumn(format="%.2f")},
    )
    st.download_button(
        "Download this report as CSV", csv_of(lines.drop(columns="about")), f"import-{batch}.csv", "text/csv"
    )


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
    ended = {"running": "; still under way", "cancelled": "; stopped before the end", "failed": "; broken off"}
    return f"{words}{ended.get(batch['state'], '')}."


def report_rows(lines: pd.DataFrame, units: Units) -> pd.DataFrame:
    """The report's lines in words, in the user's units; a column that says nothing of any file is left out."""
    table = pd.DataFrame(
        {
            "file": lines["path"],
            "outcome": [OUTCOMES[Outcome(outcome)] for outcome in lines["outcome"]],
            "what happened": lines["detail"],
            "what to do": lines["advice"],
            "runner": lines["athlete"],
            "day": lines["local_day"].dt.date,
            "sport": lines["sport"],
            units.length: (lines["distance_m"] / units.metres).round(2),
            "what was odd": lines["oddities"],
        }
    )
    words = ["what happened", "what to do", "runner", "sport", "what was odd"]
    table[words] = table[words].fillna("")
    empty = [name for name in words if (table[name] == "").all()]
    empty += [name for name in ("day", units.length) if table[name].isna().all()]
    return table.drop(columns=empty)


def _label(row: Any) -> str:
    return f"{row.started.day} {row.started:%b %Y %H:%M} UTC · {row.what}"
