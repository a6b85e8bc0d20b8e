"""Every command: what it does, what it says on which stream, and the code it ends with."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import typer.main
from sqlalchemy import update

import loadmon as package
from loadmon import cli
from loadmon.cli import app as application
from loadmon.demo import load
from loadmon.store import Store, open_store
from loadmon.store.schema import FactsRow
from tests.cli.conftest import Command
from tests.intake import made
from tests.paths import ROOT

NOOR = "Noor El-Amrani"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Two runners' sound files."""
    return made.lay(tmp_path / "team", made.team(2, 2))


def test_version_and_help(loadmon: Command) -> None:
    assert loadmon("--version").out == f"loadmon {package.__version__}\n"
    assert loadmon("--version").code == 0
    said = loadmon("--help")
    assert said.code == 0
    for name in ("import", "demo", "serve", "squad", "recompute", "worker"):
        assert re.search(rf"\b{name}\b", said.out)
    assert loadmon("import").code == 2
    assert loadmon("dance").code == 2


def test_an_import_and_its_codes(loadmon: Command, team: Path) -> None:
    said = loadmon("import", team)
    assert (said.code, said.err) == (0, "")
    assert re.match(r"4 sessions stored in [\d.]+ s\. Files: 4 imported\.\n$", said.out)
    again = loadmon("import", team)
    assert again.code == 0
    assert "4 duplicate" in again.out
    made.lay(team, {"Ben/bad.fit": made.PDF, "Ben/new.fit": made.fit(40)})
    some = loadmon("import", team)
    assert some.code == 3
    assert "  Ben/bad.fit: This is no watch file; it looks like a PDF document. Give FIT" in some.out
    nothing = loadmon("import", team / "Ben" / "bad.fit", "--athlete", "Ben")
    assert nothing.code == 1
    before = loadmon("batches").out
    for words in ((), ("--dry-run",)):
        missing = loadmon("import", team / "nowhere.zip", *words)
        assert (missing.code, missing.out) == (1, "")
        assert "There is nothing at" in missing.err
    assert loadmon("batches").out == before


def test_a_damaged_file_that_came_in_is_named(loadmon: Command, team: Path) -> None:
    made.lay(team, {"Ben/cut.fit": made.cut_fit(20)})
    assert (
        "  Ben/cut.fit  The file is cut short; what can be read comes in.\n" in loadmon("import", "--dry-run", team).out
    )
    said = loadmon("import", team)
    assert "1 of them is damaged: Ben/cut.fit (cut short); what could be read is in.\n" in said.out
    assert "  Ben/cut.fit  The file is cut short; what could be read is in.\n" in loadmon("batches", "1").out


def test_one_runner_named(loadmon: Command, team: Path) -> None:
    assert "no owner" in loadmon("import", team / "Ben" / "0.fit").out
    assert loadmon("import", team / "Ben" / "0.fit").code == 1
    assert loadmon("import", team / "Ben" / "0.fit", "--athlete", "Zoe").code == 0
    assert "Zoe" in loadmon("squad").out


def test_twenty_are_named_and_the_rest_counted(loadmon: Command, tmp_path: Path) -> None:
    folder = made.lay(tmp_path / "x", {f"Anna/{n:02}.fit": made.PDF for n in range(23)} | {"Ben/1.fit": made.fit()})
    said = loadmon("import", folder)
    assert said.code == 3
    assert said.out.count("looks like a PDF") == 20
    assert "… and 3 more (23 unknown format)." in said.out
    assert "--report FILE" in said.out


