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
from loadmon.show import parts, tissue_limits
from loadmon.show.plain import plain
from loadmon.show.tissue_line import TissueSpike
from loadmon.show.tissue_words import GRADE_WORDS
from loadmon.show.words import capital
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.exposure import Exposure
from loadmon.tissue.findings import FindingNote, finding_notes
from loadmon.tissue.flags import CADENCE_LOCKED, FLAG_WORDS
from loadmon.tissue.loads import RunConditions, TissueLoads
from loadmon.tissue.makeup import MakeUp, make_up
from loadmon.tissue.recompute import recomputed
from loadmon.tissue.runner import HEIGHT_ASSUMED, MASS_ASSUMED
from loadmon.tissue.spike import EXTRAPOLATED
from loadmon.tissue.told import ToldTissue, run_sentence, told_tissues
from loadmon.units import Units

DIRECTION_WORDS = {
    "more": "more than its distance",
    "less": "less than its distance",
    "alike": "about its distance",
    "uncertain": "direction uncertain",
}
SET_ON_RUNNER = {HEIGHT_ASSUMED, MASS_ASSUMED}
"""Flags of what can be told on the runner's page."""


@dataclass(frozen=True)
class SessionTissues:
    """What one session did to tissues, or why that cannot be told.

    Parameters
    ----------
    coefficients : Coefficients
    made : MakeUp | None
        What made it so; None where there is no exposure, or nothing was run.
    drawn : TissueLoads | None
        Of this run, by draws.
    walk_fraction : float
        Share of its moving time that was walked.
    flags : tuple of str
        Keys of ``FLAG_WORDS``.
    notes : tuple of FindingNote
        What the findings that held on its day do.
    spikes : mapping of tissue to TissueSpike
        Only those that are told.
    reason : str | None
        Code of ``REASON_WORDS`` where nothing can be told, or where only a part of the run is.
    """

    coefficients: Coefficients
    made: MakeUp | None
    drawn: TissueLoads | None
    walk_fraction: float
    flags: tuple[str, ...]
    notes: tuple[FindingNote, ...]
    spikes: Mapping[str, TissueSpike]
    reason: str | None


def run_tissues(
    exposure: Exposure,
    conditions: RunConditions,
    coefficients: Coefficients,
    spikes: Mapping[str, TissueSpike] | None = None,
    reason: str | None = None,
) -> SessionTissues:
    """What one run did to tissues, from its exposure.

    Parameters
    ----------
    exposure : Exposure
    conditions : RunConditions
        Who ran, and what was found in how they run.
    coefficients : Coefficients
    spikes : mapping of tissue to TissueSpike, optional
    reason : str | None
        Code where the exposure is that of a part of the run only.
    """
    told = recomputed([exposure], [conditions], coefficients)
    drawn = recomputed([exposure], [conditions], coefficients, int(evidence.TISSUE_DRAWS.value))
    locked = (CADENCE_LOCKED,) if exposure.locked_s > 0 else ()
    found = told.course.flagged(0, exposure.slope_quality, coefficients.widening.outside_share)
    return SessionTissues(
        coefficients=coefficients,
        made=make_up(exposure, conditions, coefficients),
        drawn=drawn,
        walk_fraction=float(told.course.walk_fraction[0]),
        flags=(*conditions.runner.assumed(), *locked, *found),
        notes=finding_notes(conditions.found, coefficients),
        spikes=spikes or {},
        reason=reason,
    )


def tissues(found: SessionTissues, athlete_id: int, session_id: int, units: Units) -> None:
    """The section of a session's page."""
    st.header("Tissue load")
    if found.made is None:
        st.caption(plain(why_none(found)))
        return
    st.markdown(f"**{plain(sentence(found, units))}**")
    told = [*spike_sentences(found), *flag_sentences(found), *note_sentences(found)]
    if told:
        st.markdown("\n".join(f"- {plain(words)}" for words in told))
    link = {parts.ATHLETE: str(athlete_id)}
    if SET_ON_RUNNER & set(found.flags):
        st.page_link(page_file("runner.py"), label="Set height and body mass on the page Runner →", query_params=link)
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


def note_sentences(found: SessionTissues) -> list[str]:
    """What the findings that held on that day do to the numbers."""
    effects = {"factor": "counts", "wider": "widens the interval", "none": "changes nothing"}
    return [f"{capital(note.name)}: {effects[note.effect]}. {note.words}" for note in found.notes]


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
