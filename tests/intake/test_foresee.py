"""A look ahead tells of every file what an import then does, and takes nothing in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from loadmon.intake import twins
from loadmon.intake.choices import Choice, Choices
from loadmon.intake.commit import Imported, import_plan
from loadmon.intake.plan import plan
from loadmon.store import Store, imports
from tests.intake import made
from tests.intake.made import ALL, PDF, content, lay, rows, take_in, team
from tests.readers import made_fit

TOLD = [
    "path",
    "outcome",
    "sha256",
    "size",
    "reason",
    "detail",
    "sessions",
    "sport",
    "local_day",
    "distance_m",
    "oddities",
]


@pytest.fixture
def awkward(tmp_path: Path) -> Path:
    """A season as coaches have it: good files, cut ones, strange ones, the same twice, and one that nobody is told for."""
    files = team() | {
        "Anna Berg/copy of 0.fit": made.fit(0, heart=140),
        "Ben/cut.fit": made.cut_fit(20),
        "Ben/empty.fit": b"",
        "Ben/photo.jpg": b"\xff\xd8\xff\xe0",
        "Ben/plan.pdf": PDF,
        "Ben/route.gpx": made.gpx(times=False),
        "Cleo/season.zip": made.zipped({"a.fit": made.fit(30), "b.gpx": made.gpx(3)}),
        "lost.fit": made.fit(40),
    }
    return lay(tmp_path / "given", files)


def look(store: Store, folder: Path, workers: str = "serial://", **more: Any) -> Imported:
    return import_plan(store, plan([folder]), what="looked", workers=workers, dry_run=True, **more)


def lines(store: Store, done: Imported) -> pd.DataFrame:
    with store.read() as conn:
        found = imports.reports(conn, ALL, done.batch_id)
    return found[TOLD].sort_values("path", ignore_index=True)


def test_it_tells_what_then_happens(store: Store, awkward: Path) -> None:
    ahead = look(store, awkward)
    foreseen = lines(store, ahead)
    done = take_in(store, awkward)
    pd.testing.assert_frame_equal(foreseen, lines(store, done))
    assert ahead.outcomes == done.outcomes
    assert len(ahead.outcomes) >= 5, "the given files have to be awkward"


def test_it_tells_what_happens_to_files_that_are_there_already(store: Store, awkward: Path, tmp_path: Path) -> None:
    take_in(store, lay(tmp_path / "before", team(2, 2)))
    pd.testing.assert_frame_equal(lines(store, look(store, awkward)), lines(store, take_in(store, awkward)))


@pytest.mark.parametrize("are_there", [False, True])
def test_it_tells_what_happens_to_the_same_bytes_under_two_names(store: Store, tmp_path: Path, are_there: bool) -> None:
    if are_there:
        take_in(store, lay(tmp_path / "before", team(2, 1)))
    one, two = made.fit(50), made.fit(51)
    files = {"Anna Berg/a.fit": one, "Ben/the same.fit": one, "Anna Berg/b.fit": two, "loose.fit": two}
    folder = lay(tmp_path / "given", files)
    foreseen = lines(store, look(store, folder))
    pd.testing.assert_frame_equal(foreseen, lines(store, take_in(store, folder)))
    told = foreseen.set_index("path")["outcome"]
    assert (told["Ben/the same.fit"], told["loose.fit"]) == ("no owner", "duplicate")


def test_what_was_asked_about_first_and_then_comes_in_is_foretold_too(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loadmon.intake.batch.FILES_A_TRANSACTION", 1)
    folder = lay(tmp_path / "given", {"a loose one.fit": made.fit(52), "b/Ben/1.fit": made.fit(52)})
    said = Choices({"b/Ben/1.fit": Choice("Ben")})
    foreseen = lines(store, look(store, folder, choices=said))
    done = import_plan(store, plan([folder]), what="made", choices=said)
    pd.testing.assert_frame_equal(foreseen, lines(store, done))
    assert foreseen["outcome"].tolist() == ["duplicate", "imported"]


def test_a_look_gives_no_key_to_answer_with(store: Store, tmp_path: Path) -> None:
    files = {"lost.fit": made.fit(40), "Anna/a.fit": made.fit(41), "Ben/the same.fit": made.fit(41)}
    ahead = look(store, lay(tmp_path / "given", files))
    with store.read() as conn:
        told = imports.reports(conn, ALL, ahead.batch_id).set_index("path").loc[["lost.fit", "Ben/the same.fit"]]
    assert set(told["advice"]) == {"You are asked whose it is once the import is done."}
    assert not any("question" in about for about in told["about"])


def test_nothing_is_taken_in(store: Store, awkward: Path) -> None:
    before = content(store), rows(store)
    look(store, awkward)
    assert (content(store), rows(store)) == before
    with store.read() as conn:
        assert imports.batches(conn, ALL).empty


def test_it_names_the_runner_and_whether_they_are_new(store: Store, tmp_path: Path) -> None:
    take_in(store, lay(tmp_path / "before", team(1, 1)))
    ahead = look(store, lay(tmp_path / "given", team(2, 2)))
    with store.read() as conn:
        told = imports.reports(conn, ALL, ahead.batch_id).set_index("path")["about"]
    assert told["Anna Berg/1.fit"]["new_runner"] is False
    assert (told["Ben/0.fit"]["runner"], told["Ben/0.fit"]["new_runner"]) == ("Ben", True)


def test_what_was_decided_of_single_files_is_done(store: Store, tmp_path: Path) -> None:
    folder = lay(tmp_path / "given", team(2, 2) | {"lost.fit": made.fit(40)})
    said = Choices.from_plain(
        {"Ben/0.fit": {"skip": True}, "Ben/1.fit": {"runner": " anna  berg "}, "lost.fit": {"runner": "Zoe"}}
    )
    assert said == Choices.from_plain(said.plain())
    assert said.by_path["Ben/0.fit"] == Choice(skip=True)
    foreseen = lines(store, look(store, folder, choices=said))
    done = import_plan(store, plan([folder]), what="made", choices=said)
    pd.testing.assert_frame_equal(foreseen, lines(store, done))
    with store.read() as conn:
        report = imports.reports(conn, ALL, done.batch_id).set_index("path")
    assert report["outcome"]["Ben/0.fit"] == "skipped"
    assert report["athlete"]["Ben/1.fit"] == "Anna Berg"
    assert report["athlete"]["lost.fit"] == "Zoe"


def test_in_processes_it_tells_the_same(store: Store, awkward: Path) -> None:
    alone = lines(store, look(store, awkward))
    with store.write() as conn:
        imports.forget_planned(conn, pd.Timestamp.now("UTC").to_pydatetime())
    pd.testing.assert_frame_equal(alone, lines(store, look(store, awkward, "process://2")))


def twice(folder: Path, *, heart: int = 150) -> Path:
    """One run recorded by a watch with heart rate and, a moment later, by a phone without."""
    start = made_fit.START + 5 * made.DAY_S
    phone = made_fit.records(made_fit.file_id(made_fit.MadeFit()), 598, start=start + 1, heart=255)
    made_fit.session(phone, 597, 597 * 3.0, start=start + 1)
    return lay(folder, {"Anna/watch.fit": made.fit(5, 600, heart=heart), "Anna/phone.fit": phone.bytes()})


def test_a_second_recording_is_told_with_what_each_holds_and_decided_on(store: Store, tmp_path: Path) -> None:
    folder = twice(tmp_path / "given")
    with store.read() as conn:
        ahead = look(store, folder)
    with store.read() as conn:
        about = imports.reports(conn, ALL, ahead.batch_id).set_index("path")["about"]
    assert "heart rate" in about["Anna/watch.fit"]["twin"]["contains"]
    assert "heart rate" not in about["Anna/phone.fit"]["twin"]["contains"]
    assert about["Anna/phone.fit"]["twin"]["words"]
    said = Choices({"Anna/phone.fit": Choice(twin="both")})
    import_plan(store, plan([folder]), what="made", choices=said)
    with store.read() as conn:
        assert twins.recorded_twice(conn, ALL)["choice"].tolist() == ["both"]
