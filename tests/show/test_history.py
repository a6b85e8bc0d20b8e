"""The history's sentences and marks tell what the panels show."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from loadmon.days import WeekStart
from loadmon.injury import Injury
from loadmon.show import figures
from loadmon.show import history_words as words
from loadmon.show.charts.history import SAME_DAYS, THIS_WEEK
from loadmon.show.charts.ribbon import INJURY, NO_DATA, WATCH
from loadmon.show.diary import Gap, gaps
from loadmon.show.history_table import domain, marks, panel_table, table_behind
from loadmon.show.history_view import HistoryView, history_view
from loadmon.show.load_shown import SHOWN
from loadmon.show.ratio_shown import RATIOS
from loadmon.store import Store, Viewer
from loadmon.units import Units, UnitSystem
from tests.made_team import BARE, JUMP, STEADY
from tests.show.conftest import NOW

TODAY = NOW.date()


def view_of(team: Store, name: str) -> HistoryView:
    viewer = Viewer.everyone()
    number = next(a.id for a in figures.athletes(team, viewer) if a.name == name)
    return history_view(team, viewer, number, 28, Units(), NOW)


def gap(first_ago: int, last_ago: int, reason: str = "") -> pd.DataFrame:
    days = pd.to_datetime([TODAY - timedelta(days=n) for n in (first_ago, last_ago)]).astype("datetime64[us]")
    return pd.DataFrame(
        {"athlete_id": [1], "first_day": [days[0]], "last_day": [days[1]], "reason": [reason]}, index=[7]
    )


def injury(onset_ago: int, back_ago: int | None, area: str = "shin") -> Injury:
    back = None if back_ago is None else TODAY - timedelta(days=back_ago)
    return Injury(1, TODAY - timedelta(days=onset_ago), back, area, "left")


def test_an_open_injury_runs_to_the_end_and_an_old_one_is_cut_at_the_beginning(team: Store) -> None:
    view = replace(view_of(team, STEADY), injuries={1: injury(3, None), 2: injury(60, 20, "knee"), 3: injury(90, 60)})
    found = marks(view)
    assert found["row"].tolist() == [INJURY, INJURY]
    opened, old = found.itertuples(index=False)
    assert opened.after == pd.Timestamp(TODAY) + pd.Timedelta(days=1)
    assert old.first == view.days["local_day"].iloc[0]
    assert old.after == pd.Timestamp(TODAY - timedelta(days=20))
    assert "Knee (left)" in old.words


def test_an_injury_of_one_day_can_be_seen(team: Store) -> None:
    (mark,) = marks(replace(view_of(team, STEADY), injuries={1: injury(5, 5)})).itertuples(index=False)
    assert mark.after - mark.first == pd.Timedelta(days=1)


def test_days_without_data_and_changes_of_watch_are_marked(team: Store) -> None:
    found = marks(replace(view_of(team, JUMP), unknown=gap(4, 2, "watch broken")))
    assert set(found["row"]) == {NO_DATA, WATCH}
    lost = found[found["row"] == NO_DATA].iloc[0]
    assert (lost["after"] - lost["first"]).days == 3
    assert "watch broken" in lost["words"]
    assert "Other watch" in found[found["row"] == WATCH]["words"].iloc[0]


def test_nothing_noted_gives_an_empty_ribbon_that_can_still_be_drawn(team: Store) -> None:
    found = marks(view_of(team, STEADY))
    assert found.empty
    assert found["first"].dtype == "datetime64[us]"


def test_the_sentence_tells_distance_days_and_what_is_lacking(team: Store) -> None:
    units = Units()
    steady, bare = (
        words.load_sentence(panel_table(view, units), view, units)
        for view in (view_of(team, STEADY), view_of(team, BARE))
    )
    assert steady == "101 km on 12 of 28 known days."
    assert bare == "0 km on 0 of 5 known days; 2 days with a run of unknown distance."


def test_the_sentence_and_the_panel_are_in_the_readers_unit(team: Store) -> None:
    view, miles = view_of(team, STEADY), Units(UnitSystem.IMPERIAL)
    table = panel_table(view, miles)
    assert table["load"].max() == pytest.approx(view.days["load"].max() / 1609.344, abs=1e-3)
    assert " mi on " in words.load_sentence(table, view, miles)


def test_the_running_week_is_framed_to_its_end_and_the_same_days_before_are_bracketed(team: Store) -> None:
    view, units = view_of(team, STEADY), Units()
    table = panel_table(view, units)
    framed = table[table["frame"] != ""]
    assert framed["frame"].tolist() == [SAME_DAYS] * 3 + [THIS_WEEK]
    this, before = framed.iloc[-1], framed.iloc[-2]
    monday = pd.Timestamp(TODAY - timedelta(days=TODAY.weekday()))
    assert (this["day"], this["frame_after"]) == (monday, monday + pd.Timedelta(days=7))
    assert pd.Timedelta(days=6) < before["frame_after"] - before["day"] < pd.Timedelta(days=7)
    week = table[table["day"] >= monday]
    assert this["frame_words"] == f"this week, 7 of 7 days: {week['load'].sum():.1f} km"
    assert f"{week['load'].sum():.1f} km; the same days of the weeks before" in words.week_sentence(view, units)


def test_the_time_axis_reaches_to_the_end_of_the_running_week(team: Store) -> None:
    view = view_of(team, STEADY)
    table = panel_table(view, Units())
    later = replace(view, week=replace(view.week, ends=TODAY + timedelta(days=3)))
    assert domain(table, later) == ("2026-04-20", "2026-05-21")
    assert domain(table, replace(view, week=None)) == ("2026-04-20", "2026-05-18")


def test_a_week_without_a_usual_says_so(team: Store) -> None:
    view = view_of(team, STEADY)
    alone = words.week_sentence(replace(view, week=replace(view.week, earlier=(), load=None)), Units())
    assert alone == ("This week, 7 of 7 days (dashed frame): nothing is known of them; what is usual is not known yet.")
    assert words.week_sentence(replace(view, week=None), Units()) == ""


def test_a_panel_without_load_says_what_is_missing(team: Store) -> None:
    assert words.no_load_words(view_of(team, BARE)) == (
        "2 days with a run of unknown distance, and none of which it is known."
    )
    effort = replace(view_of(team, STEADY), load=SHOWN["effort"])
    assert "Say it on a session's page" in words.no_load_words(effort)


def test_long_and_short_term_are_told_with_their_settling(team: Store) -> None:
    view = view_of(team, STEADY)
    table = panel_table(view, Units())
    told = words.averages_sentence(table, view, Units())
    assert told.startswith("On 17 May 2026 long-term ")
    assert "still settling" in told
    climb = table["long_settling"].iloc[-1] - table["long_settling"].iloc[-8]
    assert f"; long-term {climb:+.1f} in 7 days." in told
    young = words.averages_sentence(table.assign(ramp=float("nan")), view, Units())
    assert "in 7 days" not in young
    assert table["long_term"].isna().all()
    assert table_behind(table)["long_term"].notna().all()
    assert "long_settling" not in table_behind(table)


def test_the_ratio_is_told_with_its_band(team: Store) -> None:
    view = view_of(team, STEADY)
    latest = view.days.iloc[-1]
    told = words.ratio_sentence(panel_table(view, Units()), view, Units())
    assert f"{latest['ratio']:.2f} on 17 May 2026, band {latest['ratio_low']:.2f} to" in told


def test_the_weighted_ratio_is_told_without_a_band_and_the_label_says_so(team: Store) -> None:
    viewer = Viewer.everyone()
    number = next(a.id for a in figures.athletes(team, viewer) if a.name == STEADY)
    view = history_view(team, viewer, number, 28, Units(), NOW, ratio=RATIOS["ewma"])
    told = words.ratio_sentence(panel_table(view, Units()), view, Units())
    assert told.startswith("Acute to chronic between ")
    assert "band" not in told
    assert view.ratio.label(view.load.kind) == (
        ", 7 d ÷ 28 d, exponentially weighted (corrected start), distance. Description only. "
        "No band: it is defined for rolling means only."
    )
    for key, said in (("uncoupled", "(uncoupled)"), ("coupled", "(coupled)")):
        label = RATIOS[key].label(view.load.kind)
        assert said in label
        assert label.endswith("Shaded: its band.")


def test_monotony_is_told_of_the_last_seven_days_and_of_the_last_whole_week(team: Store) -> None:
    viewer, units = Viewer.everyone(), Units()
    number = next(a.id for a in figures.athletes(team, viewer) if a.name == STEADY)
    view = history_view(team, viewer, number, 28, units, NOW)
    whole = view.weeks.dropna(subset=["monotony"]).iloc[-1]
    told = words.variety_sentence(panel_table(view, units), view, units)
    assert told.startswith("Seven days to 16 May 2026: monotony ")
    assert f" Week from 4 May 2026: monotony {whole['monotony']:.2f}, strain " in told
    assert (view.weeks["week_start"] >= view.days["local_day"].iloc[0]).all()
    sunday = history_view(team, viewer, number, 28, units, NOW, first=WeekStart.SUNDAY)
    # today is a Sunday: the last day of one kind of week and the first of the other
    assert " Week from 10 May 2026: monotony " in words.variety_sentence(panel_table(sunday, units), sunday, units)
    none = replace(view, weeks=view.weeks.iloc[:0])
    assert "Week from" not in words.variety_sentence(panel_table(none, units), none, units)


@pytest.mark.parametrize(("p", "told"), [(0.0132, "p 0.013."), (0.00004, "p below 0.001."), (1.0, "p 1.000.")])
def test_a_trend_is_told_with_the_corrected_test(team: Store, p: float, told: str) -> None:
    found = replace(view_of(team, STEADY).cadence.trend, p_corrected=p, p_plain=0.5, n_runs=14)
    assert words.trend_test_sentence(found) == (
        f"Trend of 14 runs; Mann–Kendall, corrected for autocorrelation: {told}"
    )
    assert words.trend_test_sentence(replace(found, p_corrected=None)) == ""


def test_steps_of_cadence_are_told_with_their_day() -> None:
    table = pd.DataFrame({"day": pd.to_datetime(["2026-05-01", "2026-05-02"]), "cadence_step": [float("nan"), -3.14]})
    assert words.steps_sentence(table) == "Steps (thick lines are the levels): 3.1 lower from 2 May 2026 on."
    assert words.steps_sentence(table.iloc[:1]) == ""


def test_injuries_are_told_in_words(team: Store) -> None:
    view = view_of(team, STEADY)
    assert words.injury_sentence(view) == "No injury was noted in this span."
    told = words.injury_sentence(replace(view, injuries={1: injury(3, None), 2: injury(90, 60)}))
    assert told == "Injuries: Shin (left) from 14 May 2026, open."


def test_a_gap_in_words() -> None:
    (number, found), *rest = gaps(gap(4, 2, "watch broken")).items()
    assert not rest
    assert (number, found) == (7, Gap(TODAY - timedelta(days=4), TODAY - timedelta(days=2), "watch broken"))
    assert found.words() == "Without data: 13 May 2026 to 15 May 2026 (watch broken)"
    assert Gap(TODAY, TODAY, "").words() == "Without data: 17 May 2026"


def test_days_of_silence_are_marked_and_not_called_known(team: Store) -> None:
    viewer, units = Viewer.everyone(), Units()
    number = next(a.id for a in figures.athletes(team, viewer) if a.name == STEADY)
    later = NOW + timedelta(days=20)
    view = history_view(team, viewer, number, 28, units, later)
    silent = view.days[view.days["state"] == "silent"]
    # the last run was yesterday, the 16th: the 26th is the tenth day without one
    assert silent["local_day"].tolist() == list(pd.date_range("2026-05-26", "2026-06-06"))
    table = panel_table(view, units)
    assert "of 16 known days; 12 days of silence, of which nothing is known." in words.load_sentence(table, view, units)
    assert "nothing is known of them" in words.week_sentence(view, units)
    (mark,) = marks(view)[marks(view)["row"] == NO_DATA].itertuples(index=False)
    assert (mark.first, mark.after) == (pd.Timestamp("2026-05-26"), pd.Timestamp("2026-06-07"))
    assert mark.words == "no session for 10 days or more"
    assert "without any session for 10 days or more" in words.marks_explained((NO_DATA,))[0]


def test_figures_of_days_that_are_not_all_known_are_told_and_drawn_as_provisional(team: Store) -> None:
    units, view = Units(), view_of(team, STEADY)
    whole = panel_table(view, units)
    assert whole["ratio_partly"].isna().all()
    assert "provisional" not in words.ratio_sentence(whole, view, units) + words.averages_sentence(whole, view, units)
    share = view.days["ratio_coverage"].copy()
    share.iloc[-2:] = 6 / 7
    days = view.days.assign(ratio_coverage=share, averages_coverage=share)
    table = panel_table(replace(view, days=days), units)
    # the dots meet the line
    assert table["ratio_partly"].notna().tolist()[-4:] == [False, True, True, True]
    said = "(provisional: 86 % of its days are known, the others count as nothing)."
    assert said in words.ratio_sentence(table, view, units)
    assert said in words.averages_sentence(table, view, units)
    assert "ratio_partly" not in table_behind(table)


def test_the_caption_of_the_hatching_says_what_the_figures_do() -> None:
    (told,) = words.marks_explained((NO_DATA,))
    assert "add nothing to sums and means, which are provisional" in told
    assert "more than 20 % of a window, nothing is told" in told


@pytest.mark.parametrize(
    ("long_term", "short_term", "balance", "told"),
    [
        (8.0, 8.5, -0.5, "balance −0.5 (the day before, 8.0 − 8.5)"),
        # to one decimal 8.0 − 8.5 would be −0.5
        (8.04, 8.46, -0.42, "balance −0.4 (the day before, 8.04 − 8.46)"),
    ],
)
def test_the_balance_stands_with_the_pair_it_is_made_of(
    team: Store, long_term: float, short_term: float, balance: float, told: str
) -> None:
    view, units = view_of(team, STEADY), Units()
    table = panel_table(view, units)
    table.loc[table.index[-2], ["long_settling", "short_term"]] = long_term, short_term
    table.loc[table.index[-1], "balance"] = balance
    assert told in words.averages_sentence(table, view, units)
    assert "the day before" not in words.averages_sentence(table.iloc[-1:], view, units)


def test_the_pair_of_the_day_before_adds_up_to_every_balance(team: Store) -> None:
    view, units = view_of(team, STEADY), Units()
    table = panel_table(view, units)
    for end in range(2, len(table) + 1):
        said = words.averages_sentence(table.iloc[:end], view, units).replace("−", "-")
        found = re.search(r"balance ([-+]?[\d.]+) \(the day before, ([\d.]+) - ([\d.]+)\)", said)
        assert found is not None
        balance, long_term, short_term = (float(text) for text in found.groups())
        assert round(long_term - short_term, 1) == balance


def test_the_ratio_s_caption_says_why_its_line_ends_or_is_broken(team: Store) -> None:
    units, view = Units(), view_of(team, STEADY)
    table = panel_table(view, units).assign(ratio=1.0, ratio_reason="", ratio_words="")
    assert "None" not in words.ratio_sentence(table, view, units)
    broken = table.copy()
    for end, code, days in ((3, "history<28d", 3), (12, "chronic<floor", 5), (20, "coverage", 1)):
        rows = broken.index[end - days : end]
        broken.loc[rows, "ratio"] = float("nan")
        broken.loc[rows, "ratio_reason"] = code
    told = words.ratio_sentence(broken, view, units)
    assert " None from 27 Apr 2026 to 1 May 2026: The weeks before held less than " in told
    lasting = broken.copy()
    lasting.loc[lasting.index[-2:], ["ratio", "ratio_words"]] = float("nan"), "No session for days."
    assert words.ratio_sentence(lasting, view, units).endswith(" None since 16 May 2026: No session for days.")


def test_a_gap_that_is_over_is_not_told_as_one_to_come(team: Store) -> None:
    viewer, units = Viewer.everyone(), Units()
    number = next(a.id for a in figures.athletes(team, viewer) if a.name == STEADY)
    view = history_view(team, viewer, number, None, units, NOW)
    told = words.ratio_sentence(panel_table(view, units), view, units)
    assert told.endswith(": This needs 28 days of history.")
    assert view.days["ratio_reason"].eq("").equals(view.days["ratio"].notna())
