"""The form that makes a plan of a return to running: the injury, the level before it, the gate, who answers for it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy import Connection

from loadmon.paths import page_file
from loadmon.planning.gate import (
    ROLES,
    Clearance,
    ClearanceMissing,
    GateAnswers,
    UnderAge,
    checked_first_day,
    checklist,
    pass_gate,
)
from loadmon.planning.injury_codes import suggested_profile
from loadmon.planning.known_signs import not_cleared, sign_sentence
from loadmon.planning.pre_injury import Level
from loadmon.planning.return_rules import Profile, default_return_rules
from loadmon.planning.way_back import ReturnOrder
from loadmon.refusal import Refusal
from loadmon.show import draft, parts, state, undo
from loadmon.show.clinician_files import stages_before
from loadmon.show.day_limits import FIRST_DAY, LAST_DAY
from loadmon.show.day_table import area_words
from loadmon.show.injury_known import known_lines
from loadmon.show.level_form import level_before
from loadmon.show.plain import plain
from loadmon.show.plan_draft import CHECK, PlanDraft
from loadmon.show.return_level import bounded_words, ran_since
from loadmon.show.return_page import PART
from loadmon.show.return_view import ReturnView
from loadmon.show.warning_signs import sign_key, ticked
from loadmon.show.who_reads import WHO_READS
from loadmon.show.words import capital, day_of_year
from loadmon.store import Viewer, drafts, plans
from loadmon.store.drafts import Form

ABOUT = (
    "A plan brings running back in stages of running and walking. Pain after each run decides about the next: green, amber, red "
    "or stop. The software proposes each step forward; a named clinician decides. It is no diagnosis, and no plan is made where "
    "somebody has to be seen first."
)
BY_HAND = "by hand"


def no_plan_yet(view: ReturnView) -> None:
    """What a plan is, and the form that makes one; without an injury, the way to note one."""
    st.markdown(ABOUT)
    if not view.injuries:
        st.info("No injury is noted yet: note it first, so that the plan knows the level before it.")
        link = {parts.ATHLETE: str(view.athlete.id)}
        st.page_link(page_file("injuries.py"), label="**Note an injury** →", query_params=link)
        return
    st.header("Make a plan")
    begun = PlanDraft(view.athlete, view.today)
    begun.offer_anew()
    number = _which_injury(view, begun)
    injury, rules = view.injuries[number], default_return_rules()
    if injury.returned is not None:
        st.warning(
            plain(
                f"This injury is noted as over since {day_of_year(injury.returned)}. A plan begins with minutes of running "
                "again: if it has come back, open it again or note a new one first."
            )
        )
        link = {parts.ATHLETE: str(view.athlete.id)}
        st.page_link(page_file("injuries.py"), label="Open it again, or note a new one →", query_params=link)
    suggested = suggested_profile(injury.code)
    keys = list(rules.profile)
    key = st.selectbox(
        "Tissue",
        keys,
        index=None,
        format_func=lambda one: rules.profile[one].name,
        placeholder="Choose the rules that fit the tissue",
        key=begun.key(f"profile-{number}", suggested, fits=lambda one: one is None or one in keys),
    )
    known_lines(injury.code)
    if key is None:
        st.caption("The tissue decides about the ladder, the limits of pain and what is checked first.")
        begun.keep()
        return
    profile = rules.profile[key]
    stages_before(profile)
    st.caption(plain(f"Rests on: {rules.basis(profile)}."))
    since = ran_since(view.runs, injury.onset)
    if since:
        st.warning(plain(since))
    st.subheader("The level before the injury")
    level = level_before(view, injury.onset, number, begun)
    st.subheader("Before the first run")
    _told_earlier(view, injury.onset)
    answers = _gate(profile, f"{number}-{key}", begun)
    st.subheader("The plan")
    order = _order(view, number, key, profile, level, begun)
    begun.keep()
    if st.button("Make the plan", key="make-plan") and _made(view, profile, order, answers, injury.onset):
        st.rerun()


def _which_injury(view: ReturnView, begun: PlanDraft) -> int:
    def words(number: int) -> str:
        injury = view.injuries[number]
        until = f"back {day_of_year(injury.returned)}" if injury.returned else "open"
        return f"{capital(area_words(injury))}, since {day_of_year(injury.onset)}, {until}"

    newest = sorted(
        view.injuries, key=lambda one: (view.injuries[one].returned is None, view.injuries[one].onset), reverse=True
    )
    key = begun.key(f"injury-{view.athlete.id}", newest[0], fits=lambda one: one in newest)
    return int(st.selectbox("Injury", newest, format_func=words, key=key))


def _told_earlier(view: ReturnView, onset: date) -> None:
    earlier = not_cleared(view.signs, view.today, onset=onset)
    if earlier:
        lines = "\n".join(f"- {plain(capital(sign_sentence(one)))}" for one in earlier)
        st.warning(
            "**Told earlier.** A plan is made once a named clinician has looked at it and cleared running since; write it down "
            f"under Clearance.\n\n{lines}"
        )


def _gate(profile: Profile, mark: str, begun: PlanDraft) -> GateAnswers:
    rules = default_return_rules()
    for sign in rules.red_flag:
        begun.key(sign_key(sign, mark), otherwise=False)
    flags = ticked("Is any of this there? It has to be seen by a physician first", rules.red_flag, mark)
    st.markdown("And is this true? Each has to be before the first run")
    met = {
        check.key
        for check in checklist(profile)
        if st.checkbox(plain(check.words), key=begun.key(f"{CHECK}{mark}-{check.key}", otherwise=False))
    }
    least = f"{rules.value('least_age_years'):.0f}"
    age = st.number_input(
        "Age in years", 5, 110, None, key=begun.key(f"age-{mark}"), help=f"Under {least} a clinician has to go along."
    )
    needed = f"needed with this tissue, from a {profile.clearance}" if profile.clearance else f"needed under {least}"
    st.markdown(f"Clearance ({needed})")
    one, two, three = st.columns(3)
    name = one.text_input("Cleared by", key=begun.key(f"cleared-{mark}", ""), placeholder="Name")
    role = two.segmented_control("As", ROLES, key=begun.key(f"cleared-as-{mark}"))
    day = three.date_input(
        "On",
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        key=begun.key(f"cleared-on-{mark}"),
        format="YYYY-MM-DD",
    )
    clearance = Clearance(name.strip(), role or "", day) if name.strip() else None
    return GateAnswers(frozenset(met), None if age is None else float(age), clearance, flags)


def _order(
    view: ReturnView, number: int, key: str, profile: Profile, level: Level | str | None, begun: PlanDraft
) -> ReturnOrder | str:
    one, two, three = st.columns(3)
    start = one.date_input(
        "First run on",
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        key=begun.key(f"start-{number}", view.today, fits=lambda day: day is not None and day >= view.today),
        format="YYYY-MM-DD",
    )
    morning = two.number_input(
        "Usual morning pain", 0.0, 10.0, step=0.5, key=begun.key(f"morning-{number}", 0.0), help="0 to 10."
    )
    greens = three.segmented_control(
        "Green runs before the next stage", [1, 2, 3], key=begun.key(f"greens-{number}", 2)
    )
    onset = None
    if profile.onset_share is not None:
        onset = st.number_input(
            "It usually begins to hurt after so many minutes of running", 1, 300, None, key=begun.key(f"onset-{number}")
        )
        if onset is not None and isinstance(level, Level):
            st.info(plain(bounded_words(profile, 60.0 * float(onset), level)))
    name_key = begun.key("made-by", draft.left("made-by", ""))
    st.text_input("Made by", key=name_key, placeholder="Name of the clinician")
    made_by = str(draft.kept(name_key) or "")
    note = st.text_area("Note", key=begun.key(f"plan-note-{number}", ""), height=80, help=WHO_READS)
    if start is None:
        return "The day of the first run is left open. Choose it."
    try:
        checked_first_day(start, view.today)
    except Refusal as refusal:
        return f"{refusal.what} {refusal.advice}"
    if level is None:
        return "The level before the injury is left open above: it takes the usual week, its runs and the usual pace."
    if isinstance(level, str):
        return level
    return ReturnOrder(
        view.athlete.id, key, start, level, made_by.strip(), float(morning), greens,
        None if onset is None else 60.0 * float(onset), None, number, str(note or ""),
    )  # fmt: skip


def _made(view: ReturnView, profile: Profile, order: ReturnOrder | str, answers: GateAnswers, onset: date) -> bool:
    """Keep the plan and offer to undo it; everything that stands in its way is told at once, signs first."""
    stands: list[str] = []
    try:
        pass_gate(profile, answers, view.today, onset=onset)
    except Refusal as refusal:
        stands.append(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        still = [check.words for check in checklist(profile, answers.met) if not check.met]
        if still and isinstance(refusal, ClearanceMissing | UnderAge):  # so that nobody is sent through the form twice
            stands.append(plain(f"Open besides: {'; '.join(still)}."))
    if isinstance(order, str):
        stands.append(plain(order))
    for words in stands:
        st.error(words)
    if stands or isinstance(order, str):
        return False
    try:
        with state.store().write() as conn:
            left = drafts.draft(conn, state.viewer(), view.athlete.id, form=Form.PLAN)
            number = plans.add_plan(conn, state.viewer(), order, answers, today=view.today)
            drafts.drop_draft(conn, state.viewer(), view.athlete.id, form=Form.PLAN)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return False
    back = partial(_back_to_the_form, viewer=state.viewer(), plan_id=number, athlete_id=view.athlete.id, left=left)
    undo.remember(view.athlete.id, f"A plan was made, first run {day_of_year(order.start)}.", back, part=PART)
    return True


def _back_to_the_form(conn: Connection, viewer: Viewer, plan_id: int, athlete_id: int, left: dict[str, Any]) -> None:
    """Take a plan back, and what it was made of into the form again."""
    plans.remove_plan(conn, viewer, plan_id)
    drafts.save_draft(conn, viewer, athlete_id, left, form=Form.PLAN)
