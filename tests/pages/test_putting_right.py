"""The session page's section for putting a recording right: suggested, done, undone, all of it visible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from loadmon.correction import Correction, CorrectionKind
from loadmon.intake import correct
from loadmon.show import state
from loadmon.store import corrections, preferences
from loadmon.store.sessions import StoredSession
from tests.made_team import BARE, JUMP, ONCE
from tests.pages.conftest import Open, well, words

Home = Callable[[str], object]
K = CorrectionKind


def latest(name: str) -> int:
    athlete = next(a for a in state.athletes() if a.name == name)
    return int(state.runner_sessions(athlete.id).iloc[0]["session_id"])


def opened(open_page: Open, name: str = ONCE) -> AppTest:
    athlete = next(a for a in state.athletes() if a.name == name)
    return open_page("session.py", athlete=str(athlete.id), session=str(latest(name)))


def now_of(name: str = ONCE) -> StoredSession:
    return state.session(latest(name))


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.main.button if button.label == label).click()
    return well(at.run())


def box(at: AppTest, kind: str, label: str) -> Any:
    return next(widget for widget in at.main.get(kind) if widget.label.startswith(label))


def ask(at: AppTest, name: str) -> AppTest:
    next(group for group in at.main.get("button_group") if group.label == "What is to be put right?").set_value(name)
    return well(at.run())


def correct_it(kind: K, reason: str = "made", **params: Any) -> None:
    with state.store().write() as conn:
        correct.correct(conn, state.viewer(), latest(ONCE), Correction(kind, params, reason))


def test_nothing_is_put_right_and_nothing_suggested_at_first(home: Home, open_page: Open) -> None:
    home("once")
    at = opened(open_page)
    assert "Nothing has been put right in this recording." in words(at)
    assert "Suggested" not in words(at)


def test_the_ends_are_cut_off_with_a_reason_and_put_on_again(home: Home, open_page: Open) -> None:
    home("once")
    before = now_of().facts
    at = opened(open_page)
    device = [line for line in words(at).splitlines() if "itself says" in line]
    at = ask(at, "ends")
    assert next(b for b in at.main.button if b.label == "Cut the rest off").disabled
    slider = box(at, "select_slider", "Keep the part")
    slider.set_value((slider.value[0], 600))
    at = well(at.run())
    assert "What stays: **1." in words(at)
    box(at, "text_input", "Why?").set_value("drove home")
    at = press(at, "Cut the rest off")
    assert "Only the part from 0:00 to 10:00 counts**: drove home. (by hand" in words(at)
    assert now_of().facts.timer_s == pytest.approx(600, abs=5)
    assert [line for line in words(at).splitlines() if "itself says" in line] == device, "that stays said"
    at = press(at, "Undo")
    assert now_of().facts == before
    assert "Taken back or not wanted (1)" in [e.label for e in at.main.expander]
    at = press(at, "Put back")
    assert now_of().facts.timer_s == pytest.approx(600, abs=5)


def test_a_stretch_is_cut_out(home: Home, open_page: Open) -> None:
    home("once")
    at = ask(opened(open_page), "stretch")
    at = press(at, "Cut it out")
    (made,) = now_of().corrections
    assert made.kind is K.PAUSE
    assert "Cut out from" in words(at)


def test_a_distance_is_told_in_the_reader_s_units(home: Home, open_page: Open) -> None:
    home("once")
    at = ask(opened(open_page), "distance")
    field = box(at, "number_input", "It was, in km")
    assert field.value == pytest.approx(now_of().facts.distance_m / 1000, abs=0.01)
    field.set_value(8.0)
    at = press(well(at.run()), "Set the distance")
    assert now_of().facts.distance_m == pytest.approx(8000)
    assert "put right by a correction" in words(at)
    field = box(ask(at, "distance"), "number_input", "It was, in km")
    field.set_value(500.0)
    at = press(well(at.run()), "Set the distance")
    assert "Nobody runs 500.00 km in the time this session took." in words(at)
    assert now_of().facts.distance_m == pytest.approx(8000)


def test_a_zone_and_a_beginning_move_the_day(home: Home, open_page: Open) -> None:
    home("once")
    start = now_of().session.local_start
    at = ask(opened(open_page), "clock")
    box(at, "selectbox", "The runner was on").set_value("Pacific/Kiritimati")
    at = press(well(at.run()), "Set the time zone")
    assert now_of().facts.utc_offset_s == 14 * 3600
    at = press(at, "Undo")
    at = ask(at, "clock")
    box(at, "button_group", "Which is wrong?").set_value("When it really began")
    at = well(at.run())
    there = start.replace(hour=6, minute=15, second=0)
    box(at, "date_input", "On").set_value(there.date().replace(day=1))
    box(at, "time_input", "At").set_value(there.time())
    at = press(well(at.run()), "Set the clock")
    moved = now_of().session.local_start
    assert (moved.day, moved.hour, moved.minute) == (1, 6, 15)


def test_a_channel_left_out_is_grey_where_it_was_and_the_reason_of_what_is_missing(home: Home, open_page: Open) -> None:
    home("once")
    at = ask(opened(open_page), "channel")
    box(at, "text_input", "Why?").set_value("strap slipped")
    at = press(well(at.run()), "Leave it out")
    assert now_of().facts.mean_heart_rate_bpm is None
    shown = words(at)
    assert "**Heart rate** (bpm) :gray-badge[left out]" in shown
    assert "Heart rate was left out and counts as not measured. strap slipped." in shown
    assert "Not recorded: heart rate" not in shown
    assert "Heart rate was not recorded" not in shown
    assert "Heart rate was left out of this recording by a correction." in shown
    correct_it(K.CADENCE_LOCK, "the same numbers", from_s=0.0, to_s=300.0, channel="cadence_spm")
    shown = words(opened(open_page))
    assert "**Cadence** (steps/min) :gray-badge[left out in part]" in shown
    assert "Cadence was left out where it is grey and counts as not measured. the same numbers." in shown
    correct_it(K.CHANNEL_OUT, "wrong town", channel="position")
    assert "Position was left out and counts as not measured. wrong town." in words(opened(open_page))


def test_a_load_is_told_and_says_so(home: Home, open_page: Open) -> None:
    home("once")
    at = ask(opened(open_page), "load")
    box(at, "number_input", "It was worth").set_value(123.0)
    box(at, "text_input", "Why?").set_value("race in the heat")
    at = press(well(at.run()), "Set the load")
    assert "123 points" in words(at) and "by hand" in words(at)
    assert "Told by a person, and it counts: race in the heat" in words(at)
    assert "Computed it would be" in words(at)


def test_the_whole_session_is_left_out_and_let_in_again(home: Home, open_page: Open) -> None:
    home("once")
    at = press(ask(opened(open_page), "whole"), "Leave it out")
    assert "A session is left out for a reason." in words(at)
    box(at, "text_input", "Why?").set_value("the dog wore the watch")
    at = press(well(at.run()), "Leave it out")
    assert "Not counted in any sum: the dog wore the watch" in words(at)
    at = press(at, "Let it count")
    assert "the dog wore the watch" not in words(at)


def test_a_suggestion_is_applied_or_left_and_never_made_twice(home: Home, open_page: Open, monkeypatch: Any) -> None:
    home("once")
    offered = [
        Correction(
            K.CROP, {"from_s": 0.0, "to_s": 900.0}, "For the last 5 min nobody moved.", made_by=correct.MadeBy.RULE
        ),
        Correction(K.PAUSE, {"from_s": 100.0, "to_s": 200.0}, "From 1:40 it was a car.", made_by=correct.MadeBy.RULE),
    ]
    monkeypatch.setattr(correct, "suggestions", lambda session: offered)
    at = opened(open_page)
    assert words(at).count("Suggested") == 2
    at = press(at, "Apply")
    assert words(at).count("Suggested") == 1
    assert now_of().facts.timer_s == pytest.approx(900, abs=5)
    (made,) = now_of().corrections
    assert made.made_by is correct.MadeBy.PERSON and made.reason == "For the last 5 min nobody moved."
    at = press(at, "Leave it as it is")
    assert "Suggested" not in words(at)
    assert len(now_of().corrections) == 1
    with state.store().read() as conn:
        assert len(corrections.of_session(conn, state.viewer(), latest(ONCE), removed=True)) == 2


def test_a_recording_of_nothing_but_time_offers_what_makes_sense(home: Home, open_page: Open) -> None:
    home("team")
    at = ask(opened(open_page, BARE), "distance")
    box(at, "number_input", "It was, in km").set_value(5.0)
    at = press(well(at.run()), "Set the distance")
    assert now_of(BARE).facts.distance_m == 5000
    for name in ("ends", "stretch", "clock", "channel", "load", "whole"):
        at = ask(at, name)
    opened(open_page, JUMP)


def test_which_rules_act_is_chosen_here(home: Home, open_page: Open) -> None:
    home("once")
    at = opened(open_page)
    box(at, "button_group", "When a file is read").set_value([K.SPIKES])
    at = well(at.run())
    with state.store().read() as conn:
        assert preferences.rules(conn) == {K.SPIKES}


def test_given_reasons_are_shown_as_they_were_written(home: Home, open_page: Open) -> None:
    home("once")
    correct_it(K.CHANNEL_OUT, "**[x](http://example.org)** :red[a]", channel="altitude_m")
    assert "**[x](http://example.org)** :red[a]" in words(opened(open_page))
