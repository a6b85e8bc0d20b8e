"""What one run did to ten tissues: a sentence with the interval and what made it so, every tissue in a table, and its flags."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from loadmon import evidence
from loadmon.measure import reason_words
from loadmon.paths import page_file
from loadmon.show import parts, tissue_limits
from loadmon.show.plain import plain
from loadmon.show.run_tissue import SessionTissues
from loadmon.show.tissue_words import GRADE_WORDS, SET_ON_RUNNER, note_words
from loadmon.tissue.flags import FLAG_WORDS
from loadmon.tissue.makeup import MakeUp
from loadmon.tissue.spike import EXTRAPOLATED
from loadmon.tissue.told import ToldTissue, run_sentence, told_tissues
from loadmon.units import Units

DIRECTION_WORDS = {
    "more": "more than its distance",
    "less": "less than its distance",
    "alike": "about its distance",
    "uncertain": "direction uncertain",
}


def tissues(found: SessionTissues, athlete_id: int, session_id: int, units: Units) -> None:
    """The section of a session's page."""
    st.header("Tissue load")
    if found.made is None:
        st.caption(plain(why_none(found)))
        return
    st.markdown(f"**{plain(sentence(found, units))}**")
    told = [*spike_sentences(found), *flag_sentences(found), *(note_words(note) for note in found.notes)]
    if told:
        st.markdown("\n".join(f"- {plain(words)}" for words in told))
    link = {parts.ATHLETE: str(athlete_id)}
    if SET_ON_RUNNER & set(found.flags):
        st.page_link(page_file("runner.py"), label="Height, body mass and findings: page Runner →", query_params=link)
    with st.container(horizontal=True, vertical_alignment="center"):
        tissue_limits.limits("session")
        st.page_link(page_file("tissues.py"), label="All tissues, week by week →", query_params=link)
    if found.walk_fraction <= 0.5:
        parts.table_behind(
            "Every tissue, and what made it so", tissue_rows(found, units), f"tissues-{session_id}.csv", sentences=True
        )


def why_none(found: SessionTissues) -> str:
    """Why nothing can be told of tissues."""
    return (
        reason_words(found.reason)
        if found.reason
        else "Nothing was run here: a walk or a rest has no tissue load to tell."
    )


def sentence(found: SessionTissues, units: Units) -> str:
    """``10.0 km, hilly: 16 Achilles-km (12 to 22), 9 knee-km (7 to 11).``"""
    assert found.made is not None
    return run_sentence(
        found.made, found.drawn, found.coefficients, units, walk_fraction=found.walk_fraction, interval=True
    )


def spike_sentences(found: SessionTissues) -> list[str]:
    """Tissues to which this run did more than any of the month before, highest first; and that the bands are borrowed."""
    ordered = sorted(found.spikes.items(), key=lambda one: -one[1].ratio)
    known = [(found.coefficients.tissue[tissue], spike) for tissue, spike in ordered]
    told = [
        f"{tissue.name}: {spike.ratio:.1f} times ({spike.low:.1f} to {spike.high:.1f}) the most damaging run of the 30 days before."
        for tissue, spike in known
        if tissue.grade != "D"
    ]
    return [f"{' '.join(told)} {EXTRAPOLATED}"] if told else []


def flag_sentences(found: SessionTissues) -> list[str]:
    """What was assumed, replaced, not known or beyond what was studied; first that only a part is told, where that is so."""
    part = [reason_words(found.reason)] if found.reason else []
    return part + [FLAG_WORDS[name] for name in found.flags]


def tissue_rows(found: SessionTissues, units: Units) -> pd.DataFrame:
    """Every tissue of the run: distance-equivalent with its interval, in which direction, what made it so, how well known."""
    assert found.made is not None
    return pd.DataFrame(
        [
            {
                "tissue": one.name,
                f"{units.length} of level running": _kilometres(one, units),
                "against its distance": DIRECTION_WORDS[one.direction],
                "what made it so": causes_words(found.made, one.tissue),
                "known from": GRADE_WORDS[one.grade],
            }
            for one in told_tissues(found.made, found.drawn, found.coefficients)
        ]
    )


def causes_words(made: MakeUp, tissue: str) -> str:
    """The causes that changed a tissue's damage by 5 % or more, the strongest first: ``hills × 1.40, speed × 0.93``."""
    least = np.log1p(evidence.DIRECTION_SHARE.value)
    factors = sorted(made.of(tissue).items(), key=lambda one: -abs(np.log(one[1])))
    told = [f"{cause} × {factor:.2f}" for cause, factor in factors if abs(np.log(factor)) >= least]
    return ", ".join(told) or "much like your usual running"


def _kilometres(one: ToldTissue, units: Units) -> str:
    number = f"{one.damage_m / units.metres:.1f}"
    if one.low_m is None or one.high_m is None:
        return number
    return f"{number} ({one.low_m / units.metres:.1f} to {one.high_m / units.metres:.1f})"
