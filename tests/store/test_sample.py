"""Taking the sample squad out takes out all of it, and nothing of anybody else."""

from __future__ import annotations

from datetime import date, timedelta

from loadmon.injury import Injury
from loadmon.store import Store, Viewer, diary, imports, injury_record, jobs, preferences, sample, sessions, squad
from loadmon.store.imports import FileReport, Outcome
from tests.store import made

ALL = Viewer.everyone()
DAY = date(2025, 3, 30)


def one_of_each(store: Store) -> tuple[int, int]:
    """A real and a sample runner with all that can hang on a runner; their numbers."""
    numbers = []
    with store.write() as conn:
        for is_sample in (False, True):
            shift = 100 * is_sample
            runner = squad.add_athlete(conn, "Sam" if is_sample else "Rea", is_sample=is_sample).id
            squad.set_threshold(conn, runner, "mass_kg", 60.0, DAY)
            injury_record.add_injury(conn, Viewer.everyone(), Injury(runner, DAY, None, "shin", "left", ""))
            diary.add_unknown_days(conn, Viewer.everyone(), runner, DAY, DAY, "away")
            batch = imports.start_batch(conn, "squad", is_sample=is_sample)
            for seed in (1, 2):
                of = made.session(seed + shift, start=made.START + timedelta(days=seed))
                of = made.session(seed + shift, start=of.start, sha256=store.originals.keep(f"{seed + shift}".encode()))
                made.save(conn, runner, batch, of)
                imports.add_reports(conn, batch, [FileReport(f"{seed}.fit", Outcome.IMPORTED, athlete_id=runner)])
            imports.finish_batch(conn, batch)
            numbers.append(runner)
        preferences.set_preference(conn, "sample_squad_made_for", DAY.isoformat())
        preferences.set_preference(conn, "units", "mi")
    return numbers[0], numbers[1]


def everything(store: Store, runner: int) -> list[object]:
    with store.read() as conn:
        table = sessions.runs_table(conn, ALL)
        table = table[table["athlete_id"] == runner]
        return [
            squad.athlete(conn, ALL, runner),
            table.to_dict("records"),
            injury_record.injuries(conn, ALL, [runner]),
            diary.unknown_days(conn, ALL, [runner]).to_dict("records"),
            [sessions.one(conn, ALL, number).session.stream.to_csv() for number in table["session_id"]],
            [store.originals.read(sessions.one(conn, ALL, number).original.sha256) for number in table["session_id"]],
        ]


def test_all_of_the_sample_goes_and_all_of_the_others_stays(store: Store) -> None:
    real, _ = one_of_each(store)
    before = everything(store, real)
    assert sample.remove(store) == 1
    assert str(everything(store, real)) == str(before)
    with store.read() as conn:
        assert [runner.name for runner in squad.athletes(conn, ALL)] == ["Rea"]
        assert imports.batches(conn, ALL)["is_sample"].tolist() == [False]
        assert len(injury_record.injuries(conn, ALL)) == len(diary.unknown_days(conn, ALL)) == 1
        assert preferences.preference(conn, "sample_squad_made_for") is None
        assert preferences.preference(conn, "units") == "mi"
    kept = {path.name for path in store.originals.folder.rglob("*") if path.is_file()}
    with store.read() as conn:
        needed = [sessions.one(conn, ALL, number) for number in sessions.runs_table(conn, ALL)["session_id"]]
    assert kept == {one.original.sha256 for one in needed}
    assert sample.remove(store) == 0


def test_bytes_that_are_a_real_runner_s_too_stay(store: Store) -> None:
    """A file of two sessions, one of which somebody gave to a real runner: the bytes belong to both."""
    with store.write() as conn:
        real, made_up = squad.add_athlete(conn, "Rea").id, squad.add_athlete(conn, "Sam", is_sample=True).id
        mine, theirs = imports.start_batch(conn, "mine"), imports.start_batch(conn, "sample", is_sample=True)
        sha256 = store.originals.keep(b"both")
        alone = store.originals.keep(b"sample only")
        made.save(conn, real, mine, made.session(1, sha256=sha256))
        made.save(conn, made_up, theirs, made.session(1, sha256=sha256, index=1))
        made.save(conn, made_up, theirs, made.session(2, sha256=alone))
    sample.remove(store)
    assert store.originals.read(sha256) == b"both"
    assert alone not in store.originals
    with store.read() as conn:
        known = sessions.known(conn, [sha256, alone])
        assert {name: len(one.session_ids) for name, one in known.items()} == {sha256: 1}
    with store.write() as conn:  # and the row of the removed file does not stand in the way of a real one
        made.save(conn, real, mine, made.session(2, sha256=store.originals.keep(b"sample only")))


def test_nothing_to_remove_removes_nothing(store: Store) -> None:
    with store.write() as conn:
        squad.add_athlete(conn, "Rea")
        jobs.ask(conn, "import", {})
    assert sample.remove(store) == 0
    with store.read() as conn:
        assert len(squad.athletes(conn, ALL)) == len(jobs.listed(conn, ALL)) == 1
