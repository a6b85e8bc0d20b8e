"""Decisions in the table of a look ahead: what is said otherwise than the files tell, and nothing else."""

from __future__ import annotations

import pandas as pd

from loadmon.intake.choices import Choice
from loadmon.show import ahead
from loadmon.show.file_lines import report_rows
from loadmon.units import Units


def lines() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "path": ["a.fit", "b.fit", "c.fit"],
            "outcome": ["imported", "imported", "refused"],
            "detail": [None, None, "This is no watch file."],
            "advice": [None, None, "Choose another."],
            "athlete": [None, "Ben", None],
            "told_by": ["folder", "folder", None],
            "local_day": pd.to_datetime(["2026-05-16", "2026-05-17", None]),
            "sport": ["run", "run", None],
            "distance_m": [10_000.0, 5_000.0, None],
            "oddities": [None, None, None],
            "sessions": [1, 1, 0],
            "about": [
                {"runner": "Anna", "new_runner": True},
                {"runner": "Ben", "new_runner": False, "twin": {"words": "the same run as of 17 May, 08:00"}},
                {},
            ],
        }
    )


def test_the_sum_is_a_sentence() -> None:
    def told(*outcomes: str) -> str:
        sessions = [int(outcome == "imported") for outcome in outcomes]
        table = {"outcome": outcomes, "sessions": sessions, "about": [{} for _ in outcomes]}
        return ahead.sentence(pd.DataFrame(table))

    assert told("imported") == "**1 session would come in**."
    assert told("imported", "no owner") == ("**1 session would come in**; 1 file needs somebody to say whose it is.")
    assert told("imported", "duplicate", "no owner", "no owner", "refused") == (
        "**1 session would come in**; 1 file is there already, 2 files need somebody to say whose they are and "
        "1 file cannot be taken in, for the reasons below."
    )


def test_a_damaged_file_that_came_in_says_so() -> None:
    damaged = lines().assign(oddities=["distance falls, truncated", "distance falls", "truncated"])
    done = report_rows(damaged, Units())["what happened"].tolist()
    assert done == ["The file is cut short; what could be read is in.", "", "This is no watch file."]
    assert ahead.rows(damaged, Units(), {})["what happened"].iloc[0] == (
        "The file is cut short; what can be read comes in."
    )


def test_what_is_decided_is_what_the_table_says_otherwise() -> None:
    before = ahead.rows(lines(), Units(), {})
    assert ahead.decisions(before, before) == {}
    after = before.copy()
    after.loc["a.fit", ahead.TAKE_IN] = False
    after.loc["b.fit", [ahead.RUNNER, ahead.TWIN]] = ["Anna", "merge the two"]
    decided = ahead.decisions(before, after)
    assert decided == {"a.fit": Choice(skip=True), "b.fit": Choice("Anna", twin="merge")}
    pd.testing.assert_frame_equal(ahead.rows(lines(), Units(), decided), after)
    assert not before.loc["c.fit", ahead.TAKE_IN]
