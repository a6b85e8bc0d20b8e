"""The import page's conversation: what was given, whose it is, take it in, what became of it."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import streamlit as st

from loadmon.intake.jobs import LOOK, spools
from loadmon.intake.owners_file import OwnersFile
from loadmon.refusal import Refusal
from loadmon.show import ahead, mapping_file, state
from loadmon.show.given import Given
from loadmon.show.plain import plain
from loadmon.show.preview import Preview, mark, preview
from loadmon.show.table_columns import confirm_tables
from loadmon.show.words import plural
from loadmon.store import jobs

MOST_LOOSE_FILES = 200
MOST_DOUBTS = 3
MOST_LOOKS = 2
"""Unfinished looks that stand open on the page; older ones are there to be opened."""
MANY_RUNNERS, TALLEST = 8, 320
"""Whose files of more runners than this are shown in a window of so many pixels, to be scrolled."""
UPLOAD_TAB = "From this browser"
FOLDER_TAB = "From a folder"
_UPLOADS = "uploads_taken"
_BY_FOLDER = "told by folders"
_OPENED = "look-opened"
_IMPORT = "Import these files"


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


def offer_path(path: Path, *, is_first: bool) -> None:
    """Show what a folder, ZIP or file on the server's machine holds and ask for the go-ahead.

    Parameters
    ----------
    path : Path
    is_first : bool
        False where files of the browser are chosen as well: one thing is taken in at a time.
    """
    if is_first:
        _offer([path], None)
    else:
        st.info(f"Files of this browser are chosen: take them in under “{UPLOAD_TAB}”, or remove them there, first.")


def _spool(given: list[Any]) -> Path:
    """Uploaded files on disk, once for each choice of files; names are only names, never paths."""
    marks = tuple(sorted(item.file_id for item in given))
    kept = st.session_state.get("spool")
    if kept and kept[0] == marks and Path(kept[1]).is_dir():
        return Path(kept[1])
    if kept and not _is_asked_for(Path(kept[1]).name):
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


def _is_asked_for(spool: str) -> bool:
    """True where an import that was asked for (in another window, say) still needs these uploads."""
    with state.store().read() as conn:
        open_jobs = jobs.listed(conn, state.viewer(), open_only=True, limit=None, but=(LOOK,))
    return any(job.request.get("spool") == spool for job in open_jobs)


def _offer(paths: list[Path], spool: Path | None) -> None:
    names = [runner.name for runner in state.athletes()]
    chosen = st.selectbox(
        "Whose files are these?",
        [_BY_FOLDER, *names],
        accept_new_options=True,
        help="“told by folders” takes the folder's name as the runner's. Or choose a runner, or type a new name.",
    )
    athlete = None if chosen in (None, _BY_FOLDER) else str(chosen)
    try:
        mapping = mapping_file.given(f"{uploader_key()}-{spool is not None}", is_chosen=athlete is not None)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        st.button(_IMPORT, type="primary", disabled=True)
        return
    columns, paths = confirm_tables(paths)
    offered = preview(paths, athlete, tuple(names), columns, mapping)
    _show_plan(offered, mapping)
    if offered.is_empty:
        st.button(_IMPORT, type="primary", disabled=True)
        return
    given = Given(paths, athlete, columns, spool, mapping)
    _take_in(given, ahead.look(given, tuple(map(mark, paths))))


def _take_in(given: Given, job: jobs.Job) -> None:
    """What the look ahead found, and the button that takes the files in."""
    choices = ahead.panel(job)
    if st.button(_IMPORT, type="primary"):
        given.ask(choices)
        ahead.taken(job)
        st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
        st.session_state.pop("spool", None)
        st.session_state.pop(_OPENED, None)
        st.rerun()


def unfinished_looks() -> None:
    """Looks ahead from another window or an earlier visit: to be gone on with, or put away."""
    looks = sorted(ahead.unfinished(), key=lambda job: job.id != st.session_state.get(_OPENED))
    for job in looks[:MOST_LOOKS]:
        _unfinished(job)
    if len(looks) > MOST_LOOKS:
        with st.expander(f"Looked through before and not taken in either ({len(looks) - MOST_LOOKS:,})"):
            for job in looks[MOST_LOOKS:]:
                _unfinished(job)


def _unfinished(job: jobs.Job) -> None:
    opened = st.session_state.get(_OPENED) == job.id
    with st.container(border=True):
        when = f"{job.created.day} {job.created:%b, %H:%M} UTC"
        owners = job.request.get("owners")
        said = f", with {plain(owners['name'])}" if owners else ""
        st.markdown(f"**Looked through and not taken in yet**: {plain(job.request['what'])}{said} ({when})")
        with st.container(horizontal=True):
            if not opened and st.button("Go on with it", key=f"open-{job.id}"):
                st.session_state[_OPENED] = job.id
                st.rerun()
            if st.button("Put it away", key=f"forget-{job.id}", type="tertiary"):
                ahead.forget(job)
                st.rerun()
        if opened:
            _take_in(Given.of_job(job), job)


def _show_plan(offered: Preview, mapping: OwnersFile | None) -> None:
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
                    "told by": offered.told_by[name],
                    "here already?": "yes" if name.casefold() in known else "new runner",
                }
                for name, count in sorted(runners.items())
            ]
        )
        st.markdown(f"**{plural(sum(runners.values()), offered.noun)} of {plural(len(runners), 'runner')}**")
        # no grid: its columns keep the widths of what stood there before another choice
        height: int | Literal["content"] = TALLEST if len(table) > MANY_RUNNERS else "content"
        st.table(table.map(plain), border="horizontal", hide_index=True, width="content", height=height)
    lost = offered.without_owner
    if lost:
        whose = f"whose the {offered.noun} is" if lost == 1 else f"whose {lost:,} of the {offered.noun}s are"
        for_example = f"for example {plain(offered.example)}"
        if offered.noun == "file":
            # their bytes may still tell: the look below knows, and its table says so
            way = f"a line in {plain(mapping.name)}" if mapping is not None else "a folder with the runner's name"
            st.info(
                f"**No folder says {whose}**, {for_example}. The look below reads them: a watch or a profile that is known "
                f"tells too, or {way}. Whatever stays open is kept and asked about."
            )
        else:
            way = "say which column of the table names the runner"
            st.warning(f"**Nothing says {whose}**, {for_example}. Choose a runner above, or {way}.")
    for doubt in offered.doubts[:MOST_DOUBTS]:
        st.warning(
            f"**{plain(doubt)}** Its files wait until somebody says whose they are, or until a line is corrected."
        )
    if mapping is not None:
        st.caption(plain(" ".join(mapping_file.told(mapping, offered.idle_lines))))
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
        latest = jobs.listed(conn, state.viewer(), limit=1, but=(LOOK,))
    if not latest:
        return
    job = latest[0]
    if job.state in ("queued", "running"):
        st.info("An import is under way: its progress stands in the side bar, and it goes on if you leave this page.")
    elif job.state == "failed":
        st.error(
            f"**The last import ended early.** {plain(job.message or '')} What was read is kept; taking the files in again skips it."
        )
