"""The page Tissue load: which tissue took the week, as a map to press and a table to read, and each tissue's own time line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from loadmon.days import day_of_number, week_start
from loadmon.paths import page_file
from loadmon.show import choices, parts, state, tissue_limits
from loadmon.show import tissue_words as words
from loadmon.show.charts.body_map import CHOSEN, body_map
from loadmon.show.charts.specification import drawn
from loadmon.show.charts.tissue_line import ROWS, damage_panel, index_panel, marks_panel
from loadmon.show.plain import plain
from loadmon.show.tissue_ledger import ledger_rows
from loadmon.show.tissue_line import day_rows, index_reach, line_sentence, mark_rows, week_rows
from loadmon.show.tissue_map import map_sentence, map_table, table
from loadmon.show.tissue_table import tissue_table_html
from loadmon.show.tissue_view import TissueView
from loadmon.show.words import day_of_year, plural
from loadmon.spreadsheet import csv_of
from loadmon.tissue.call import Calls, calls_on
from loadmon.tissue.flags import FLAG_WORDS
from loadmon.tissue.spike import EXTRAPOLATED
from loadmon.tissue.week import WEEK, TissueWeek, tissue_week

WEEK_OF, TISSUE = "week", "tissue"
"""Parameters of the page's address: the first day of the week looked at, and the tissue whose time line is shown."""
SPANS = {"weeks": "26 weeks", "days": "8 weeks, day by day"}
_DAYS = {"weeks": 26 * WEEK, "days": 8 * WEEK}
_ASSUMED, _MAP = "tissues-assumed", "body-map"


@dataclass(frozen=True)
class Looked:
    """What the page is about: a runner's tissues in one week.

    Parameters
    ----------
    view : TissueView
    week : TissueWeek
    calls : Calls
        Of its last day.
    """

    view: TissueView
    week: TissueWeek
    calls: Calls


def look(view: TissueView) -> Looked | None:
    """The week of the address, else the running one; None, with a word why, where there is nothing to look at."""
    if not view.ledger.runs.sum():
        st.info(nothing_words(view))
        return None
    first, last = _week(view)
    with_assumed = state.chosen(_ASSUMED, "") == "yes"
    calls = calls_on(last, view.found, view.coefficients, with_assumed=with_assumed)
    return Looked(view, tissue_week(view.ledger, first, last), calls)


def nothing_words(view: TissueView) -> str:
    """Why no tissue can be told of at all."""
    name = plain(view.athlete.name)
    if not view.lacking:
        return f"{name} has no run yet: tissue load is told of running and walking only."
    return f"None of the runs of {name} tells enough for tissue load. {' '.join(lacking_words(view))}"


def lacking_words(view: TissueView) -> list[str]:
    """Runs that are missing from the sums, by the reason."""
    return [f"{plural(count, 'run')} left out: {why}" for why, count in view.lacking.items()]


def weeks_of(view: TissueView) -> dict[str, str]:
    """The weeks that can be looked at, the running one first: what stands on the screen, by its first day."""
    begin, today = day_of_number(view.ledger.first_day), view.today
    first = week_start(today, state.week_start())
    found = {first.isoformat(): f"this week, since {first:%A}, {day_of_year(first)}"}
    while (first := first - timedelta(days=WEEK)) + timedelta(days=WEEK - 1) >= begin:
        found[first.isoformat()] = f"week of {first:%A}, {day_of_year(first)}"
    return found


def _week(view: TissueView) -> tuple[date, date]:
    """First and last day of the chosen week."""
    options = weeks_of(view)
    keys = list(options)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = parts.choose_linked("Week", options, WEEK_OF) or keys[0]
        place = keys.index(chosen)
        _step("← Before", keys[place + 1] if place + 1 < len(keys) else None)
        _step("After →", keys[place - 1] if place else None)
    first = date.fromisoformat(chosen)
    return first, min(first + timedelta(days=WEEK - 1), view.today)


def _step(label: str, to: str | None) -> None:
    if st.button(label, disabled=to is None) and to is not None:
        st.query_params[WEEK_OF] = to
        st.rerun()


