"""The page Tissue load: which tissue took the week, as a map to press and a table to read, and each tissue's own time line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from loadmon import evidence
from loadmon.athlete import Athlete
from loadmon.measure import reason_words
from loadmon.paths import page_file
from loadmon.show import parts, state, tissue_limits, tissue_state
from loadmon.show import tissue_words as words
from loadmon.show.charts.body_map import CHOSEN, body_map
from loadmon.show.plain import plain
from loadmon.show.tissue_cause import cause_words, hardest_run_words
from loadmon.show.tissue_ledger import ledger_rows
from loadmon.show.tissue_map import map_sentence, map_table, table
from loadmon.show.tissue_table import tissue_table_html
from loadmon.show.tissue_view import TissueView, first_week, week_end, weeks_of
from loadmon.show.words import plural
from loadmon.spreadsheet import csv_of
from loadmon.store import findings
from loadmon.tissue.call import Calls
from loadmon.tissue.flags import FLAG_WORDS
from loadmon.tissue.week import TissueWeek, latest_week

WEEK_OF, TISSUE = "week", "tissue"
"""Parameters of the page's address: the Monday of the week looked at, and the tissue whose time line is shown."""
_ASSUMED, _YES, _MAP = "tissues-assumed", "yes", "body-map"


@dataclass(frozen=True)
class Looked:
    """What the page is about: a runner's tissues in one week.

    Parameters
    ----------
    view : TissueView
        As of the week's last day, or today.
    week : TissueWeek
    calls : Calls
        Of that day.
    """

    view: TissueView
    week: TissueWeek
    calls: Calls


def look(athlete: Athlete) -> Looked | None:
    """The week of the address, else the running one; None, with a word why, where there is nothing to look at."""
    with_assumed = state.chosen(_ASSUMED, "") == _YES
    now = _view(athlete, None, with_assumed=with_assumed)
    if not len(now.sheet.days.known):
        st.info(plain(nothing_words(now)))
        parts.to_import()
        return None
    last = _choose_week(now)
    view = now if last is None else _view(athlete, last, with_assumed=with_assumed)
    week, calls = latest_week(view.sheet.days, view.sheet.weeks), view.sheet.calls
    assert week is not None
    assert calls is not None
    return Looked(view, week, calls)


def _view(athlete: Athlete, on: date | None, *, with_assumed: bool) -> TissueView:
    sheet = tissue_state.tissue_sheet(athlete.id, on, with_assumed=with_assumed)
    with state.store().read() as conn:
        noted = findings.findings(conn, state.viewer(), [athlete.id])
    return TissueView(athlete, sheet, tuple(noted.values()))


def nothing_words(view: TissueView) -> str:
    """Why no tissue can be told of at all."""
    if not view.lacking:
        return f"{view.athlete.name} has no run yet: tissue load is told of running only."
    return f"None of the runs of {view.athlete.name} tells enough for tissue load. {' '.join(lacking_words(view))}"


def lacking_words(view: TissueView) -> list[str]:
    """Runs that are missing from the sums, or of which a part is, by the reason."""
    return [f"{plural(count, 'run')}: {reason_words(code)}" for code, count in view.lacking.items()]


def _choose_week(now: TissueView) -> date | None:
    """The last day of the chosen week; None for the running one, which ends today.

    Nothing said, a week that has no run yet opens on the one before: on a Monday morning that is the one in question.
    """
    options, first = weeks_of(now.sheet), first_week(now.sheet)
    keys = list(options)
    chosen = parts.choose_linked("Week", options, WEEK_OF, otherwise=first) or first
    place = keys.index(chosen)
    with st.container(horizontal=True):
        _step("← Before", keys[place + 1] if place + 1 < len(keys) else None)
        _step("After →", keys[place - 1] if place else None)
    return None if not place else week_end(date.fromisoformat(chosen))


def _step(label: str, to: str | None) -> None:
    if st.button(label, disabled=to is None) and to is not None:
        st.query_params[WEEK_OF] = to
        st.rerun()


