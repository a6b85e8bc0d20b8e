"""The day of an assessment: load and the watch's medians are those of the Day field, shown and kept."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from loadmon.clinic.answers import value_key
from loadmon.clinic.of_its_day import OF_THE_RECORD
from loadmon.show import clinic_state
from tests.made_team import STEADY
from tests.pages.conftest import Open, words
from tests.pages.test_clinic import RUNNER, STRIDE, Home, drafted, open_for, opened
from tests.pages.test_runner import TODAY, box, who


def test_an_assessment_of_another_day_holds_that_days_load_and_watch(home: Home, open_page: Open) -> None:
    home("team")
    at = opened(open_for(open_page), RUNNER, STRIDE)
    then = TODAY - timedelta(days=9)
    today, of_then = (clinic_state.beginning(who(STEADY), day) for day in (TODAY, then))
    cadence = value_key("cadence_spm", "both")
    assert (today["weekly_km"], today["week_change_pct"]) != (of_then["weekly_km"], of_then.get("week_change_pct"))
    assert box(at, "number_input", "Kilometres a week").value == today["weekly_km"]
    box(at, "date_input", "Day").set_value(then)
    at = opened(at, RUNNER, STRIDE)
    assert box(at, "number_input", "Kilometres a week").value == of_then["weekly_km"]
    assert box(at, "number_input", "Cadence, both feet").value == of_then[cadence]
    assert f"those of the weeks before {then.day} " in words(at)
    assert [drafted().get(one) for one in OF_THE_RECORD] == [of_then.get(one) for one in OF_THE_RECORD]
    box(at, "number_input", "Kilometres a week").set_value(12.5)
    at = opened(at, RUNNER, STRIDE)
    st.cache_data.clear()
    at = opened(open_for(open_page), RUNNER, STRIDE)  # a reload
    box(at, "date_input", "Day").set_value(TODAY)
    at = opened(at, RUNNER, STRIDE)
    assert box(at, "number_input", "Kilometres a week").value == 12.5  # what somebody typed is theirs
    assert drafted().get("spike_band") == today.get("spike_band")
