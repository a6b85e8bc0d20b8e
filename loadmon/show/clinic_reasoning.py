"""A finished assessment read: how it was measured, what drives it as picture and sentences, what is new since last time."""

from __future__ import annotations

from functools import partial
from itertools import groupby

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.clinic.assessment import LEAST_STEPS, Assessment, Measured
from loadmon.clinic.compared import SURFACE_WORDS, Change, Compared, compared, unlike_besides
from loadmon.clinic.how_it_was import how_it_was
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.names import METHOD_WORDS, shown_words, value_words
from loadmon.clinic.pain_compared import PainCompared, pain_compared, pain_words
from loadmon.clinic.reasoning import Reasoning
from loadmon.clinic.told import PICTURE, steps
from loadmon.show import clinic_state, parts, state, undo
from loadmon.show.clinic_form import PART
from loadmon.show.clinic_graph import graph_description, graph_words
from loadmon.show.plain import plain
from loadmon.show.words import capital, day_of_year
from loadmon.store import assessments
from loadmon.store.assessments import KeptAssessment
from loadmon.units import NOTHING


def title_of(one: Assessment) -> str:
    """An assessment as it stands in a list: its day, who measured, and whether at the provoking speed."""
    seen = one.circumstances
    at = f", at the provoking speed ({seen.speed_mps:g} m/s)" if seen.at_provoking_speed else ""
    return f"{day_of_year(seen.day)}, {seen.assessor}{at}"


def heading(kept: KeptAssessment) -> None:
    """When, by whom, at which speed; and a word where too few steps were averaged."""
    seen = kept.assessment.circumstances
    told = [
        "" if seen.speed_mps is None else f"at {seen.speed_mps:g} m/s",
        "the speed that provokes" if seen.at_provoking_speed else "",
        "" if seen.surface is None else SURFACE_WORDS[seen.surface],
    ]
    words = ", ".join(part for part in told if part)
    st.markdown(plain(f"Measured {day_of_year(seen.day)} by {seen.assessor}{', ' if words else ''}{words}."))
    if seen.steps_averaged is not None and seen.steps_averaged < LEAST_STEPS:
        st.caption(
            f"Fewer than {LEAST_STEPS} steps were averaged: angles on video are less certain than their limits say."
        )
    if kept.assessment.note:
        st.markdown(f"*{plain(kept.assessment.note)}*")


def take_back(athlete: Athlete, number: int, kept: KeptAssessment) -> None:
    """The way to take an assessment back."""
    if st.button("Take this assessment back", type="tertiary", key=f"take-back-{number}"):
        with state.store().write() as conn:
            assessments.remove_assessment(conn, state.viewer(), number)
        back = partial(assessments.restore_assessment, viewer=state.viewer(), assessment_id=number)
        undo.remember(athlete.id, f"Taken back: the assessment of {title_of(kept.assessment)}.", back, part=PART)
        st.query_params.pop("assessment", None)
        st.rerun()


def how(one: Assessment, known: Knowledge) -> None:
    """What hurt, which signs were there, and everything else that was told beside the values."""
    told = how_it_was(one, known)
    for heading_, lines in told.items():
        st.markdown(f"**{heading_}** · " + plain("; ".join(lines)) + ".")


def reasoning(told: Reasoning, known: Knowledge) -> None:
    """What drives it: sentences by heading, each with what it rests on, then the same as a picture."""
    st.caption(PICTURE)
    for part, some in groupby(steps(told, known), key=lambda step: step.part):
        st.markdown(f"**{part}**")
        for step in some:
            if not step.evidence:
                st.markdown(plain(step.words))
                continue
            with st.expander(plain(step.words)):
                st.markdown("\n".join(f"- {plain(line)}" for line in step.evidence))
    if told.graph.present:
        words = graph_words(told, known)
        with st.container(horizontal_alignment="center"):
            st.graphviz_chart(graph_description(told, known), width="content", alt=words)


def measured_table(one: Assessment, known: Knowledge) -> pd.DataFrame:
    """Every value as it was measured, in the order of the form."""
    rows = [
        {
            "measure": known.measure[name].name,
            "side": found.side,
            "value": value_words(found, known.measure[name]),
            "plane": known.measure[name].plane or "",
            "how": METHOD_WORDS[found.method] + _watch_words(found, known),
        }
        for name in known.entered()
        for found in one.measured
        if found.measure == name
    ]
    return pd.DataFrame(rows, columns=["measure", "side", "value", "plane", "how"])


def _watch_words(found: Measured, known: Knowledge) -> str:
    return "" if found.watch is None else f"; the watch: {shown_words(found.watch, known.measure[found.measure])}"


UNTOLD = (Change.NO_LIMIT_KNOWN, Change.NOT_ALIKE)


