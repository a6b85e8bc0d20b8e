"""Loads that a person told stand before what is computed, are marked, and leave every other session as it was."""

from __future__ import annotations

import pandas as pd

from loadmon.load.session_load import session_loads
from loadmon.load.told import TOLD, with_told
from tests.load.made_sessions import one, tables

NOTHING = pd.DataFrame({"session_id": [], "measure": [], "value": [], "reason": []})


def loads() -> pd.DataFrame:
    return session_loads(*tables([one(0), one(1, bare=True), one(2)]))


def told(*rows: tuple[int, str, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(number, measure, value, "a race in heat") for number, measure, value in rows],
        columns=["session_id", "measure", "value", "reason"],
    )


def test_told_points_count_and_say_so() -> None:
    before = loads()
    ids = before["session_id"].tolist()
    after = with_told(before, told((ids[1], "points", 0.0), (999, "points", 7.0)))
    assert after["points"].tolist() == [before["points"].iloc[0], 0.0, before["points"].iloc[2]]
    assert after["points_method"].astype(str).tolist()[1] == TOLD
    assert after["points_told"].tolist() == [None, "a race in heat", None]
    assert after["points_computed"].equals(before["points"])
    assert not after["points_estimated"].iloc[1]
    assert after["points_notes"].iloc[1] == after["points_why_not"].iloc[1] == ()
    assert pd.isna(after["points_reason"].iloc[1])
    rest = [name for name in before if not name.startswith("points")]
    pd.testing.assert_frame_equal(after[rest], before[rest])
    others = [0, 2]
    for name in ("points", "points_why_not", "points_notes", "points_estimated"):
        assert after[name].iloc[others].tolist() == before[name].iloc[others].tolist()


def test_told_trimp_is_banister_s() -> None:
    before = loads()
    after = with_told(before, told((int(before["session_id"].iloc[0]), "trimp", 88.0)))
    assert after["trimp_banister"].iloc[0] == 88.0 and pd.isna(after["trimp_banister_reason"].iloc[0])
    assert after["points"].equals(before["points"])
    assert after["trimp_told"].tolist() == ["a race in heat", None, None]


def test_where_nothing_is_told_nothing_changes() -> None:
    before = loads()
    after = with_told(before, NOTHING)
    kept = [name for name in before if name != "points_method"]
    pd.testing.assert_frame_equal(after[kept], before[kept])
