"""Injury record: noted with its fields, told in figures of the squad, put right field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from loadmon.show import state
from loadmon.store import injury_record
from tests.made_team import STEADY
from tests.pages.conftest import Open, well, words
from tests.pages.test_runner import TODAY, press, who
from tests.pages.told_health import (
    Home,
    hurt,
)


def test_an_injury_is_noted_with_its_fields_and_the_squad_is_told_in_figures(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("injuries.py", athlete=str(who(STEADY).id))
    at = press(at, "Note the injury")
    assert "**Where the injury is has been left empty.**" in words(at)
    at.main.selectbox(key=f"where-new-{who(STEADY).id}-0").set_value("shin")
    at.main.selectbox(key=f"mode-new-{who(STEADY).id}-0").set_value("gradual")
    at.main.selectbox(key=f"code-new-{who(STEADY).id}-0").set_value("KT1")
    at = press(at, "Note the injury")
    assert "Which of them is right?" in words(at)
    assert "**Nothing was kept: place and code contradict each other.**" in words(at)
    at.main.selectbox(key=f"code-new-{who(STEADY).id}-0").set_value("QT1")
    at = press(at, "Note the injury")
    assert "Shin: since 17 May 2026, open · gradual · QT1 (Shin pain along the inner edge)" in words(at)
    at = press(at, "Back in full")
    assert "0 days lost, class 0" in words(at)
    at = press(at, "Undo")
    assert "open · gradual" in words(at)
    at = press(at, "Take back")
    assert "No injury noted so far." in words(at)
    press(at, "Undo")
    with state.store().read() as conn:
        (kept,) = injury_record.injuries(conn, state.viewer()).values()
    assert kept == replace(kept, area="shin", mode="gradual", code="QT1", onset=date(2026, 5, 17))


def test_an_injury_written_down_wrongly_is_put_right_field_by_field(home: Home, open_page: Open) -> None:
    home("team")
    number = hurt(STEADY, days_ago=30, note="after the hills")
    at = open_page("injuries.py", athlete=str(who(STEADY).id))

    def field(kind: str, start: str) -> Any:
        return next(one for one in at.main.get(kind) if str(one.key).startswith(f"{start}-{number}-"))

    field("date_input", "since").set_value(TODAY - timedelta(days=20))
    field("date_input", "until").set_value(TODAY - timedelta(days=25))
    at = press(well(at.run()), "Keep it")
    assert "The return lies before the injury." in words(at)
    field("date_input", "until").set_value(TODAY - timedelta(days=5))
    field("selectbox", "where").set_value("calf")
    field("button_group", "side").set_value("right")
    field("text_input", "note").set_value("on the track")
    at = press(well(at.run()), "Keep it")
    assert "14 days lost, class 8-28" in words(at)
    with state.store().read() as conn:
        kept = injury_record.injuries(conn, state.viewer())[number]
    assert (kept.area, kept.side, kept.note, kept.onset) == (
        "calf",
        "right",
        "on the track",
        TODAY - timedelta(days=20),
    )
    at = press(at, "Open again")
    field("text_input", "note").set_value("on the new track")
    press(well(at.run()), "Keep it")
    with state.store().read() as conn:
        kept = injury_record.injuries(conn, state.viewer())[number]
    assert (kept.note, kept.returned) == ("on the new track", None)  # the day that stood there before closed nothing
