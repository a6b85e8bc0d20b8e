"""Every chart's description is valid Vega-Lite, names only columns that its table has, and stays what it was.

The descriptions themselves are kept in ``snapshots``; after a wanted change write them anew with
``LOADMON_TEST_WRITE_SNAPSHOTS=1 pytest tests/show/test_charts.py`` and look at the difference.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest

from loadmon.show import figures
from loadmon.show.charts import body_map, gait, history, ribbon, session, tissue_line, weeks
from loadmon.show.charts.panel import hatching
from loadmon.show.charts.specification import day_axis, drawn
from loadmon.show.dynamics_shown import SHOWN, compared
from loadmon.show.dynamics_view import dynamics_view
from loadmon.show.history_table import marks, panel_table
from loadmon.show.history_view import history_view
from loadmon.show.palette import GREEN, VERMILION
from loadmon.show.tissue_line import day_rows, mark_rows
from loadmon.show.tissue_map import map_table
from loadmon.store import Store, Viewer
from loadmon.store import sessions as session_rows
from loadmon.tissue.coefficients import default_coefficients
from loadmon.units import Units, UnitSystem
from tests.made_team import JUMP
from tests.paths import ROOT
from tests.show import made_tissues as tissues
from tests.show.conftest import NOW

SNAPSHOTS = ROOT / "tests" / "show" / "snapshots"
DOMAIN = ("2026-04-01", "2026-05-18")
SPAN = (date(2026, 4, 1), date(2026, 5, 17))
TISSUE, COEFFICIENTS = "achilles", default_coefficients()
ROWS = (ribbon.INJURY, ribbon.NO_DATA, ribbon.WATCH)
DAILY = ("load", "averages", "balance", "ratio", "monotony", "strain", "cadence")
"""Panels of the history that are drawn from its table of days."""

SPECIFICATIONS: dict[str, dict[str, Any]] = {
    "load": history.load_panel("km", DOMAIN),
    "ratio": history.ratio_panel(DOMAIN),
    "averages": history.averages_panel("points", DOMAIN),
    "balance": history.balance_panel("points", DOMAIN),
    "monotony": history.variety_panel("monotony", "ratio", DOMAIN),
    "strain": history.variety_panel("strain", "km", DOMAIN),
    "cadence": gait.cadence_panel(DOMAIN, 160.0, 180.0),
    "dynamics": gait.dynamics_panel(DOMAIN, "ms", 230.0, 270.0, 0),
    "ribbon": ribbon.ribbon_panel(DOMAIN, ROWS),
    "weeks": weeks.week_bars_chart("mi"),
    "body-map": body_map.body_map(),
    "tissue-damage": tissue_line.damage_panel(DOMAIN, "km"),
    "tissue-index": tissue_line.index_panel(DOMAIN, 70.0, 160.0),
    "tissue-marks": tissue_line.marks_panel(DOMAIN, tissue_line.ROWS),
} | {
    f"session-{panel.column}": session.stream_panel(panel, panel.unit.format(length="km"), (1.0, 9.0), 40.0, True)
    for panel in (*session.PANELS, *session.FURTHER)
}
HEART_RATE = session.PANELS[1]
SPECIFICATIONS["session-left-out"] = session.stream_panel(
    HEART_RATE, HEART_RATE.unit, (1.0, 9.0), 40.0, False, is_left_out=True
)


@pytest.fixture(scope="module")
def tables(team: Store) -> dict[str, pd.DataFrame]:
    viewer, units = Viewer.everyone(), Units()
    jump = next(a.id for a in figures.athletes(team, viewer) if a.name == JUMP)
    view = history_view(team, viewer, jump, None, units, NOW)
    panel = panel_table(view, units)
    week = weeks.week_bars_table(figures.week_view(team, viewer, jump, units, NOW).weeks, units)
    with team.read() as conn:
        stored = session_rows.one(conn, viewer, int(view.sessions["session_id"].iloc[0]))
    found = dict.fromkeys(DAILY, panel)
    dynamics = compared(dynamics_view(team, viewer, jump), SHOWN["stance_time_s"])
    found |= {"ribbon": marks(view), "weeks": week, "dynamics": dynamics}
    found |= {
        "body-map": map_table(tissues.calls("none")),
        "tissue-marks": mark_rows([], [], COEFFICIENTS, TISSUE, *SPAN),
    }
    days = day_rows(tissues.sheet("none"), TISSUE, units)
    found |= {"tissue-damage": days, "tissue-index": days}
    stream = session.stream_table(stored.session, units)
    found |= {name: stream for name in SPECIFICATIONS if name.startswith("session-")}
    return found | {"session-left-out": session.with_left_out(stream, stream, HEART_RATE)}


def encodings(part: Any) -> Iterator[dict[str, Any]]:
    """Every encoding anywhere in a description."""
    if isinstance(part, dict):
        if "encoding" in part:
            yield part["encoding"]
        for inside in part.values():
            yield from encodings(inside)
    elif isinstance(part, list):
        for inside in part:
            yield from encodings(inside)


def columns_named(part: Any) -> set[str]:
    """Every column that a description names, in its encodings and in its conditions."""
    text = json.dumps(part)
    found = set(re.findall(r'"field": "([^"]+)"', text)) - set(brought(part))
    return found | (set(re.findall(r"datum\.(\w+)", text)) - {"value", *brought(part)})


def brought(part: dict[str, Any]) -> Iterator[str]:
    """Columns that a description itself adds to its table: the drawing that belongs to a row."""
    for layer in part.get("layer", ()):
        for step in layer.get("transform", ()):
            yield from step["from"]["fields"] if "lookup" in step else ()


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_it_is_valid_vega_lite(name: str) -> None:
    whole = in_short(name, []) | {"data": {"values": []}}
    alt.Chart.from_dict(whole, validate=True)


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_it_names_only_columns_of_its_table(name: str, tables: dict[str, pd.DataFrame]) -> None:
    named = columns_named(SPECIFICATIONS[name])
    assert named
    assert named <= set(tables[name].columns)


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_it_holds_no_data_and_no_styling_of_its_own(name: str) -> None:
    assert not {"data", "datasets", "config", "$schema"} & set(SPECIFICATIONS[name])
    assert "datasets" not in json.dumps(SPECIFICATIONS[name])


def test_bars_that_rest_on_an_estimate_are_drawn_hollow() -> None:
    """The words beneath say so of them: the drawing must, too."""
    (bars,) = (e for e in encodings(SPECIFICATIONS["load"]) if "fillOpacity" in e)
    hollow = bars["fillOpacity"]["condition"]
    assert hollow["test"] == "datum.estimated"
    assert hollow["value"] < bars["fillOpacity"]["value"] == 1


@pytest.mark.parametrize(
    "name",
    [
        "ratio",
        "averages",
        "balance",
        "monotony",
        "strain",
        "dynamics",
        "cadence",
        "body-map",
        "tissue-damage",
        "tissue-index",
    ],
)
def test_what_only_describes_bears_no_colour_of_good_or_bad(name: str) -> None:
    assert not {GREEN, VERMILION} & set(re.findall(r"#[0-9A-F]{6}", json.dumps(SPECIFICATIONS[name])))


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_it_is_what_it_was(name: str) -> None:
    path = SNAPSHOTS / f"{name}.json"
    if os.environ.get("LOADMON_TEST_WRITE_SNAPSHOTS"):
        path.write_text(json.dumps(in_short(name), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert in_short(name) == kept


def in_short(name: str, instead: list[Any] | None = None) -> dict[str, Any]:
    """A description with something else, or a fingerprint, in place of thousands of points of a drawing."""
    found: dict[str, Any] = json.loads(json.dumps(SPECIFICATIONS[name]))
    for layer in found.get("layer", ()):
        for step in layer.get("transform", ()):
            if "lookup" in step:
                drawn_by = json.dumps(step["from"]["data"]["values"]).encode()
                fingerprint = hashlib.sha256(drawn_by).hexdigest()[:16]
                step["from"]["data"]["values"] = fingerprint if instead is None else instead
    return found


def test_every_snapshot_is_of_a_chart() -> None:
    assert {path.stem for path in SNAPSHOTS.glob("*.json")} == set(SPECIFICATIONS)


@pytest.mark.parametrize("name", [*DAILY, "dynamics", "ribbon", "tissue-damage", "tissue-index", "tissue-marks"])
def test_stacked_panels_share_their_time_axis_and_the_room_beside_it(name: str) -> None:
    axes = [encoding["x"] for encoding in encodings(SPECIFICATIONS[name]) if "x" in encoding]
    assert axes
    assert {tuple(axis["scale"]["domain"]) for axis in axes} == {DOMAIN}
    widths = {
        (encoding["y"]["axis"]["minExtent"], encoding["y"]["axis"]["maxExtent"])
        for encoding in encodings(SPECIFICATIONS[name])
        if "axis" in encoding.get("y", {})
    }
    assert widths == {(46, 46)}
    assert axes[0]["axis"]["labels"] is (name in ("ribbon", "tissue-marks"))


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_only_what_is_drawn_goes_to_the_browser(name: str, tables: dict[str, pd.DataFrame]) -> None:
    sent = drawn(tables[name].assign(never_drawn=1), SPECIFICATIONS[name])
    assert set(sent.columns) == columns_named(SPECIFICATIONS[name])
    assert len(sent) == len(tables[name])


def test_no_area_pulls_its_axis_down_to_zero() -> None:
    ((area,),) = [[part for part in SPECIFICATIONS["dynamics"]["layer"] if part["mark"]["type"] == "area"]]
    assert area["encoding"]["y"]["scale"]["domain"] == [230.0, 270.0]


def test_no_panel_has_two_value_axes() -> None:
    for specification in SPECIFICATIONS.values():
        assert "resolve" not in specification


@pytest.mark.parametrize("height", [60, 120, 170])
def test_the_hatching_runs_on_from_day_to_day(height: int) -> None:
    found = hatching(height).to_dict()
    stops = found["stops"]
    assert stops[0]["offset"] == 0.0
    assert stops[-1]["offset"] == 1.0
    assert {stop["color"][-2:] for stop in stops} == {"8C", "00"}
    # from the left edge of a day to its right one lies exactly one period: there the next day's stripes go on
    periods = len(stops) // 4
    across, down = found["x2"], found["y2"]
    assert across / (across**2 + down**2) * periods == pytest.approx(1.0, abs=1e-3)


def test_pace_is_faster_upwards_and_nothing_else_is_turned_round() -> None:
    for panel in (*session.PANELS, *session.FURTHER):
        (axis,) = [e["y"] for e in encodings(SPECIFICATIONS[f"session-{panel.column}"])]
        assert axis["scale"].get("reverse", False) is (panel.column == "pace")


@pytest.mark.parametrize(
    ("values", "least", "expected"),
    [
        ([580.0, 588.0], 40.0, (564.0, 604.0)),  # a bump is no mountain
        ([0.0, 500.0], 40.0, (-20.0, 520.0)),
        ([170.0, 170.0], 20.0, (160.0, 180.0)),
    ],
)
def test_an_axis_shows_at_least_its_span(values: list[float], least: float, expected: tuple[float, float]) -> None:
    assert session.span(pd.Series(values), least) == expected


def test_a_session_goes_to_the_browser_in_few_points_and_keeps_its_gaps(team: Store) -> None:
    viewer = Viewer.everyone()
    with team.read() as conn:
        stored = session_rows.one(conn, viewer, 1)
    table = session.stream_table(stored.session, Units())
    assert len(table) <= session.MOST_POINTS
    miles = session.stream_table(stored.session, Units(UnitSystem.IMPERIAL))
    np.testing.assert_allclose(miles["pace"], table["pace"] * 1.609344)
    assert table["pace"].between(4.5, 7.0).all()


def test_what_was_left_out_stands_beside_what_counts() -> None:
    minutes = np.arange(4.0)
    counts = pd.DataFrame({"minute": minutes, "heart_rate": [150.0, np.nan, np.nan, 151.0]})
    whole = pd.DataFrame({"minute": minutes, "heart_rate": [150.0, 180.0, np.nan, 151.0]})
    found = session.with_left_out(counts, whole, HEART_RATE)
    assert found["left_out"].isna().tolist() == [True, False, True, True]
    assert found["left_out"][1] == 180.0
    beneath, line = SPECIFICATIONS["session-left-out"]["layer"]
    assert "strokeDash" in beneath["mark"] and "strokeDash" not in line["mark"], "told apart without colour"
    assert beneath["mark"]["clip"], "what was left out may lie far off, and must not flatten what counts"


def test_the_running_week_alone_has_a_usual_range(tables: dict[str, pd.DataFrame]) -> None:
    table = tables["weeks"]
    assert table["finished"].tolist() == [True] * (len(table) - 1) + [False]
    assert table["usual_low"].notna().tolist() == [False] * (len(table) - 1) + [True]
    assert table["words"].iloc[-1].startswith("7 of 7 days")


@pytest.mark.parametrize("name", ["cadence", "dynamics"])
def test_dots_are_drawn_in_their_full_colour(name: str) -> None:
    """Vega-Lite lets points shine through unless told otherwise, and on a dark ground they would be dim."""
    points = [part["mark"] for part in SPECIFICATIONS[name]["layer"] if part["mark"]["type"] == "point"]
    assert points
    assert {mark.get("opacity") for mark in points} == {1}


def test_an_axis_over_years_says_the_year() -> None:
    formats = [
        day_axis(("2025-05-01", last)).to_dict()["axis"]["format"]
        for last in ("2026-05-07", "2026-05-12", "2028-01-01")
    ]
    assert formats == ["%-d %b", "%b %Y", "%b %Y"]
