"""Bad input from the first day: each named, none fatal, nothing half-stored, the good files of the batch stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from loadmon.intake.commit import import_plan
from loadmon.intake.plan import plan
from loadmon.store import Store, imports, open_store, squad
from loadmon.store.imports import Outcome
from tests.intake import made

BOMB = made.zipped({"bomb.fit": b"\0" * 8_000_000}, packed=True)
DEEP = made.zipped({"inner.zip": made.zipped({"innermost.zip": made.zipped({"run.fit": made.fit(50)})})})

BAD = {
    "Anna/paper.fit": (made.PDF, "unknown format"),
    "Anna/nothing.fit": (b"", "empty file"),
    "Anna/nothing-either.gpx": (b"", "empty file"),
    "Anna/route.gpx": (made.gpx(times=False), "no times"),
    "Anna/head-only.fit": (made.fit()[:14], "damaged file"),
    "Anna/half-a-tag.gpx": (made.gpx()[:200], None),
    "Anna/empty.zip": (made.zipped({}), "empty archive"),
    "Anna/torn.zip": (made.zipped({"run.fit": made.fit(51)})[:-30], "damaged file"),
    "Anna/bomb.zip": (BOMB, "too large"),
    "Anna/deep.zip": (DEEP, "unsafe content"),
    "Ben/paper.fit": (made.PDF + b"%", "unknown format"),
}
SHOWN = {"Anna/bomb.zip": "Anna/bomb.zip/bomb.fit", "Anna/deep.zip": "Anna/deep.zip/inner.zip/innermost.zip"}
GOOD = {
    "Anna/1.fit": made.fit(1),
    "Anna/2.gpx": made.gpx(2),
    "Anna/pair.zip": made.zipped({"3.fit": made.fit(3), "inner.zip": made.zipped({"4.fit": made.fit(4)})}),
    "Cleo/cut.fit": made.cut_fit(5),
}


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Good and bad files of one squad, a link to nothing among them."""
    folder = made.lay(tmp_path / "team", {name: data for name, (data, _) in BAD.items()} | GOOD)
    (folder / "Anna" / "gone.fit").symlink_to(tmp_path / "nowhere.fit")
    (folder / "Anna" / "elsewhere").symlink_to(tmp_path)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    return folder


@pytest.mark.parametrize("workers", ["serial://", "process://2"])
def test_each_is_named_and_the_good_ones_are_stored(store: Store, team: Path, workers: str) -> None:
    done = made.take_in(store, team, workers=workers)
    lines = made.report(store, done)
    for name, (_, reason) in BAD.items():
        line = lines[SHOWN.get(name, name)]
        assert line.outcome == "refused", name
        assert reason is None or line.reason == reason, name
        assert line.detail.endswith((".", ")")), name
        assert line.advice.endswith("."), name
        assert line.sessions == 0
    assert lines["Anna/gone.fit"].reason == "not found"
    assert lines["Anna/elsewhere"].reason == "not found"
    assert lines["photo.jpg"].outcome == "foreign"
    stored = {name for name, line in lines.items() if line.outcome == "imported"}
    assert stored == {
        "Anna/1.fit",
        "Anna/2.gpx",
        "Anna/pair.zip/3.fit",
        "Anna/pair.zip/inner.zip/4.fit",
        "Cleo/cut.fit",
    }
    assert done.sessions == 5
    assert done.count(Outcome.REFUSED) == len(BAD) + 2
    assert sum(done.outcomes.values()) == len(lines)


def test_a_cut_file_is_kept_up_to_the_damage_and_says_so(store: Store, team: Path) -> None:
    done = made.take_in(store, team)
    line = made.report(store, done)["Cleo/cut.fit"]
    assert "truncated" in line.oddities
    assert 40 <= line.moving_s <= 70


def test_nothing_is_half_stored(store: Store, team: Path) -> None:
    made.take_in(store, team)
    found = made.rows(store)
    with store.read() as conn:
        assert [runner.name for runner in squad.athletes(conn, made.ALL)] == [
            "Anna",
            "Cleo",
        ]  # Ben has no readable file
    for table in (
        "session",
        "original",
        "run_facts",
        "session_stream",
        "session_parts",
        "cadence_windows",
        "tissue_exposure",
    ):
        assert len(found[table]) == 5, table
    kept = made.originals(store)
    assert len(kept) == 5
    assert {Path(name).name for name in kept} == set(kept.values()) == {row[0] for row in found["original"]}


def test_only_bad_files_leave_an_empty_store(store: Store, tmp_path: Path) -> None:
    empty = made.rows(store)
    done = made.take_in(store, made.lay(tmp_path / "bad", {name: data for name, (data, _) in BAD.items()}))
    assert done.sessions == 0
    assert made.rows(store) == empty
    assert made.originals(store) == {}


