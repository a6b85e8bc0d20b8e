"""The head of a session's page: how far, how long, how fast, heart rate, cadence, ascent, each with what it is."""

from __future__ import annotations

from loadmon.correction import CorrectionKind
from loadmon.repair.words import left_out, left_out_in_part
from loadmon.show import state
from loadmon.show.cards import Card, cards
from loadmon.show.metric_cards import CARDS
from loadmon.show.session_gait import definition
from loadmon.store.sessions import StoredSession
from loadmon.units import NOTHING, Units, clock, heart_rate, steps

_CUTS = (CorrectionKind.CROP, CorrectionKind.PAUSE)


def figures(stored: StoredSession) -> None:
    """The session in numbers; a missing one says why."""
    cards(session_cards(stored, state.units()))


def session_cards(stored: StoredSession, units: Units) -> list[Card]:
    """What was measured of a session, each figure with what it is.

    Parameters
    ----------
    stored : StoredSession
    units : Units
        Of the numbers shown.
    """
    facts = stored.facts
    shown = [
        Card(
            "Distance",
            units.distance(facts.distance_m, 2),
            facts.distance_reason or f"told by the {facts.distance_source}",
            definition=definition(CARDS["run distance"]),
        ),
        Card("Moving time", clock(facts.moving_s), _time_words(stored), definition(CARDS["moving time"])),
        Card(
            "Pace",
            units.pace(facts.mean_speed_mps),
            "distance over moving time"
            if facts.mean_speed_mps is not None
            else facts.distance_reason or "no time, or nothing moved",
            definition=definition(CARDS["pace"]),
        ),
        Card(
            "Heart rate",
            heart_rate(facts.mean_heart_rate_bpm),
            _heart_rate_words(stored),
            definition(CARDS["heart rate"]),
        ),
        Card(
            "Cadence",
            steps(facts.median_cadence_spm),
            facts.steps_reason or f"{facts.steps:,.0f} running steps, both feet",
            definition(CARDS["run cadence"]),
        ),
        _ascent(stored),
    ]
    whole = definition(CARDS["whole run"])
    if facts.median_stance_time_s is not None:
        contact = f"{facts.median_stance_time_s * 1000:.0f} ms"
        shown.append(Card("Ground contact, whole run", contact, "middle value, at any pace", whole))
    if facts.median_vertical_oscillation_m is not None:
        height = f"{facts.median_vertical_oscillation_m * 100:.1f} cm"
        shown.append(Card("Vertical oscillation, whole run", height, "middle value, at any pace", whole))
    if facts.weighted_power_w is not None:
        watts = f"{facts.weighted_power_w:.0f} W"
        shown.append(Card("Weighted power", watts, "hard minutes count more", definition(CARDS["weighted power"])))
    return shown


def _ascent(stored: StoredSession) -> Card:
    facts, what = stored.facts, definition(CARDS["ascent"])
    is_cut = any(one.kind in _CUTS for one in stored.corrections)
    if facts.ascent_m is None:
        return Card("Ascent", NOTHING, _no_ascent(stored, is_cut=is_cut), what)
    if is_cut:
        words = "the device's total, in the share of the climb that is left"
    else:
        words = "as the device says" if facts.samples else "told by the table"
    return Card("Ascent", f"{facts.ascent_m:,.0f} m", words, what)


def _no_ascent(stored: StoredSession, *, is_cut: bool) -> str:
    if left_out(stored.session, "altitude_m"):
        return "altitude was left out by a correction"
    if stored.totals.ascent_m is None:
        return "the device told none"
    return "the recorded heights do not tell how much of it is left" if is_cut else "not brought up to date yet"


def _time_words(stored: StoredSession) -> str:
    facts = stored.facts
    if facts.elapsed_s is None:
        return "the table it comes from tells no whole time"
    return f"elapsed {clock(facts.elapsed_s)}, timer {clock(facts.timer_s)}"


def _heart_rate_words(stored: StoredSession) -> str:
    facts = stored.facts
    if facts.mean_heart_rate_bpm is None:
        session = stored.session
        is_out = left_out(session, "heart_rate_bpm") or left_out_in_part(session, "heart_rate_bpm")
        return "left out by a correction" if is_out else "not recorded"
    if not facts.samples:
        return f"highest {heart_rate(facts.max_heart_rate_bpm)}; told by the table"
    return f"highest {heart_rate(facts.max_heart_rate_bpm)}; recorded {facts.heart_rate_coverage:.0%} of the time"
