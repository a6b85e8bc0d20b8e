"""How a session was run: cadence and its drift, decoupling, and each figure of running dynamics beside the runner's usual."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loadmon.measure import TOO_FEW_WINDOWS, reason_words
from loadmon.repair.reasons import true_reason
from loadmon.show.cards import Card, cards
from loadmon.show.dynamics_shown import SHOWN, ShownDynamic, where_words
from loadmon.show.metric_card import MetricCard
from loadmon.show.metric_cards import CARDS
from loadmon.show.plain import plain
from loadmon.show.session_view import SessionView
from loadmon.show.words import plural, stand_in_words
from loadmon.store.sessions import StoredSession
from loadmon.units import NOTHING, Units, steps


def gait(view: SessionView, stored: StoredSession, units: Units) -> None:
    """The figures as cards; what the watch did not measure is named once."""
    st.header("How it was run")
    cards([graded_pace_card(stored, units), cadence_card(view, units), drift_card(view), decoupling_card(stored)])
    shown, missing = dynamics_cards(view.dynamics)
    if shown:
        st.caption("Running dynamics, beside the runner's own runs of the eight weeks before:")
        cards(shown)
    for why, titles in missing.items():
        st.caption(plain(f"Not told: {', '.join(titles)}. {why}"))


def graded_pace_card(stored: StoredSession, units: Units) -> Card:
    """The steady pace on the flat that would have been as hard, and whether slopes are in it."""
    facts, card = stored.facts, CARDS["graded pace"]
    if facts.normalised_graded_mps is None:
        return Card("Graded pace", NOTHING, _why(facts.graded_reason, stored), definition(card))
    words = "slopes reckoned in" if facts.grade_known else "slopes not reckoned in"
    if facts.grade_reason:
        words += f": {_why(facts.grade_reason, stored)}"
    if facts.grade_clamped:
        words += f"; {plural(facts.grade_clamped, 'sample')} too steep to be believed"
    return Card("Graded pace", units.pace(facts.normalised_graded_mps), words, definition(card))


def cadence_card(view: SessionView, units: Units) -> Card:
    """Cadence at the common pace."""
    by_others = stand_in_words(view.model) or "by the runner's own rule"
    return Card(
        f"Cadence at {units.pace(view.model.reference_mps)}, flat",
        steps(view.cadence_spm),
        by_others if view.cadence_reason is None else reason_words(view.cadence_reason),
        definition(CARDS["cadence"]),
    )


def drift_card(view: SessionView) -> Card:
    """How cadence moved within the run."""
    drift = view.drift
    if drift.per_hour_spm is None or drift.thirds_spm is None:
        return Card(
            "Drift of cadence", NOTHING, reason_words(drift.reason or TOO_FEW_WINDOWS), definition(CARDS["drift"])
        )
    return Card(
        "Drift of cadence",
        f"{signed(drift.per_hour_spm)} spm an hour",
        f"last third {signed(drift.thirds_spm)} against the first, at the same pace",
        definition(CARDS["drift"]),
    )


def decoupling_card(stored: StoredSession) -> Card:
    """How far heart rate and speed came apart."""
    facts, card = stored.facts, CARDS["decoupling"]
    if facts.decoupling_pct is None:
        return Card("Decoupling", NOTHING, _why(facts.decoupling_reason, stored), definition(card))
    words = "less speed for each heartbeat in the second half" if facts.decoupling_pct > 0 else (
        "more speed for each heartbeat in the second half"
    )  # fmt: skip
    return Card("Decoupling", f"{signed(facts.decoupling_pct)} %", words, definition(card))


def _why(code: str | None, stored: StoredSession) -> str:
    """Why a fact is missing; a session that is no run has no reason beside its facts."""
    told = true_reason(code, stored.session)
    return reason_words(told) if told else "not told for this kind of session"


def dynamics_cards(dynamics: pd.DataFrame) -> tuple[list[Card], dict[str, list[str]]]:
    """A card a figure that was measured, and the names of the others by the reason.

    Parameters
    ----------
    dynamics : DataFrame
        Of a ``SessionView``.
    """
    shown: list[Card] = []
    missing: dict[str, list[str]] = {}
    for name, row in dynamics.iterrows():
        figure = SHOWN[str(name)]
        if pd.isna(row["value"]):
            why = reason_words(row["reason"]) if isinstance(row.get("reason"), str) else str(row["words"])
            missing.setdefault(why, []).append(figure.title)
        else:
            shown.append(_card(figure, row))
    return shown, missing


def _card(figure: ShownDynamic, row: pd.Series) -> Card:
    value = f"{row['value']:.{figure.digits}f}"
    if pd.isna(row["usual"]):
        words = str(row["words"])
    else:
        value, low, high = figure.beside(row)
        words = (
            f"{where_words(row)} the usual {low} to {high} "
            f"({plural(int(row['n_runs']), 'run')}){', at the common pace' if row['at_pace'] else ''}"
        )
    if row.get("provisional"):
        words = f"{words.rstrip('.')}. {row['provisional']}"
    return Card(figure.title, f"{value} {figure.unit}".strip(), words, definition(CARDS[figure.name]))


def definition(card: MetricCard) -> str:
    """A card's formula, source and limits as one text."""
    return f"{card.meaning} Formula: {card.formula}. Source: {card.sources}. Limits: {card.limits}"


def signed(value: float) -> str:
    """A number with its sign, one decimal: ``+1.2``, ``−0.4``, ``±0.0``."""
    rounded = round(value, 1)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else '±'}{abs(rounded):.1f}"
