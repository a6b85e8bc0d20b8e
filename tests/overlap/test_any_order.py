"""Which sessions count is told by what they hold and what was decided, never by numbers or the order of rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from loadmon.overlap import Choice, Decided, Default, foreseen, pairs, same_run

NAN = float("nan")
MORNING = pd.Timestamp("2026-05-01T05:00", tz="UTC")

one_session = st.fixed_dictionaries(
    {
        "athlete_id": st.sampled_from([1, 1, 1, 2]),
        "minute": st.sampled_from([0, 0, 1, 5, 60, 70, 600]),
        "elapsed_s": st.sampled_from([NAN, 0.0, 240.0, 3600.0, 3500.0, 7200.0, 9000.0, 43_200.0]),
        "timer_s": st.sampled_from([NAN, 240.0, 3600.0, 7200.0]),
        "distance_m": st.sampled_from([NAN, 400.0, 10_000.0, 10_000.0, 20_000.0]),
        "mean_heart_rate_bpm": st.sampled_from([NAN, 150.0]),
        "heart_rate_coverage": st.sampled_from([0.4, 1.0]),
        "weighted_power_w": st.sampled_from([NAN, 250.0]),
        "samples": st.sampled_from([0, 100, 100]),
        "sport": st.sampled_from(["run", "run", "ride", "unknown"]),
        "indoor": st.booleans(),
        "timeless": st.sampled_from([False, False, False, True]),
        "batch_id": st.sampled_from([1, 2]),
    }
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[pd.DataFrame, dict[tuple[str, str], tuple[str, str]], dict[int, str], list[int]]:
    """Sessions by mark, what was decided by marks, and another order in which they might have come."""
    rows = draw(st.lists(one_session, min_size=2, max_size=7))
    frame = pd.DataFrame(rows)
    frame["mark"] = [f"{number:02d}" for number in range(len(frame))]
    frame["start_utc"] = MORNING + pd.to_timedelta(frame.pop("minute"), unit="min")
    frame["local_day"] = frame["start_utc"].dt.tz_localize(None).dt.normalize()
    frame["is_running"] = frame["sport"] != "ride"
    marks = frame["mark"].tolist()
    decided = {}
    for one in range(len(marks)):
        for other in range(one + 1, len(marks)):
            if draw(st.integers(0, 3)) == 0:
                choice = draw(st.sampled_from(list(Choice)))
                decided[marks[one], marks[other]] = (
                    choice.value,
                    marks[one] if choice is Choice.FIRST else marks[other],
                )
    defaults = {athlete: draw(st.sampled_from(list(Default))).value for athlete in (1, 2)}
    return frame, decided, defaults, draw(st.permutations(range(len(frame))))


def numbered(frame: pd.DataFrame, numbers: list[int]) -> pd.DataFrame:
    return frame.assign(session_id=[number + 1 for number in numbers])


def by_numbers(
    frame: pd.DataFrame, decided: dict[tuple[str, str], tuple[str, str]], defaults: dict[int, str]
) -> Decided:
    """The same decisions in the words of the store: the lower number stands first."""
    number = dict(zip(frame["mark"], frame["session_id"].tolist(), strict=True))
    choices = {}
    for marks, (choice, stands) in decided.items():
        first, second = sorted(number[mark] for mark in marks)
        kept = choice
        if choice in (Choice.FIRST, Choice.SECOND):
            kept = Choice.FIRST if number[stands] == first else Choice.SECOND
        choices[first, second] = str(kept)
    return Decided(choices, defaults)


def told(frame: pd.DataFrame, decided: Decided) -> tuple[dict[str, Any], set[Any]]:
    """What counts and what is told of each pair, by marks."""
    mark = dict(zip(frame["session_id"].tolist(), frame["mark"], strict=True))
    instead = same_run(frame, decided)
    stands = {
        mark[number]: None if pd.isna(other) else mark[other]
        for number, other in zip(frame["session_id"].tolist(), instead, strict=True)
    }
    found = set()
    for row in pairs(frame, decided).to_dict("records"):
        sides = {row["first_mark"]: row["first_contains"], row["second_mark"]: row["second_contains"]}
        counts = row[f"{row['counts']}_mark"] if row["counts"] in ("first", "second") else row["counts"]
        share = None if np.isnan(row["share"]) else round(row["share"], 9)
        found.add((frozenset(sides.items()), row["lie"], share, counts, row["why"], row["athlete_id"]))
    return stands, found


@given(cases())
def test_no_order_and_no_numbers_change_which_session_counts(case: Any) -> None:
    frame, decided, defaults, order = case
    first = numbered(frame, list(range(len(frame))))
    again = numbered(frame, order).iloc[order].reset_index(drop=True)
    assert told(first, by_numbers(first, decided, defaults)) == told(again, by_numbers(again, decided, defaults))


def test_of_two_that_lasted_alike_the_timer_tells_which_is_the_whole() -> None:
    """Found by the search above: one of them stood still for most of it, and which one came first told the whole."""
    row = {"athlete_id": 1, "start_utc": MORNING, "elapsed_s": 3600.0, "is_running": True, "sport": "run"}
    frame = pd.DataFrame(
        [
            row | {"timer_s": 240.0, "distance_m": 400.0, "mark": "a"},
            row | {"timer_s": 3600.0, "distance_m": 10_000.0, "mark": "b"},
        ]
    )
    first = numbered(frame, [0, 1])
    again = numbered(frame, [1, 0]).iloc[[1, 0]].reset_index(drop=True)
    assert told(first, Decided()) == told(again, Decided())
    assert told(first, Decided())[0] == {"a": "b", "b": None}


@given(cases())
def test_who_gives_way_gives_way_to_one_who_counts_and_nobody_gives_way_for_nothing(case: Any) -> None:
    frame, decided, defaults, _ = case
    table = numbered(frame, list(range(len(frame))))
    known = by_numbers(table, decided, defaults)
    instead = dict(zip(table["session_id"].tolist(), same_run(table, known), strict=True))
    out = {number for number, other in instead.items() if not pd.isna(other)}
    assert all(instead[number] not in out for number in out)
    whose = dict(zip(table["session_id"].tolist(), table["athlete_id"].tolist(), strict=True))
    assert all(whose[number] == whose[int(instead[number])] for number in out)
    apart = {pair for pair, choice in known.choices.items() if choice == Choice.BOTH}
    for row in pairs(table, known).to_dict("records"):
        pair = (row["first_id"], row["second_id"])
        assert row["counts"] != "both" or row["rule"] == "both" or pair in apart
    met = {number for row in pairs(table, known).to_dict("records") for number in (row["first_id"], row["second_id"])}
    assert out <= met


@given(cases(), st.integers(0, 7))
def test_what_is_foreseen_is_what_comes(case: Any, cut: int) -> None:
    """Told before the import with what is stored so far, and after it with everything."""
    frame, _, defaults, _ = case
    table = numbered(frame, list(range(len(frame)))).sort_values("batch_id", kind="stable", ignore_index=True)
    table["session_id"] = range(1, len(table) + 1)
    cut = min(cut, len(table))
    stored, new = table.iloc[:cut].assign(batch_id=1), table.iloc[cut:]
    known = Decided(defaults=defaults)
    everything = pd.concat([stored, new.assign(batch_id=2)])
    comes = same_run(everything, known).isna().to_numpy()
    before = foreseen(stored, new.drop(columns=["session_id", "batch_id"]), known)
    for row in before.to_dict("records"):
        assert row["counts"] == comes[row["new"]]
    met = set(before["new"])
    assert all(comes[place] for place in new.index if place not in met), "whoever meets nobody counts"
