"""Corrections kept and taken back: facts follow, and everything is as it was before."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.correction import Correction, CorrectionKind
from loadmon.intake import correct
from loadmon.refusal import NotFound
from loadmon.store import Store, Viewer, corrections, sessions
from tests.store import made

ALL = Viewer.everyone()


def facts_rows(store: Store) -> object:
    from loadmon.store import runs

    with store.read() as conn:
        return runs.runs_table(conn, ALL)


def test_a_crop_is_in_the_facts_and_taken_back_again(store: Store) -> None:
    made.two_runners(store, 1)
    before = facts_rows(store)
    with store.write() as conn:
        number = correct.correct(conn, ALL, 1, Correction(CorrectionKind.CROP, {"from_s": 60.0, "to_s": 300.0}, "car"))
    with store.read() as conn:
        stored, read = sessions.one(conn, ALL, 1), sessions.as_read(conn, ALL, 1)
    assert stored.session.elapsed_s <= 241 < read.session.elapsed_s
    assert stored.facts.elapsed_s == stored.session.elapsed_s
    assert [c.reason for c in stored.corrections] == ["car"]
    assert "car" in stored.session.oddities[-1].detail
    with store.write() as conn:
        correct.take_back(conn, ALL, number)
    assert before.equals(facts_rows(store))


def test_another_viewer_finds_nothing(store: Store) -> None:
    ana, bo = made.two_runners(store, 1)
    with store.write() as conn, pytest.raises(NotFound):
        correct.correct(
            conn, Viewer.runner(bo), 1, Correction(CorrectionKind.CHANNEL_OUT, {"channel": "heart_rate_bpm"})
        )
    with store.write() as conn:
        number = correct.correct(
            conn, Viewer.runner(ana), 1, Correction(CorrectionKind.CHANNEL_OUT, {"channel": "power_w"})
        )
    with store.write() as conn, pytest.raises(NotFound):
        correct.take_back(conn, Viewer.runner(bo), number)
    with store.read() as conn:
        assert corrections.of_session(conn, Viewer.runner(bo), 1) == []


def test_channels_of_another_recording_come_with_its_own_corrections(store: Store) -> None:
    ana, _ = made.two_runners(store, 1)
    other = made.session(77, samples=600)
    other.stream["heart_rate_bpm"] = np.linspace(100, 150, 600)
    with store.write() as conn:
        second = made.save(conn, ana, 1, other)
        borrow = Correction(CorrectionKind.BORROW, {"channels": ["heart_rate_bpm"]}, "chest strap", other_id=second)
        correct.correct(conn, ALL, 1, borrow)
    with store.read() as conn:
        stored = sessions.one(conn, ALL, 1)
    assert stored.session.stream["heart_rate_bpm"].iloc[0] == 100
    assert stored.facts.max_heart_rate_bpm == 150
    with store.write() as conn:
        out = Correction(CorrectionKind.CHANNEL_OUT, {"channel": "heart_rate_bpm"}, "strap slipped")
        correct.correct(conn, ALL, second, out)
    with store.read() as conn:
        stored = sessions.one(conn, ALL, 1)
    assert stored.facts.max_heart_rate_bpm != 150, "the facts of who borrows follow"
