"""The parts of the page of a return to running that has a plan: where it stands, charts, decision, downloads, reasons."""

from __future__ import annotations

from functools import partial

import streamlit as st

from loadmon.paths import page_file
from loadmon.planning.closed_loop import Followed
from loadmon.planning.decision import decided, proposal, standing_words
from loadmon.planning.gate import ROLES
from loadmon.planning.planned_tissue import planned_tissue
from loadmon.planning.projected_ratio import projected_ratio
from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import Choice
from loadmon.refusal import Refusal
from loadmon.report.planned_workout import intervals_text, zipped_workouts
from loadmon.report.return_calendar import return_calendar
from loadmon.report.return_page import PAPERS, return_page
from loadmon.report.return_table import run_table, totals_words, week_table
from loadmon.show import draft, gate_answers, parts, state, tissue_state, undo
from loadmon.show import return_rows as rows
from loadmon.show.charts.specification import drawn
from loadmon.show.charts.way_back import corridor_panel, pain_panel
from loadmon.show.plain import plain
from loadmon.show.return_view import ReturnView
from loadmon.show.words import day_of_year
from loadmon.spreadsheet import csv_of
from loadmon.store import plans
from loadmon.store.plans import StoredPlan
from loadmon.tissue.coefficients import default_coefficients

PART = "return"


def what_was_done_last(view: ReturnView) -> None:
    """What was done last on this page, with a way to take it back."""
    undo.offer(view.athlete.id, PART)


def standing(view: ReturnView) -> None:
    """Where the runner stands, what is asked of them, what is proposed, and the form in which somebody decides."""
    told, stored = _both(view)
    plan = told.plan
    st.markdown(f"**{plain(standing_words(plan))}**")
    following = plan.next_run
    if following is not None:
        when = "today" if following.day == view.today else f"on {following.day:%A}, {day_of_year(following.day)}"
        st.markdown(plain(f"Next run {when}: {following.words}, walking 5 minutes before and after."))
    if told.asks:
        days = "; ".join(f"{day_of_year(ask.day)} ({', '.join(ask.missing)})" for ask in told.asks)
        st.info(plain(f"Still to be told of pain: {days}."))
        to_check_in(view.athlete.id, "Tell it in Check-in →")
    more = rows.more_than_planned(told)
    if more:
        st.warning(plain(more))
    offer = proposal(plan)
    if plan.is_frozen:
        st.error(plain("On hold: no run until it was looked at. Everything ahead is kept and marked."))
    if offer is None:
        st.caption(
            "Nothing waits for a decision. A step back, rest and a stop hold at once; a step forward waits for a name."
        )
    else:
        st.markdown(f"**Proposed:** {plain(offer.words)}")
        st.caption(plain(f"Rests on: {offer.basis}. The software proposes; a named clinician decides."))
    with st.expander("Decide", expanded=offer is not None):
        _decision_form(view, stored, told, offer.choice if offer else None, offer.stage if offer else None)


def _decision_form(
    view: ReturnView, stored: StoredPlan, told: Followed, offered: Choice | None, offered_stage: int | None
) -> None:
    plan = told.plan
    on_hold = plan.is_frozen
    choices = [Choice.RESUME, Choice.END] if on_hold else [one for one in Choice if one is not Choice.RESUME]
    if offered in choices:
        choices.sort(key=lambda one: one is not offered)
    mark = f"{stored.id}-{len(stored.decisions)}-{on_hold}"
    choice = Choice(
        st.selectbox(
            "What is decided",
            [one.value for one in choices],
            format_func=lambda one: rows.CHOICE_WORDS[Choice(one)],
            key=f"choice-{mark}",
        )
    )
    stage = None
    if choice in (Choice.REGRESS, Choice.RESUME):
        most = max(plan.state.standing.stage, 1)
        value = min(offered_stage or most, most)
        stage = int(st.number_input("Stage", min_value=1, max_value=most, value=value, key=f"stage-{mark}"))
    left, right = st.columns(2)
    name_key, role_key, note_key = (
        draft.restored("decides", ""),
        draft.restored("decides-role", ROLES[0]),
        draft.restored(f"why-{mark}", ""),
    )
    left.text_input("Decided by", key=name_key, placeholder="Name of the clinician")
    right.segmented_control("As", ROLES, key=role_key)
    st.text_area("Note", key=note_key, height=80, help="Coaches do not read it.")
    by, role, note = draft.kept(name_key), draft.kept(role_key), draft.kept(note_key)
    if not st.button("Decide", key="decide"):
        return
    try:
        made = decided(
            plan,
            choice,
            by=str(by or ""),
            role=str(role or ""),
            at=state.now(),
            day=view.today,
            stage=stage,
            note=str(note or ""),
        )
        with state.store().write() as conn:
            number = plans.decide(conn, state.viewer(), stored.id, made)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    draft.done(note_key)
    words = f"Decided: {rows.decision_words(made)}."
    undo.remember(
        view.athlete.id, words, partial(plans.take_back_decision, viewer=state.viewer(), decision_id=number), part=PART
    )
    st.rerun()