def headline(looked: Looked) -> None:
    """What stands out, how the steps themselves went, and what may be done about it; its limits one click away."""
    with st.container(border=True):
        st.markdown(f"**{plain(words.headline(looked.calls))}**")
        told = [words.volume_words(looked.calls), words.WHAT_YOU_CAN_DO if looked.calls.called else ""]
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
    st.markdown("**Against your own steps**, last days over longer average; press a tissue for its time line.")
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


def time_line(looked: Looked, chosen: str) -> None:
    """One tissue over the weeks up to the chosen one, its spikes and what was found in how the runner runs."""
    view, units = looked.view, state.units()
    named = view.coefficients.tissue[chosen]
    by = choices.one_of("Time line", SPANS, "tissues-span")
    spikes = view.spikes.get(chosen, ())
    days = day_rows(view.ledger, view.found, chosen, units, spikes)
    days = days[days["day"] <= pd.Timestamp(looked.week.last)]
    shown = days.tail(_DAYS[by])
    bars = shown
    if by == "weeks":
        weeks = week_rows(view.ledger, days, chosen, units, spikes, first=state.week_start())
        bars = weeks[weeks["next_day"] > shown["day"].iloc[0]]
    begin, end = bars["day"].iloc[0].date(), looked.week.last
    domain = (
        begin.isoformat(),
        (max(end, bars["next_day"].iloc[-1].date() - timedelta(days=1)) + timedelta(days=1)).isoformat(),
    )
    told = line_sentence(bars, named.name, units.length)
    st.markdown(
        f"**{plain(named.name)}**, {units.length} of level running at your usual pace, with the 10th to 90th percentile"
    )
    _draw(bars, damage_panel(domain, units.length), told)
    st.markdown(
        "Solid: this tissue against its own longer average, 100 where they are alike. Dashed: your steps, likewise"
    )
    _draw(shown, index_panel(domain, *index_reach(shown)), told)
    marks = mark_rows(spikes, view.findings, view.coefficients, chosen, begin, end)
    _draw(marks, marks_panel(domain, ROWS), " ".join(marks["words"]) or "No spike and no finding in this span.")
    st.caption(plain(" ".join((told, spike_words(marks)))))
    tissue_limits.limits("line")


def spike_words(marks: pd.DataFrame) -> str:
    """The latest spike in words, and that its bands are borrowed; empty where there is none."""
    found = marks.loc[marks["row"] == ROWS[0], "words"]
    return f"Latest spike, {found.iloc[-1]} {EXTRAPOLATED}" if len(found) else ""


def _draw(table: pd.DataFrame, chart: dict[str, object], told: str) -> None:
    st.vega_lite_chart(drawn(table, chart), chart, width="stretch", alt=told)


def what_was_assumed(looked: Looked) -> None:
    """What stands in for what is not known of the runner, and which runs are missing from the sums."""
    view = looked.view
    told = [FLAG_WORDS[name] for name in view.assumed] + lacking_words(view)
    if not told:
        return
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told))
    if view.assumed:
        link = {parts.ATHLETE: str(view.athlete.id)}
        st.page_link(page_file("runner.py"), label="Set height and body mass on the page Runner →", query_params=link)


def take_away(looked: Looked) -> None:
    """Whether tissues of mere assumptions are named as well; the whole ledger to download."""
    is_on = st.toggle(
        "Also name tissues whose numbers are nearly all assumptions",
        value=state.chosen(_ASSUMED, "") == "yes",
        help="The sole of the foot, the iliotibial band and the hip joint. They stay grey on the map.",
    )
    if is_on != (state.chosen(_ASSUMED, "") == "yes"):
        state.remember(_ASSUMED, "yes" if is_on else None)
        st.rerun()
    view = looked.view
    st.download_button(
        "Download the ledger, every day and tissue (CSV)",
        lambda: csv_of(ledger_rows(view.ledger, view.coefficients)),
        f"tissue-ledger-{view.athlete.id}.csv",
        "text/csv",
    )
