"""The page Assessment: a draft that no reload loses, refusals in words, and the reasoning of what was finished; with Undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from loadmon.clinic.assessment import Symptom
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.names import key_name
from loadmon.clinic.reasoning import reason
from loadmon.show import clinic_state, state
from loadmon.show.clinic_fields import part_key
from loadmon.store import assessments
from tests.clinic.made import assessment_of, vignettes
from tests.made_team import BARE, STEADY
from tests.pages.conftest import Open, well, words
from tests.pages.test_runner import TODAY, box, who

Home = Callable[[str], object]
PAGE = "clinic.py"
KNOWN = default_knowledge()


def open_for(open_page: Open, name: str = STEADY, **query: str) -> AppTest:
    return open_page(PAGE, athlete=str(who(name).id), **query)


RUNNER, STRIDE, PELVIS, HIP, TESTS, HURTS = (
    "The runner and the last weeks", "Cadence and stride", "Pelvis and trunk", "Hip", "Physical tests", "What hurts",
)  # fmt: skip


def opened(at: AppTest, *titles: str, name: str = STEADY) -> AppTest:
    """The form, run with these of its parts open."""
    for title in titles:
        at.session_state[part_key(who(name).id, title)] = True
    return well(at.run())


def press(at: AppTest, label: str, *parts: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return opened(at, *parts)


def keep(name: str, *cases: Any) -> list[int]:
    """Finish assessments of a runner, past the page."""
    athlete, numbers = who(name), []
    with state.store().write() as conn:
        for weeks, one in enumerate(reversed(cases)):
            day = TODAY - timedelta(days=20 + 30 * weeks)
            kept = type(one)(**{f: getattr(one, f) for f in one.__slots__} | {"athlete_id": athlete.id})
            kept = _on(kept, day)
            numbers.append(assessments.finish(conn, state.viewer(), kept, today=TODAY))
    return numbers[::-1]


def _on(one: Any, day: Any) -> Any:
    return replace(one, circumstances=replace(one.circumstances, day=day))


def case(number: int) -> Any:
    return assessment_of(list(vignettes().values())[number])


def told(at: AppTest) -> str:
    return words(at) + "\n".join(expander.label for expander in at.main.expander).replace("\\", "")


def drafted() -> dict[str, Any]:
    return clinic_state.draft(who(STEADY).id)


def test_the_form_begins_with_the_watch_and_looking_keeps_nothing(home: Home, open_page: Open) -> None:
    home("team")
    at = opened(open_for(open_page), RUNNER, STRIDE)
    assert "Cadence and stride 1." in words(at)
    assert "Filled in from the watch, medians of the last four weeks' runs: cadence, both feet" in words(at)
    assert 160 <= box(at, "number_input", "Cadence, both feet").value <= 175
    assert 2.8 <= box(at, "number_input", "Speed, m/s").value <= 3.4
    assert box(at, "number_input", "Kilometres a week").value > 10
    assert drafted() == {}
    bare = opened(open_for(open_page, BARE), STRIDE, name=BARE)
    assert "Nothing is filled in from a watch" in words(bare)
    assert box(bare, "number_input", "Cadence, both feet").value is None


def test_a_cadence_that_the_clinician_counted_is_theirs_and_the_watchs_stands_beside_it(
    home: Home, open_page: Open
) -> None:
    home("team")
    at = opened(open_for(open_page), STRIDE)
    cadence, how = (lambda: box(at, "number_input", "Cadence, both feet")), (lambda: _method(at, "cadence_spm"))
    by_watch = cadence().value
    assert how().value == "watch"
    cadence().set_value(by_watch + 7.0)
    at = opened(at, STRIDE)
    assert how().value == "observed"
    assert f"The watch: {by_watch:g} steps a minute." in words(at)
    st.cache_data.clear()
    at = opened(open_for(open_page), STRIDE)  # a reload
    assert (cadence().value, how().value) == (by_watch + 7.0, "observed")
    cadence().set_value(by_watch)
    at = opened(at, STRIDE)
    assert how().value == "watch"
    how().set_value("video_2d")
    at = opened(at, STRIDE)
    cadence().set_value(by_watch + 3.0)
    at = opened(at, STRIDE)
    assert how().value == "video_2d"  # what somebody chose stays


def _method(at: AppTest, measure: str) -> Any:
    return next(one for one in at.main.selectbox if str(one.key).endswith(f"method {measure}"))


def test_a_draft_survives_a_reload_and_another_runner_does_not_see_it(home: Home, open_page: Open) -> None:
    home("team")
    at = opened(open_for(open_page), PELVIS, HIP)
    box(at, "number_input", "Pelvic drop, left").set_value(8.5)
    at = opened(at, PELVIS, HIP)
    box(at, "selectbox", "Window between the knees, left").set_value("crossed")
    at = opened(at, PELVIS, HIP)
    assert "Contralateral pelvic drop, left is the likely primary driver" in words(at)
    assert "Test next: hip abductor strength" in words(at)
    st.cache_data.clear()
    again = open_for(open_page)  # a new visit: nothing but the store remembers
    assert "Pelvis and trunk 1, Hip 1." in words(again)
    again = opened(again, PELVIS, HIP)
    assert box(again, "number_input", "Pelvic drop, left").value == 8.5
    assert box(again, "selectbox", "Window between the knees, left").value == "crossed"
    assert "A draft: what you fill in is kept as soon as you leave its field" in words(again)
    other = opened(open_for(open_page, BARE), PELVIS, name=BARE)
    assert box(other, "number_input", "Pelvic drop, left").value is None


def test_a_part_that_is_closed_keeps_what_was_filled_in_to_the_last_key(home: Home, open_page: Open) -> None:
    home("team")
    at = opened(open_for(open_page), PELVIS, HURTS)
    box(at, "number_input", "Pelvic drop, left").set_value(8.5)
    at.session_state[part_key(who(STEADY).id, PELVIS)] = False  # in the same moment as the value was left
    at = opened(at, HURTS)
    assert not [one for one in at.main.number_input if one.label.startswith("Pelvic drop")]
    assert drafted()["value cpd_deg left"] == 8.5
    box(at, "selectbox", "Sore tissue 1").set_value("lumbar")
    at = opened(at, HURTS)
    assert drafted()["value cpd_deg left"] == 8.5
    at = opened(at, PELVIS, HURTS)
    assert box(at, "number_input", "Pelvic drop, left").value == 8.5
    box(at, "number_input", "Pelvic drop, left").set_value(None)
    box(at, "selectbox", "Sore tissue 1").set_value(None)
    opened(at, PELVIS, HURTS)
    assert not {"value cpd_deg left", "sore 0 tissue"} & set(drafted())


def test_what_cannot_be_is_named_while_it_is_typed_and_nothing_is_finished(home: Home, open_page: Open) -> None:
    home("team")
    at = opened(open_for(open_page), PELVIS)
    box(at, "number_input", "Pelvic drop, left").set_value(85.0)
    at = opened(at, PELVIS)
    assert "**Pelvic drop of 85.0 ° cannot be.**" in words(at)
    at = press(at, "Finish this assessment", PELVIS)
    assert clinic_state.finished(who(STEADY).id) == {}
    box(at, "number_input", "Pelvic drop, left").set_value(8.5)
    at = press(at, "Finish this assessment", PELVIS)
    assert "**Nobody is named who measured this.**" in words(at)
    assert drafted()["value cpd_deg left"] == 8.5


def test_an_assessment_is_finished_read_and_the_finishing_undone(home: Home, open_page: Open) -> None:
    home("team")
    at = opened(open_for(open_page), PELVIS, TESTS, HURTS)
    box(at, "text_input", "Assessed by").set_value("Dr Osei")
    box(at, "number_input", "Pelvic drop, left").set_value(8.5)
    box(at, "number_input", "Hip abductor strength against the other side, left").set_value(75.0)
    box(at, "selectbox", "Sore tissue 1").set_value("iliotibial_band")
    at = opened(at, PELVIS, TESTS, HURTS)
    box(at, "selectbox", "Side of 1").set_value("left")
    box(at, "number_input", "Pain running").set_value(4.0)
    box(at, "number_input", "at rest").set_value(0.0)
    at = press(opened(at, PELVIS, TESTS, HURTS), "Finish this assessment", PELVIS, TESTS, HURTS)
    (kept,) = clinic_state.finished(who(STEADY).id).values()
    assert kept.assessment.symptoms == (Symptom("iliotibial_band", "left", 4.0, 0.0),)
    found = told(at)
    assert "Finished: the assessment of 17 May 2026." in found
    assert "Measured 17 May 2026 by Dr Osei" in found
    assert "Distal iliotibial band, left: pain running 4/10, at rest 0/10, next morning not asked" in found
    assert "Hip abductor strength / control deficit, left is the likely primary driver" in found
    assert "Contralateral pelvic drop, left is likely a compensation" in found
    assert drafted() == {}
    at = press(at, "Undo", PELVIS, TESTS, HURTS)
    assert clinic_state.finished(who(STEADY).id) == {}
    assert box(at, "text_input", "Assessed by").value == "Dr Osei"
    assert box(at, "number_input", "Pelvic drop, left").value == 8.5
    at = press(at, "Empty the form", PELVIS, TESTS, HURTS)
    assert drafted() == {}
    assert box(at, "number_input", "Pelvic drop, left").value is None
    at = press(at, "Undo", PELVIS, TESTS, HURTS)
    assert drafted()["assessor"] == "Dr Osei"


@pytest.mark.parametrize("number", [1, 5])
def test_every_worked_case_reads_as_the_pure_functions_say(number: int, home: Home, open_page: Open) -> None:
    home("team")
    one = case(number)
    keep(STEADY, one)
    found = told(open_for(open_page))
    reasoning = reason(one, KNOWN)
    for driver in reasoning.primary:
        article = "the" if len(reasoning.primary) == 1 else "a"
        assert f"{key_name(driver.node.key, KNOWN)} is {article} likely primary driver" in found
    for compensation in reasoning.compensations:
        assert f"{key_name(compensation.node.key, KNOWN)} is likely a compensation" in found
    for test in reasoning.test_next:
        assert f"Test next: {KNOWN.measure[test.measures[0]].name.lower()}" in found
    assert ("Running stops first." in found) == bool(one.symptoms[0].bony_tenderness)
    assert "no diagnosis" in found
    for never in ("danger", "will be injured", "risk score", "guarantee"):
        assert never not in found.lower()
