"""What was decided before a run was over, or before a sign was told, was decided without knowing of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from loadmon.planning.closed_loop import Followed, followed
from loadmon.planning.done import Done
from loadmon.planning.event_order import in_order
from loadmon.planning.known_then import as_known_then
from loadmon.planning.pain import Grade
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.pre_injury import given_level
from loadmon.planning.way_back import Choice, Decision, Graded, Ran, ReturnOrder

START = date(2025, 9, 1)
ORDER = ReturnOrder(1, "tendon", START, given_level(45_000.0, 2.8, 5.0), "Eva Lind")
Told = tuple[PainEntry, datetime]


def on(n: int) -> date:
    return START + timedelta(days=n)


def at(n: int, hour: float) -> datetime:
    return datetime(2025, 9, 1, tzinfo=UTC) + timedelta(days=n, hours=hour)


def chose(n: int, hour: float, choice: Choice, stage: int = 1) -> Decision:
    return Decision(on(n), at(n, hour), "Eva Lind", "clinician", choice, stage, "looked at")


def felt(n: int, during: float = 1.0, *, hour: float = 20.0, watch: bool = True) -> list[Told]:
    """What was told of a run on its evening and on the morning after."""
    return [
        (PainEntry(1, on(n), "during", during, without_recording=not watch), at(n, hour)),
        (PainEntry(1, on(n), "after", 0.0), at(n, hour)),
        (PainEntry(1, on(n + 1), "morning", 0.0), at(n + 1, 7)),
    ]


def look(
    told: list[Told], decisions: list[Decision], ends: dict[date, datetime], today: int, eight: int = 2
) -> Followed:
    """The plan on a day: so many runs of stage 1, then those of stage 2, on the days of ``ends``."""
    done = [
        Done(day, 480.0, 1300.0, 8, 60.0) if n < eight else Done(day, 720.0, 2000.0, 12, 60.0)
        for n, day in enumerate(sorted(ends))
    ]
    known = as_known_then(decisions, ends, told)
    return followed(ORDER, known, [entry for entry, _ in told], done, on(today), weeks_ahead=2)


def test_a_step_forward_taken_in_the_morning_holds_for_the_run_of_that_evening() -> None:
    told = [*felt(0), *felt(2), *felt(4)]
    ends = {on(n): at(n, 18) for n in (0, 2, 4)}
    before = look(told, [chose(4, 9, Choice.ADVANCE, 2)], ends, 5)
    run = before.plan.on(on(4))
    assert run is not None
    assert (run.stage, before.plan.state.standing.stage, before.plan.state.standing.greens) == (2, 2, 1)
    evening = look(told, [chose(4, 21, Choice.ADVANCE, 2)], ends, 5)
    run = evening.plan.on(on(4))
    assert run is not None
    assert (run.stage, evening.plan.state.standing.stage, evening.plan.state.standing.greens) == (1, 2, 0)


def test_a_run_without_a_watch_is_placed_by_when_it_was_told_and_without_any_time_by_its_day() -> None:
    told = [*felt(0), *felt(2), *felt(4, hour=19, watch=False)]
    ends = {on(n): at(n, 18) for n in (0, 2)}
    (known,) = as_known_then([chose(4, 9, Choice.ADVANCE)], ends, told)
    assert known.before == {on(4)}
    (known,) = as_known_then([chose(4, 20, Choice.ADVANCE)], ends, told)
    assert known.before == frozenset()
    days_later = [(entry, at(6, 12)) for entry, _ in felt(4, watch=False)]
    (known,) = as_known_then([chose(4, 9, Choice.ADVANCE)], ends, days_later)
    assert known.before == frozenset()
    ran, graded, decision = Ran(on(4)), Graded(on(4), Grade.GREEN), chose(4, 9, Choice.ADVANCE)
    assert in_order([decision, graded, ran]) == [ran, graded, decision]


def test_a_run_that_ends_after_midnight_elsewhere_is_told_by_instants_not_by_hours() -> None:
    ends = {on(4): at(5, 1)}  # on the runner's day, which is behind UTC
    late = Decision(on(4), at(5, 0.5), "Eva Lind", "clinician", Choice.ADVANCE, 2)
    assert as_known_then([late], ends, [])[0].before == {on(4)}


def test_a_sign_told_after_the_plan_was_let_go_on_puts_it_on_hold_again() -> None:
    ends = {on(0): at(0, 18)}
    stop = (PainEntry(1, on(1), "day", 7.0), at(1, 8))
    resumed = chose(3, 10, Choice.RESUME)
    assert not look([*felt(0), stop], [resumed], ends, 4).plan.is_frozen
    for late in (
        (PainEntry(1, on(3), "day", None, flags=frozenset({"night_pain"})), at(3, 20)),  # the same day, later
        (PainEntry(1, on(2), "day", None, flags=frozenset({"night_pain"})), at(4, 20)),  # of a day before, told late
        (PainEntry(1, on(1), "morning", 8.0), at(4, 20)),  # of the run before, told late
    ):
        told = [*felt(0)[:2], stop, late]
        assert look(told, [resumed], ends, 5).plan.is_frozen
        assert not look(told, [resumed, chose(5, 10, Choice.RESUME)], ends, 5).plan.is_frozen
    known_by_then = (PainEntry(1, on(3), "day", None, flags=frozenset({"night_pain"})), at(3, 9))
    assert not look([*felt(0), stop, known_by_then], [resumed], ends, 5).plan.is_frozen


def test_a_bad_run_told_late_still_takes_a_step_forward_back() -> None:
    ends = {on(n): at(n, 18) for n in (0, 2)}
    up = chose(3, 18, Choice.ADVANCE, 2)
    well = look([*felt(0), *felt(2)], [up], ends, 4)
    assert well.plan.state.standing.stage == 2
    late = [*felt(0), *((entry, at(4, 9)) for entry, _ in felt(2, during=4.0))]
    assert look(late, [up], ends, 4).plan.state.standing.stage == 1


def test_what_a_clinician_found_later_is_not_lifted_by_an_earlier_resume() -> None:
    held = (PainEntry(1, on(1), "day", 7.0), at(1, 8))
    resumed, told = chose(3, 9, Choice.RESUME), [*felt(0), (held[0], held[1])]
    done = [Done(on(0), 480.0, 1300.0, 8, 60.0)]
    for day, finished in ((3, at(3, 15)), (2, at(4, 10)), (3, at(3, 8))):
        known = as_known_then([resumed], {on(0): at(0, 18)}, told, found=[(on(day), finished)])
        whole = followed(
            ORDER, known, [entry for entry, _ in told], done, on(5), stops=[(on(day), "bone is tender")], weeks_ahead=2
        )
        assert whole.plan.is_frozen is (finished > resumed.at)


def test_a_hold_for_something_else_does_not_make_a_red_run_unseen() -> None:
    red = [PainEntry(1, on(0), "during", 5.5), PainEntry(1, on(0), "after", 0.0), PainEntry(1, on(1), "morning", 0.0)]
    done = [Done(on(0), 480.0, 1300.0, 8, 60.0)]
    held = [chose(1, 9, Choice.HOLD), chose(1, 10, Choice.RESUME)]
    for decisions in ([], held):
        assert followed(ORDER, decisions, red, done, on(2)).plan.state.standing.red_days == (on(0),)
