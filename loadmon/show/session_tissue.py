"""What one run did to ten tissues: a sentence with the interval and what made it so, every tissue in a table, and its flags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from loadmon import evidence
from loadmon.measure import reason_words
from loadmon.paths import page_file
from loadmon.show import parts, state, tissue_limits, tissue_state
from loadmon.show.plain import plain
from loadmon.show.tissue_line import TissueSpike
from loadmon.show.tissue_view import spikes_in
from loadmon.show.tissue_words import GRADE_WORDS, SET_ON_RUNNER, load_unit, note_words
from loadmon.store.sessions import StoredSession
from loadmon.tissue.flags import FLAG_WORDS
from loadmon.tissue.makeup import MakeUp
from loadmon.tissue.run_told import RunTold
from loadmon.tissue.spike import EXTRAPOLATED
from loadmon.tissue.told import ToldTissue
from loadmon.units import Units

LOAD = "load, nominal scale"
LOAD_TITLE = "Load of every tissue"
ALL_WALKED = "All of this was walked: load is told, damage is not."
DIRECTION_WORDS = {
    "more": "more than its distance",
    "less": "less than its distance",
    "alike": "about its distance",
    "uncertain": "direction uncertain",
}


@dataclass(frozen=True)
class SessionTissues:
    """What one session did to tissues, or why that cannot be told.

    Parameters
    ----------
    told : RunTold | None
    reason : str | None
        Code of ``REASON_WORDS`` where nothing can be told, or only of a part of the run.
    spikes : mapping of tissue to TissueSpike
        Those that are told.
    """

    told: RunTold | None
    reason: str | None
    spikes: Mapping[str, TissueSpike]


def session_tissues(stored: StoredSession) -> SessionTissues:
    """What a stored session did to its runner's tissues."""
    told, code = tissue_state.tissue_run(stored.athlete.id, stored.id)
    if told is None:
        # what its facts say of it comes first: a ride is no run, whether or not it counts
        return SessionTissues(None, stored.facts.exposure_reason or code, {})
    return SessionTissues(told, code, spikes_in(tissue_state.tissue_sheet(stored.athlete.id), stored.id))


def tissues(stored: StoredSession) -> None:
    """The section of a session's page."""
    st.header("Tissue load")
    found, units = session_tissues(stored), state.units()
    if found.told is None or not any(found.told.load_bws.values()):
        st.caption(plain(why_none(found)))
        return
    st.markdown(f"**{plain(found.told.sentence(units, interval=True) or ALL_WALKED)}**")
    told = [
        *spike_sentences(found),
        *flag_sentences(found),
        *(note_words(note, found.told.coefficients) for note in found.told.notes),
    ]
    if told:
        st.markdown("\n".join(f"- {plain(words)}" for words in told))
    link = {parts.ATHLETE: str(stored.athlete.id)}
    if SET_ON_RUNNER & set(found.told.flags):
        st.page_link(page_file("runner.py"), label="Height, body mass and findings: page Runner →", query_params=link)
    with st.container(horizontal=True, vertical_alignment="center"):
        tissue_limits.limits("session")
        st.page_link(page_file("tissues.py"), label="All tissues, week by week →", query_params=link)
    name = f"tissues-{stored.id}.csv"
    if found.told.is_walk:
        parts.table_behind(LOAD_TITLE, load_rows(found.told), name, sentences=load_rows(found.told))
    else:
        rows = tissue_rows(found.told, units)
        parts.table_behind("Every tissue, and what made it so", rows, name, sentences=narrow(rows))


def why_none(found: SessionTissues) -> str:
    """Why nothing can be told of tissues."""
    return reason_words(found.reason) if found.reason else "Nobody ran or walked here: there is no tissue load to tell."


def spike_sentences(found: SessionTissues) -> list[str]:
    """Tissues to which this run did more than any of the month before, highest first; and that the bands are borrowed."""
    if found.told is None or found.told.is_walk:
        return []
    known = found.told.coefficients.tissue
    told = [
        f"{known[tissue].name}: {spike.ratio:.1f} times ({spike.low:.1f} to {spike.high:.1f}) the most damaging run of the 30 "
        f"days before, band “{spike.band}”{' (provisional: the record before it is short or has gaps)' if spike.provisional else ''}."
        for tissue, spike in sorted(found.spikes.items(), key=lambda one: -one[1].ratio)
        if known[tissue].grade != "D"
    ]
    return [f"{' '.join(told)} {EXTRAPOLATED}"] if told else []


def flag_sentences(found: SessionTissues) -> list[str]:
    """What was assumed, replaced, not known or beyond what was studied; first that only a part is told, where that is so."""
    part = [reason_words(found.reason)] if found.reason else []
    return part + [FLAG_WORDS[name] for name in (found.told.flags if found.told else ())]


def tissue_rows(told: RunTold, units: Units) -> pd.DataFrame:
    """Every tissue of the run: distance-equivalent with its interval, load, in which direction, what made it so, how well known."""
    assert told.made is not None
    return pd.DataFrame(
        [
            {
                "tissue": one.name,
                f"{units.length} of level running": _kilometres(one, units),
                LOAD: load_words(told, one.tissue),
                "against its distance": direction_words(one),
                "what made it so": causes_words(told.made, one.tissue),
                "known from": GRADE_WORDS[one.grade],
            }
            for one in told.tissues
        ]
    )


def load_rows(told: RunTold) -> pd.DataFrame:
    """Every tissue of a walk: its load alone, and how well the tissue is known."""
    return pd.DataFrame(
        [
            {"tissue": one.name, LOAD: load_words(told, tissue), "known from": GRADE_WORDS[one.grade]}
            for tissue, one in told.coefficients.tissue.items()
        ]
    )


def load_words(told: RunTold, tissue: str) -> str:
    """A tissue's load: ``3,950 BW·s``, or on an index where its force was never measured."""
    return f"{told.load_bws[tissue]:,.0f} {load_unit(told.coefficients.tissue[tissue])}"


def direction_words(one: ToldTissue) -> str:
    """In which direction a tissue's damage lies off the distance, and that it is little where it is."""
    words = DIRECTION_WORDS[one.direction]
    return f"{words}, {DIRECTION_WORDS['alike']}" if one.direction == "uncertain" and one.is_small else words


def narrow(rows: pd.DataFrame) -> pd.DataFrame:
    """The table of ``tissue_rows`` in three columns, as a phone has room for: load beneath damage, how well known beneath the name."""
    tissue, length, load, against, causes, known = rows.columns
    return pd.DataFrame(
        {
            tissue: rows[tissue] + " (" + rows[known] + ")",
            f"{length}; {load}": rows[length] + ": " + rows[against] + "; load " + rows[load],
            causes: rows[causes],
        }
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
