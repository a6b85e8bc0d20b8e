"""The head of a session's page: every figure says what it is, and why it is missing where it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

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
