"""A ratio of points that were told in several ways says so."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from loadmon.show import figures, history_panels
from loadmon.show.history_table import domain, panel_table
from loadmon.show.history_view import history_view
from loadmon.show.load_shown import SHOWN
from loadmon.show.points_mixed import mixed_points_words
from loadmon.store import Store, Viewer
from loadmon.units import Units
from tests.made_runs import START, day_at, made_runs, session
from tests.made_team import STEADY
from tests.show.conftest import NOW


def runs(methods: list[str]) -> pd.DataFrame:
    table = made_runs([session(day_at(n)) for n in range(len(methods))])
    return table.assign(points=50.0, points_method=pd.Categorical(methods))


def test_points_of_one_method_need_no_word() -> None:
    assert mixed_points_words(runs(["minutes"] * 10), day_at(9)) == ""


def test_each_method_is_told_with_how_many_runs() -> None:
    told = mixed_points_words(runs(["minutes"] * 6 + ["heart rate"] * 3), day_at(8))
    assert told.startswith(
        "The points of its 28 days were told in several ways (6 runs by minutes, 3 runs by heart rate)"
    )


def test_only_runs_that_count_within_the_ratio_s_days_are_asked() -> None:
    made = runs(["minutes"] + ["heart rate"] * 3)
    assert mixed_points_words(made, START + timedelta(days=28)) == ""
    assert mixed_points_words(made, START + timedelta(days=27)) != ""
    for name, value in (("is_running", False), ("excluded", True), ("points", float("nan"))):
        without = made.astype({name: object}) if name == "points" else made.copy()
        without.loc[without.index[0], name] = value
        assert mixed_points_words(without, day_at(9)) == ""


def test_the_ratio_s_panel_says_it_of_points_and_not_of_distance(team: Store, monkeypatch: object) -> None:
    number = next(a.id for a in figures.athletes(team, Viewer.everyone()) if a.name == STEADY)
    said: list[str] = []
    monkeypatch.setattr(history_panels.st, "caption", said.append)  # type: ignore[attr-defined]
    for name in ("_draw", "panel_heading"):
        monkeypatch.setattr(history_panels, name, lambda *_: None)  # type: ignore[attr-defined]
    for key in ("points", "distance"):
        view = history_view(team, Viewer.everyone(), number, 28, Units(), NOW, load=SHOWN[key])
        newest = view.sessions.index[0]
        method = view.sessions["points_method"].astype("str").where(view.sessions.index != newest, "effort")
        view.sessions["points_method"] = method
        table = panel_table(view, Units())
        history_panels.ratio(view, table, Units(), domain(table, view))
    assert ["in several ways" in words for words in said] == [True, False]