def test_what_was_given_wrongly_is_named_and_the_rest_goes_on(store: Store, tmp_path: Path) -> None:
    made.lay(tmp_path, {"Anna/1.fit": made.fit(1), "Ben/1.fit": made.fit(2)})
    (tmp_path / "void").mkdir()
    (tmp_path / "dead.fit").symlink_to(tmp_path / "nowhere")
    (tmp_path / "empty.zip").write_bytes(made.zipped({}))
    given = [tmp_path / "no-such-thing", tmp_path / "void", tmp_path / "dead.fit", tmp_path / "empty.zip"]
    lines = made.report(store, made.take_in(store, *given, tmp_path / "Anna", tmp_path / "Ben", Path("with\0zero")))
    reasons = {Path(name).name: line.reason for name, line in lines.items() if line.outcome == "refused"}
    assert reasons == {
        "no-such-thing": "not found", "void": "empty archive", "dead.fit": "not found", "empty.zip": "empty archive",
        "withzero": "not found",
    }  # fmt: skip
    assert {lines[name].outcome for name in ("Anna/1.fit", "Ben/1.fit")} == {"imported"}


def test_what_may_not_be_read_is_named(mortal: Path) -> None:
    team = made.lay(mortal / "team", {"Anna/1.fit": made.fit(1), "Anna/2.fit": made.fit(2), "Ben/3.fit": made.fit(3)})
    (team / "Anna" / "2.fit").chmod(0)
    (team / "Ben").chmod(0)
    lone = made.lay(mortal, {"lone.fit": made.fit(4)}) / "lone.fit"
    lone.chmod(0)
    (mortal / "shut").mkdir(mode=0)
    store = open_store(None, mortal / "home")
    try:
        lines = made.report(store, made.take_in(store, team, lone, mortal / "shut", mortal / "shut" / "in.fit"))
    finally:
        store.close()
    assert {Path(name).name: line.reason for name, line in lines.items() if line.outcome != "imported"} == {
        "2.fit": "unreadable", "Ben": "unreadable", "lone.fit": "unreadable", "shut": "unreadable", "in.fit": "unreadable",
    }  # fmt: skip
    assert all("cannot be read" in line.detail for line in lines.values() if line.outcome == "refused")
    assert lines["team/Anna/1.fit"].outcome == "imported"


def test_a_file_that_goes_away_in_between_is_named(store: Store, tmp_path: Path) -> None:
    folder = made.lay(tmp_path / "team", made.team(2, 2))
    offered = plan([folder])
    (folder / "Ben" / "1.fit").unlink()
    lines = made.report(store, import_plan(store, offered, what="made"))
    assert lines["Ben/1.fit"].reason == "unreadable"
    assert sum(line.outcome == "imported" for line in lines.values()) == 3


def test_a_folder_name_that_is_no_text_costs_nobody_anything(store: Store, tmp_path: Path) -> None:
    odd = ["Ren\udce9", "Ren\udce8"]  # Latin-1 names on a UTF-8 disk
    folder = made.lay(tmp_path / "b\udcfccher", {f"{name}/{n}.fit": made.fit(n) for n, name in enumerate(odd)})
    done = import_plan(store, plan([folder]), what=folder.name)
    assert done.count(Outcome.IMPORTED) == 2
    with store.read() as conn:
        assert len(squad.athletes(conn, made.ALL)) == 2  # and two that differ are not made one
        assert imports.batches(conn, made.ALL)["what"].tolist() == ["b\\udcfccher"]


def test_a_value_no_database_takes_costs_only_its_own_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from loadmon.intake import decode as module

    whole = module.pack

    def strange(session, facts, *more):  # type: ignore[no-untyped-def]
        packed = whole(session, facts, *more)
        if session.source.file_name == "1.fit":
            packed.head["utc_offset_s"] = 2**80
        return packed

    monkeypatch.setattr(module, "pack", strange)
    folder = made.lay(
        tmp_path / "team", {"Anna/0.fit": made.fit(0), "Anna/2.fit": made.fit(2), "Ben/1.fit": made.fit(1)}
    )
    done = made.take_in(store, folder)
    lines = made.report(store, done)
    assert (lines["Ben/1.fit"].outcome, lines["Ben/1.fit"].reason) == ("refused", "store fault")
    assert done.count(Outcome.IMPORTED) == 2
    assert len(made.originals(store)) == 2
    with store.read() as conn:
        assert [runner.name for runner in squad.athletes(conn, made.ALL)] == ["Anna"]
    assert "could not be stored" in caplog.text


def test_a_fault_of_ours_in_one_file_is_named_as_ours(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from loadmon.intake import decode as module

    def stumbling(data: bytes, name: str, **more: object) -> object:
        if name == "1.fit":
            raise ZeroDivisionError
        return sound(data, name, **more)

    sound = module.read
    monkeypatch.setattr(module, "read", stumbling)
    folder = made.lay(tmp_path / "team", made.team(1, 3))
    lines = made.report(store, made.take_in(store, folder, athlete="Anna"))
    assert (lines["Anna Berg/1.fit"].reason, sum(x.outcome == "imported" for x in lines.values())) == (
        "reader fault",
        2,
    )
    assert "ZeroDivisionError" in lines["Anna Berg/1.fit"].detail
