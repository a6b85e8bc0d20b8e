"""The look ahead on the import page: what would become of each file, and a word to be said on any of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from loadmon.intake.choices import Choice, Choices
from loadmon.intake.jobs import LOOK, share_of
from loadmon.intake.spool import is_gone, remove
from loadmon.show import state
from loadmon.show.file_lines import AHEAD, by_outcome, report_rows
from loadmon.show.given import Given
from loadmon.show.plain import plain
from loadmon.show.words import plural
from loadmon.spreadsheet import csv_of
from loadmon.store import imports, jobs
from loadmon.store.imports import Outcome
from loadmon.units import Units

MOST_ROWS = 1_000
"""Rows of the table on the page; what is left out of it stands in the CSV."""
TICK_WIDTH = 100
"""Pixels of the column of ticks: its heading fits in."""
TAKE_IN, RUNNER, TWIN = "take in", "runner", "second recording"
TWINS = {"richer": "keep the richer", "merge": "merge the two", "both": "keep both"}
_LOOKING = "looking"
_DECIDED = "decided"
_VIEW = "ahead-view"


def look(given: Given, marks: Hashable) -> jobs.Job:
    """The look ahead at what is given: asked for once, and again as soon as anything about it changes.

    Parameters
    ----------
    given : Given
    marks : hashable
        Changes with the files themselves.
    """
    choice = (marks, given.athlete, repr(sorted(given.columns.items(), key=repr)), given.mapping)
    kept = st.session_state.get(_LOOKING)
    if kept is None or kept[0] != choice:
        if kept is not None:
            _call_off(kept[1])
        kept = (choice, given.ask(look=True))
        st.session_state[_LOOKING] = kept
    with state.store().read() as conn:
        return jobs.find(conn, state.viewer(), kept[1])


def panel(job: jobs.Job) -> Choices:
    """How far the look is, or what it found; gives back what was decided of single files."""
    if job.state in jobs.OPEN:
        _moving(job.id)
        return Choices()
    if job.state == "failed":
        st.error(f"**The files could not be looked through.** {plain(job.message or '')}")
        return Choices()
    if job.batch_id is None:
        return Choices()
    with state.store().read() as conn:
        lines = imports.reports(conn, state.viewer(), job.batch_id)
    if lines.empty:
        return Choices()
    st.markdown(sentence(lines))
    return _table(job.id, lines)


def taken(job: jobs.Job) -> None:
    """The files are being taken in (or will not be): the look is over, and what it noted is forgotten."""
    st.session_state.pop(_LOOKING, None)
    st.session_state.get(_DECIDED, {}).pop(job.id, None)
    _call_off(job.id)


def unfinished() -> list[jobs.Job]:
    """Looks ahead that nobody has taken in or put away: begun in another window, or before this one was closed."""
    mine = st.session_state.get(_LOOKING)
    with state.store().read() as conn:
        looks = jobs.to_go_on_with(conn, state.viewer(), LOOK)
    return [job for job in looks if not (mine and mine[1] == job.id) and not _has_lost_its_uploads(job)]


def forget(job: jobs.Job) -> None:
    """Put a look away, and the uploads it was about."""
    taken(job)
    if job.request.get("spool"):
        remove(state.store(), job.request["spool"])


def sentence(lines: pd.DataFrame) -> str:
    """What would become of the files, in a sentence.

    Parameters
    ----------
    lines : DataFrame
        As ``store.imports.reports`` gives them.
    """
    counts = lines["outcome"].value_counts()

    def of(*outcomes: Outcome) -> int:
        return int(sum(counts.get(outcome.value, 0) for outcome in outcomes))

    sessions = int(lines["sessions"].sum())
    parts = []
    if known := of(Outcome.DUPLICATE):
        parts.append(f"{plural(known, 'file')} {'is' if known == 1 else 'are'} there already")
    if lost := of(Outcome.NO_OWNER):
        needs, whose = ("needs", "it is") if lost == 1 else ("need", "they are")
        parts.append(f"{plural(lost, 'file')} {needs} somebody to say whose {whose}")
    if bad := of(Outcome.REFUSED, Outcome.NOT_AN_ACTIVITY):
        parts.append(f"{plural(bad, 'file')} cannot be taken in, for the reasons below")
    new = sorted({about["runner"] for about in lines["about"] if about.get("new_runner")})
    words = f"**{plural(sessions, 'session')} would come in**"
    words += f"; {', '.join(parts[:-1])}{' and ' if parts[1:] else ''}{parts[-1]}." if parts else "."
    if new:
        named = ", ".join(plain(name) for name in new[:6]) + (f" and {len(new) - 6} more" if len(new) > 6 else "")
        words += f" New: {named}."
    return words


def most_pressing_first(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines with those first that a word is needed on, then what comes in, and last what is no activity."""
    order = [outcome.value for outcome in AHEAD]
    place = lines["outcome"].map({outcome: number for number, outcome in enumerate(order)})
    return lines.assign(place=place).sort_values(["place", "path"], kind="stable").drop(columns="place")


