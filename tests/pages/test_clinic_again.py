"""The page Assessment, again: put right in the form, a second look at the provoking speed, and what is asked or named first."""

from __future__ import annotations

from dataclasses import replace

from loadmon.clinic.assessment import Symptom
from loadmon.show import clinic_state
from tests.clinic.made import an_assessment, measured
from tests.made_team import STEADY
from tests.pages.conftest import Open, words
from tests.pages.test_clinic import PELVIS, RUNNER, Home, case, drafted, keep, open_for, opened, press, told
from tests.pages.test_runner import box, who


def test_without_an_age_nothing_is_given_and_the_age_is_put_right_in_the_form(home: Home, open_page: Open) -> None:
    home("team")
    one = case(0)
    keep(STEADY, replace(one, person=replace(one.person, age=None)))
    at = open_for(open_page)
    assert "A named clinician decides before anything is begun: the age was not told" in words(at)
    assert (len(at.main.slider), len(at.main.get("audio"))) == (0, 0)
    assert "This session for the watch (FIT)" not in {one.label for one in at.main.get("download_button")}
    at = press(at, "Put it right in the form", RUNNER)
    assert clinic_state.finished(who(STEADY).id) == {}
    assert "As it stands no plan is given" in words(at)
    box(at, "number_input", "Age, years").set_value(31)
    at = press(opened(at, RUNNER), "Finish this assessment", RUNNER)
    assert "**Metronome at 163 steps a minute**" in words(at)
    (kept,) = clinic_state.finished(who(STEADY).id).values()
    assert kept.assessment.person.age == 31
    assert kept.assessment.symptoms == one.symptoms
    at = press(press(at, "Put it right in the form"), "Undo")
    assert len(clinic_state.finished(who(STEADY).id)) == 1
    assert drafted() == {}


def test_a_bone_stress_injury_before_is_asked_about_before_anything_else(home: Home, open_page: Open) -> None:
    home("team")
    one = an_assessment(measured("cadence_spm", 168.0), symptoms=(Symptom("medial_tibial_border", "left", 2.0),))
    keep(STEADY, replace(one, person=replace(one.person, previous_bone_stress=True)))
    assert "**Asked first.** A bone stress injury before" in words(open_for(open_page))


def test_values_at_the_speed_that_provokes_are_an_assessment_of_their_own(home: Home, open_page: Open) -> None:
    home("team")
    easy = an_assessment(measured("cpd_deg", 3.0, "left"), measured("wblt_deg", 41.0, "left", "physical_test"))
    keep(STEADY, replace(easy, circumstances=replace(easy.circumstances, provoking_speed_mps=4.0)))
    at = press(open_for(open_page), "Enter the values at 4 m/s, the speed that provokes", PELVIS)
    assert box(at, "number_input", "Speed, m/s").value == 4.0
    assert drafted()["value wblt_deg left"] == 41.0
    assert "value cpd_deg left" not in drafted()
    box(at, "number_input", "Pelvic drop, left").set_value(8.5)
    found = told(press(opened(at, PELVIS), "Finish this assessment", PELVIS))
    assert "at 4 m/s, the speed that provokes" in found
    assert "Both are of one day: what differs between two speeds is no change." in found
    assert "Nothing here was measured alike both times" not in found  # the test that stands still was
    first, second = clinic_state.finished(who(STEADY).id)
    assert clinic_state.before(who(STEADY).id, first) is None  # what is seen at one speed only is not new
    back = told(open_for(open_page, assessment=str(second)))
    assert "are an assessment of their own in the list above" in back
