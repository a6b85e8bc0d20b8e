"""Merged recordings: the one that counts takes what it lacks, gives it back, and no order of events shows."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select

from loadmon.intake import correct, twins
from loadmon.intake.undo import undo_import
from loadmon.overlap import Choice, Default
from loadmon.session import Session, Sport
from loadmon.store import Store, Viewer, corrections, imports, open_store, runs, schema, sessions, squad
from loadmon.store.schema import CorrectionRow, ExposureRow, HeartRateRow, WindowsRow
from tests.intake.made import content, lay, take_in
from tests.made_twice import twice_files
from tests.store import made
from tests.store.conftest import database, opener, pg_finished, pg_server

__all__ = ["database", "opener", "pg_finished", "pg_server"]

ALL = Viewer.everyone()
HEART, CADENCE, POWER = "heart_rate_bpm", "cadence_spm", "power_w"
DYNAMICS = ("stance_time_s", "vertical_oscillation_m", "step_length_m", "vertical_ratio_pct", "stance_balance_left_pct")


@pytest.fixture
def both(opener: Any) -> Store:
    """A store on either database."""
    store: Store = opener()
    return store


def recording(
    seed: int,
    lacks: tuple[str, ...] = (),
    *,
    after_s: float = 0.0,
    samples: int = 120,
    power: bool = False,
    heart: float = 1.0,
    sport: Sport = Sport.RUN,
    tail: str = "0",
) -> Session:
    """A recording of the one run without these channels; ``heart`` is the share of it that has a heart rate."""
    start = made.START + timedelta(seconds=after_s)
    run = made.session(seed, samples=samples, start=start, sha256=f"{seed:012x}" + tail.rjust(52, "0"))
    stream = run.stream.assign(**dict.fromkeys(lacks, np.nan))
    stream.loc[int(heart * samples) :, HEART] = np.nan
    if power:
        stream[POWER] = 250.0 + seed
    totals = dataclasses.replace(run.totals, distance_m=None if "distance_m" in lacks else run.totals.distance_m)
    return dataclasses.replace(run, stream=stream, sport=sport, totals=totals)


def save(store: Store, *found: Session, athlete: str = "Ana") -> list[int]:
    """Save recordings of one runner, each as an import of its own."""
    numbers = []
    for one in found:
        with store.write() as conn:
            runner = squad.add_athlete(conn, athlete).id
            numbers.append(int(made.save(conn, runner, imports.start_batch(conn, "made"), one) or 0))
    return numbers


def facts(store: Store, number: int) -> Any:
    with store.read() as conn:
        return sessions.one(conn, ALL, number).facts


def lent(store: Store) -> list[tuple[int, int, tuple[str, ...]]]:
    with store.read() as conn:
        return [one.key for one in twins.twins.borrowings(conn, ALL)]


def test_the_one_that_counts_takes_what_it_lacks_and_gives_it_back(both: Store) -> None:
    watch, phone = save(both, recording(1, (CADENCE,), power=True), recording(2, (HEART, *DYNAMICS)))
    before = content(both)
    with both.write() as conn:
        undo = twins.choose(conn, ALL, phone, watch, Choice.MERGE)
    assert lent(both) == [(watch, phone, (CADENCE,))]
    merged = facts(both, watch)
    assert merged.median_cadence_spm == facts(both, phone).median_cadence_spm
    assert merged.mean_heart_rate_bpm is not None
    assert merged.weighted_power_w is not None
    with both.read() as conn:
        oddities = [oddity.detail for oddity in sessions.one(conn, ALL, watch).session.oddities]
    assert any("cadence" in words and "merged with the other recording" in words for words in oddities)
    with both.write() as conn:
        assert twins.settle_runner(conn, 1) == (), "a second call changes nothing"
        twins.put_back(conn, ALL, watch, phone, undo)
    assert content(both) == before


def test_what_holds_for_a_runner_merges_what_comes_later_and_is_taken_back(both: Store) -> None:
    save(both, recording(1, (CADENCE,)))
    with both.write() as conn:
        twins.set_default(conn, ALL, 1, Default.MERGE)
    assert lent(both) == []
    save(both, recording(2, (HEART, *DYNAMICS), after_s=2))
    before = content(both)
    assert twins.settle(both, [1, 1]) == (1,)
    assert lent(both) == [(1, 2, (CADENCE,))]
    assert twins.settle(both, [1]) == ()
    with both.write() as conn:
        twins.choose(conn, ALL, 1, 2, Choice.BOTH)
    assert lent(both) == []
    with both.write() as conn:
        twins.take_back(conn, ALL, 1, 2)
        assert twins.set_default(conn, ALL, 1, None) is Default.MERGE
        twins.twins.set_default(conn, ALL, 1, Default.MERGE)
    assert content(both) == before


def test_what_was_merged_with_an_import_that_is_taken_out_goes_with_it(both: Store) -> None:
    save(both, recording(1, (CADENCE,)))
    before = content(both)
    save(both, recording(2, (HEART, *DYNAMICS)))
    with both.write() as conn:
        twins.choose(conn, ALL, 1, 2, "merge")
    with both.write() as conn:
        bases = corrections.borrowers(conn, [2])
        conn.execute(delete(schema.SessionRow).where(schema.SessionRow.id == 2))
        conn.execute(delete(schema.OriginalRow).where(schema.OriginalRow.sha256.like(f"{2:012x}%")))
    assert twins.settle(both, [1], anew=bases) == (1,)
    assert content(both) == before


def test_many_are_merged_a_few_at_a_time_and_what_was_broken_off_is_finished(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    day_s = 86_400.0
    pairs = [(n + 1, n * day_s) for n in range(5)]
    save(store, *(recording(n, (CADENCE,), after_s=day) for n, day in pairs))
    save(store, *(recording(10 + n, (HEART, *DYNAMICS), after_s=day) for n, day in pairs))
    monkeypatch.setattr(twins, "AT_ONCE", 2)
    with store.write() as conn:
        twins.set_default(conn, ALL, 1, "merge", settled=False)
        assert twins.settle_runner(conn, 1, at_once=2) == (1, 2)
    assert twins.settle(store, [1]) == (3, 4, 5)
    assert [base for base, _, _ in lent(store)] == [1, 2, 3, 4, 5]
    assert facts(store, 5).median_cadence_spm is not None
    assert twins.settle(store, [1]) == ()


def test_an_import_merges_by_itself_and_its_undo_takes_that_along(store: Store, tmp_path: Path) -> None:
    files = twice_files(date(2026, 5, 17))
    watch, phone = (
        lay(tmp_path / kind, {name: data for name, data in files.items() if kind in name})
        for kind in ("watch", "phone")
    )
    take_in(store, watch)
    with store.write() as conn:
        twins.set_default(conn, ALL, 1, Default.MERGE)
    before = content(store)
    done = take_in(store, phone)
    assert [channels for _, _, channels in lent(store)] == [(CADENCE,), (CADENCE,)]
    merged_by_import = content(store)
    undo_import(store, done.batch_id)
    assert content(store) == before
    take_in(store, phone)
    assert content(store) == merged_by_import


# --- which channels


def merged(store: Store, *found: Session) -> dict[int, tuple[int, tuple[str, ...]]]:
    numbers = save(store, *found)
    with store.write() as conn:
        twins.set_default(conn, ALL, 1, Default.MERGE)
    place = {number: nth for nth, number in enumerate(numbers)}
    return {place[base]: (place[giver], channels) for base, giver, channels in lent(store)}


def test_a_better_covered_heart_rate_is_taken_and_a_slightly_better_one_is_not(store: Store) -> None:
    watch = recording(1, power=True, heart=0.5)
    assert merged(store, watch, recording(2, (CADENCE, *DYNAMICS))) == {0: (1, (HEART,))}
    assert facts(store, 1).heart_rate_coverage > 0.9
    with store.read() as conn:
        (loan,) = twins.twins.borrowings(conn, ALL)
    assert 0.4 < loan.had[HEART] < 0.6
    assert twins.settle(store, [1]) == (), "what it held itself is remembered"


def test_a_slightly_better_covered_heart_rate_is_none(store: Store) -> None:
    assert merged(store, recording(1, power=True, heart=0.85), recording(2, (CADENCE, *DYNAMICS))) == {}


def test_under_a_roof_nothing_of_the_ground_is_taken(store: Store) -> None:
    ground = ("lat_deg", "lon_deg", "distance_m", "speed_mps", "altitude_m")
    inside = recording(1, ground, sport=Sport.TREADMILL_RUN, power=True)
    assert merged(store, inside, recording(2, (HEART, CADENCE, *DYNAMICS), power=False)) == {}


def test_distance_position_and_speed_of_a_watch_that_had_none(store: Store) -> None:
    ground = ("lat_deg", "lon_deg", "distance_m", "speed_mps", "altitude_m")
    found = merged(store, recording(1, ground, power=True), recording(2, (HEART, CADENCE, *DYNAMICS)))
    assert found == {0: (1, ("altitude_m", "distance_m", "position", "speed_mps"))}
    with store.read() as conn:
        far = [sessions.as_read(conn, ALL, 2).session.stream["distance_m"].iloc[place] for place in (0, -1)]
    assert facts(store, 1).distance_m == pytest.approx(far[1] - far[0])


def test_of_three_the_best_gives_first_and_the_rest_is_the_thirds(store: Store) -> None:
    with_heart = recording(2, (CADENCE, *DYNAMICS))
    with_all_but_power = recording(3)
    found = merged(store, recording(1, (HEART,), power=True, samples=130), with_heart, with_all_but_power)
    assert found == {2: (0, (POWER,))}, "what has no heart rate gives way, and gives what it has"
    with store.write() as conn:
        twins.choose(conn, ALL, 1, 3, Choice.FIRST)
    assert lent(store) == [(1, 2, (HEART,))], "the one that was chosen takes nothing of the one it was chosen before"


def test_what_a_person_takes_back_stays_taken_back_until_they_decide_anew(store: Store) -> None:
    merged(store, recording(1, (CADENCE,)), recording(2, (HEART, *DYNAMICS)))
    with store.write() as conn:
        (loan,) = twins.twins.borrowings(conn, ALL)
        correct.take_back(conn, ALL, loan.id)
    assert facts(store, 1).median_cadence_spm is None
    assert twins.settle(store, [1]) == ()
    with store.write() as conn:
        twins.choose(conn, ALL, 1, 2, Choice.MERGE)
    assert facts(store, 1).median_cadence_spm is not None
    assert len(lent(store)) == 1


def test_a_session_taken_out_by_hand_gives_nothing(store: Store) -> None:
    merged(store, recording(1, (CADENCE,)), recording(2, (HEART, *DYNAMICS)))
    with store.write() as conn:
        sessions.exclude(conn, ALL, 2, "a bike")
    assert twins.settle(store, [1]) == (1,)
    assert lent(store) == []


# --- no order of events shows


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(None, tmp_path_factory.mktemp("any order") / "home")
    yield store
    store.close()


LACKING = ((), (HEART,), (CADENCE,), DYNAMICS, (HEART, CADENCE), (HEART, *DYNAMICS), (CADENCE, *DYNAMICS))
kinds = st.lists(
    st.tuples(
        st.sampled_from(LACKING),
        st.booleans(),
        st.sampled_from([0.5, 1.0]),
        st.sampled_from([0.0, 0.0, 3.0]),
    ),
    min_size=2,
    max_size=4,
)


def state_of(conn: Connection, athlete: int) -> tuple[Any, ...]:
    """What is known of a runner's sessions, by their marks."""
    table = runs.runs_table(conn, ALL, [athlete]).sort_values("mark", ignore_index=True)
    mark = dict(zip(table["session_id"].tolist(), table["mark"], strict=True))
    blobs = []
    for kind in (WindowsRow, HeartRateRow, ExposureRow):
        found = conn.execute(select(kind.session_id, kind.data).where(kind.session_id.in_(mark)))
        blobs.append({mark[number]: data for number, data in found})
    row = CorrectionRow
    asked = select(row.session_id, row.other_id, row.params, row.reason).where(row.session_id.in_(mark))
    borrowed = sorted((mark[n], mark[o or 0], json.loads(p), why) for n, o, p, why in conn.execute(asked))
    told = table.drop(columns=["session_id", "athlete_id", "batch_id"]).to_json(orient="records", date_format="iso")
    return told, blobs, borrowed


