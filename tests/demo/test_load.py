"""The sample squad through the same door as everybody's files: all of it, once, and gone without a trace."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from loadmon import demo
from loadmon.demo import load
from loadmon.demo.load import FRESH_DAYS, MADE_FOR, ask_for_sample, load_sample, run_sample
from loadmon.demo.season import story_day
from loadmon.intake.jobs import SAMPLE, Work, work_on
from loadmon.intake.onlooker import Onlooker
from loadmon.refusal import Refusal
from loadmon.store import (
    Store,
    Viewer,
    diary,
    imports,
    injury_record,
    jobs,
    open_store,
    preferences,
    runs,
    sample,
    squad,
)
from tests.demo.reading import TODAY
from tests.intake import made

NOOR, JONAS, TWO_WATCHES = "Noor El-Amrani", "Jonas Fjeldheim", "Rahul Sundarkumar"
FEW = (NOOR, "Bronagh Ní Dhálaigh")
"""Little history in GPX, and TCX: quick to make and read."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new store on SQLite."""
    store = open_store(None, tmp_path / "home")
    yield store
    store.close()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for the sample squad gets one of its runners."""
    monkeypatch.setattr(load, "load_sample", partial(load_sample, runners=[NOOR]))


class StopsAfter(Onlooker):
    """Calls an import off after some files."""

    def __init__(self, files: int) -> None:
        self.left = files

    def should_stop(self) -> bool:
        self.left -= 1
        return self.left < 0


def made_for(store: Store) -> str | None:
    with store.read() as conn:
        found: str | None = preferences.preference(conn, MADE_FOR)
    return found


def do_jobs(store: Store, stop: threading.Event | None = None) -> None:
    work_on(store, {SAMPLE: run_sample}, "serial://", stop or threading.Event(), once=True)


def test_every_file_of_the_chosen_runners_is_in_and_marked(store: Store) -> None:
    done = load_sample(store, workers="serial://", today=TODAY, runners=FEW)
    offered = [file.path for file in demo.files(TODAY, runners=FEW)]
    assert {path: (outcome, reason) for path, outcome, reason in made.outcomes(store, done.batch_id)} == dict.fromkeys(
        offered, ("imported", None)
    )
    told = {runner.name: runner for runner in demo.squad(TODAY)}
    with store.read() as conn:
        stored = squad.athletes(conn, made.ALL)
        table = runs.runs_table(conn, made.ALL)
        batches = imports.batches(conn, made.ALL)
    assert {runner.name for runner in stored} == set(FEW)
    for runner in stored:
        assert runner.is_sample
        assert (runner.time_zone, runner.squad) == (told[runner.name].time_zone, told[runner.name].squad)
        assert {limit.kind for limit in runner.thresholds} == {limit.kind for limit in told[runner.name].thresholds}
    assert len(table) == len(offered) == done.sessions
    assert table["is_running"].all()
    assert not table["distance_m"].isna().any()
    assert (batches["state"].tolist(), batches["is_sample"].tolist()) == (["done"], [True])
    assert made_for(store) == TODAY.isoformat()


def test_what_they_report_is_in_the_diary_once_however_often_it_is_taken_up(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (jonas,) = (runner for runner in demo.squad(TODAY) if runner.name == JONAS)
    monkeypatch.setattr(
        load, "write_zip", lambda path, *_, **__: path.write_bytes(made.zipped({f"{JONAS}/1.fit": made.fit()}))
    )
    first = load_sample(store, workers="serial://", today=TODAY, runners=[JONAS, "Ilse Brandauer"])
    load_sample(store, workers="serial://", today=TODAY, runners=[JONAS, "Ilse Brandauer"], batch_id=first.batch_id)
    with store.read() as conn:
        hurt, gaps = injury_record.injuries(conn, made.ALL), diary.unknown_days(conn, made.ALL)
    assert [injury.area for injury in hurt.values()] == ["Achilles tendon"]
    assert len(gaps) == len(jonas.unknown_days) == 1


def test_removed_it_leaves_no_trace_and_real_runners_untouched(store: Store, tmp_path: Path) -> None:
    shared = next(iter(demo.files(TODAY, runners=[NOOR])))
    mine = made.lay(tmp_path / "mine", {"Rea/1.fit": made.fit(), "Rhea/same.gpx": shared.data})
    made.take_in(store, mine)
    before, kept = made.content(store), made.originals(store)
    done = load_sample(store, workers="serial://", today=TODAY, runners=[NOOR])
    lines = made.report(store, done)
    assert lines[shared.path].outcome == "duplicate"
    assert "a session of Rhea." in lines[shared.path].detail
    assert made.content(store) != before
    assert sample.remove(store) == 1
    assert made.content(store) == before
    assert made.originals(store) == kept


def test_made_anew_it_takes_the_place_of_the_old_one(store: Store) -> None:
    load_sample(store, workers="serial://", today=TODAY - timedelta(days=7), runners=FEW)
    load_sample(store, workers="serial://", today=TODAY, runners=[NOOR])
    with store.read() as conn:
        assert [runner.name for runner in squad.athletes(conn, made.ALL)] == [NOOR]
        assert len(imports.batches(conn, made.ALL)) == 1
    assert (
        len(made.originals(store)) == len(made.rows(store)["session"]) == len(list(demo.files(TODAY, runners=[NOOR])))
    )


def test_a_real_runner_of_the_same_name_is_never_touched(store: Store) -> None:
    with store.write() as conn:
        squad.add_athlete(conn, NOOR)
    before = made.rows(store)
    with pytest.raises(Refusal, match="your own squad"):
        load_sample(store, workers="serial://", today=TODAY, runners=FEW)
    assert made.rows(store) == before


def test_asking_twice_gives_one_job_and_asking_again_none(store: Store, few: None) -> None:
    number = ask_for_sample(store)
    assert number is not None
    assert ask_for_sample(store) is None
    do_jobs(store)
    with store.read() as conn:
        assert [(job.id, job.state) for job in jobs.listed(conn, made.ALL)] == [(number, "done")]
    assert ask_for_sample(store) is None, "it is there"


def test_after_some_days_it_is_made_anew(store: Store, few: None) -> None:
    ask_for_sample(store)
    do_jobs(store)
    with store.write() as conn:
        old = datetime.now(UTC).date() - timedelta(days=FRESH_DAYS + 1)
        preferences.set_preference(conn, MADE_FOR, old.isoformat())
    assert ask_for_sample(store) is not None


def test_broken_off_it_can_be_asked_for_again(store: Store, few: None) -> None:
    done = load_sample(store, workers="serial://", runners=[NOOR], onlooker=StopsAfter(2))
    assert done.stopped
    assert ask_for_sample(store) is not None
    do_jobs(store)
    whole = len(list(demo.files(story_day(datetime.now(UTC)), runners=[NOOR])))
    assert len(made.rows(store)["session"]) == whole
    assert ask_for_sample(store) is None


def test_taken_up_again_it_tells_the_same_day(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begun before midnight and gone on with after it: the same files, none of them twice."""
    monday, tuesday = TODAY, TODAY + timedelta(days=1)
    clock: list[date] = [monday]
    monkeypatch.setattr(load, "story_day", lambda _: clock[0])
    stop = threading.Event()

    def stopping(work: Work):  # type: ignore[no-untyped-def]
        told = work.tell

        def tell(progress) -> None:  # type: ignore[no-untyped-def]
            told(progress)
            if progress.done >= 3:
                stop.set()

        work.tell = tell  # type: ignore[method-assign]
        return load_sample(store, workers="serial://", runners=[NOOR], batch_id=work.job.batch_id, onlooker=work)

    number = ask_for_sample(store)
    work_on(store, {SAMPLE: stopping}, "serial://", stop, once=True)
    with store.read() as conn:
        assert jobs.find(conn, made.ALL, number or 0).state == "queued"
    first = len(made.rows(store)["session"])
    clock[0] = tuesday
    monkeypatch.setattr(load, "load_sample", partial(load_sample, runners=[NOOR]))
    do_jobs(store)
    paths = [file.path for file in demo.files(monday, runners=[NOOR])]
    assert 3 <= first < len(paths)
    with store.read() as conn:
        (batch,) = imports.batches(conn, made.ALL).index
    assert made.outcomes(store, int(batch)) == sorted((path, "imported", None) for path in paths)
    assert made_for(store) == monday.isoformat()


def test_some_runners_tell_who_they_are_and_how_hard_it_was(store: Store) -> None:
    load_sample(store, workers="serial://", today=TODAY, runners=["Tevita Halafonua", NOOR])
    with store.read() as conn:
        of = {a.name: a for a in squad.athletes(conn, Viewer.everyone())}
        table = runs.runs_table(conn, Viewer.everyone())
    assert (of["Tevita Halafonua"].sex, of[NOOR].sex) == ("male", None)
    told = table[table["athlete_id"] == of["Tevita Halafonua"].id]["effort"]
    assert told.notna().all()
    assert told.between(1.0, 10.0).all()
    assert told.nunique() > 3, "not every run feels the same"
    assert table[table["athlete_id"] == of[NOOR].id]["effort"].isna().all()
