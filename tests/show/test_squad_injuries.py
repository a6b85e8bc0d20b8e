"""The squad's injuries in words: a rate says what it leaves out, and a missing one says why."""

from __future__ import annotations

from datetime import date

from loadmon.injury import Injury
from loadmon.planning.check_in import CheckIn
from loadmon.planning.exposure import Exposure
from loadmon.planning.injury_figures import injury_figures
from loadmon.planning.week_problems import problem_figures
from loadmon.show.squad_injuries import figure_rows

FIRST, LAST = date(2025, 6, 1), date(2025, 6, 30)
HURT = [Injury(1, date(2025, 6, 3), date(2025, 6, 6), "shin"), Injury(2, date(2025, 6, 4), None, "knee")]


def rows(exposure: dict[int, Exposure], answers: tuple[CheckIn, ...] = ()) -> dict[str, tuple[str, str]]:
    found = injury_figures(HURT, first=FIRST, last=LAST, exposure=exposure)
    table = figure_rows(found, problem_figures(answers, LAST, len(exposure)))
    return {what: (much, on) for what, much, on in table.itertuples(index=False)}


def test_a_rate_says_whom_and_what_it_leaves_out() -> None:
    told = rows({1: Exposure(360_000.0, 900_000.0, 90, 1, 3), 2: Exposure()})
    much, on = told["Against hours"]
    assert much.startswith("10.0 per 1,000 h (")
    assert on == (
        "new injuries: 1, against 100 h of running; left out: 1 runner without any time (new injuries: 1); 1 run without time"
    )
    assert told["Against distance"][1].endswith("3 runs without distance")
    assert "by everybody" in told["Days lost"][1]


def test_a_missing_rate_says_why_and_never_a_bare_dash() -> None:
    told = rows({1: Exposure(runs=2, without_time=2, without_distance=2), 2: Exposure()})
    assert told["Against hours"][0] == "no rate: no run of this span tells its time"
    assert told["Against distance"][0] == "no rate: no run of this span tells its distance"
    assert told["Days lost"][0] == "no rate: no run of this span tells its time"
    assert "–" not in {much for much, _ in told.values()}


def test_how_many_answered_is_told_with_their_share() -> None:
    week = CheckIn(1, LAST, "problem", {"participation": 4})
    much, on = rows({n: Exposure() for n in (1, 2, 3, 4)}, (week, week))["Weekly questions, last 7 days"]
    assert much == "100 % with a problem"
    assert on == "1 of 4 runners answered (25 %), 2 problems told, 1 runner clearly hindered"
