"""The page Assessment: a stop that holds until a clearance is written down, and soreness until it is said to be gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from loadmon.clinic.assessment import Symptom
from loadmon.show import clinic_state
from tests.clinic.made import an_assessment, measured
from tests.made_team import STEADY
from tests.pages.conftest import Open, words
from tests.pages.test_clinic import HURTS, Home, keep, open_for, opened, press
from tests.pages.test_runner import TODAY, box, who

STRIDES = (measured("cadence_spm", 168.0), measured("tibia_angle_ic_deg", 12.0))


def test_a_stop_stands_at_the_next_assessment_until_a_clearance_is_written_down(home: Home, open_page: Open) -> None:
    home("team")
    _, number = keep(STEADY, an_assessment(*STRIDES, red_flags=("a swollen, hot calf",)), an_assessment(*STRIDES))
    at = open_for(open_page, assessment=str(number))
    assert "not cleared (a swollen, hot calf)" in words(at).replace("\\", "")
    assert "**Running stops first.**" in words(at)
    at = press(at, "Write the clearance down")
    assert "**The day is left open.**" in words(at)
    box(at, "text_input", "Cleared by").set_value("Dr Mora")
    box(at, "date_input", "Cleared on").set_value(TODAY - timedelta(days=2))
    at = press(at, "Write the clearance down")
    assert "As what Dr Mora cleared running is left open." in words(at)
    box(at, "button_group", "As").set_value("physician")
    at = press(at, "Write the clearance down")
    assert "not cleared" not in words(at)
    assert "**Running stops first.**" not in words(at)
    assert "Running cleared by Dr Mora (physician) on" in words(at)
    at = press(at, "Undo")
    assert "not cleared" in words(at)


def test_soreness_is_said_to_be_gone_in_the_form_and_holds_until_then(home: Home, open_page: Open) -> None:
    home("team")
    (first,) = keep(STEADY, an_assessment(*STRIDES, symptoms=(Symptom("achilles", "left", 2.0),)))
    at = opened(open_for(open_page, assessment="draft"), HURTS)
    assert "Still counted as sore: Achilles tendon, left" in words(at).replace("\\", "")
    gone = next(one for one in at.checkbox if "does not hurt any more" in one.label)
    gone.check()
    at = opened(at, HURTS)
    assert clinic_state.draft(who(STEADY).id)["gone achilles left"] is True
    assert "Still counted as sore" not in words(at)
    assert first


def test_soreness_not_asked_again_takes_metronome_and_watch_files_away(home: Home, open_page: Open) -> None:
    home("team")
    sore = an_assessment(*STRIDES, symptoms=(Symptom("achilles", "left", 2.0),))
    _, number = keep(STEADY, sore, an_assessment(*STRIDES))
    at = open_for(open_page, assessment=str(number))
    assert "not asked since" in words(at)
    assert len(at.main.get("audio")) == 0
    keep(STEADY, replace(an_assessment(*STRIDES), gone=(("achilles", "left"),)))
    latest = next(n for n, one in clinic_state.finished(who(STEADY).id).items() if one.assessment.gone)
    at = open_for(open_page, assessment=str(latest))
    assert len(at.main.get("audio")) == 1