numbers_of_examples = iter(range(1, 1_000_000))


@settings(max_examples=12, deadline=None)
@given(kinds, st.data())
def test_what_is_merged_does_not_depend_on_what_came_when(
    one_store: Store, found: list[Any], data: st.DataObject
) -> None:
    pairs = [(a, b) for b in range(len(found)) for a in range(b)]
    last = {pair: data.draw(st.sampled_from([None, *Choice])) for pair in pairs}
    first = {pair: data.draw(st.sampled_from([None, Choice.MERGE])) for pair in pairs}
    default = data.draw(st.sampled_from([None, Default.MERGE, Default.MERGE, Default.BOTH]))
    order = data.draw(st.permutations(range(len(found))))
    states = [
        _lived(one_store, found, list(range(len(found))), {}, last, default),
        _lived(one_store, found, order, first, last, default),
    ]
    assert states[0] == states[1]


def _lived(
    store: Store,
    found: list[Any],
    order: list[int],
    first: dict[tuple[int, int], Choice | None],
    last: dict[tuple[int, int], Choice | None],
    default: Default | None,
) -> tuple[Any, ...]:
    """A runner whose recordings came in this order, with decisions on the way, then others; what is known in the end."""
    name = f"Runner {next(numbers_of_examples)}"
    numbers: dict[int, int] = {}
    with store.write() as conn:
        runner = squad.add_athlete(conn, name).id
        twins.set_default(conn, ALL, runner, Default.MERGE if first else default)
    for place in order:
        lacks, power, heart, after_s = found[place]
        one = recording(place + 1, lacks, power=power, heart=heart, after_s=after_s, tail=str(runner))
        (numbers[place],) = save(store, one, athlete=name)
        if first:
            twins.settle(store, [runner])
            with store.write() as conn:
                for (a, b), choice in first.items():
                    if choice and place in (a, b) and {a, b} <= set(numbers):
                        twins.choose(conn, ALL, numbers[a], numbers[b], choice)
    with store.write() as conn:
        twins.set_default(conn, ALL, runner, default)
        for (a, b), choice in last.items():
            if choice is None:
                twins.take_back(conn, ALL, numbers[a], numbers[b])
                continue
            if choice in (Choice.FIRST, Choice.SECOND) and numbers[a] > numbers[b]:
                choice = Choice.SECOND if choice is Choice.FIRST else Choice.FIRST
            twins.choose(conn, ALL, numbers[a], numbers[b], choice)
        twins.settle_runner(conn, runner)
        return state_of(conn, runner)
