"""Corrections as rows: told to those who may know, one of a kind where there is room for one, gone with their session."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select

from loadmon.correction import Correction, CorrectionKind, MadeBy
from loadmon.refusal import NotFound
from loadmon.store import Store, Viewer, corrections, preferences
from loadmon.store.schema import CorrectionRow, SessionRow
from loadmon.store.squad import NotAValue
from tests.store import made

K, ALL = CorrectionKind, Viewer.everyone()


def load(value: float, reason: str = "race", measure: str = "points") -> Correction:
    """A told load."""
    return Correction(K.LOAD, {"measure": measure, "value": value}, reason)


def test_a_correction_comes_back_as_it_was_made(store: Store) -> None:
    made.two_runners(store, 1)
    told = Correction(K.BORROW, {"channels": ["heart_rate_bpm"]}, "Brustgurt – besser\0", MadeBy.RULE, other_id=2)
    with store.write() as conn:
        number = corrections.add(conn, 1, told)
    with store.read() as conn:
        (found,) = corrections.of_session(conn, ALL, 1)
        assert corrections.of_sessions(conn, [1, 2, 99]) == {1: [found]}
        assert corrections.borrowers(conn, [2]) == [1] and corrections.borrowers(conn, [1]) == []
        assert corrections.find(conn, ALL, number) == (1, found)
    assert (found.kind, found.params, found.reason) == (told.kind, told.params, "Brustgurt – besser")
    assert (found.made_by, found.other_id, found.id, found.removed) == (MadeBy.RULE, 2, number, None)
    assert found.created is not None and found.created.utcoffset() is not None


def test_taken_back_and_put_back(store: Store) -> None:
    ana, bo = made.two_runners(store, 1)
    with store.write() as conn:
        number = corrections.add(conn, 1, load(50))
        corrections.take_back(conn, ALL, number)
        assert corrections.of_session(conn, ALL, 1) == []
        (gone,) = corrections.of_session(conn, ALL, 1, removed=True)
        assert gone.removed is not None
        corrections.put_back(conn, Viewer.runner(ana), number)
        assert len(corrections.of_session(conn, ALL, 1)) == 1
        for forbidden in (corrections.take_back, corrections.put_back):
            with pytest.raises(NotFound):
                forbidden(conn, Viewer.runner(bo), number)
        with pytest.raises(NotFound):
            corrections.take_back(conn, ALL, 99)


def test_where_there_is_room_for_one_the_new_takes_the_old_one_s_place(store: Store) -> None:
    made.two_runners(store, 1)
    pairs = [
        (Correction(K.DISTANCE, {"distance_m": 1.0}), Correction(K.DISTANCE, {"distance_m": 2.0}), 1),
        (Correction(K.CROP, {"to_s": 9.0}), Correction(K.CROP, {"from_s": 1.0}), 1),
        (Correction(K.CLOCK, {"shift_s": 9.0}), Correction(K.CLOCK, {"utc_offset_s": 3600}), 2),
        (load(5), load(7), 1),
        (load(5), load(7, measure="trimp"), 2),
        (Correction(K.PAUSE, {"from_s": 1.0, "to_s": 2.0}), Correction(K.PAUSE, {"from_s": 1.0, "to_s": 3.0}), 2),
    ]
    for first, second, room in pairs:
        with store.write() as conn:
            old, new = (corrections.add(conn, 1, one) for one in (first, second))
            assert len(corrections.of_session(conn, ALL, 1)) == room
            corrections.put_back(conn, ALL, old)
            numbers = {one.id for one in corrections.of_session(conn, ALL, 1)}
            assert numbers == ({old} if room == 1 else {old, new})
            conn.execute(delete(CorrectionRow))


def test_loads_told_are_told_to_those_who_may_see_the_runner(store: Store) -> None:
    ana, bo = made.two_runners(store, 1)
    with store.write() as conn:
        corrections.add(conn, 1, load(80.5))
        corrections.add(conn, 1, load(120, "lab", "trimp"))
        corrections.add(conn, 2, load(9))
        corrections.take_back(conn, ALL, corrections.add(conn, 2, load(3)))
    with store.read() as conn:
        all_of_them = corrections.loads_told(conn, ALL)
        anas = corrections.loads_told(conn, Viewer.runner(ana))
        nobodys = corrections.loads_told(conn, ALL, [])
    assert list(all_of_them.columns) == ["session_id", "measure", "value", "reason"]
    assert anas.to_dict("records") == [
        {"session_id": 1, "measure": "points", "value": 80.5, "reason": "race"},
        {"session_id": 1, "measure": "trimp", "value": 120.0, "reason": "lab"},
    ]
    assert all_of_them["session_id"].tolist() == [1, 1], "the first of session 2 was replaced, the second taken back"
    assert nobodys.empty and nobodys["value"].dtype == "float64" and bo


def test_rules_found_anew_leave_a_person_s_word_alone(store: Store) -> None:
    made.two_runners(store, 1)
    spikes = Correction(K.SPIKES, {"channel": "heart_rate_bpm"}, "3 values", MadeBy.RULE)
    lock = Correction(K.CADENCE_LOCK, {"channel": "cadence_spm", "from_s": 10.0, "to_s": 90.0}, "x", MadeBy.RULE)
    with store.write() as conn:
        corrections.put_rules(conn, 1, [spikes, lock])
        kept, taken = corrections.of_session(conn, ALL, 1)
        corrections.take_back(conn, ALL, taken.id or 0)
        later = Correction(K.CADENCE_LOCK, {"channel": "cadence_spm", "from_s": 12.0, "to_s": 95.0}, "x", MadeBy.RULE)
        elsewhere = Correction(
            K.CADENCE_LOCK, {"channel": "cadence_spm", "from_s": 200.0, "to_s": 300.0}, "x", MadeBy.RULE
        )
        corrections.put_rules(conn, 1, [spikes, later, elsewhere])
        found = corrections.of_session(conn, ALL, 1)
        assert found[0].id == kept.id
        assert [one.params.get("from_s") for one in found] == [None, 200.0]
        corrections.put_rules(conn, 1, [])
        assert corrections.of_session(conn, ALL, 1) == []
        assert [one.id for one in corrections.of_session(conn, ALL, 1, removed=True)] == [taken.id]


def test_corrections_go_with_their_session_and_with_what_they_borrow_from(store: Store) -> None:
    made.two_runners(store, 2)
    with store.write() as conn:
        corrections.add(conn, 1, load(3))
        corrections.add(conn, 2, Correction(K.BORROW, {"channels": ["power_w"]}, other_id=1))
        conn.execute(delete(SessionRow).where(SessionRow.id == 1))
        assert conn.execute(select(func.count()).select_from(CorrectionRow)).scalar_one() == 0


def test_only_plain_values_are_kept(store: Store) -> None:
    made.two_runners(store, 1)
    for value in (float("nan"), object()):
        with store.write() as conn, pytest.raises(NotAValue):
            corrections.add(conn, 1, Correction(K.CROP, {"from_s": value}))


def test_which_rules_act_is_a_choice(store: Store) -> None:
    with store.write() as conn:
        assert preferences.rules(conn) == {K.SPIKES, K.CADENCE_LOCK}
        preferences.set_rules(conn, [K.CROP, "spikes"])
        assert preferences.rules(conn) == {K.SPIKES, K.CROP}
        preferences.set_rules(conn, [])
        assert preferences.rules(conn) == frozenset()
        preferences.set_rules(conn, None)
        assert preferences.rules(conn) == {K.SPIKES, K.CADENCE_LOCK}
