"""The import page's conversation: what was given, whose it is, take it in, what became of it."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from loadmon.intake.jobs import ask_for_import, spools
from loadmon.intake.plan import Plan, plan
from loadmon.show import state
from loadmon.store import imports, jobs
from loadmon.store.imports import Outcome
from loadmon.units import Units

MOST_LOOSE_FILES = 200
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
    """Show what uploaded files are and ask for the go-ahead; they are spooled to disk only then."""
    if len(given) > MOST_LOOSE_FILES:
        st.error(
            f"**{len(given)} loose files are more than a browser sends reliably.** "
            f"Put them into one ZIP, or give the folder under “From a folder”; up to {MOST_LOOSE_FILES} go one by one."
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
    offered = plan(paths, athlete, tuple(names))
    _show_plan(offered)
    ready = bool(offered.runners())
    if st.button("Take them in", type="primary", disabled=not ready):
        ask_for_import(state.store(), paths, athlete=athlete, spool=spool)
        st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
        st.session_state.pop("spool", None)
        st.rerun()


def _show_plan(offered: Plan) -> None:
    """Whose files they are, before anything is taken in."""
    for problem in offered.problems:
        st.error(f"**{problem.refusal.what}** {problem.refusal.advice}")
    runners = offered.runners()
    if runners:
        known = {runner.name.casefold() for runner in state.athletes()}
        table = pd.DataFrame(
            [
                {"runner": name, "files": count, "": "" if name.casefold() in known else "new"}
                for name, count in sorted(runners.items())
            ]
        )
        st.markdown(f"**{sum(runners.values()):,} files of {len(runners)} runner{'s' if len(runners) != 1 else ''}**")
        st.dataframe(table, hide_index=True, width="content", height=min(38 + 35 * len(table), 320))
    lost = offered.without_owner
    if lost:
        st.warning(
            f"**Nothing says whose {len(lost):,} of the files are**, for example `{lost[0].member.path}`. "
            "Choose a runner above, or put each runner's files into a folder with their name."
        )
    if offered.foreign:
        st.caption(f"{len(offered.foreign):,} other files (pictures, tables, …) are left out.")


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
            f"**The last import ended early.** {job.message} What was read is kept; taking the files in again skips it."
        )


def past_imports() -> None:
    """Earlier imports, the newest first, each with the report of every file."""
    with state.store().read() as conn:
        batches = imports.batches(conn, state.viewer())
    if batches.empty:
        return
    st.subheader("Imports so far")
    labels = {int(str(number)): _label(row) for number, row in batches.iterrows()}
    batch = st.selectbox("Import", list(labels), format_func=labels.__getitem__)
    if batch is None:
        return
    with state.store().read() as conn:
        lines = imports.reports(conn, state.viewer(), batch)
    counts = lines["outcome"].value_counts()
    present = {outcome: words for outcome, words in OUTCOMES.items() if outcome.value in counts.index}
    chosen = st.segmented_control(
        "Show",
        list(present),
        format_func=lambda outcome: f"{present[outcome]} ({counts[outcome.value]:,})",
        selection_mode="multi",
        label_visibility="collapsed",
    )
    shown = lines[lines["outcome"].isin([outcome.value for outcome in chosen])] if chosen else lines
    st.dataframe(report_rows(shown, state.units()), hide_index=True, width="stretch")
    st.download_button("Download this report as CSV", lines.to_csv(index=False), f"import-{batch}.csv", "text/csv")


def report_rows(lines: pd.DataFrame, units: Units) -> pd.DataFrame:
    """The report's lines in words, in the user's units; a column that says nothing of any file is left out."""
    table = pd.DataFrame(
        {
            "file": lines["path"],
            "outcome": [OUTCOMES[Outcome(outcome)] for outcome in lines["outcome"]],
            "runner": lines["athlete"],
            "day": lines["local_day"].dt.date,
            "sport": lines["sport"],
            units.length: (lines["distance_m"] / units.metres).round(2),
            "what happened": lines["detail"],
            "what to do": lines["advice"],
            "what was odd": lines["oddities"],
        }
    )
    words = ["runner", "sport", "what happened", "what to do", "what was odd"]
    table[words] = table[words].fillna("")
    empty = [name for name in words if (table[name] == "").all()]
    return table.drop(columns=empty)


def _label(row: Any) -> str:
    return f"{row.started:%-d %b %Y %H:%M} UTC · {row.what}"