def decisions(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, Choice]:
    """What was decided in the table: every row that no longer says what it said.

    Parameters
    ----------
    before, after : DataFrame
        The table as it was shown without any decision, and as it stands now; indexed by path, with ``take in``,
        ``runner`` and, where there are any, ``second recording``.
    """
    found = {}
    for path in after.index.intersection(before.index):
        was, now = before.loc[path], after.loc[path]
        runner = now[RUNNER] if isinstance(now[RUNNER], str) and now[RUNNER] and now[RUNNER] != was[RUNNER] else None
        twin = next((word for word, shown in TWINS.items() if shown == now.get(TWIN)), None)
        choice = Choice(runner, bool(was[TAKE_IN]) and not bool(now[TAKE_IN]), twin)
        if choice != Choice():
            found[path] = choice
    return found


def rows(lines: pd.DataFrame, units: Units, decided: Mapping[str, Choice]) -> pd.DataFrame:
    """The look's lines as rows that can be decided on, with what was decided so far; indexed by path."""
    table = report_rows(lines, units, AHEAD).drop(columns=[RUNNER], errors="ignore")
    table.index = pd.Index(lines["path"])
    comes = lines["outcome"].isin([Outcome.IMPORTED.value]).to_numpy()
    table.insert(0, TAKE_IN, comes)
    named = [
        about.get("runner") or (athlete if isinstance(athlete, str) else "")
        for about, athlete in zip(lines["about"], lines["athlete"], strict=True)
    ]
    table.insert(2, RUNNER, named)
    twin = [about.get("twin") for about in lines["about"]]
    if any(twin):
        table.insert(3, "recorded twice", [one["words"] if one else "" for one in twin])
        table.insert(4, TWIN, "")
    for path, choice in decided.items():
        if path in table.index:
            if choice.skip:
                table.loc[path, TAKE_IN] = False
            if choice.runner:
                table.loc[path, RUNNER] = choice.runner
            if choice.twin and TWIN in table:
                table.loc[path, TWIN] = TWINS[choice.twin]
    return table


def _table(number: int, lines: pd.DataFrame) -> Choices:
    decided: dict[str, Choice] = st.session_state.setdefault(_DECIDED, {}).setdefault(number, {})
    units = state.units()
    chosen = by_outcome(most_pressing_first(lines), AHEAD, f"ahead-outcomes-{number}")
    shown = chosen.head(MOST_ROWS)
    if len(chosen) > MOST_ROWS:
        st.caption(f"The first {MOST_ROWS:,} of {len(chosen):,} files; the CSV holds them all.")
    as_told = rows(shown, units, {})
    view = (number, tuple(shown["path"]), units.length)
    kept = st.session_state.get(_VIEW)
    if kept is None or kept[0] != view:
        # what was decided in another view is put into this one's table, and from then on the table keeps its changes itself
        kept = (view, 0 if kept is None else kept[1] + 1, rows(shown, units, decided))
        st.session_state[_VIEW] = kept
    names = sorted({runner.name for runner in state.athletes()} | set(kept[2][RUNNER]) - {""})
    after = st.data_editor(
        kept[2],
        key=f"ahead-{kept[1]}",
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * max(len(as_told), 1), 460),
        disabled=[str(name) for name in as_told if name not in (TAKE_IN, RUNNER, TWIN)],
        column_config=_columns(names, units),
        placeholder="",
    )
    for path in as_told.index:
        decided.pop(path, None)
    decided |= decisions(as_told, after)
    st.download_button(
        "Download this look as CSV", csv_of(lines.drop(columns="about")), "look-ahead.csv", "text/csv", type="tertiary"
    )
    return Choices(dict(decided))


def _columns(names: list[str], units: Units) -> dict[str, Any]:
    return {
        TAKE_IN: st.column_config.CheckboxColumn(help="Take the tick away to leave a file out", width=TICK_WIDTH),
        RUNNER: st.column_config.SelectboxColumn(options=["", *names], help="Give a file to another runner"),
        TWIN: st.column_config.SelectboxColumn(
            options=["", *TWINS.values()], help="What to do with the two recordings; empty: the runner's own default"
        ),
        units.length: st.column_config.NumberColumn(format="%.2f"),
    }


@st.fragment(run_every=1.0)
def _moving(number: int) -> None:
    with state.store().read() as conn:
        job = jobs.find(conn, state.viewer(), number)
    if job.state not in jobs.OPEN:
        st.rerun(scope="app")
    st.progress(share_of(job), text=plain(job.message or "Looking through the files"))
    st.caption("Nothing is taken in yet. You may leave this page; the look goes on, and you find it here again.")


def _has_lost_its_uploads(job: jobs.Job) -> bool:
    spool = job.request.get("spool")
    return bool(spool and is_gone(state.store(), spool))


def _call_off(number: int) -> None:
    with state.store().write() as conn:
        jobs.put_away(conn, state.viewer(), number)
