"""The history page's parts: a span, stacked panels on one time axis, the sessions, the diary."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.injury import Injury
from loadmon.load.kind import DISTANCE
from loadmon.load.ratio import definition
from loadmon.show import parts, state
from loadmon.show.charts import history as charts
from loadmon.show.figures import HistoryView
from loadmon.show.sessions_table import sessions_table
from loadmon.show.words import cadence_words, day_of_year
from loadmon.store import diary as rows
from loadmon.units import Units

SPANS: dict[str, int | None] = {"8 weeks": 56, "26 weeks": 182, "1 year": 365, "all": None}
AREAS = (
    "foot", "Achilles tendon", "calf", "shin", "knee", "hamstring", "thigh, front", "hip or groin", "lower back", "other",
)  # fmt: skip


def choose_span() -> int | None:
    """How far back to look; half a year unless chosen otherwise."""
    chosen = st.segmented_control("Span", list(SPANS), default="26 weeks", label_visibility="collapsed", key="span")
    return SPANS[chosen or "26 weeks"]


def panels(view: HistoryView) -> None:
    """Load, ratio, cadence and injuries, one unit each, on one time axis; the table behind them."""
    if view.days.empty:
        st.info("No session in this span.")
        return
    units = state.units()
    table = day_table(view, units)
    first, last = table["day"].iloc[0], table["next_day"].iloc[-1]
    domain = (f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}")
    st.markdown(f"**Distance a day** ({units.length}); line: mean of 7 days; dashed: mean of the 21 days before them")
    st.vega_lite_chart(
        table, charts.distance_panel(units.length, domain), width="stretch", alt=load_sentence(table, units)
    )
    st.markdown(f"**Acute:chronic**, {definition(DISTANCE)}. Description only.")
    st.vega_lite_chart(
        table,
        charts.ratio_panel(domain),
        width="stretch",
        alt="Acute to chronic ratio by day; the table below holds every value.",
    )
    value, trend = cadence_words(view.cadence)
    st.markdown(f"**Cadence at {units.pace(view.model.reference_mps)} on the flat**, each run: {value}; {trend}")
    if table["cadence"].notna().any():
        low, high = table["cadence"].min(), table["cadence"].max()
        st.vega_lite_chart(
            table,
            charts.cadence_panel(domain, float(low - 3), float(high + 3)),
            width="stretch",
            alt=f"Cadence at the common pace between {low:.0f} and {high:.0f} steps a minute; {trend}.",
        )
    else:
        st.caption("No run of this span has two minutes of steady running with a cadence.")
    st.vega_lite_chart(table, charts.ribbon_panel(domain), width="stretch", alt=injury_sentence(view))
    st.caption(f"{load_sentence(table, units)} {injury_sentence(view)} Grey bands: days declared without data.")
    shown = table.drop(columns=["next_day", "zero"])
    parts.table_behind("These days as a table", shown.assign(day=shown["day"].dt.date), f"days-{view.athlete.id}.csv")


def day_table(view: HistoryView, units: Units) -> pd.DataFrame:
    """The rows behind the panels, in the user's unit."""
    days = view.days
    return pd.DataFrame(
        {
            "day": days["local_day"],
            "next_day": days["local_day"] + pd.Timedelta(days=1),
            "state": days["state"],
            "distance": (days["distance_m"] / units.metres).round(3),
            "mean_7d": (days["mean_7d_m"] / units.metres).round(3),
            "mean_28d": (days["mean_28d_m"] / units.metres).round(3),
            "ratio": days["ratio"].round(3),
            "ratio_words": days["ratio_words"],
            "cadence": days["cadence_spm"].round(1),
            "cadence_trend": days["cadence_trend_spm"].round(2),
            "device_change": days["device_change"],
            "injury": days["injury"],
            "zero": 0,
        }
    )


def load_sentence(table: pd.DataFrame, units: Units) -> str:
    """The load panel in a sentence."""
    known = table[table["state"] != "unknown"]
    total = known["distance"].sum()
    ran = int((known["distance"] > 0).sum())
    lost = int((table["state"] == "unknown").sum())
    words = f"{total:,.0f} {units.length} on {ran} of {len(known)} known days"
    return words + (f"; {lost} days without data." if lost else ".")


