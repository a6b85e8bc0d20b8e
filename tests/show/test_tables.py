"""Rows that pages show: in the reader's unit, without columns that say nothing, nothing missing shown as zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from loadmon import evidence
from loadmon.planning.attention import State
from loadmon.show import evidence as evidence_page
from loadmon.show import figures, file_lines, past_imports, sessions_table, squad
from loadmon.show.charts.session import PANELS
from loadmon.show.charts.weeks import week_bars_table, weeks_behind
from loadmon.show.history_view import history_view
from loadmon.show.session import lap_rows
from loadmon.show.session_panels import panel_sentence
from loadmon.show.week import weeks_sentence
from loadmon.store import Store, Viewer
from loadmon.store.imports import Outcome
from loadmon.units import NOTHING, Units, UnitSystem
from tests.made_team import BARE, JUMP, ONCE, STEADY
from tests.show.conftest import NOW

EVERYONE, KM, MILES = Viewer.everyone(), Units(), Units(UnitSystem.IMPERIAL)


def number(team: Store, name: str) -> int:
    return next(a.id for a in figures.athletes(team, EVERYONE) if a.name == name)


def sessions(team: Store, name: str) -> pd.DataFrame:
    return history_view(team, EVERYONE, number(team, name), None, KM, NOW).sessions


# --- sessions


def test_sessions_in_both_units(team: Store) -> None:
    km, miles = (sessions_table.rows(sessions(team, STEADY), units) for units in (KM, MILES))
    assert km["day"].iloc[0] == "Sat 16 May 26, 07:00"
    np.testing.assert_allclose(miles["mi"], km["km"] / 1.609344, atol=0.01)
    assert km["pace"].iloc[0].endswith("/km")
    assert miles["pace"].iloc[0].endswith("/mi")


def test_a_column_that_says_nothing_is_left_out(team: Store) -> None:
    table = sessions_table.rows(sessions(team, BARE), KM)
    assert set(table.columns) == {"day", "km", "minutes", "pace", sessions_table.AGAINST}
    assert set(table[sessions_table.AGAINST]) == {"distance missing"}
    assert "sport" not in sessions_table.rows(sessions(team, STEADY), KM)


def test_a_missing_distance_stays_missing(team: Store) -> None:
    table = sessions_table.rows(sessions(team, BARE), KM)
    assert table["km"].isna().all()
    assert set(table["pace"]) == {"–"}


def test_a_session_that_does_not_count_says_why(team: Store) -> None:
    table = sessions(team, STEADY).copy()
    table["excluded"] = [True] + [False] * (len(table) - 1)
    table["excluded_reason"] = pd.array(["second recording of the same run", *[None] * (len(table) - 1)], dtype="str")
    found = sessions_table.rows(table, KM)
    assert found["note"].tolist()[:2] == ["not counted: second recording of the same run", ""]
    assert found.columns.tolist()[:2] == ["day", "note"]  # further back a phone does not show it


def test_the_jump_stands_in_the_table(team: Store) -> None:
    newest = sessions_table.rows(sessions(team, JUMP), KM).iloc[0]
    assert newest[sessions_table.AGAINST].startswith("+1")


# --- squad


@pytest.fixture(scope="module")
def rows(team: Store) -> list[figures.SquadRow]:
    return figures.squad_rows(team, EVERYONE, KM, NOW)


def test_the_table_holds_the_same_numbers_as_the_cards(rows: list[figures.SquadRow]) -> None:
    table = squad.table(rows, KM)
    assert table["runner"].tolist() == [row.athlete.name for row in rows]
    for row, (_, line) in zip(rows, table.iterrows(), strict=True):
        html = squad.numbers_html(row, KM)
        if row.week.distance_m is None:
            assert pd.isna(line["km this week"])
            assert "2 runs this week, distance missing" in html
        else:
            assert f"<b>{line['km this week']:.1f} km</b>" in html


def test_pills_count_everybody_once(rows: list[figures.SquadRow]) -> None:
    offered = squad.filters(rows)
    assert list(offered) == [State.ACT, State.NOT_ENOUGH_DATA, State.STEADY]
    assert offered[State.NOT_ENOUGH_DATA] == "○ not enough data (2)"


def test_choosing_by_state_and_name(rows: list[figures.SquadRow]) -> None:
    assert squad.chosen(rows, []) == rows
    assert [r.athlete.name for r in squad.chosen(rows, [State.STEADY])] == [STEADY]
    assert [r.athlete.name for r in squad.chosen(rows, [], " bEN ")] == [JUMP]
    assert squad.chosen(rows, [State.STEADY], "ben") == []
    marked = replace(rows[0], athlete=replace(rows[0].athlete, name="Zoë Łuczak-Müller"))
    assert squad.chosen([marked], [], "zoe") == squad.chosen([marked], [], "Müller") == [marked]
    assert squad.chosen([marked], [], "muller") == [marked]


def test_the_summary_says_how_many_ask(rows: list[figures.SquadRow]) -> None:
    assert squad.summary(rows) == "Sunday, 17 May 2026 · **1** of 4 runners asks for a look"
    calm = [row for row in rows if row.week.attention.state is State.STEADY]
    assert squad.summary(calm) == "Sunday, 17 May 2026 · nothing stands out in 1"
    thin = [row for row in rows if row.week.attention.state is State.NOT_ENOUGH_DATA]
    assert squad.summary(thin) == "Sunday, 17 May 2026 · not enough data yet to tell anything of 2 runners"
    both = "Sunday, 17 May 2026 · nothing stands out in 1; not enough data to tell of 2 more"
    assert squad.summary([*calm, *thin]) == both


def test_a_steady_runner_is_not_told_the_same_kilometres_twice(rows: list[figures.SquadRow]) -> None:
    steady = rows[-1]
    assert squad.why_words(steady) == "Nothing stands out."
    assert squad.why_words(rows[0]) == rows[0].week.attention.headline


# --- what an import brought


def lines(**given: list[object]) -> pd.DataFrame:
    plain: dict[str, list[object]] = {
        "path": ["a.fit", "b.fit"],
        "outcome": ["imported", "refused"],
        "detail": [None, "This is no watch file."],
        "advice": [None, "Choose another."],
        "athlete": ["Ada", None],
        "local_day": [pd.Timestamp("2026-05-16"), pd.NaT],
        "sport": ["run", None],
        "distance_m": [1609.344, np.nan],
        "oddities": [None, None],
        "told_by": [None, None],
        "about": [{}, {}],
    }
    return pd.DataFrame(plain | given)


def test_the_report_tells_of_each_file_what_happened_and_what_to_do() -> None:
    table = file_lines.report_rows(lines(), MILES)
    assert table["mi"].iloc[0] == 1.0
    assert table["day"].iloc[0] == date(2026, 5, 16)
    assert table.loc[1, ["outcome", "what happened", "what to do", "runner"]].tolist() == [
        "refused", "This is no watch file.", "Choose another.", "",
    ]  # fmt: skip
    assert "what was odd" not in table


def test_every_outcome_has_its_words() -> None:
    assert set(file_lines.OUTCOMES) == set(file_lines.AHEAD) == set(Outcome)


def test_an_import_in_a_sentence() -> None:
    batch = pd.Series({"files": 5, "sessions": 3, "distance_m": 30_000.0, "state": "done"})
    assert past_imports.import_sentence(batch, KM) == "5 files looked at, 3 sessions stored, 30 km."
    stopped = pd.Series({"files": 1, "sessions": 0, "distance_m": np.nan, "state": "cancelled"})
    assert past_imports.import_sentence(stopped, KM) == ("1 file looked at, 0 sessions stored; stopped before the end.")


# --- evidence


def test_every_threshold_is_listed_with_source_and_caveat() -> None:
    table = evidence_page.rows(KM)
    assert len(table) == len(evidence.cited()) > 20
    assert (table["what it cannot say"].str.len() > 10).all()
    assert not (table["source"] == table["from"]).any()
    ours = table[table["from"] == "loadmon convention"]
    assert len(ours)


def test_values_are_told_as_people_say_them() -> None:
    words = {e.name + e.unit: evidence_page.value_words(e, KM) for e in evidence.cited()}
    assert words[evidence.SHORT_REFERENCE_M.name + "m"] == "5.0 km"
    assert words[evidence.SHORT_REFERENCE_S.name + "s"] == "30 min"
    assert evidence_page.value_words(evidence.CHRONIC_FLOOR_M_PER_WEEK, MILES) == "3.1 mi a week"
    assert evidence_page.value_words(evidence.SPIKE_SMALL, KM) == "10 % over the longest run of 30 days"


# --- one session and the weeks


def test_laps_in_the_readers_unit_and_without_invented_pace() -> None:
    laps = pd.DataFrame(
        {
            "distance_m": [1609.344, np.nan], "timer_s": [480.0, 60.0], "elapsed_s": [480.0, 60.0],
            "mean_heart_rate_bpm": [150.4, np.nan], "max_heart_rate_bpm": [160.0, np.nan],
            "mean_cadence_spm": [170.0, np.nan], "ascent_m": [3.2, np.nan],
        }
    )  # fmt: skip
    table = lap_rows(laps, MILES)
    assert table["pace"].tolist() == ["8:00 /mi", "–"]
    assert table["time"].tolist() == ["8:00", "1:00"]
    assert table["mi"].iloc[0] == 1.0


def test_a_panel_in_a_sentence_tells_pace_as_minutes_and_seconds() -> None:
    words = panel_sentence(PANELS[0], pd.Series([5.0, 5.5]), KM, 40.0)
    assert words == "Pace between 5:00 and 5:30 min/km over 40 minutes."


def test_the_weeks_in_a_sentence(team: Store) -> None:
    steady, once = (
        week_bars_table(figures.week_view(team, EVERYONE, number(team, name), KM, NOW).weeks, KM)
        for name in (STEADY, ONCE)
    )
    assert weeks_sentence(steady, "km").startswith("3 finished weeks: between 25 and 25 km")
    assert "grey band" in weeks_sentence(steady, "km")
    assert weeks_sentence(once, "km") == "No full week yet. The dashed bar is the week that is still running."


def test_the_weeks_as_a_table_tell_the_change_or_why_there_is_none(team: Store) -> None:
    weeks = figures.week_view(team, EVERYONE, number(team, STEADY), KM, NOW).weeks.copy()
    table = weeks_behind(weeks, KM)
    change, why = table["change from the week before"].tolist(), table["why not"].tolist()
    assert change[-2:] == ["0 %", NOTHING]
    assert why[-2:] == ["", "The week is still running; its change against the week before is told when it is over."]
    assert "no whole week before" in why[0]
    weeks["change_pct"] = -12.4
    assert set(weeks_behind(weeks, KM)["change from the week before"]) == {"−12 %"}


def test_a_week_declared_missing_is_no_week_of_nothing(team: Store) -> None:
    weeks = figures.week_view(team, EVERYONE, number(team, STEADY), KM, NOW).weeks.copy()
    place = weeks.columns.get_loc("unknown_days")
    weeks.iloc[1, place] = 7
    weeks.iloc[1, weeks.columns.get_loc("distance_m")] = 0.0
    table = week_bars_table(weeks, KM)
    assert pd.isna(table["distance"].iloc[1])
    assert table["words"].iloc[1] == "no data: its days are declared missing"
    assert "between 0" not in weeks_sentence(table, "km")
