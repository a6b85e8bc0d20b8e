"""The import page looks a folder through once for each choice, and never a whole machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from loadmon.intake.plan import plan
from loadmon.show import preview
from tests.intake import made
from tests.pages.conftest import IMPORT, Open, well, words

Home = Callable[[str], object]


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every time a plan is made."""
    seen: list[Any] = []

    def counted(*given: Any, **more: Any) -> Any:
        seen.append(given)
        return plan(*given, **more)

    monkeypatch.setattr(preview, "plan", counted)
    return seen


def test_a_folder_is_looked_through_once_for_each_choice(
    home: Home, open_page: Open, looks: list[Any], tmp_path: Path
) -> None:
    home("empty")
    folder = made.lay(tmp_path / "given", {"Anna/1.fit": made.fit(1), "Ben/1.fit": made.fit(2)})
    at = open_page(IMPORT)
    at.text_input[0].set_value(str(folder))
    at = well(at.run())
    assert "2 files of 2 runners" in words(at)
    for _ in range(3):
        at = well(at.run())
    assert len(looks) == 1
    assert "2 files of 2 runners" in words(at)
    (folder / "new.fit").write_bytes(made.fit(3))
    assert "No folder says whose the file is" in words(well(at.run()))
    assert len(looks) == 2


def test_a_folder_with_too_much_in_it_is_not_looked_through(
    home: Home, open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(preview, "MOST_ENTRIES", 2)
    home("empty")
    folder = made.lay(tmp_path / "given", {f"Anna/{n}.fit": made.fit(n) for n in range(4)})
    at = open_page(IMPORT)
    at.text_input[0].set_value(str(folder))
    found = words(well(at.run()))
    assert "holds more than 2 files and folders" in found
    assert "files of" not in found
