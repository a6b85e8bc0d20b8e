"""The clinician's part of the page of a return to running: what is proposed, who decides, what was decided so far."""

from __future__ import annotations

from functools import partial

import streamlit as st

from loadmon.planning.closed_loop import Followed
from loadmon.planning.decision import decided, proposal, standing_words
from loadmon.planning.gate import ROLES
from loadmon.planning.known_signs import sign_sentence
from loadmon.planning.way_back import Choice, Decision
from loadmon.refusal import Refusal
from loadmon.show import draft, state, undo
from loadmon.show import return_rows as rows
from loadmon.show.plain import plain
from loadmon.show.return_level import onset_words
from loadmon.show.return_page import PART, both
from loadmon.show.return_view import ReturnView
from loadmon.show.who_reads import WHO_READS
from loadmon.show.words import capital
from loadmon.store import plans
from loadmon.store.plans import StoredPlan


def decide(view: ReturnView) -> None:
    """Where the runner stands, what is proposed, and the form in which somebody decides."""
    told, stored = both(view)
    st.markdown(f"**{plain(standing_words(told.plan))}**")
    offer = proposal(told.plan)
    on_hold = rows.ran_on_hold(told)
    signs = [one for one in view.signs if one.day >= stored.order.start or one.at >= stored.created]
    if on_hold:
        st.markdown(plain(on_hold))
    if signs:
        lines = [plain(capital(sign_sentence(one))) for one in sorted(signs, key=lambda one: one.at, reverse=True)]
        st.markdown("Signs since the plan was made:\n" + "\n".join(f"- {line}" for line in lines))
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
    choices: list[Choice] = (
        [Choice.RESUME, Choice.END] if on_hold else [one for one in Choice if one is not Choice.RESUME]
    )
    if plan.profile.onset_share is None:
        choices = [one for one in choices if one is not Choice.ONSET]
    if offered in choices:
        choices.sort(key=lambda one: one is not offered)
    mark = f"{stored.id}-{len(stored.decisions)}-{on_hold}"
    # that running goes on after a stop is chosen by whoever answers for it, and never there beforehand
    chosen = st.selectbox(
        "What is decided",
        [one.value for one in choices],
        index=None if on_hold else 0,
        placeholder="Choose",
        format_func=lambda one: rows.CHOICE_WORDS[Choice(one)],
        key=f"choice-{mark}",
    )
    if chosen is None:
        return
    choice = Choice(chosen)
    stage = None
    if choice in (Choice.REGRESS, Choice.RESUME):
        most = max(plan.state.standing.stage, 1)
        value = min(offered_stage or most, most)
        stage = int(st.number_input("Stage", min_value=1, max_value=most, value=value, key=f"stage-{mark}"))
    onset = None
    if choice is Choice.ONSET:
        onset = st.number_input("After so many minutes of running", 1, 300, None, key=f"onset-{mark}")
        st.caption(plain(onset_words(plan)))
    left, right = st.columns(2)
    name_key, role_key, note_key = (
        draft.restored("decides", ""),
        draft.restored("decides-role", ROLES[0]),
        draft.restored(f"why-{mark}", ""),
    )
    left.text_input("Decided by", key=name_key, placeholder="Name of the clinician")
    right.segmented_control("As", ROLES, key=role_key)
    st.text_area("Note", key=note_key, height=80, help=WHO_READS)
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
            onset_s=None if onset is None else 60.0 * float(onset),
        )
        with state.store().write() as conn:
            number = plans.decide(conn, state.viewer(), stored.id, made)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    draft.done(note_key)
    words = f"Decided: {rows.decision_words(made, view.athlete.time_zone)}."
    undo.remember(
        view.athlete.id, words, partial(plans.take_back_decision, viewer=state.viewer(), decision_id=number), part=PART
    )
    st.rerun()


def decisions(view: ReturnView) -> None:
    """Everything that was decided, the newest first; a slip or the whole plan can be taken back."""
    told, stored = both(view)
    st.subheader("Decided so far")

    def said(one: Decision) -> str:
        return rows.decision_words(one, view.athlete.time_zone, void=one.at in told.plan.void)

    newest = max(stored.decisions, default=None, key=lambda one: (stored.decisions[one].at, one))
    if newest is not None and state.now() - stored.decisions[newest].at <= plans.SLIP:
        undo.line(
            view.athlete.id,
            said(stored.decisions[newest]),
            partial(plans.take_back_decision, decision_id=newest),
            partial(plans.put_back_decision, decision_id=newest),
            "A decision was taken back.",
            key=f"decision-{newest}",
            part=PART,
        )
        older = [one for number, one in stored.decisions.items() if number != newest]
    else:
        older = list(stored.decisions.values())
    if older:
        st.markdown("\n".join(f"- {plain(said(one))}" for one in reversed(older)))
    if not stored.decisions:
        st.caption("Nothing decided yet.")
    if st.button("Take the whole plan back", key="remove-plan", type="tertiary"):
        undo.do(
            view.athlete.id,
            partial(plans.remove_plan, plan_id=stored.id),
            partial(plans.restore_plan, plan_id=stored.id),
            "The plan was taken back.",
            part=PART,
        )