def charts(view: ReturnView) -> None:
    """Minutes planned and run in their corridor, and pain beneath, on one time axis; the table behind."""
    told, _ = _both(view)
    domain = rows.span(told)
    words = rows.chart_words(told)
    st.caption(
        "Minutes of running. Bar: from nine tenths of the plan to the most the next run may be; line: the plan (grey on hold). "
        "What was run: ● green, ▲ amber, ■ red, ✚ stop, ○ grey not graded yet."
    )
    table = rows.corridor_rows(told)
    panel = corridor_panel(domain)
    st.vega_lite_chart(drawn(table, panel), panel, width="stretch", alt=words)
    felt = rows.pain_rows(view.entries, domain)
    stops = default_return_rules().value("stop_pain")
    st.caption(
        f"Pain, 0 to 10: ● during, ◆ the hour after, ▼ the morning after, ■ another time. Dashed: from {stops:g} on the plan stops."
    )
    if felt.empty:
        st.caption("No pain was told in this span: nothing told is not the same as none.")
    else:
        panel = pain_panel(domain, stops)
        st.vega_lite_chart(drawn(felt, panel), panel, width="stretch", alt=f"{len(felt)} pain entries. {words}")
    st.caption(plain(words))
    done = rows.done_rows(told)
    if not done.empty:
        parts.table_behind("Run by run", done, f"planned-and-done-{view.athlete.id}.csv", sentences=done)


def next_weeks(view: ReturnView) -> None:
    """The runs of the next four weeks, what they come to, and when the level before would be reached."""
    told, _ = _both(view)
    plan, units = told.plan, state.units()
    following = rows.next_rows(plan, units)
    if following.empty:
        st.caption("No run in the next four weeks.")
    else:
        st.caption("In percent: the running against the longest of the 30 days before.")
        st.table(following, border="horizontal", hide_index=True)
    st.markdown(plain(rows.goal_words(plan)))
    st.markdown(plain(f"Whole plan: {totals_words(plan.totals, units)}."))
    ratios = projected_ratio(view.runs, plan)
    note = rows.ratio_note(ratios)
    if note:
        st.caption(plain(note))
    _tissue(view, told)
    whole, weeks = run_table(plan, units, ratios), week_table(plan, units)
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


def downloads(view: ReturnView) -> None:
    """The runner's page, the calendar, the watch and intervals.icu: all of the same plan."""
    told, stored = _both(view)
    plan, name, units, now = told.plan, view.athlete.name, state.units(), state.now()
    with st.container(horizontal=True):
        for paper in PAPERS:
            st.download_button(
                f"Runner's page ({paper})",
                partial(return_page, plan, name, units, made=now, paper=paper),
                f"return-to-running-{view.athlete.id}-{paper.lower()}.pdf",
                "application/pdf",
            )
        st.download_button(
            "Calendar (ICS)",
            lambda: return_calendar(plan, stored.id, made=now),
            f"return-{stored.id}.ics",
            "text/calendar",
        )
        st.download_button(
            "Watch workouts (FIT, zipped)",
            lambda: zipped_workouts(plan, made=now),
            f"return-{stored.id}-fit.zip",
            "application/zip",
        )
        st.download_button(
            "The plan (CSV)",
            lambda: csv_of(run_table(plan, units, projected_ratio(view.runs, plan))),
            f"return-plan-{stored.id}.csv",
            "text/csv",
        )
    following = plan.next_run
    if following is not None:
        with st.expander("The next run as text for intervals.icu"):
            st.code(intervals_text(following, units), language=None)


def what_it_rests_on(view: ReturnView) -> None:
    """Tissue, goal, clearance, what comes last, advice, and every cap with its reason."""
    told, stored = _both(view)
    plan, rules = told.plan, default_return_rules()
    order = stored.order
    lines = [f"{plan.profile.name}: {rules.basis(plan.profile)}."]
    lines.append(f"The level before the injury: {rows.level_words(order.goal, state.units())}")
    lines.append(
        f"Made by {order.made_by}; first run {day_of_year(order.start)}; usual morning pain {order.baseline_morning:g}."
    )
    if order.clearance is not None:
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
    with st.expander("Every rule, and where it comes from"):
        st.table(rows.caps_rows(plan), border="horizontal", hide_index=True)


def decisions(view: ReturnView) -> None:
    """Everything that was decided, the newest first; a decision or the whole plan can be taken back."""
    _, stored = _both(view)
    st.subheader("Decided so far")
    for number, decision in reversed(stored.decisions.items()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(rows.decision_words(decision)), width="content")
            if st.button("Take back", key=f"decision-{number}", type="tertiary"):
                _change(view, partial(plans.take_back_decision, decision_id=number), partial(plans.put_back_decision, decision_id=number),
                        "A decision was taken back.")  # fmt: skip
    if not stored.decisions:
        st.caption("Nothing decided yet.")
    if st.button("Take the whole plan back", key="remove-plan", type="tertiary"):
        _change(
            view,
            partial(plans.remove_plan, plan_id=stored.id),
            partial(plans.restore_plan, plan_id=stored.id),
            "The plan was taken back.",
        )


def _change(view: ReturnView, act: partial[None], back: partial[None], words: str) -> None:
    try:
        with state.store().write() as conn:
            act(conn, viewer=state.viewer())
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    undo.remember(view.athlete.id, words, partial(back, viewer=state.viewer()), part=PART)
    st.rerun()


def to_check_in(athlete_id: int, label: str) -> None:
    """The way to the page on which pain is told."""
    st.page_link(page_file("check_in.py"), label=label, query_params={parts.ATHLETE: str(athlete_id)})


def _both(view: ReturnView) -> tuple[Followed, StoredPlan]:
    assert view.followed is not None
    assert view.stored is not None
    return view.followed, view.stored