def headline(looked: Looked) -> None:
    """What stands out, how the steps themselves went, and what may be done about it; its limits one click away."""
    with st.container(border=True):
        st.markdown(f"**{plain(words.headline(looked.calls))}**")
        if hardest := hardest_run_words(looked.view.sheet, looked.week):
            st.markdown(plain(hardest))
        told = [words.return_words(looked.calls), words.volume_words(looked.calls)]
        if looked.calls.called:
            first, athlete = looked.calls.called[0].tissue, looked.view.athlete.id
            cause = tissue_state.tissue_cause(athlete, first, looked.calls.day)
            told += [cause_words(cause), evidence.DIVERGENCE.caveat]
        st.caption(plain(" ".join(filter(None, told))))
        tissue_limits.limits("headline")


def choose_tissue(looked: Looked) -> str:
    """The tissue whose time line is shown: pressed on the map or chosen here; what stands out most before that."""
    names = {one.tissue: one.name for one in looked.calls.tissues}
    first = next((one.tissue for one in looked.calls.tissues if one.ranked), next(iter(names)))
    return parts.choose_linked("Tissue", names, TISSUE, otherwise=first) or first


def the_map(looked: Looked, chosen: str) -> None:
    """The body map; a press on a tissue shows its time line."""
    key = _map_key(chosen)
    st.markdown(
        "**Against your own steps**, last days over longer average; press a tissue for its time line, or choose it from the list."
    )
    st.vega_lite_chart(
        map_table(looked.calls, chosen),
        body_map(),
        width="stretch",
        alt=map_sentence(looked.calls),
        on_select=partial(_follow, key),
        selection_mode=CHOSEN,
        key=key,
    )
    tissue_limits.legend()


def _map_key(chosen: str) -> str:
    """The map's key: a new one, and so a map on which nothing is pressed, once another tissue was chosen elsewhere.

    Otherwise a press on the tissue that was pressed last would be no change, and nothing would follow.
    """
    count = int(st.session_state.get(_MAP, 0))
    if _pressed(f"{_MAP}-{count}") not in (None, chosen):
        count += 1
        st.session_state[_MAP] = count
    return f"{_MAP}-{count}"


def _pressed(key: str) -> str | None:
    """The tissue that is pressed on the map."""
    state_of = st.session_state.get(key)
    rows = state_of.selection.get(CHOSEN) if state_of else None
    return str(rows[0]["tissue"]) if rows else None


def _follow(key: str) -> None:
    """Put the tissue that was pressed into the address."""
    if (tissue := _pressed(key)) is not None:
        st.query_params[TISSUE] = tissue


def the_table(looked: Looked, chosen: str) -> None:
    """Everything that the map shows, and the week beside it, to be read."""
    units = state.units()
    st.caption(plain(words.week_words(looked.week, units)))
    st.html(tissue_table_html(looked.calls, looked.week, units, chosen))
    tissue_limits.limits("table")
    name = f"tissues-{looked.view.athlete.id}-{looked.week.first.isoformat()}.csv"
    parts.table_behind("All of it as a table", table(looked.calls, looked.week, units), name)


def what_was_assumed(looked: Looked) -> None:
    """What stands in for what is not known of the runner, what was found in how they run, and which runs are missing."""
    view = looked.view
    told = [words.reference_words(view.sheet, state.units()), *(FLAG_WORDS[name] for name in view.sheet.assumed)]
    told += list(filter(None, [words.habit_words(view.sheet, view.coefficients)]))
    told += [words.note_words(note, view.coefficients) for note in view.sheet.notes] + lacking_words(view)
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told))
    if words.SET_ON_RUNNER & set(view.sheet.assumed):
        to_runner(view.athlete.id)


def to_runner(athlete_id: int) -> None:
    """The way to the page on which height and mass are told, and what was seen in how somebody runs."""
    link = {parts.ATHLETE: str(athlete_id)}
    st.page_link(page_file("runner.py"), label="Height, body mass and findings: page Runner →", query_params=link)


def take_away(looked: Looked) -> None:
    """Whether tissues of mere assumptions are named as well; the whole ledger to download."""
    was_on = state.chosen(_ASSUMED, "") == _YES
    is_on = st.toggle(
        "Also name tissues whose numbers are nearly all assumptions",
        value=was_on,
        help="The sole of the foot, the iliotibial band and the hip joint. They stay grey on the map.",
    )
    if is_on != was_on:
        state.remember(_ASSUMED, _YES if is_on else None)
        st.rerun()
    view = looked.view
    st.download_button(
        "Download the ledger, every day and tissue (CSV)",
        lambda: csv_of(ledger_rows(view.sheet, view.coefficients)),
        f"tissue-ledger-{view.athlete.id}.csv",
        "text/csv",
    )
