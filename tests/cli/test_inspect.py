"""``loadmon inspect``: what a person and a program read of one file, and the code it ends with."""

from __future__ import annotations

import json
from pathlib import Path

from loadmon.readers.inspection import inspect
from tests.cli.conftest import Command
from tests.intake import made


def test_a_file_in_words_and_as_json(loadmon: Command, tmp_path: Path) -> None:
    path = tmp_path / "run.fit"
    path.write_bytes(made.fit())
    said = loadmon("inspect", path)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("run.fit: FIT, ")
    assert "record (#20)" in said.out
    told = json.loads(loadmon("inspect", path, "--json").out)
    assert told["sessions"][0]["summary"]["sport"] == "run"
    assert told == json.loads(json.dumps(inspect(path).plain()))
    assert told["refusals"] == []


def test_what_is_refused_ends_with_one(loadmon: Command, tmp_path: Path) -> None:
    path = tmp_path / "run.fit"
    path.write_bytes(made.PDF)
    said = loadmon("inspect", path)
    assert said.code == 1
    assert "Refused (unknown format)" in said.out
    missing = loadmon("inspect", tmp_path / "none")
    assert missing.code == 1
    assert "There is nothing at" in missing.err
    assert loadmon("inspect", tmp_path).code == 1
