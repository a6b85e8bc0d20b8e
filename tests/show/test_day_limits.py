"""Fields for a day take every day that somebody may type: what cannot be is refused in a sentence, not by the field."""

from __future__ import annotations

import ast

import pytest

from loadmon.show.day_limits import FIRST_DAY, LAST_DAY
from tests.paths import ROOT

FILES = ("clinic_circumstances", "diary", "injury_amend", "injury_end", "injury_record", "pain_form", "return_form")


@pytest.mark.parametrize("file", FILES)
def test_no_field_for_a_day_keeps_one_to_itself(file: str) -> None:
    tree = ast.parse((ROOT / "loadmon/show" / f"{file}.py").read_text(encoding="utf-8"))
    fields = [
        {given.arg: ast.unparse(given.value) for given in one.keywords}
        for one in ast.walk(tree)
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr == "date_input"
    ]
    assert fields
    # left out they are ten years to both sides: an older day would silently stay the one that stood there before
    for field in fields:
        assert (field.get("min_value"), field.get("max_value")) == ("FIRST_DAY", "LAST_DAY")
    assert (FIRST_DAY.year, LAST_DAY.year) == (1900, 2100)