def compare_rows(found: tuple[Compared, ...], known: Knowledge) -> pd.DataFrame:
    """Two assessments side by side, what changed first."""
    order = {Change.CHANGED: 0, Change.OTHER_ANSWER: 1}
    rows = []
    for one in sorted(found, key=lambda one: order.get(one.change, 2)):
        measure = known.measure[one.measure]
        says = f"{one.change.value}, {one.towards}" if one.towards else one.change.value
        if one.change in UNTOLD:  # what it rests on belongs to the answer: at the right end of the table nobody sees it
            says = f"cannot be told: {one.why.rstrip('.')[:1].lower()}{one.why.rstrip('.')[1:]}"
        difference = NOTHING if one.difference is None else f"{one.difference:+g}".replace("-", "\N{MINUS SIGN}")
        before, now = (NOTHING if v is None else value_words(v, measure) for v in (one.before, one.now))
        rows.append((measure.name, one.side, capital(says), before, now, difference, one.why))
    return pd.DataFrame(rows, columns=["measure", "side", "what can be said", "before", "now", "difference", "why"])


def since_last_time(athlete: Athlete, number: int, kept: KeptAssessment, known: Knowledge) -> None:
    """This assessment beside an earlier one: how it hurts, then what changed by more than can be chance."""
    others = {n: one for n, one in clinic_state.finished(athlete.id).items() if n != number}
    day = kept.assessment.circumstances.day
    earlier = {n: one for n, one in others.items() if one.assessment.circumstances.day <= day} or {}
    if not earlier:
        st.caption("There is no earlier assessment to compare with. The next one stands beside this one here.")
        return
    chosen = st.selectbox(
        "Beside", list(earlier), format_func=lambda n: title_of(earlier[n].assessment), key=f"beside-{number}"
    )
    if earlier[chosen].assessment.circumstances.day == day:
        st.caption("Both are of one day: what differs between two speeds is no change.")
    hurt = pain_compared(earlier[chosen].assessment, kept.assessment, known)
    if hurt:
        st.markdown(plain(pain_words(hurt)))
        st.table(pain_rows(hurt).map(plain), border="horizontal", hide_index=True)
    found = compared(earlier[chosen].assessment, kept.assessment, known)
    st.markdown(plain(changed_words(found, known)))
    if besides := unlike_besides(earlier[chosen].assessment, kept.assessment):
        st.caption(plain(besides))
    table = compare_rows(found, known)
    st.table(told_in_short(table).map(plain), border="horizontal", hide_index=True)
    parts.table_behind("Each with its reason", table, "assessments_compared.csv")


def told_in_short(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``compare_rows`` in three columns that are wrapped on a phone and cut off nowhere."""
    both = table["before"] + " \N{RIGHTWARDS ARROW} " + table["now"]
    by = [f" ({one})" if one != NOTHING else "" for one in table["difference"]]
    side = [f", {one}" if one in ("left", "right") else "" for one in table["side"]]
    return pd.DataFrame(
        {
            "measure": table["measure"] + side,
            "before \N{RIGHTWARDS ARROW} now": both + by,
            "what can be said": table["what can be said"],
        }
    )


def pain_rows(found: tuple[PainCompared, ...]) -> pd.DataFrame:
    """What hurt then and now, what changed first."""
    rows = [
        (
            f"{one.what} ({one.when})" if one.when else one.what,
            f"{one.before} \N{RIGHTWARDS ARROW} {one.now}",
            capital(one.says),
        )
        for one in sorted(found, key=lambda one: not one.changed)
    ]
    return pd.DataFrame(rows, columns=["what hurts", "before \N{RIGHTWARDS ARROW} now", "what can be said"])


def changed_words(found: tuple[Compared, ...], known: Knowledge) -> str:
    """What changed, in a sentence, and of what that cannot be told."""
    named = [
        f"{known.measure[one.measure].name.lower()}{'' if one.side == 'both' else f', {one.side}'}" for one in found
    ]
    untold = [name for name, one in zip(named, found, strict=True) if one.change is Change.NO_LIMIT_KNOWN]
    besides = f" How large a change must be is not known here for {'; '.join(untold)}." if untold else ""
    return _changed(found, named) + besides


def _changed(found: tuple[Compared, ...], named: list[str]) -> str:
    changed = [
        f"{name} ({one.towards})" for name, one in zip(named, found, strict=True) if one.change is Change.CHANGED
    ]
    if not changed and not any(one.change in (Change.NOT_TOLD_APART, Change.SAME_ANSWER) for one in found):
        return "Nothing here was measured alike both times in a way that lets a change be told."
    if not changed:
        return "Nothing changed by more than the methods can be off by."
    return f"Changed by more than can be chance: {'; '.join(changed)}."


def values(one: Assessment, known: Knowledge) -> None:
    """Everything as it was measured, behind the reasoning."""
    parts.table_behind("Everything that was measured", measured_table(one, known), "assessment.csv")
