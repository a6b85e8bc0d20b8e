"""What a runner reads: the next run, how much, why not more, how it counts, what stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from loadmon.planning.closed_loop import Followed, followed
from loadmon.planning.done import Done
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.pre_injury import given_level
from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import Choice, Decision, ReturnOrder
from loadmon.show import return_words as words
from loadmon.units import Units, UnitSystem

START = date(2025, 9, 1)
ORDER = ReturnOrder(1, "tendon", START, given_level(45_000.0, 2.8, 5.0), "Eva Lind")
UNITS = Units()


def on(n: int) -> date:
    return START + timedelta(days=n)


def told(runs: int = 1, during: float = 1.0, today: int = 3, decisions: tuple[Decision, ...] = ()) -> Followed:
    """So many runs of the first stage, every other day."""
    done = [Done(on(2 * n), 480.0, 1300.0, 8, 60.0) for n in range(runs)]
    entries = [
        entry
        for n in range(runs)
        for entry in (
            PainEntry(1, on(2 * n), "during", during), PainEntry(1, on(2 * n), "after", 1.0),
            PainEntry(1, on(2 * n + 1), "morning", 0.0),
        )
    ]  # fmt: skip
    return followed(ORDER, decisions, entries, done, on(today))


def test_the_next_run_is_told_with_how_much_of_it_and_when() -> None:
    card = words.next_run_words(told(today=1), UNITS)
    assert card is not None
    assert card.title == "Next run tomorrow, Wednesday, 3 Sep 2025"
    assert card.what == "8 x (1 min run, 2 min walk), with 5 min of walking before and after, on level ground"
    assert card.how_much == "8 min of running, about 1.3 km; 34 min from door to door with the walking."
    assert "has to go well twice (1 of 2 so far)" in card.why_not_more
    assert card.it_counts.startswith("Pain during and in the hour after at most 3, next morning at most 1 above")
    assert card.then == "A day without running. If all goes well, the run after it is on Friday, 5 Sep 2025."
    today = words.next_run_words(told(today=2), Units(UnitSystem.IMPERIAL))
    assert today is not None
    assert today.title == "Next run today"
    assert "mi;" in today.how_much


def test_why_not_more_names_what_waits_and_what_bounds() -> None:
    waits = words.next_run_words(told(runs=2, today=3), UNITS)
    assert waits is not None
    assert "The next stage waits for your clinician" in waits.why_not_more
    plan = told().plan
    longer = next(run for run in plan.runs if run.bound_by.startswith(("At most", "Week")))
    assert words.why_not_more(plan, longer) == f"{longer.bound_by}."


def test_on_hold_there_is_no_next_run_and_the_reason_is_said() -> None:
    held = told(during=8.0)
    assert words.next_run_words(held, UNITS) is None
    said = words.held_words(held.plan)
    assert said is not None
    assert said[0] == "On hold since 1 Sep 2025: do not run."
    assert "pain 8 of 10 during the run" in said[1]
    assert words.held_words(told().plan) is None


def test_where_a_runner_is_and_what_stops_them() -> None:
    assert words.stage_words(told().plan) == "Stage 1 of 11."
    beyond = told().plan
    beyond = replace(beyond, state=replace(beyond.state, standing=replace(beyond.state.standing, stage=12)))
    assert "behind you" in words.stage_words(beyond)
    assert words.latest_words(told()) == ("The latest run that was graded was on 1 Sep 2025. Green, 1 of 2: once more.")
    assert words.latest_words(followed(ORDER, (), [], [], START)) == ""
    assert "pain of 6 of 10 or more" in words.stop_words()
    lines = " ".join(words.pain_lines(told().plan))
    assert all(sign in lines for sign in default_return_rules().red_flag.values())


def test_a_step_forward_changes_the_next_run() -> None:
    made = Decision(on(3), datetime(2025, 9, 4, 18, tzinfo=UTC), "Eva Lind", "clinician", Choice.ADVANCE, 2)
    card = words.next_run_words(told(runs=2, today=3, decisions=(made,)), UNITS)
    assert card is not None
    assert card.what.startswith("12 x (1 min run, 1 min walk)")
    assert card.then.startswith("2 days without running")
