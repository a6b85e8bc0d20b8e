"""The audit passes what is honest and fails what leaks; its own worlds hold no more and no less than they say."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.risk import audit
from loadmon.risk.audit import NULL_PRECISION, Check, club_controls, covered, judged, leakage, made_worlds
from loadmon.risk.club_world import Literature, club_world
from loadmon.risk.design import Design
from loadmon.risk.event_frame import CLEAR, event_rows
from loadmon.risk.ranking import Interval, auc

ONE = "null world, AUC"


def test_every_check_of_the_made_worlds_passes() -> None:
    found = {check.name: check for check in made_worlds(1)}
    assert [name for name, check in found.items() if not check.passed] == []
    assert len(found) == 5


def test_the_null_world_has_teeth() -> None:
    """A usual of past rows alone, sold as free of leaks, holds the row's own days: it finds something where there is nothing."""
    found = np.mean([judged(world, world.with_usual("past only")) for world in map(_nothing, range(4))], axis=0)
    assert found[1] > NULL_PRECISION


def _nothing(seed: int):
    return event_rows(seed, signal=False)


def test_the_frame_digs_the_hole() -> None:
    world = event_rows(0, signal=False, athletes=20)
    assert 0.008 < world.label.mean() < 0.02
    for athlete, day in zip(world.athlete[world.label > 0], world.day[world.label > 0], strict=True):
        mine = world.day[(world.athlete == athlete) & (world.day < day)]
        assert not (mine >= day - CLEAR).any()


def test_a_signal_world_is_as_hard_as_the_public_data() -> None:
    world = event_rows(1000, signal=True)
    assert auc(world.oracle, world.label) == pytest.approx(0.665, abs=0.04)


def test_intervals_hold_the_truth() -> None:
    """Hardest with few injuries, where the labels cannot say how far the literature is to be trusted: .83 with a spread of 0.25."""
    assert covered(2, 100).passed
    found = covered(20, 25)
    assert 0.87 <= found.figure <= 0.98


def _leaking(design: Design) -> Design:
    """A club whose gait values are missing in nearly every week that an injury follows."""
    values = design.values.copy()
    place = design.names.index("volume")
    values[:, place] = np.where(design.outcome > 0, np.nan, values[:, place])
    return Design(
        design.names, design.athlete, design.instant, design.state, values, design.outcome, design.onset
    )  # fmt: skip


def test_the_controls_see_a_leak_in_a_club_and_none_where_none_is() -> None:
    honest = club_world(1, runners=60, weeks=60).design.labelled
    assert [check.name for check in club_controls(honest) if not check.passed] == []
    leaking = {check.name: check for check in club_controls(_leaking(honest))}
    assert not leaking["which values are missing alone, low end of the AUC"].passed


def test_too_good_to_be_true_is_called_so() -> None:
    control = Check("labels dealt out anew, AUC", 0.5, 0.45, 0.55, "")
    assert leakage(Interval(0.74, 0.7, 0.8), (control,)) is None
    assert "probably leakage" in str(leakage(Interval(0.76, 0.7, 0.8), (control,)))
    failed = Check("labels dealt out anew, AUC", 0.6, 0.45, 0.55, "")
    assert "did not pass: labels dealt out anew" in str(leakage(Interval(0.9, 0.8, 1.0), (failed,)))
    assert not Check("none", float("nan"), 0.0, 1.0, "").passed


def test_a_canary_that_scores_low_fails_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_gap_steps", lambda world: np.zeros((len(world.label), 1)))
    monkeypatch.setattr(audit, "event_rows", lambda seed, *, signal: event_rows(seed, signal=signal, athletes=12))
    canary = next(check for check in made_worlds(1) if check.name.startswith("canary: the gap"))
    assert not canary.passed


def test_made_clubs_are_what_they_say() -> None:
    nothing = club_world(4, literature=Literature.NULL, runners=300, weeks=40)
    assert np.ptp(nothing.truth) == pytest.approx(0.0, abs=1e-12)
    right = club_world(4, runners=300, weeks=40)
    assert right.design.outcome.mean() == pytest.approx(right.truth.mean(), rel=0.2)
    assert 0.55 < auc(right.truth, right.design.outcome) < 0.7
    again = club_world(4, runners=300, weeks=40)
    np.testing.assert_array_equal(right.design.outcome, again.design.outcome)
    others = club_world(4, runners=300, weeks=40, members=1)
    assert not set(others.design.athlete) & set(right.design.athlete)
