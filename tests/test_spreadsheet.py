"""What is downloaded opens in a spreadsheet as text, whatever somebody called a file or a runner."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from loadmon.cli.told import write_report
from loadmon.spreadsheet import csv_of, csv_of_rows
from tests.paths import ROOT

EVIL = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")']


def _cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def _lines(text: str) -> str:
    return text.replace("\r", "\n")


def test_a_line_break_in_a_cell_begins_no_row() -> None:
    assert _cells(csv_of(pd.DataFrame({"path": ["a\r=1", "b\r\n=2", "c\n=3"]}))) == [["a\n=1"], ["b\n=2"], ["c\n=3"]]


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_no_cell_begins_like_a_formula(dtype: str) -> None:
    table = pd.DataFrame({"path": pd.Series(EVIL, dtype=dtype), "km": np.full(len(EVIL), -1.5)})
    assert _cells(csv_of(table)) == [[f"'{_lines(text)}", "-1.5"] for text in EVIL]
    assert list(table["path"]) == EVIL, "the table itself stays as it is"


def test_everything_else_is_untouched() -> None:
    table = pd.DataFrame(
        {"day": [date(2025, 3, 4), None], "name": ["Anna =", None], "n": [1.0, np.nan], "=x": ["a", "b"]}
    )
    assert csv_of(table) == "day,name,n,'=x\n2025-03-04,Anna =,1.0,a\n,,,b\n"


def test_rows_of_any_length_are_guarded_alike() -> None:
    text = csv_of_rows([("head", "a"), *[("", one) for one in EVIL], ()])
    assert _cells(text)[:-1] == [["", f"'{_lines(one)}"] for one in EVIL]


def test_the_report_of_the_command_too(tmp_path: Path) -> None:
    write_report(tmp_path / "r.csv", pd.DataFrame({"path": EVIL, "about": [{} for _ in EVIL]}))
    text = (tmp_path / "r.csv").read_bytes().decode("utf-8-sig")
    assert _cells(text) == [[f"'{_lines(one)}"] for one in EVIL]


def test_no_csv_is_written_another_way() -> None:
    others = [path for path in (ROOT / "loadmon").rglob("*.py") if path.name != "spreadsheet.py"]
    assert [
        path.name for path in others if re.search(r"\.to_csv\(|csv\.writer|DictWriter", path.read_text("utf-8"))
    ] == []