def test_json_stands_alone_on_standard_output(loadmon: Command, team: Path) -> None:
    made.lay(team, {"Ben/bad.fit": made.PDF, "photo.jpg": b"\xff\xd8\xff"})
    said = loadmon("import", team, "--json")
    assert (said.code, said.err) == (3, "")
    told = json.loads(said.out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert told["outcomes"] == {"imported": 4, "refused": 1, "foreign": 1}
    assert told["sessions"] == 4
    bad = next(file for file in told["files"] if file["path"] == "Ben/bad.fit")
    assert (bad["outcome"], bad["reason"], bad["distance_m"]) == ("refused", "unknown format", None)
    squad = loadmon("squad", "--json")
    rows = json.loads(squad.out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert {row["runner"] for row in rows} == {"Anna Berg", "Ben"}
    assert set(rows[0]) == {"runner", "state", "reason", "since", "longest_sensible_next_run_m"}
    assert (squad.code, squad.err) == (0, "")


def test_a_report_has_one_line_a_file(loadmon: Command, team: Path, tmp_path: Path) -> None:
    made.lay(
        team,
        {"Ben/bad.fit": made.PDF, "Ben/bad too.fit": made.PDF, "photo.jpg": b"\xff\xd8\xff", "loose.fit": made.fit(8)},
    )
    report = tmp_path / "report.csv"
    assert loadmon("import", team, "--report", report).code == 3
    with report.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 8
    assert {line["path"]: line["outcome"] for line in lines if line["outcome"] != "imported"} == {
        "Ben/bad.fit": "refused", "Ben/bad too.fit": "refused", "photo.jpg": "foreign", "loose.fit": "no owner",
    }  # fmt: skip
    assert all(line["advice"] for line in lines if line["outcome"] in ("refused", "no owner"))
    before = report.read_bytes()
    assert loadmon("import", team / "Anna Berg", "--report", tmp_path / "no" / "r.csv").code == 1
    assert loadmon("import", team / "Anna Berg", "--report", tmp_path).code == 1
    assert report.read_bytes() == before


def test_a_report_without_a_place_is_told_before_anything_is_taken_in(
    loadmon: Command, store: Store, team: Path, tmp_path: Path
) -> None:
    said = loadmon("import", team, "--report", tmp_path / "no" / "r.csv")
    assert said.code == 1
    assert said.err.startswith("The report cannot be written to ")
    assert made.rows(store)["session"] == []


def test_progress_goes_to_standard_error(team: Path) -> None:
    pty = pytest.importorskip("pty", reason="only where there are terminals")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "LOADMON_SCHEDULER": "serial", "TERM": "xterm"}
    command = [sys.executable, "-m", "loadmon", "import", str(team)]
    done = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    assert done.stdout is not None
    out = done.stdout.read().decode()
    done.stdout.close()
    os.close(ours)
    assert done.wait() == 0
    assert "4 of 4 files" in seen.decode()
    assert "\x1b" in seen.decode()
    assert re.fullmatch(r"4 sessions stored in [\d.]+ s\. Files: 4 imported\.\n", out)


@pytest.mark.parametrize("words", [("squad",), ("import", "x.fit"), ("recompute",), ("worker", "--once")], ids=" ".join)
def test_a_home_that_is_a_file_gives_a_sentence(
    loadmon: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("LOADMON_HOME", str(tmp_path / "file"))
    said = loadmon(*words)
    assert (said.code, said.out) == (1, "")
    assert said.err.count("\n") == 1
    assert "LOADMON_HOME" in said.err
    assert "Traceback" not in said.err


def test_a_home_that_may_only_be_read_gives_a_sentence(
    mortal: Path, loadmon: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = mortal / "home"
    open_store(None, home).close()
    monkeypatch.delenv("LOADMON_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(mortal))
    monkeypatch.chdir(mortal)
    monkeypatch.setenv("LOADMON_HOME", str(home))
    files = made.lay(mortal / "given", {"1.fit": made.fit()})
    for path in (home, *home.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)
    said = loadmon("import", files / "1.fit", "--athlete", "Anna")
    assert (said.code, said.out) == (1, "")
    assert "LOADMON_HOME" in said.err
    monkeypatch.setenv("LOADMON_HOME", str(home / "below"))
    assert "LOADMON_HOME" in loadmon("squad").err
    (mortal / "loadmon.toml").touch(mode=0)
    said = loadmon("squad")
    assert (said.code, said.err.startswith("A settings file cannot be read: ")) == (1, True)


def test_a_setting_that_cannot_be_meant_gives_a_sentence(loadmon: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOADMON_WORKERS", "many")
    said = loadmon("squad")
    assert said.code == 1
    assert said.err.startswith("A setting cannot be used (workers: ")
    monkeypatch.setenv("LOADMON_WORKERS", "1")
    monkeypatch.setenv("LOADMON_LOG_LEVEL", "shout")
    assert loadmon("squad").code == 0


def test_brackets_in_a_name_are_letters_like_any_other(loadmon: Command, team: Path, tmp_path: Path) -> None:
    said = loadmon("import", team, "--report", tmp_path / "[/red]none" / "[bold]r.csv")
    assert "[/red]none/[bold]r.csv" in said.err


def test_the_squad_in_words(loadmon: Command, team: Path) -> None:
    assert "loadmon import" in loadmon("squad").out
    loadmon("import", team)
    said = loadmon("squad")
    assert (said.code, said.err) == (0, "")
    assert {line[19:43].strip() for line in said.out.splitlines()} == {"Anna Berg", "Ben"}
    assert said.out.count("○ not enough data") == 2


def test_recompute_can_read_the_originals_again(loadmon: Command, store: Store, team: Path) -> None:
    loadmon("import", str(team))
    told = loadmon("recompute", "--read-again").out
    assert "sessions of" in told
    assert "; 0 files left as they are." in told
    assert not told.startswith("0 ")


def test_recompute_says_how_many(loadmon: Command, store: Store, team: Path) -> None:
    loadmon("import", team)
    assert loadmon("recompute").out == "Every session is up to date.\n"
    with store.write() as conn:
        conn.execute(update(FactsRow).values(version=0))
    assert loadmon("recompute").out == "4 sessions brought up to date.\n"
    assert loadmon("recompute").out == "Every session is up to date.\n"


def test_the_sample_squad_without_a_server(loadmon: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "load_sample", partial(load.load_sample, runners=[NOOR]))
    said = loadmon("demo", "--no-serve")
    assert (said.code, said.err) == (0, "")
    assert re.fullmatch(r"The sample squad is in: \d+ sessions in \d+ s\.\n", said.out)
    assert NOOR in loadmon("squad").out


def test_a_refusal_of_the_installed_command_is_a_sentence(
    tmp_path: Path, process: Callable[..., subprocess.Popen[str]]
) -> None:
    """``loadmon`` and ``python -m loadmon`` both call ``main``, which knows what a Refusal is."""
    script = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]["loadmon"]
    assert script == "loadmon.cli:main"
    assert cli.main.__module__ == "loadmon.cli"
    (tmp_path / "file").write_text("x")
    out, err = (started := process("recompute", LOADMON_HOME=str(tmp_path / "file"))).communicate()
    assert (started.returncode, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("The data folder cannot be used")


def test_an_output_that_knows_few_letters_ends_no_command(
    loadmon: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "Žofie Ř"
    loadmon("import", made.lay(tmp_path, {"1.fit": made.fit()}) / "1.fit", "--athlete", name)

    def told(*words: str) -> str:
        narrow = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
        monkeypatch.setattr(sys, "stdout", narrow)
        monkeypatch.setattr(sys, "argv", ["loadmon", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert not ended.value.code
        narrow.flush()
        return narrow.buffer.getvalue().decode("cp1252")  # type: ignore[attr-defined]

    assert "ofie" in told("squad")
    assert [row["runner"] for row in json.loads(told("squad", "--json"))] == [name]


def test_every_command_is_told_in_the_guide() -> None:
    from loadmon.cli import batches, commands  # noqa: F401

    named = typer.main.get_command(application.app).commands  # type: ignore[attr-defined]
    assert len(named) >= 6
    told = "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    missing = [name for name in named if not re.search(rf"loadmon {name}\b", told)]
    assert not missing, "say in README.md or docs what it is for"
