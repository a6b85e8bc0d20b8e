"""The head of a session's page: every figure says what it is, and why it is missing where it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loadmon.correction import Correction, CorrectionKind
from loadmon.repair import corrected
from loadmon.session import DeviceTotals
from loadmon.show import figures
from loadmon.show.session_figures import session_cards
from loadmon.show.session_view import runner_sessions
from loadmon.store import Store, Viewer
from loadmon.store import sessions as session_rows
from loadmon.store.sessions import StoredSession
from loadmon.units import NOTHING, Units
from tests.made_team import STEADY


@pytest.fixture
def stored(team: Store) -> StoredSession:
    everyone = Viewer.everyone()
    runner = next(a.id for a in figures.athletes(team, everyone) if a.name == STEADY)
    with team.read() as conn:
        return session_rows.one(conn, everyone, int(runner_sessions(team, everyone, runner)["session_id"].iloc[0]))


def test_every_figure_has_its_definition(stored: StoredSession) -> None:
    measured = replace(stored.facts, median_stance_time_s=0.245, median_vertical_oscillation_m=0.09, ascent_m=120.0)
    shown = session_cards(replace(stored, facts=measured), Units())
    assert [card.name for card in shown] == [
        "Distance", "Moving time", "Pace", "Heart rate", "Cadence", "Ascent", "Ground contact, whole run",
        "Vertical oscillation, whole run",
    ]  # fmt: skip
    for card in shown:
        assert all(part in card.definition for part in ("Formula: ", "Source: ", "Limits: "))
    assert len({card.definition for card in shown[:7]}) == 7


def test_power_has_its_card_where_there_is_power(stored: StoredSession) -> None:
    def names(power: float | None) -> list[tuple[str, str]]:
        measured = replace(stored.facts, weighted_power_w=power)
        return [(card.name, card.number) for card in session_cards(replace(stored, facts=measured), Units())]

    assert ("Weighted power", "263 W") in names(262.7)
    assert "Weighted power" not in dict(names(None))


def test_what_is_missing_says_so_and_what_it_would_be(stored: StoredSession) -> None:
    lost = replace(
        stored.facts, mean_speed_mps=None, mean_heart_rate_bpm=None, ascent_m=None, median_stance_time_s=None,
        median_vertical_oscillation_m=None,
    )  # fmt: skip
    shown = {card.name: card for card in session_cards(replace(stored, facts=lost), Units())}
    assert not [name for name in shown if name.endswith("whole run")]
    for name in ("Pace", "Heart rate", "Ascent"):
        assert NOTHING in shown[name].number
        assert shown[name].words
        assert shown[name].definition


def card(stored: StoredSession, name: str) -> tuple[str, str]:
    found = next(card for card in session_cards(stored, Units()) if card.name == name)
    return found.number, found.words


def test_an_ascent_says_whose_it_is_or_why_there_is_none(stored: StoredSession) -> None:
    told = replace(stored, totals=replace(stored.totals, ascent_m=88.0))
    has = replace(told, facts=replace(stored.facts, ascent_m=66.0))
    assert card(has, "Ascent") == ("66 m", "as the device says")
    cut = (Correction(CorrectionKind.CROP, {"to_s": 600.0}),)
    assert card(replace(has, corrections=cut), "Ascent") == (
        "66 m", "the device's total, in the share of the climb that is left",
    )  # fmt: skip
    none = replace(told, facts=replace(stored.facts, ascent_m=None))
    assert (
        card(replace(none, corrections=cut), "Ascent")[1] == "the recorded heights do not tell how much of it is left"
    )
    assert card(replace(none, totals=DeviceTotals()), "Ascent")[1] == "the device told none"
    out = corrected(stored.session, [Correction(CorrectionKind.CHANNEL_OUT, {"channel": "altitude_m"})])
    assert card(replace(none, session=out), "Ascent")[1] == "altitude was left out by a correction"


def test_a_pace_without_a_distance_gives_the_distance_s_reason(stored: StoredSession) -> None:
    gone = replace(
        stored.facts, mean_speed_mps=None, distance_m=None, distance_reason="distance was left out by a correction"
    )
    assert card(replace(stored, facts=gone), "Pace")[1] == "distance was left out by a correction"
    stood = replace(stored.facts, mean_speed_mps=None, distance_reason=None)
    assert card(replace(stored, facts=stood), "Pace")[1] == "no time, or nothing moved"
