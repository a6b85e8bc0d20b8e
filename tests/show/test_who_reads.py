"""What a page says of who reads a note is true: without a sign-in everybody does."""

from __future__ import annotations

import ast
import re

from loadmon.show import state
from loadmon.show.who_reads import WHO_READS
from loadmon.store import Viewer
from tests.paths import ROOT

PROMISE = re.compile(r"coach(es)?\b[^.]{0,20}\b(do not|cannot|never|none|nothing|don't)", re.IGNORECASE)


def _told(text: str) -> list[str]:
    """Strings of a module that may be shown: docstrings are not."""
    tree = ast.parse(text)
    silent = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    return [
        one.value
        for one in ast.walk(tree)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in silent
    ]


def test_no_page_promises_what_only_a_sign_in_could_keep() -> None:
    assert state.viewer() == Viewer.everyone()  # once this changes, so may the words
    assert "no sign-in" in WHO_READS
    files = [*(ROOT / "loadmon/show").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    broken = [(file.name, one) for file in files for one in _told(file.read_text("utf-8")) if PROMISE.search(one)]
    assert broken == []
    docs = [file.name for file in (ROOT / "docs").glob("*.md") if PROMISE.search(file.read_text("utf-8"))]
    assert docs == []


def test_every_form_with_a_note_says_who_reads_it() -> None:
    for name in ("diary", "injury_amend", "injury_record", "pain_form", "return_decide", "return_form"):
        assert "help=WHO_READS" in (ROOT / "loadmon/show" / f"{name}.py").read_text("utf-8")
