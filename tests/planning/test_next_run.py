"""The longest sensible next run: which rule, from which run, and when there is no figure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon import evidence
from loadmon.injury import Injury
from loadmon.load.spike import spikes
from loadmon.planning.next_run import NextRun, Rule, longest_sensible_next_run, next_run_sentences
from loadmon.units import Units, UnitSystem
from tests.made_runs import D84_KM, START, daily, day_at, made_runs, session


def next_run(sessions: list[dict[str, Any]], today: date, *injuries: Injury, **given_: Any) -> NextRun:
    compared = spikes(made_runs(sessions), unknown=given_.get("unknown"))
    return longest_sensible_next_run(compared, today, injuries, **given_)


def words(run: NextRun) -> str:
    return " ".join(next_run_sentences(run, Units()))


def test_ten_percent_over_the_longest_run_of_thirty_days() -> None:
    run = next_run(daily(D84_KM[:49]), day_at(49))
    assert run.value_m == pytest.approx(26400.0)
    assert (run.rule, run.reference_m, run.reference_day) == (Rule.REFERENCE_BAND, 24000.0, day_at(48))
    assert (run.published_m, run.lay_off_days, run.provisional) == (run.value_m, None, False)
    assert words(run) == (
        "Longest sensible next run: 26.4 km. "
        "That is 10 % over the longest run of the last 30 days (24.0 km on 23 February 2025)."
    )


def test_it_is_the_spike_turned_round() -> None:
    today = day_at(49)
    run = next_run(daily(D84_KM[:49]), today)
    assert run.value_m is not None
    for metres, band in ((run.value_m, "reference"), (run.value_m + 1.0, "small")):
        assert spikes(made_runs([*daily(D84_KM[:49]), session(today, metres)]))["band"].iloc[-1] == band


def test_a_run_of_this_morning_counts() -> None:
    today = day_at(40)
    run = next_run([session(day_at(35), 10000.0), session(today, 15000.0)], today)
    assert run.reference_day == today
    assert run.value_m == pytest.approx(16500.0)


def test_a_run_thirty_days_ago_counts_and_one_day_more_does_not() -> None:
    sessions = [session(START, 10000.0), session(day_at(10), 7000.0), session(day_at(20), 8000.0)]
    assert next_run(sessions, day_at(30)).reference_m == 10000.0
    assert next_run(sessions, day_at(31)).reference_m == 8000.0


@pytest.mark.parametrize(("metres", "seconds"), [(4000.0, 1600.0), (5500.0, 1790.0)])
def test_after_a_short_longest_run_it_is_five_minutes_more_at_the_own_pace(metres: float, seconds: float) -> None:
    sessions = [session(START, 3000.0, moving_s=1200.0), session(day_at(3), metres, moving_s=seconds)]
    sessions.append(session(day_at(4), 2500.0, moving_s=1000.0))
    run = next_run(sessions, day_at(5))
    assert run.rule is Rule.SHORT_REFERENCE
    assert run.usual_speed_mps == pytest.approx(2.5)
    assert run.value_m == pytest.approx(metres + 300 * 2.5)
    assert run.provisional
    assert "5 min more at the usual pace of 6:40 /km" in words(run)
    assert "Provisional" in words(run)


def test_a_longest_run_of_just_five_kilometres_and_thirty_minutes_is_not_short() -> None:
    assert next_run([session(START, 5000.0, moving_s=1800.0)], day_at(1)).rule is Rule.REFERENCE_BAND


def test_a_short_run_without_times_falls_back_to_the_percentage() -> None:
    run = next_run([session(START, 4000.0, moving_s=None)], day_at(1))
    assert (run.rule, run.reference_s) == (Rule.REFERENCE_BAND, None)
    assert run.value_m == pytest.approx(4400.0)


@pytest.mark.parametrize(("metres", "seconds"), [(10.0, 3600.0), (20000.0, 60.0)])
def test_a_run_that_lost_its_distance_or_was_a_ride_is_no_usual_pace(metres: float, seconds: float) -> None:
    short = session(START, 3000.0, moving_s=None)
    odd = session(day_at(-40), metres, moving_s=seconds)
    run = next_run([odd, short], day_at(1))
    assert (run.rule, run.usual_speed_mps) == (Rule.REFERENCE_BAND, None)
    assert run.value_m == pytest.approx(3300.0)


def test_after_a_lay_off_the_runs_since_count_and_the_published_figure_stands_beside_it() -> None:
    sessions = [session(date(2025, 2, 23), 24000.0), session(date(2025, 3, 11), 6000.0, moving_s=2100.0)]
    run = next_run(sessions, date(2025, 3, 13), begun=START)
    assert run.rule is Rule.SINCE_RETURN
    assert run.value_m == pytest.approx(6600.0)
    assert run.published_m == pytest.approx(26400.0)
    assert (run.published_day, run.return_day, run.lay_off_days) == (date(2025, 2, 23), date(2025, 3, 11), 15)
    assert "the figure would be 26.4 km; it leaves the 15 days without running out of account" in words(run)


def test_after_a_lay_off_and_a_short_run_back_it_is_five_minutes_more() -> None:
    sessions = [session(date(2025, 2, 23), 24000.0), session(date(2025, 3, 11), 2000.0)]
    run = next_run(sessions, date(2025, 3, 13))
    assert run.rule is Rule.SHORT_SINCE_RETURN
    assert run.value_m == pytest.approx(2000.0 + 300 * 3.0)


def test_in_a_lay_off_there_is_no_figure_only_the_published_one_with_its_flaw() -> None:
    run = next_run([session(date(2025, 2, 23), 24000.0)], date(2025, 3, 10))
    assert (run.value_m, run.reason, run.lay_off_days, run.return_day) == (None, "in a lay-off", 14, None)
    assert run.published_m == pytest.approx(26400.0)
    assert "Begin short and easy" in words(run)
    assert next_run([session(date(2025, 2, 23), 24000.0)], date(2025, 3, 9)).rule is Rule.REFERENCE_BAND


def test_days_declared_missing_are_no_lay_off() -> None:
    unknown = pd.DataFrame({"athlete_id": [1], "first_day": [date(2025, 3, 1)], "last_day": [date(2025, 3, 4)]})
    run = next_run([session(date(2025, 2, 23), 24000.0)], date(2025, 3, 12), unknown=unknown)
    assert run.rule is Rule.REFERENCE_BAND


def test_no_run_for_thirty_days_gives_no_figure() -> None:
    run = next_run([session(START, 24000.0)], day_at(31))
    assert (run.value_m, run.reason) == (None, "no run in 30d")
    assert next_run([], START).reason == "no run in 30d"
    assert "No run in the last 30 days" in words(run)


def test_runs_without_distance_give_no_figure_rather_than_zero() -> None:
    run = next_run([session(START, None), session(day_at(1), 0.0)], day_at(2))
    assert (run.value_m, run.reason) == (None, "distance missing")
    back = next_run([session(START, 9000.0), session(day_at(16), None)], day_at(17))
    assert (back.value_m, back.reason) == (None, "distance missing")


def test_an_open_injury_leaves_the_next_run_to_the_clinicians_plan() -> None:
    hurt = Injury(1, day_at(47), None, "shin")
    run = next_run(daily(D84_KM[:49]), day_at(49), hurt)
    assert (run.value_m, run.reason, run.published_m) == (None, "injury open", None)
    assert "clinician's plan" in words(run)
    healed = Injury(1, day_at(20), day_at(35), "shin")
    assert next_run(daily(D84_KM[:49]), day_at(49), healed).value_m == pytest.approx(26400.0)


def test_runs_after_today_are_not_known_yet() -> None:
    assert next_run([session(START, 8000.0), session(day_at(5), 30000.0)], day_at(3)).reference_m == 8000.0


def test_every_figure_has_its_sources() -> None:
    run = next_run(daily(D84_KM[:49]), day_at(49))
    assert any("10.1136/bjsports-2024-109380" in e.source for e in run.evidence)
    short = next_run([session(START, 3000.0)], day_at(1))
    assert all(e.source for e in short.evidence)
    assert short.evidence


def test_miles_for_those_who_read_miles() -> None:
    told = next_run_sentences(next_run(daily(D84_KM[:49]), day_at(49)), Units(UnitSystem.IMPERIAL))
    assert told[0] == "Longest sensible next run: 16.4 mi."
    assert "km" not in " ".join(told)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 45),
            st.one_of(st.none(), st.floats(0, 50000)),
            st.one_of(st.none(), st.floats(0, 2e4)),
        ),
        max_size=15,
    ),
    st.integers(0, 60),
)
def test_a_figure_or_a_reason_and_never_a_forbidden_word(
    rows: list[tuple[int, float | None, float | None]], today: int
) -> None:
    run = next_run([session(day_at(d), m, moving_s=s) for d, m, s in rows], day_at(today))
    assert (run.value_m is None) == (run.reason is not None)
    if run.value_m is not None:
        assert run.reference_m is not None
        assert run.reference_m < run.value_m < float("inf")
        assert run.value_m <= run.reference_m * 1.1 + 1e-6 or run.usual_speed_mps is not None
    told = words(run).lower()
    assert not any(bad in told for bad in ("safe", "danger", "sweet spot", "nan", "inf ", "none"))


def test_a_jump_of_the_last_days_is_not_yet_the_measure() -> None:
    """A run told as "keep the next ones shorter than this" must not itself allow a longer one."""
    sessions = [session(START, 6700.0), session(day_at(5), 15500.0)]
    run = next_run(sessions, day_at(7))
    assert (run.rule, run.reference_m) == (Rule.SETTLED, 6700.0)
    assert run.value_m == pytest.approx(7370.0)
    assert run.published_m == pytest.approx(17050.0)
    assert run.jump_pct == pytest.approx(131.34, abs=0.01)
    assert "loadmon convention" in words(run)
    assert "17.1 km" in words(run)


def test_after_two_weeks_a_jump_has_settled() -> None:
    sessions = [session(START, 6700.0), session(day_at(5), 15500.0)]
    assert next_run(sessions, day_at(18)).rule is Rule.SETTLED
    assert next_run(sessions, day_at(19)).rule is Rule.REFERENCE_BAND


def test_any_other_step_is_the_measure_at_once() -> None:
    run = next_run([session(START, 10000.0), session(day_at(5), 20000.0)], day_at(6))
    assert (run.rule, run.reference_m) == (Rule.REFERENCE_BAND, 20000.0)


def test_a_jump_with_nothing_else_in_the_window_still_gives_a_figure() -> None:
    run = next_run([session(START, 6700.0), session(day_at(29), 15500.0)], day_at(31))
    assert (run.reference_m, run.rule) == (15500.0, Rule.REFERENCE_BAND)


def test_a_long_run_soon_after_a_return_is_not_yet_the_measure() -> None:
    sessions = [session(date(2025, 2, 23), 24000.0), session(date(2025, 3, 11), 6000.0, moving_s=2100.0)]
    sessions.append(session(date(2025, 3, 13), 14000.0))
    run = next_run(sessions, date(2025, 3, 14))
    assert (run.rule, run.reference_m, run.jump_m) == (Rule.SINCE_RETURN, 6000.0, 14000.0)
    assert run.value_m == pytest.approx(6600.0)
    assert "133 % more than the runs since the return" in words(run)
    assert next_run(sessions, date(2025, 3, 27)).reference_m == 14000.0


def test_a_short_run_before_a_jump_is_called_so() -> None:
    sessions = [session(START, 3000.0, moving_s=1000.0), session(day_at(5), 8000.0, moving_s=2700.0)]
    told = words(next_run(sessions, day_at(6)))
    assert "The longest run beside the jump was short (3.0 km" in told
    assert evidence.SETTLED_DAYS in next_run(sessions, day_at(6)).evidence


def test_after_an_injury_only_runs_since_the_return_are_counted() -> None:
    """Closing an injury must not bring the figure of the healthy days back at a stroke."""
    before = [session(day_at(n), 20000.0) for n in range(0, 20, 2)]
    closed = Injury(1, day_at(20), day_at(25), "shin", "left")
    assert next_run(before, day_at(25), closed).reason == "back from injury"
    run = next_run([*before, session(day_at(26), 6000.0)], day_at(27), closed)
    assert (run.reference_m, run.value_m) == (6000.0, pytest.approx(6600.0))
    assert "Only runs since the return from the injury" in words(run)
    assert next_run([*before, session(day_at(26), 6000.0)], day_at(39), closed).reference_m == 20000.0
