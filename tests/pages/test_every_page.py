"""Every page with nothing, with one run, with a team and with a bare watch, in kilometres and miles: it says something true."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from loadmon.injury import Injury
from loadmon.server.menu import places
from loadmon.show import figures, state
from loadmon.show.dynamics_shown import SHOWN as DYNAMICS
from loadmon.show.history import FURTHER
from loadmon.show.history_view import history_view
from loadmon.show.load_shown import SHOWN as LOADS
from loadmon.show.words import next_run_short, usual_words
from loadmon.store import diary, injury_record, squad
from loadmon.units import NOTHING, Units, UnitSystem
from tests.made_team import BARE, JUMP, ONCE, STEADY
from tests.pages.conftest import NOW, Open, well, words

FILES = [place.file for place in places()]
RUNNER_PAGES = ["week.py", "history.py", "tissues.py", "session.py"]


def number(name: str) -> str:
    return str(next(a.id for a in state.athletes() if a.name == name))


@pytest.mark.parametrize("file", FILES)
def test_with_nothing_in_it_each_page_says_what_to_do(file: str, home: Callable[..., object], open_page: Open) -> None:
    home("empty")
    found = words(open_page(file))
    if file == "import_files.py":
        assert "FIT, GPX and TCX" in found
    elif file == "evidence.py":
        assert "Limits of load, pain, cadence and the week" in found
        assert "Rules of a return to running" in found
    else:
        assert "Load the sample squad" in found
        assert "watch files" in found


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("units", UnitSystem)
def test_with_a_single_run(file: str, units: UnitSystem, home: Callable[..., object], open_page: Open) -> None:
    home("once")
    state.remember(state.UNITS, units.value)
    found = words(open_page(file))
    if file in ("week.py", "home.py"):
        assert Units(units).distance(4463.37) in found
        assert "There are 3 days of record" in found
    if file == "history.py":
        assert "on 1 of 3 known days" in found
    if file == "session.py":
        assert Units(units).distance(4463.37, 2) in found


@pytest.mark.parametrize("units", UnitSystem)
def test_the_squad_page_shows_the_pure_functions_numbers(
    units: UnitSystem, home: Callable[..., object], open_page: Open
) -> None:
    home("team")
    state.remember(state.UNITS, units.value)
    found = words(open_page("squad.py"))
    told = Units(units)
    rows = figures.squad_rows(state.store(), state.viewer(), told, NOW)
    assert len(rows) == 4
    for row in rows:
        assert next_run_short(row.week.next_run, told) in found
        assert usual_words(row.week, told) in found
        if row.week.attention.main:
            assert row.week.attention.headline in found
        if row.week.distance_m is not None:
            assert f"<b>{told.distance(row.week.distance_m)}</b> this week" in found


def test_the_squad_page_names_everyone_in_order_of_need(home: Callable[..., object], open_page: Open) -> None:
    home("team")
    at = open_page("squad.py")
    links = [link.proto.label for link in at.main.get("page_link")]
    assert links[0] == f"**{JUMP}**"
    assert links[-1] == f"**{STEADY}**"
    assert len(links) == 4


@pytest.mark.parametrize("units", UnitSystem)
@pytest.mark.parametrize("name", [STEADY, JUMP, BARE, ONCE])
def test_the_week_page_shows_the_pure_functions_numbers(
    name: str, units: UnitSystem, home: Callable[..., object], open_page: Open
) -> None:
    home("team")
    state.remember(state.UNITS, units.value)
    told = Units(units)
    week = figures.week_view(state.store(), state.viewer(), int(number(name)), told, NOW).week
    at = open_page("week.py", athlete=number(name))
    found = words(at)
    assert at.title[0].value == name
    assert week.attention.headline in found
    assert f">{told.distance(week.distance_m)}<" in found
    assert f">{next_run_short(week.next_run, told)}<" in found
    ratio = NOTHING if week.ratio_distance.value is None else f"{week.ratio_distance.value:.2f}"
    assert f">{ratio}<" in found
    if week.cadence and week.cadence.latest_spm:
        assert f">{week.cadence.latest_spm:.0f} spm<" in found


@pytest.mark.parametrize("file", RUNNER_PAGES)
def test_a_watch_that_records_nothing_but_time_breaks_no_page(
    file: str, home: Callable[..., object], open_page: Open
) -> None:
    home("team")
    found = words(open_page(file, athlete=number(BARE)))
    if file == "week.py":
        assert "distance missing" in found
        assert "no run yet with two minutes of steady running and a cadence" in found
    if file == "history.py":
        assert "2 days with a run of unknown distance" in found
        assert "No run of this span has two minutes of steady running with a cadence" in found
        assert "None in this span." in found
    if file == "session.py":
        assert "the file holds neither a distance nor positions" in found
        assert "Not recorded: pace, heart rate, cadence, height above sea." in found
        assert "0 km" not in found


def test_the_history_page_draws_each_panel_and_offers_its_table(home: Callable[..., object], open_page: Open) -> None:
    home("team")
    at = open_page("history.py", athlete=number(JUMP))
    assert len(at.main.get("vega_lite_chart")) == 4
    assert "These days as a table" in [e.label for e in at.main.expander]
    found = words(at)
    assert "another watch recorded from then on" in found
    assert "Latest " in found


@pytest.mark.parametrize("span", ["8 weeks", "1 year", "all"])
def test_every_span_of_the_history_works(span: str, home: Callable[..., object], open_page: Open) -> None:
    home("team")
    at = open_page("history.py", athlete=number(STEADY))
    at.main.get("button_group")[0].set_value(span)
    well(at.run())
    assert "known days" in words(at)


@pytest.mark.parametrize("load", LOADS)
@pytest.mark.parametrize("name", [STEADY, BARE, ONCE])
def test_every_load_and_every_further_panel_can_be_shown(
    load: str, name: str, home: Callable[..., object], open_page: Open
) -> None:
    home("team")
    state.remember("history-load", load)
    state.remember("history-also", ",".join(FURTHER))
    state.remember("history-dynamics", ",".join(DYNAMICS))
    at = open_page("history.py", athlete=number(name))
    found = words(at)
    for title in (LOADS[load].title, "Long and short term", "Monotony", "Acute:chronic", "What is this?"):
        assert title in found
    for title in (shown.title for shown in DYNAMICS.values()):
        assert title in found
    if load == "effort":
        assert "Nobody has said yet how hard these sessions were" in found


def test_another_ratio_can_be_chosen_and_stays_chosen(home: Callable[..., object], open_page: Open) -> None:
    home("team")
    at = open_page("history.py", athlete=number(STEADY))
    assert "(uncoupled), rolling mean, distance" in words(at)
    assert "Band of the ratio" in words(at)
    (row,) = [group for group in at.main.get("button_group") if group.label == "Ratio"]
    well(row.set_value("ewma").run())
    assert state.chosen("history-ratio", "") == "ewma"
    again = words(open_page("history.py", athlete=number(STEADY)))
    assert "exponentially weighted (corrected start), distance" in again
    assert "No band: it is defined for rolling means only." in again
    assert "Band of the ratio" not in again
    state.remember("history-ratio", "coupled")
    assert "can never exceed 4" in words(open_page("history.py", athlete=number(STEADY)))


def test_the_page_opens_on_few_panels_and_remembers_what_was_added(
    home: Callable[..., object], open_page: Open
) -> None:
    home("team")
    at = open_page("history.py", athlete=number(STEADY))
    assert "Monotony" not in words(at).replace("Monotony and strain", "")
    assert state.chosen("history-also", "") == ""
    (row,) = [group for group in at.main.get("button_group") if group.label == "Also show"]
    well(row.set_value(["variety"]).run())
    assert state.chosen("history-also", "") == "variety"
    assert len(open_page("history.py", athlete=number(STEADY)).main.get("vega_lite_chart")) == 6


def test_the_session_page_shows_the_stored_session(home: Callable[..., object], open_page: Open) -> None:
    home("team")
    newest = history_view(state.store(), state.viewer(), int(number(STEADY)), None, Units(), NOW).sessions.iloc[0]
    at = open_page("session.py", athlete=number(STEADY), session=str(newest["session_id"]))
    found = words(at)
    assert at.title[0].value == "Run, 16 May 2026"
    assert Units().distance(newest["distance_m"], 2) in found
    assert Units().pace(newest["mean_speed_mps"]) in found
    assert f">{newest['mean_heart_rate_bpm']:.0f} bpm<" in found
    assert len(at.main.get("vega_lite_chart")) == 4


def test_the_session_page_says_what_it_was_worth_and_why_not_better(
    home: Callable[..., object], open_page: Open
) -> None:
    home("team")
    runner = int(number(STEADY))
    session = int(state.runner_sessions(runner)["session_id"].iloc[0])
    at = open_page("session.py", athlete=str(runner), session=str(session))
    found = words(at)
    view = state.session_view(runner, session)
    assert f"About {view.load.points:.0f} points" in found
    assert "by minutes, estimated" in found
    for better in ("Heart rate", "Pace", "Effort"):
        assert f"{better} was not possible: " in found
    assert "Set limits on the page Runner" in " ".join(link.proto.label for link in at.main.get("page_link"))
    assert f">{view.cadence_spm:.0f} spm<" in found
    assert "How hard was it" in " ".join(group.label for group in at.main.get("button_group"))
    assert "Load by every method" in [expander.label for expander in at.main.expander]


def test_the_evidence_page_names_sources(home: Callable[..., object], open_page: Open) -> None:
    home("empty")
    found = words(open_page("evidence.py"))
    for source in ("10.1136/bjsports-2024-109380", "loadmon convention"):
        assert source in found
    assert "sweet spot" not in found


def test_start_leads_to_the_page_that_fits(home: Callable[..., object], open_page: Open) -> None:
    home("team")
    assert open_page("home.py").title[0].value == "Squad"


@pytest.mark.parametrize("file", FILES)
def test_no_page_says_what_may_not_be_said(file: str, home: Callable[..., object], open_page: Open) -> None:
    home("team")
    found = words(open_page(file)).lower()
    for never in ("danger", "sweet spot", "risk score of", "will prevent", "injury risk of", " is safe"):
        assert never not in found


@pytest.mark.parametrize("file", FILES)
def test_a_runner_without_a_session_breaks_no_page(file: str, home: Callable[..., object], open_page: Open) -> None:
    home("empty")
    with state.store().write() as conn:  # the sample squad is introduced so, before its first file is in
        athlete = squad.add_athlete(conn, "Not Yet")
        injury_record.add_injury(conn, state.viewer(), Injury(athlete.id, NOW.date(), None, "shin"))
        diary.add_unknown_days(conn, state.viewer(), athlete.id, NOW.date(), NOW.date(), "")
    found = words(open_page(file))
    if file in RUNNER_PAGES:
        assert "Not Yet" in found
    if file == "session.py":
        assert "Not Yet has no session yet." in found
