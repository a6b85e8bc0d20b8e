"""Decisions in the table of a look ahead: what is said otherwise than the files tell, and nothing else."""

from __future__ import annotations

import pandas as pd

from loadmon.intake.choices import Choice
from loadmon.show import ahead
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