def injury_sentence(view: HistoryView) -> str:
    """The ribbon in a sentence."""
    first = view.days["local_day"].iloc[0].date()
    seen = [i for i in view.injuries.values() if i.returned is None or i.returned >= first]
    if not seen:
        return "No injury was noted in this span."
    told = [
        f"{_area(i)} from {day_of_year(i.onset)}{f' to {day_of_year(i.returned)}' if i.returned else ', open'}"
        for i in seen
    ]
    return "Injuries: " + "; ".join(told) + "."


def sessions(view: HistoryView) -> None:
    """Every session of the span, newest first."""
    if view.sessions.empty:
        st.caption("No session in this span.")
        return
    sessions_table(view.sessions, view.athlete, "history")


def diary(athlete: Athlete, view: HistoryView) -> None:
    """Injuries and days of which runs are missing: note one, close one, take one back."""
    for number, injury in view.injuries.items():
        _injury_line(number, injury, view)
    for number, gap in view.unknown.iterrows():
        left, right = st.columns([5, 1], vertical_alignment="center")
        span = f"{day_of_year(gap['first_day'].date())} to {day_of_year(gap['last_day'].date())}"
        left.markdown(f"Without data: {span}" + (f" ({gap['reason']})" if gap["reason"] else ""))
        if right.button("Take back", key=f"gap-{number}"):
            with state.store().write() as conn:
                rows.remove_unknown_days(conn, int(str(number)))
            _offer_undo("gap", int(str(number)))
    _undo()
    hurt, gap_form = st.columns(2, gap="large")
    with hurt.expander("Note an injury"):
        _injury_form(athlete, view)
    with gap_form.expander("Note days of which runs are missing"):
        _gap_form(athlete, view)


def _injury_line(number: int, injury: Injury, view: HistoryView) -> None:
    left, middle, right = st.columns([4, 1, 1], vertical_alignment="center")
    until = f"back in full on {day_of_year(injury.returned)}" if injury.returned else "**open**"
    left.markdown(
        f"{_area(injury)}: since {day_of_year(injury.onset)}, {until}{f' · {injury.note}' if injury.note else ''}"
    )
    if injury.returned is None and middle.button("Back in full today", key=f"back-{number}"):
        with state.store().write() as conn:
            rows.close_injury(conn, number, view.today)
        st.rerun()
    if right.button("Take back", key=f"injury-{number}"):
        with state.store().write() as conn:
            rows.remove_injury(conn, number)
        _offer_undo("injury", number)


def _injury_form(athlete: Athlete, view: HistoryView) -> None:
    with st.form("injury", border=False, clear_on_submit=True):
        area = st.selectbox("Where", AREAS)
        side = st.segmented_control("Side", ["left", "right", "both"])
        onset = st.date_input("Since", value=view.today, max_value=view.today)
        returned = st.date_input("Back in full since (leave empty while it lasts)", value=None, max_value=view.today)
        note = st.text_input("Note", help="For the runner and the clinician; coaches do not see it.")
        if st.form_submit_button("Note it"):
            with state.store().write() as conn:
                rows.add_injury(conn, Injury(athlete.id, onset, returned, str(area), side, note))
            st.rerun()


def _gap_form(athlete: Athlete, view: HistoryView) -> None:
    with st.form("gap", border=False, clear_on_submit=True):
        days = st.date_input(
            "First and last day", value=(view.today - timedelta(days=6), view.today), max_value=view.today
        )
        reason = st.text_input("Why", placeholder="watch broken, away without it, …")
        if st.form_submit_button("Note it") and isinstance(days, tuple) and days:
            with state.store().write() as conn:
                rows.add_unknown_days(conn, athlete.id, days[0], days[-1], reason)
            st.rerun()


def _offer_undo(kind: str, number: int) -> None:
    st.session_state["taken_back"] = (kind, number)
    st.rerun()


def _undo() -> None:
    taken = st.session_state.get("taken_back")
    if taken and st.button("Undo: put it back"):
        restore = rows.restore_injury if taken[0] == "injury" else rows.restore_unknown_days
        with state.store().write() as conn:
            restore(conn, taken[1])
        del st.session_state["taken_back"]
        st.rerun()


def _area(injury: Injury) -> str:
    return injury.area[:1].upper() + injury.area[1:] + (f" ({injury.side})" if injury.side else "")
