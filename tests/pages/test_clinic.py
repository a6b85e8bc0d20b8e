"""The page Assessment: a draft that no reload loses, refusals in words, reasoning, plan, sound, watch, ledger, limits; all with Undo."""

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
from loadmon.store import findings as finding_rows
from tests.clinic.made import an_assessment, assessment_of, measured, vignettes
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


def test_cadence_is_chosen_within_its_cap_and_sound_and_watch_follow(home: Home, open_page: Open) -> None:
    home("team")
    keep(STEADY, case(0))
    at = open_for(open_page)
    assert "**Metronome at 163 steps a minute**" in words(at)
    slider = at.main.slider[0]
    assert (slider.value, slider.max) == (7.5, 10.0)
    slider.set_value(5.0)
    at = well(at.run())
    assert "**Metronome at 160 steps a minute**" in words(at)
    assert "152 → 160 steps a minute" in words(at)
    offered = {one.label for one in at.main.get("download_button")}
    assert offered >= {"Sound file of this session", "This session for the watch (FIT)"}
    assert len(at.main.get("audio")) == 1
    again = open_for(open_page)  # the choice is kept with the assessment
    assert again.main.slider[0].value == 5.0
    at.main.slider[0].set_value(0.0)
    at = well(at.run())
    assert "Metronome" not in words(at)
    assert "no range to keep to" in words(at)


def test_adherence_is_told_of_the_runs_that_came_back(home: Home, open_page: Open) -> None:
    home("team")
    # the made runs have about 168 steps a minute: from 156 that is the target
    keep(STEADY, an_assessment(measured("cadence_spm", 156.5)))
    found = words(open_for(open_page))
    assert "Within 2 steps of 168 a minute at 3 m/s (0.2 m/s more or less):" in found
    assert "within the 166–170 that the watch keeps to" in found
    assert "of the running of the latest week (2026-W20)" in found
    keep(BARE, an_assessment(measured("cadence_spm", 150.0)))
    assert "No run with a cadence has come back" in words(open_for(open_page, BARE))


def test_two_assessments_stand_side_by_side(home: Home, open_page: Open) -> None:
    home("team")
    keep(
        STEADY,
        an_assessment(
            measured("cpd_deg", 8.5, "left"), measured("tibia_angle_ic_deg", 9.0),
            symptoms=(Symptom("iliotibial_band", "left", 5.0),),
        ),
        an_assessment(
            measured("cpd_deg", 4.5, "left"), measured("tibia_angle_ic_deg", 6.0),
            symptoms=(Symptom("iliotibial_band", "left", 2.0),),
            circumstances=replace(an_assessment(speed_mps=3.0).circumstances, shoes="racers"),
        ),
    )  # fmt: skip
    at = open_for(open_page)
    assert "What hurts: Distal iliotibial band, left (running) 5/10 → 2/10, less." in words(at)
    assert "shoes (not told, then racers)" in words(at)
    assert "Changed by more than can be chance: pelvic drop, left (better)." in words(at)
    frames = [frame.value for frame in at.main.dataframe]
    side_by_side = next(frame for frame in frames if "measure" in frame and "what can be said" in frame)
    assert side_by_side["what can be said"].tolist() == ["Changed, better", "No change that can be told"]
    earlier = list(clinic_state.finished(who(STEADY).id))[-1]
    assert "no earlier assessment" in words(open_for(open_page, assessment=str(earlier)))


def test_findings_go_into_tissue_load_with_one_press_and_back(home: Home, open_page: Open) -> None:
    home("team")
    keep(STEADY, case(1))

    def noted() -> set[tuple[str, str | None]]:
        with state.store().read() as conn:
            return {(f.kind, f.side) for f in finding_rows.findings(conn, state.viewer(), [who(STEADY).id]).values()}

    at = press(open_for(open_page), "Write these into tissue load")
    assert noted() == {("pelvic_drop", "right"), ("dynamic_knee_valgus", "right"), ("crossover_gait", "both")}
    assert "Written into tissue load: 3 findings." in words(at)
    assert "has heard of all that it knows" in words(at)
    at = press(at, "Undo")
    assert noted() == set()
    assert "Write these into tissue load" in words(at)


def test_an_assessment_is_taken_back_and_put_back(home: Home, open_page: Open) -> None:
    home("team")
    keep(STEADY, case(2))
    at = press(open_for(open_page), "Take this assessment back")
    assert clinic_state.finished(who(STEADY).id) == {}
    assert "Taken back: the assessment of 27 Apr 2026, Dr Osei." in words(at)
    press(at, "Undo")
    assert len(clinic_state.finished(who(STEADY).id)) == 1


def test_limits_are_set_by_name_and_reason_refused_in_words_and_taken_back(home: Home, open_page: Open) -> None:
    home("team")
    keep(STEADY, an_assessment(measured("cpd_deg", 6.5, "left")))
    at = open_for(open_page, assessment="draft")
    box(at, "selectbox", "Measure").set_value("cpd_deg")
    at = well(at.run())
    assert box(at, "number_input", "Flag").value == 6.0
    box(at, "number_input", "Flag").set_value(7.0)
    at = press(at, "Set these limits")
    assert "**Who sets it, or why, was left open.**" in words(at)
    box(at, "text_input", "Set by").set_value("Dr Osei")
    box(at, "text_input", "Reason or source").set_value("my own runners")
    at = press(at, "Set these limits")
    assert (
        "Pelvic drop: 4, 7, 9. Set by Dr Osei on 17 May 2026: my own runners. As loadmon brings it: 4, 6, 9."
        in words(at)
    )
    (limit,) = clinic_state.own_thresholds().values()
    assert limit.limits == (4.0, 7.0, 9.0)
    at = press(at, "Undo")
    assert clinic_state.own_thresholds() == {}
    assert "Holds no more: taken back" in words(at)


def test_limits_are_set_before_anybody_runs_here_and_loadmons_own_come_back(home: Home, open_page: Open) -> None:
    home("empty")
    at = open_page(PAGE)
    box(at, "selectbox", "Measure").set_value("cpd_deg")
    at = well(at.run())
    for flag in (7.0, 8.0):
        box(at, "number_input", "Flag").set_value(flag)
        box(at, "text_input", "Set by").set_value("Dr Osei")
        box(at, "text_input", "Reason or source").set_value(f"my own runners, {flag:g}")
        at = well(press_any(at, "Set these limits").run())
    assert "Pelvic drop: 4, 8, 9. Set by Dr Osei" in words(at)
    assert "my own runners, 7. As loadmon brings it: 4, 6, 9. Holds no more: replaced later." in words(at)
    at = well(press_any(at, "Back to loadmon's own").run())
    assert clinic_state.own_thresholds() == {}
    assert "Loadmon's own limits of pelvic drop hold again." in words(at)
    at = well(press_any(at, "Undo").run())
    assert [one.limits for one in clinic_state.own_thresholds().values()] == [(4.0, 8.0, 9.0)]


def press_any(at: AppTest, label: str) -> AppTest:
    next(button for button in at.main.button if button.label == label).click()
    return at
