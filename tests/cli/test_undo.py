"""``loadmon undo``: it takes nothing out that nobody said yes to."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.intake import made


class Terminal(io.StringIO):
    """Somebody at a keyboard."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def taken_in(loadmon: Command, tmp_path: Path) -> None:
    assert loadmon("import", made.lay(tmp_path / "given", {"Anna/1.fit": made.fit()})).code == 0


@pytest.mark.usefixtures("taken_in")
def test_nothing_goes_without_a_yes(loadmon: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    for piped in ("", "n\n", "y\n"):
        for words in ((), ("--json",)):
            monkeypatch.setattr(sys, "stdin", io.StringIO(piped))
            said = loadmon("undo", "1", *words)
            assert (said.code, said.out) == (1, "")
            assert "add --yes" in said.err
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    assert loadmon("undo", "1").code == 1
    assert "1 file, 1 session" in loadmon("batches").out
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    assert "Import undone: 1 session taken out" in loadmon("undo", "1").out


@pytest.mark.usefixtures("taken_in")
def test_yes_is_enough_where_nobody_can_be_asked(loadmon: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    said = loadmon("undo", "1", "--yes", "--json")
    assert (said.code, '"sessions": 1' in said.out) == (0, True)
