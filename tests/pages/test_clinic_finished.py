"""The page Assessment, finished: cadence chosen, sound and watch, adherence, side by side, into tissue load; with Undo."""

from __future__ import annotations

from dataclasses import replace

from loadmon.clinic.assessment import Symptom
from loadmon.show import clinic_state, state
from loadmon.store import findings as finding_rows
from tests.clinic.made import an_assessment, measured
from tests.made_team import BARE, STEADY
from tests.pages.conftest import Open, well, words
from tests.pages.test_clinic import Home, case, keep, open_for, press
from tests.pages.test_runner import who


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
