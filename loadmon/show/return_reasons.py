"""What a plan of a return to running rests on, for the clinician: every run with its reason, projections, sources, the gate."""

from __future__ import annotations

import streamlit as st

from loadmon.planning.closed_loop import Followed
from loadmon.planning.planned_tissue import planned_tissue
from loadmon.planning.projected_ratio import projected_ratio
from loadmon.planning.recorded_before import recorded_before
from loadmon.planning.return_rules import default_return_rules
from loadmon.report.return_rule_rows import rule_rows, tissue_rows
from loadmon.report.return_table import run_table, totals_words, week_table
from loadmon.show import gate_answers, parts, state, tissue_state
from loadmon.show import return_reason_rows as reasons
from loadmon.show.clinician_files import beside_the_runs, sheet_files
from loadmon.show.plain import plain
from loadmon.show.return_level import level_words, ran_since
from loadmon.show.return_page import both
from loadmon.show.return_view import ReturnView
from loadmon.show.words import day_of_year
from loadmon.tissue.coefficients import default_coefficients


def projections(view: ReturnView) -> None:
    """What the plan comes to: its sums, acute to chronic, tissue load, week by week and run by run with the reason for each length."""
    told, _ = both(view)
    plan, units = told.plan, state.units()
    st.markdown(plain(f"Whole plan: {totals_words(plan.totals, units)}."))
    ratios = projected_ratio(view.runs, plan)
    note = reasons.ratio_note(ratios)
    if note:
        st.caption(plain(note))
    _tissue(view, told)
    before = recorded_before(view.runs, plan)
    whole, weeks = run_table(plan, units, ratios, before), week_table(plan, units)
    each = reasons.reason_rows(plan, units, before)
    if not each.empty:
        with st.expander("The next runs, each with the reason for its length"):
            st.table(each, border="horizontal", hide_index=True)
    if len(weeks):
        parts.table_behind("Week by week", weeks, f"return-weeks-{view.athlete.id}.csv")
    parts.table_behind("The whole plan, with the reason for each length", whole, f"return-plan-{view.athlete.id}.csv")


def _tissue(view: ReturnView, told: Followed) -> None:
    """What the next runs would do to each tissue, where the ledger can tell."""
    following = [run for run in told.plan.ahead if run.on_hold is None][:3]
    sheet = tissue_state.tissue_sheet(view.athlete.id)
    if not following or sheet is None:
        return
    units, names = state.units(), default_coefficients().tissue
    worth = planned_tissue(following, sheet.reference)
    first = sorted(worth.items(), key=lambda one: -one[1][0])[:3]
    said = ", ".join(
        f"{units.distance_value(metres[0]):.1f} {names[tissue].kilometres}-{units.length}" for tissue, metres in first
    )
    st.caption(
        plain(
            f"Tissue load of the next run on level ground, against the runner's own running: {said}. A model, not a measurement."
        )
    )


def what_it_rests_on(view: ReturnView) -> None:
    """Tissue, goal, clearance, what comes last, advice, and every cap with its reason."""
    told, stored = both(view)
    plan, rules = told.plan, default_return_rules()
    order = stored.order
    lines = [f"{plan.profile.name}: {rules.basis(plan.profile)}."]
    lines.append(f"The level before the injury: {level_words(order.goal, state.units())}")
    lines.append(
        f"Made by {order.made_by}; first run {day_of_year(order.start)}; usual morning pain {order.baseline_morning:g}."
    )
    injury = None if order.injury_id is None else view.injuries.get(order.injury_id)
    if injury is not None and (since := ran_since(view.runs, injury.onset, order.start)):
        lines.append(since)
    if order.clearance is not None and order.clearance.day is not None:
        lines.append(
            f"Cleared by {order.clearance.name} ({order.clearance.role}) on {day_of_year(order.clearance.day)}."
        )
    lines.append(f"Comes back last: {', '.join(rules.last[key] for key in plan.profile.last)}.")
    lines.append(f"Fast running: {plan.unlock.words} ({plan.unlock.basis}).")
    lines += list(plan.profile.advice)
    if order.note:
        lines.append(f"Note: {order.note}")
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    gate_answers.shown(view.athlete, stored)
    beside_the_runs(view)
    sheet_files(view)
    with st.expander("Every rule, and where it comes from"):
        st.markdown(plain(f"**{plan.profile.name}**"))
        st.table(tissue_rows(plan.profile), border="horizontal", hide_index=True)
        st.markdown("**Of every plan**")
        st.table(rule_rows(), border="horizontal", hide_index=True)
