"""From a run and its pain to the next step: matched, asked for, graded, proposed, decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from loadmon.planning.closed_loop import Followed, followed
from loadmon.planning.decision import NotDecidable, decided, proposal, standing_words
from loadmon.planning.done import Done
from loadmon.planning.gate import Clearance
from loadmon.planning.pain import Grade
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.pre_injury import given_level
from loadmon.planning.way_back import Choice, Decision, ReturnOrder

START = date(2025, 9, 1)
ORDER = ReturnOrder(1, "tendon", START, given_level(45_000.0, 2.8, 5.0), "Eva Lind", baseline_morning=1.0)


def on(n: int) -> date:
    return START + timedelta(days=n)


def run(n: int, minutes: float = 8.0, pieces: int = 8) -> Done:
    return Done(on(n), 60.0 * minutes, 1500.0, pieces, 60.0 * minutes / pieces)


def felt(n: int, during: float = 1.0, after: float = 1.0, morning: float = 1.0) -> list[PainEntry]:
    return [
        PainEntry(1, on(n), "during", during),
        PainEntry(1, on(n), "after", after),
        PainEntry(1, on(n + 1), "morning", morning),
    ]


def test_a_sign_that_a_clinician_found_puts_the_plan_on_hold() -> None:
    whole = followed(ORDER, (), felt(0), [run(0)], on(2), weeks_ahead=4)
    assert not whole.plan.is_frozen
    held = followed(
        ORDER, (), felt(0), [run(0)], on(2), stops=[(on(1), "bone is tender on one spot (tibia)")], weeks_ahead=4
    )
    assert held.plan.is_frozen
    assert "bone is tender" in str(held.plan.state.hold)
    first_day = followed(ORDER, (), felt(0), [run(0)], on(2), stops=[(on(0), "a pop")], weeks_ahead=4)
    assert first_day.plan.is_frozen
    before = followed(ORDER, (), felt(0), [run(0)], on(2), stops=[(on(-30), "long ago")], weeks_ahead=4)
    assert not before.plan.is_frozen


def look(done: list[Done], told: list[PainEntry], today: int, decisions: tuple[Decision, ...] = ()) -> Followed:
    return followed(ORDER, decisions, told, done, on(today), weeks_ahead=4)


def test_two_green_runs_lead_to_a_proposal_and_a_decision_to_the_next_stage() -> None:
    one = look([run(0)], felt(0)[:2], 0)
    assert one.asks == ()  # the morning is still to come
    assert one.grades[on(0)].grade is None
    next_day = look([run(0)], felt(0)[:2], 1)
    assert [ask.missing for ask in next_day.asks] == [("the next morning",)]
    done, told = [run(0), run(2)], [*felt(0), *felt(2)]
    two = look(done, told, 3)
    assert [line.words for line in two.lines] == ["8 min running in 8 pieces, as planned"] * 2
    offer = proposal(two.plan)
    assert offer is not None
    assert offer.choice is Choice.ADVANCE
    at = datetime(2025, 9, 4, 18, tzinfo=UTC)
    step = decided(two.plan, offer.choice, by="Eva Lind", role="clinician", at=at, day=on(3))
    assert step.stage == offer.stage == 2
    assert standing_words(two.plan) == "Stage 1 of 11. 2 green sessions of this stage."
    assert standing_words(look([], [], 0).plan) == "Stage 1 of 11. No run graded yet."
    moved = look(done, told, 4, (step,))
    assert moved.plan.next_run is not None
    assert moved.plan.next_run.stage == 2


def test_a_run_a_day_late_counts_and_one_without_a_watch_is_taken_for_the_planned_one() -> None:
    late = look([run(1)], felt(1), 2)
    assert late.plan.state.standing.greens == 1
    assert "on 2 September 2025" in late.lines[0].words
    told = [PainEntry(1, on(0), "during", 1.0, without_recording=True), *felt(0)[1:]]
    assert look([], told, 1).plan.state.standing.greens == 1
    assert look([], felt(0)[1:], 1).plan.state.standing.greens == 0


def test_an_extra_run_is_followed_by_a_day_of_rest_too() -> None:
    extra = look([run(0), run(1)], felt(0), 1)
    assert extra.plan.on(on(2)) is None
    assert extra.plan.next_run is not None
    assert extra.plan.next_run.day == on(3)
    assert extra.lines[-1].words.endswith("not planned")


def test_a_run_of_which_nothing_is_told_is_asked_for_and_moves_nothing() -> None:
    silent = look([run(0), run(2)], [], 3)
    assert [ask.day for ask in silent.asks] == [on(0), on(2)]
    assert silent.plan.state.standing.greens == 0
    assert look([run(0)], [], 9).asks == ()


def test_a_red_flag_on_a_day_without_a_run_freezes_the_plan() -> None:
    flag = PainEntry(1, on(1), "day", None, flags=frozenset({"night_pain"}))
    held = look([run(0)], [*felt(0), flag], 2)
    assert held.grades[on(1)].grade is Grade.STOP
    assert held.plan.is_frozen
    assert held.plan.state.hold == "pain at night or at rest"
    before = PainEntry(1, on(-5), "day", 9.0)
    assert not look([run(0)], [before], 1).plan.is_frozen


def test_more_than_planned_is_said_and_does_not_raise_the_next_cap() -> None:
    long = look([run(0, 40.0, 1)], felt(0), 1)
    assert "more than planned" in long.lines[0].words
    assert long.lines[0].like_stage == 11
    assert max(one.run_s for one in long.plan.runs if one.day <= on(7)) <= 16 * 60.0


def test_far_more_or_longer_pieces_than_planned_are_no_step_however_well_they_were_borne() -> None:
    as_planned = [*felt(0), *felt(2)]
    assert look([run(0), run(2)], as_planned, 3).plan.state.ready
    for other, why in (
        (run(2, 40.0, 1), "more was run than planned"),
        (run(2, 8.0, 1), "in longer pieces than planned"),
    ):
        plan = look([run(0), other], as_planned, 3).plan
        assert (plan.state.ready, plan.state.standing.greens) == (False, 1)
        assert why in plan.state.last.reason  # type: ignore[union-attr]
        assert proposal(plan) is None
    assert look([run(0), run(2, 9.5)], as_planned, 3).plan.state.ready  # a watch sees where walking begins only roughly


def test_a_run_without_a_watch_is_judged_by_its_length_where_that_was_told() -> None:
    for minutes_out, words, ready in (
        (None, "how long was not told, taken for the planned one", True),
        (34.0, "34 min with its walks, as planned", True),
        (20.0, "20 min with its walks, less than planned", False),
        (60.0, "60 min with its walks, more than planned", False),
    ):
        out_s = None if minutes_out is None else 60.0 * minutes_out
        second = [
            replace(one, without_recording=one.moment == "during", out_s=out_s if one.moment == "during" else None)
            for one in felt(2)
        ]
        told = look([run(0)], [*felt(0), *second], 3)
        assert told.lines[1].words == f"run without a watch, {words}"
        assert told.plan.state.ready is ready


def test_a_red_run_on_a_day_of_rest_stands_among_what_was_run() -> None:
    red = [replace(felt(1, 6.0 - 0.5)[0], without_recording=True)]
    told = look([run(0)], [*felt(0), *red], 2)
    assert told.grades[on(1)].grade is Grade.RED
    assert told.lines[1].words == "run without a watch, how long was not told, not planned"
    assert told.lines[1].ran_on == on(1)


def test_a_run_whose_pieces_nobody_saw_is_judged_with_its_walks() -> None:
    told = [*felt(0), *felt(2)]
    for in_motion_s, ready in ((34 * 60.0, True), (60 * 60.0, False)):
        unseen = Done(on(2), in_motion_s, 0.0, 1, 0.0)
        found = look([run(0), unseen], told, 3)
        assert found.plan.state.ready is ready
        assert found.lines[1].words.startswith(
            f"{in_motion_s / 60:g} min in motion, running and walking not told apart"
        )
        assert found.lines[1].like_stage is None


BONE = replace(
    ORDER, profile="bone_low_risk", baseline_morning=0.0, clearance=Clearance("Dr. Weiß", "clinician", START)
)


def test_bone_that_hurts_at_another_time_of_the_day_is_not_green_and_a_tendon_is() -> None:
    calm = felt(0, 0.0, 0.0, 0.0)
    done = [Done(START, 300.0, 1500.0, 10, 30.0)]
    for value, grade in ((0.0, Grade.GREEN), (1.0, Grade.AMBER), (5.0, Grade.RED)):
        sore = PainEntry(1, on(1), "day", value, area="shin", side="left")
        found = followed(BONE, (), [*calm, sore], done, on(2), weeks_ahead=4).grades[START]
        assert found.grade is grade
        assert value == 0.0 or "at another time of the day" in found.reasons[0]
        assert value == 0.0 or found.reasons[0].endswith("(shin, left)")
        assert look([run(0)], [*felt(0), sore], 2).grades[START].grade is Grade.GREEN


def test_what_is_told_between_two_runs_belongs_to_the_one_before_for_three_days() -> None:
    calm = felt(0, 0.0, 0.0, 0.0)
    done = [Done(START, 300.0, 1500.0, 10, 30.0)]
    for n, moment, counts in ((1, "day", True), (2, "morning", True), (3, "day", True), (4, "day", False)):
        sore = PainEntry(1, on(n), moment, 1.0)
        found = followed(BONE, (), [*calm, sore], done, on(4), weeks_ahead=4).grades[START]
        assert (found.grade is Grade.AMBER) == counts, (n, moment)
    again = [*done, Done(on(2), 300.0, 1500.0, 10, 30.0)]
    sore = PainEntry(1, on(3), "day", 1.0)
    grades = followed(BONE, (), [*calm, *felt(2, 0.0, 0.0, 0.0), sore], again, on(4), weeks_ahead=4).grades
    assert [grades[on(n)].grade for n in (0, 2)] == [Grade.GREEN, Grade.AMBER]


def test_pain_that_stops_a_plan_says_when_and_where_it_was_felt() -> None:
    told = look([run(0)], [*felt(0), PainEntry(1, on(1), "day", 7.0, area="lower back")], 1)
    assert told.plan.state.hold == "pain 7 of 10 at another time of the day (lower back)"


def sign(n: int) -> PainEntry:
    return PainEntry(1, on(n), "day", None, flags=frozenset({"focal_bone_pain"}))


def test_a_sign_of_today_takes_todays_run_away_and_a_run_that_was_made_stays() -> None:
    held = look([], [sign(0)], 0).plan
    assert held.is_frozen
    assert held.next_run is None
    assert [run.on_hold is None for run in held.runs if run.day == on(0)] == [False]
    assert held.totals.runs == 0
    after_it = look([run(0)], [*felt(0)[:2], sign(0)], 0).plan
    assert after_it.is_frozen
    assert after_it.next_run is None
    assert after_it.on(on(0)).on_hold is None  # type: ignore[union-attr]


def test_a_run_told_without_a_watch_is_todays_run_and_no_second_one_is_offered() -> None:
    for during in (1.0, 4.0, 5.5, 8.0):
        entries = [PainEntry(1, on(0), "during", during, without_recording=True), PainEntry(1, on(0), "after", 2.0)]
        told = look([], entries, 0)
        assert told.plan.next_run is None or told.plan.next_run.day > on(1)
        assert [line.words for line in told.lines] == [
            "run without a watch, how long was not told, taken for the planned one"
        ]
        assert told.plan.is_frozen is (during >= 6.0)


def test_above_green_counts_at_once_and_takes_a_step_forward_away() -> None:
    done, told = [run(0), run(2), run(4)], [*felt(0), *felt(2)]
    assert proposal(look(done[:2], told, 3).plan) is not None
    amber = [PainEntry(1, on(4), "during", 5.0), PainEntry(1, on(4), "after", 5.0)]
    untold = look(done, [*told, *amber], 12)
    assert untold.grades[on(4)].grade is Grade.AMBER
    assert untold.grades[on(4)].waits_for == ("the next morning",)
    assert not untold.plan.state.ready
    assert untold.plan.ahead[0].day >= on(12)
    grave = look(done, [*told, *amber, PainEntry(1, on(5), "morning", 6.0)], 12)
    assert grave.plan.is_frozen


def test_a_green_week_with_more_pain_takes_a_step_forward_away() -> None:
    done = [run(0), run(2), run(7)]
    told = [*felt(0, 0, 0), *felt(2, 0, 0)]
    assert look(done[:2], told, 6).plan.state.ready
    assert not look(done, [*told, *felt(7, 3.0, 3.0)], 9).plan.state.ready


def test_what_was_run_today_is_not_ahead_any_more() -> None:
    assert look([], [], 0).plan.ahead[0].day == on(0)
    assert look([run(0)], felt(0)[:2], 0).plan.ahead[0].day > on(0)


def stages(told: Followed) -> list[int]:
    return [one.stage for one in told.plan.runs]


def test_todays_run_counts_in_what_is_supposed_and_no_stage_comes_once_too_often() -> None:
    assert stages(look([], [], 0))[:6] == [1, 1, 2, 2, 3, 3]
    assert stages(look([run(0)], felt(0), 2))[:6] == [1, 1, 2, 2, 3, 3]
    # made, but the morning is still to come: what follows holds until somebody decides
    done = look([run(0), run(2)], [*felt(0), *felt(2)[:2]], 2)
    assert done.plan.next_run is not None
    assert done.plan.next_run.stage == 1
    # less than planned, amber, or on hold: not supposed to have gone well
    short = look([run(0, 4.0, 4)], felt(0)[:2], 0)
    amber = look([run(0)], felt(0, 4.0, 4.0)[:2], 0)
    for one in (short, amber):
        assert stages(one)[:4] == [1, 1, 1, 2]
    assert not look([], [sign(0)], 0).plan.state.standing.greens


def test_a_step_back_leads_to_an_earlier_stage_that_there_is() -> None:
    plan = look([run(0)], felt(0), 1).plan
    at = datetime(2025, 9, 2, 18, tzinfo=UTC)

    def back(stage: int | None) -> Decision:
        return decided(plan, Choice.REGRESS, by="Eva Lind", role="clinician", at=at, day=on(1), stage=stage)

    assert back(1).stage == 1
    for stage in (None, 0, 2):
        with pytest.raises(NotDecidable, match="earlier stage"):
            back(stage)


def test_of_what_was_told_twice_the_worst_counts() -> None:
    again = [PainEntry(1, on(0), "after", 2.0, settle_min=minutes) for minutes in (20.0, 90.0, 45.0)]
    told = look([run(0)], [*felt(0), *again], 1).pains[START]
    assert (told.after, told.settle_min) == (2.0, 90.0)
