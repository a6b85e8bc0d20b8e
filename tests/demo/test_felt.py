"""What the runner with the sore shin tells: written once, graded, and more run than the plan says."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from loadmon.demo.assessed import SHIN
from loadmon.demo.felt import tell_bodies
from loadmon.demo.load import load_sample
from loadmon.demo.squad import squad
from loadmon.planning.pain import Grade
from loadmon.show import return_rows as words
from loadmon.show.return_view import return_view
from loadmon.store import Viewer, check_ins, open_store, pain, sessions
from loadmon.store import squad as rows
from tests.demo.reading import TODAY

ALL = Viewer.everyone()


def test_the_plan_of_the_sore_shin_has_something_to_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(None, tmp_path / "home")
    load_sample(store, workers="serial://", today=TODAY, runners={SHIN})
    with store.write() as conn:
        assert tell_bodies(conn, squad(TODAY), TODAY) == 0  # never twice
        (runner,) = rows.athletes(conn, ALL)
        entries = pain.pain_entries(conn, ALL)
        assert len(check_ins.check_ins(conn, ALL)) == 27
    at, before = datetime.combine(TODAY, time(18), UTC), store.revision()
    view = return_view(store, ALL, runner.id, at)
    assert store.revision() == before  # what was found drops no page's cache
    monkeypatch.setattr(sessions, "one", None)  # no stream is opened a second time
    again = return_view(store, ALL, runner.id, at)
    store.close()
    assert again.followed == view.followed
    assert len(entries) >= 9
    assert view.followed is not None
    grades = {found.grade for found in view.followed.grades.values()}
    assert Grade.GREEN in grades
    assert "More was run than planned" in words.more_than_planned(view.followed)
    assert view.followed.plan.order.goal.weeks >= 3
    assert view.injuries[view.followed.plan.order.injury_id or 0].code == "QT1"
