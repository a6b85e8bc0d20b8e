"""Injuries, missing days and how hard it was: written down, closed, taken back and put back."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import update

from loadmon.days import day_number
from loadmon.injury import Injury
from loadmon.planning.check_in import WELLNESS, CheckIn
from loadmon.planning.pain_log import PainEntry
from loadmon.refusal import NotFound
from loadmon.store import Store, Viewer, check_ins, diary, injury_record, pain, runs, sessions, squad
from loadmon.store.schema import SessionRow
from loadmon.store.squad import NotAValue
from tests.store.made import two_runners

ALL = Viewer.everyone()
JAN = [date(2025, 1, day) for day in range(1, 32)]


@pytest.fixture
def ana(store: Store) -> int:
    with store.write() as conn:
        return squad.add_athlete(conn, "Ana").id


def test_a_diary_begins_with_the_own_first_entry_or_the_second_runners(store: Store, ana: int) -> None:
    with store.write() as conn:
        bo, cy = (squad.add_athlete(conn, name).id for name in ("Bo", "Cy"))
        made_up = squad.add_athlete(conn, "Noor", is_sample=True).id
        remembered = Injury(ana, date(2020, 5, 1), date(2020, 6, 1), "shin")
        injury_record.add_injury(conn, ALL, remembered)
        injury_record.add_injury(conn, ALL, Injury(made_up, date(2019, 1, 1), None, "shin"))
        assert (
            injury_record.begins(conn, ALL) == {}
        )  # nothing was recorded by then: it is remembered, and opens no diary
        answers = {"sleep": 3, "fatigue": 3, "stress": 3, "soreness": 3}
        told = check_ins.add_check_in(conn, ALL, CheckIn(bo, JAN[9], WELLNESS, answers), today=JAN[9])
        pain.add_pain(conn, ALL, PainEntry(cy, JAN[4], "day", 2.0), today=JAN[9])
        assert [injury_record.begins(conn, ALL)[who] for who in (ana, bo, cy)] == [
            day_number(JAN[day]) for day in (9, 9, 4)
        ]
        assert injury_record.begins(conn, Viewer.runner(bo)) == {bo: day_number(JAN[9])}  # the same, whoever looks
        injury_record.remove_injury(conn, ALL, next(iter(injury_record.injuries(conn, ALL, [ana]))))
        assert injury_record.begins(conn, ALL, [ana, cy]) == {ana: day_number(JAN[9]), cy: day_number(JAN[4])}
        assert made_up not in injury_record.begins(conn, ALL)
        check_ins.remove_check_in(conn, ALL, told)
        assert injury_record.begins(conn, ALL, [ana, bo]) == {}


def test_an_injury_is_closed_opened_removed_and_restored(store: Store, ana: int) -> None:
    injury = Injury(ana, JAN[4], None, "Achilles tendon", "right", "after hills")
    with store.write() as conn:
        number = injury_record.add_injury(conn, Viewer.everyone(), injury)
        assert injury_record.injuries(conn, ALL) == {number: injury}
        injury_record.close_injury(conn, Viewer.everyone(), number, JAN[20])
        assert injury_record.injuries(conn, ALL)[number].returned == JAN[20]
        with pytest.raises(NotAValue):
            injury_record.close_injury(conn, Viewer.everyone(), number, JAN[3])
        injury_record.close_injury(conn, Viewer.everyone(), number, None)
        injury_record.remove_injury(conn, Viewer.everyone(), number)
        assert injury_record.injuries(conn, ALL) == {}
        injury_record.restore_injury(conn, Viewer.everyone(), number)
        assert injury_record.injuries(conn, ALL) == {number: injury}


def test_what_cannot_be_meant_is_refused(store: Store, ana: int) -> None:
    with store.write() as conn:
        for wrong in (
            Injury(ana, JAN[4], JAN[3], "shin"),
            Injury(ana, JAN[4], None, "  "),
            Injury(ana, JAN[4], None, "shin", "upper"),
        ):
            with pytest.raises(NotAValue):
                injury_record.add_injury(conn, Viewer.everyone(), wrong)
        with pytest.raises(NotAValue):
            diary.add_unknown_days(conn, Viewer.everyone(), ana, JAN[5], JAN[4], "")
        with pytest.raises(NotAValue, match="lies ahead"):
            diary.add_unknown_days(conn, Viewer.everyone(), ana, JAN[3], JAN[5], "", today=JAN[4])
        for gone in (injury_record.remove_injury, injury_record.restore_injury, diary.remove_unknown_days):
            with pytest.raises(NotFound):
                gone(conn, Viewer.everyone(), 99)
        with pytest.raises(NotFound):
            injury_record.close_injury(conn, Viewer.everyone(), 99, JAN[1])


def test_missing_days_are_a_table(store: Store, ana: int) -> None:
    with store.write() as conn:
        empty = diary.unknown_days(conn, ALL)
        second = diary.add_unknown_days(conn, Viewer.everyone(), ana, JAN[9], JAN[9], "forgot the watch")
        first = diary.add_unknown_days(conn, Viewer.everyone(), ana, JAN[1], JAN[3], "watch broken")
        table = diary.unknown_days(conn, ALL, [ana])
        assert table.index.tolist() == [first, second]
        assert table["last_day"].tolist() == [pd.Timestamp(JAN[3]), pd.Timestamp(JAN[9])]
        assert dict(table.dtypes) == dict(empty.dtypes)
        assert str(table["first_day"].dtype) == "datetime64[us]"
        diary.remove_unknown_days(conn, Viewer.everyone(), first)
        assert diary.unknown_days(conn, ALL)["reason"].tolist() == ["forgot the watch"]
        diary.restore_unknown_days(conn, Viewer.everyone(), first)
        assert len(diary.unknown_days(conn, ALL)) == 2


def test_every_entry_tells_pages_to_look_again(store: Store, ana: int) -> None:
    seen = [store.revision()]
    with store.write() as conn:
        number = injury_record.add_injury(conn, Viewer.everyone(), Injury(ana, JAN[4], None, "shin"))
    seen.append(store.revision())
    with store.write() as conn:
        gap = diary.add_unknown_days(conn, Viewer.everyone(), ana, JAN[1], JAN[2], "")
    seen.append(store.revision())
    for change in (
        lambda conn: injury_record.close_injury(conn, Viewer.everyone(), number, JAN[9]),
        lambda conn: injury_record.remove_injury(conn, Viewer.everyone(), number),
        lambda conn: injury_record.restore_injury(conn, Viewer.everyone(), number),
        lambda conn: diary.remove_unknown_days(conn, Viewer.everyone(), gap),
        lambda conn: diary.restore_unknown_days(conn, Viewer.everyone(), gap),
    ):
        with store.write() as conn:
            change(conn)
        seen.append(store.revision())
    assert seen == list(range(seen[0], seen[0] + len(seen)))


def test_who_may_not_see_a_runner_writes_nothing_of_them(store: Store, ana: int) -> None:
    other = Viewer.runner(ana + 1)
    with store.write() as conn:
        injury = injury_record.add_injury(conn, Viewer.runner(ana), Injury(ana, JAN[4], None, "shin"))
        gap = diary.add_unknown_days(conn, Viewer.runner(ana), ana, JAN[1], JAN[2], "")
    writes = [
        lambda conn: injury_record.add_injury(conn, other, Injury(ana, JAN[4], None, "knee")),
        lambda conn: injury_record.close_injury(conn, other, injury, JAN[9]),
        lambda conn: injury_record.remove_injury(conn, other, injury),
        lambda conn: injury_record.restore_injury(conn, other, injury),
        lambda conn: diary.add_unknown_days(conn, other, ana, JAN[5], JAN[6], ""),
        lambda conn: diary.remove_unknown_days(conn, other, gap),
        lambda conn: diary.restore_unknown_days(conn, other, gap),
    ]
    for write in writes:
        with pytest.raises(NotFound), store.write() as conn:
            write(conn)
    with store.read() as conn:
        assert list(injury_record.injuries(conn, Viewer.everyone())) == [injury]
        assert list(diary.unknown_days(conn, Viewer.everyone()).index) == [gap]


def test_how_hard_it_was_on_a_page_stands_before_the_file_s_own_and_can_be_taken_back(store: Store) -> None:
    ana, _ = two_runners(store, 2)
    with store.write() as conn:
        first, second = runs.runs_table(conn, ALL, [ana])["session_id"].tolist()
        conn.execute(update(SessionRow).where(SessionRow.id == first).values(effort=3.0))

    def told() -> list[tuple[float | None, float | None]]:
        with store.read() as conn:
            table = runs.runs_table(conn, ALL, [ana])
            assert [sessions.one(conn, ALL, number).effort for number in (first, second)] == [
                None if pd.isna(value) else value for value in table["effort"]
            ]
        return [
            tuple(None if pd.isna(value) else value for value in pair)
            for pair in zip(table["effort"], table["effort_told"], strict=True)
        ]  # type: ignore[return-value]

    assert told() == [(3.0, None), (None, None)]
    with store.write() as conn:
        assert diary.tell_effort(conn, ALL, first, 7.5) is None
        assert diary.tell_effort(conn, ALL, second, 0) is None
    assert told() == [(7.5, 7.5), (0.0, 0.0)]
    with store.write() as conn:
        assert diary.tell_effort(conn, ALL, first, None) == 7.5
    assert told() == [(3.0, None), (0.0, 0.0)]


def test_how_hard_it_was_is_0_to_10_and_only_of_runners_one_sees(store: Store) -> None:
    ana, bo = two_runners(store, 1)
    with store.write() as conn:
        (theirs,) = runs.runs_table(conn, ALL, [ana])["session_id"].tolist()
        for wrong in (-0.1, 10.1, float("nan")):
            with pytest.raises(NotAValue):
                diary.tell_effort(conn, ALL, theirs, wrong)
        for viewer, number in ((Viewer.runner(bo), theirs), (ALL, 99)):
            with pytest.raises(NotFound):
                diary.tell_effort(conn, viewer, number, 5.0)
        assert runs.runs_table(conn, ALL)["effort_told"].isna().all()


def test_an_injury_written_down_by_hand_does_not_lie_ahead(store: Store) -> None:
    today = date(2025, 3, 10)
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        for injury in (Injury(ana, date(2025, 3, 11), None, "shin"), Injury(ana, today, date(2025, 3, 12), "shin")):
            with pytest.raises(NotAValue, match="ahead"):
                injury_record.add_injury(conn, Viewer.everyone(), injury, today=today)
        injury_record.add_injury(conn, Viewer.everyone(), Injury(ana, today, None, "shin"), today=today)
        assert len(injury_record.injuries(conn, Viewer.everyone())) == 1
