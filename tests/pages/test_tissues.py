"""The page Tissue load: what it shows is what the pure functions tell, and it makes sense with little or nothing in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import escape

import pytest

from loadmon import evidence
from loadmon.show import squad, state, tissue_state, tissue_words
from loadmon.show.session_tissue import session_tissues
from loadmon.show.tissue_map import map_table
from loadmon.tissue.flags import FLAG_WORDS
from loadmon.tissue.week import latest_week
from loadmon.units import Units, UnitSystem
from tests.made_team import BARE, JUMP, ONCE, STEADY
from tests.pages.conftest import NOW, Open, well, words
from tests.pages.test_every_page import number
from tests.pages.test_runner import box
from tests.show.made_tissues import calls, sheet

Home = Callable[[str], object]
PAGE = "tissues.py"


@pytest.mark.parametrize("units", UnitSystem)
def test_the_page_shows_the_pure_functions_numbers(units: UnitSystem, home: Home, open_page: Open) -> None:
    home("team")
    state.remember(state.UNITS, units.value)
    found = words(open_page(PAGE, athlete=number(JUMP)))
    told, sheet = Units(units), tissue_state.tissue_sheet(int(number(JUMP)))
    week = latest_week(sheet.days, sheet.weeks)
    assert week is not None
    assert sheet.calls is not None
    assert tissue_words.headline(sheet.calls) in found
    assert tissue_words.week_words(week, told) in found
    for row, one in zip(map_table(sheet.calls).itertuples(), sheet.calls.tissues, strict=True):
        assert escape(row.name) in found
        assert tissue_words.sum_words(week.of(one.tissue), told) in found
    assert "times the longest" in found, "the jump is a spike"
    by_number = {"headline", "line", "table"}
    assert all(found.count(escape(one.words)) == len(by_number) for one in evidence.TISSUE_LIMITS)


def test_the_map_has_words_for_those_who_do_not_see_it_and_a_choice_for_those_who_do_not_press(
    home: Home, open_page: Open
) -> None:
    home("team")
    at = open_page(PAGE, athlete=number(STEADY))
    charts = at.main.get("vega_lite_chart")
    assert len(charts) == 4
    alts = [chart.proto.alt for chart in charts]
    assert any(one.startswith("Front and back view of the legs. ") for one in alts)
    assert all(alts)
    box(at, "selectbox", "Tissue").set_value("tibia")
    found = words(well(at.run()))
    assert "**Shin bone**, km of level running" in found
    assert at.query_params["tissue"] == "tibia"
    assert "<b>Shin bone</b>" in found


def test_an_earlier_week_is_told_as_of_its_end(home: Home, open_page: Open) -> None:
    home("team")
    sunday = NOW.date() - timedelta(days=7)
    monday = (sunday - timedelta(days=6)).isoformat()
    at = open_page(PAGE, athlete=number(JUMP), week=monday)
    sheet = tissue_state.tissue_sheet(int(number(JUMP)), sunday)
    assert sheet.today == sunday
    assert sheet.calls is not None
    found = words(at)
    assert tissue_words.headline(sheet.calls) in found
    assert "This week, km of level running" in found
    next(b for b in at.button if b.label == "After →").click()
    well(at.run())
    assert "This week so far" not in words(at), "the made week ends on a Sunday"
    assert at.query_params["week"] == (sunday + timedelta(days=1)).isoformat()


def test_a_young_record_says_that_history_is_being_built_and_what_was_assumed(home: Home, open_page: Open) -> None:
    home("team")
    found = words(open_page(PAGE, athlete=number(ONCE)))
    assert "Still building history" in found
    assert "building history" in found
    assert FLAG_WORDS["height assumed"] in found
    assert "first 6 hours of level running" in found
    assert "the record begins within this week" in found


def test_runs_that_tell_nothing_are_named_with_the_reason(home: Home, open_page: Open) -> None:
    home("team")
    found = words(open_page(PAGE, athlete=number(BARE)))
    assert f"None of the runs of {BARE} tells enough for tissue load." in found
    assert "Speed was not recorded" in found
    assert "0 km" not in found


def test_a_session_s_page_tells_what_it_did_what_was_assumed_and_what_it_cannot_tell(
    home: Home, open_page: Open
) -> None:
    home("team")
    session = int(state.runner_sessions(int(number(JUMP)))["session_id"].iloc[0])
    at = open_page("session.py", athlete=number(JUMP), session=str(session))
    found, view = words(at), session_tissues(state.session(session))
    assert view.told is not None
    assert str(view.told.sentence(Units(), interval=True)) in found
    assert "the most damaging run of the 30 days before" in found
    assert FLAG_WORDS["mass assumed"] in found
    assert "Every tissue, and what made it so" in [e.label for e in at.main.expander]
    assert all(found.count(escape(one.words)) == 1 for one in evidence.TISSUE_LIMITS)


def test_a_session_without_speed_says_why_it_has_no_tissue_load(home: Home, open_page: Open) -> None:
    home("team")
    found = words(open_page("session.py", athlete=number(BARE)))
    assert "Tissue load" in found
    assert "Speed was not recorded and there are no positions" in found


def test_what_is_nearly_all_assumed_is_named_only_when_asked_for_and_stays_so(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page(PAGE, athlete=number(JUMP))
    (toggle,) = [one for one in at.main.toggle if one.label.startswith("Also name")]
    assert not toggle.value
    toggle.set_value(True)
    well(at.run())
    assert state.chosen("tissues-assumed", "") == "yes"
    ranked = tissue_state.tissue_sheet(int(number(JUMP)), with_assumed=True).calls
    assert ranked is not None
    assert all(one.ranked for one in ranked.tissues)


def test_a_tissue_that_stands_out_is_one_line_on_the_squad_and_in_my_week(
    home: Home, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    home("team")
    steady = int(number(STEADY))
    before = [link.proto.label for link in open_page("squad.py").main.get("page_link")]
    monkeypatch.setattr(tissue_state, "tissue_calls", lambda: {steady: calls("uphill_tm")})
    monkeypatch.setattr(tissue_state, "tissue_sheet", lambda *_, **__: sheet("uphill_tm"))
    at = open_page("squad.py")
    line = squad.tissue_lines({steady: calls("uphill_tm")})[steady]
    assert line in words(at)
    labels = [link.proto.label for link in at.main.get("page_link")]
    assert [one for one in labels if not one.startswith(("Tissue load", "Every number with its source"))] == before, (
        "nobody moves for it"
    )
    week = words(open_page("week.py", athlete=str(steady)))
    assert line.removeprefix("Described only, tissue load: ") in week
    assert "Nothing stands out" in week
    assert evidence.TISSUE_LIMITS[0].words in week
