"""What one of the sample runners tells of their body: pain after each run since the return, how weeks and days went, a plan."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import Connection

from loadmon.demo.assessed import ASSESSOR, SHIN
from loadmon.demo.people import SampleRunner
from loadmon.planning.check_in import PROBLEM, WELLNESS, CheckIn
from loadmon.planning.gate import GateAnswers
from loadmon.planning.pain_log import AFTER, DURING, MORNING, PainEntry
from loadmon.planning.pre_injury import NoHistory, pre_injury_level
from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import ReturnOrder
from loadmon.store import Viewer, check_ins, injury_record, pain, plans, runs, squad

AGE, PROFILE, CODE = 33.0, "mtss", "QT1"
LONG_S = 3_000.0
DAYS_TOLD, WEEKS_TOLD = 21, 6


def tell_bodies(conn: Connection, cast: Collection[SampleRunner], today: date) -> int:
    """Write down what the runner with the sore shin tells; how many pain entries were written.

    A plan was made on the day of the return, and the runner runs more than it says: what the page then shows is the point.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``, with the runners' files imported.
    cast : collection of SampleRunner
    today : date
        The day the stories end.
    """
    viewer = Viewer.everyone()
    known = {one.name: one.id for one in squad.athletes(conn, viewer)}
    if SHIN not in {runner.name for runner in cast} or SHIN not in known:
        return 0
    athlete = known[SHIN]
    hurt = injury_record.injuries(conn, viewer, [athlete])
    if not hurt or pain.pain_entries(conn, viewer, [athlete]):
        return 0
    number, injury = max(hurt.items(), key=lambda one: one[1].onset)
    injury_record.describe_injury(
        conn, viewer, number, code=CODE, mode="gradual", mechanism="repetitive", tissue="T", episode="index", setting="training",
        reporter=ASSESSOR,
    )  # fmt: skip
    table = runs.runs_table(conn, viewer, [athlete])
    start = injury.returned or today
    try:
        level = pre_injury_level(table, injury.onset)
    except NoHistory:
        return 0
    order = ReturnOrder(
        athlete, PROFILE, start, level, ASSESSOR, injury_id=number, note="Knows that patience is the hard part."
    )
    answers = GateAnswers(frozenset(default_return_rules().profile[PROFILE].entry), AGE)
    plans.add_plan(conn, viewer, order, answers, today=today)
    _tell_days(conn, viewer, athlete, today)
    told = 0
    for row in table[table["is_running"].to_numpy(bool)].to_dict("records"):
        day = row["local_day"].date()
        if start <= day <= today:
            entries = _entries(athlete, day, int(row["session_id"]), long=row["moving_s"] >= LONG_S)
            for entry in entries:
                if entry.day <= today:
                    pain.add_pain(conn, viewer, entry, today=today)
                    told += 1
    return told


def _entries(athlete: int, day: date, session_id: int, *, long: bool) -> list[PainEntry]:
    """Little after short runs, more after a long one."""
    values = (3.0, 3.0, 1.0) if long else (1.0, 1.0, 0.0)
    moments = ((DURING, day, session_id), (AFTER, day, session_id), (MORNING, day + timedelta(days=1), None))
    return [
        PainEntry(athlete, on, moment, value, number, area="shin", side="right")
        for (moment, on, number), value in zip(moments, values, strict=True)
    ]


def _tell_days(conn: Connection, viewer: Viewer, athlete: int, today: date) -> None:
    """Three weeks of how it felt, and six weeks of how training went: not at all, then less, then with trouble."""
    for back in range(DAYS_TOLD):
        answers = {"sleep": 2 + back % 3, "fatigue": 2 + back % 2, "stress": 3, "soreness": 3 if back % 7 == 0 else 2}
        check_ins.add_check_in(
            conn, viewer, CheckIn(athlete, today - timedelta(days=back), WELLNESS, answers), today=today
        )
    weeks = (
        {"participation": 2, "volume": 2, "performance": 2, "symptoms": 2},
        {"participation": 3, "volume": 3, "performance": 2, "symptoms": 2},
    )
    for back in range(WEEKS_TOLD):
        told = weeks[back // 2] if back < 4 else {"participation": 4}
        day = today - timedelta(weeks=back)
        check_ins.add_check_in(conn, viewer, CheckIn(athlete, day, PROBLEM, told, "shin"), today=today)
