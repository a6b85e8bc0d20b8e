"""The whole chain on real files of real people, where they are at hand: read in place, nothing of them is printed or kept.

All of them, not a sample: a few seconds. Pairs in two formats are rare in the folder, so some of its runs are also written
anew as TCX and GPX by loadmon's own writers and read back.
"""

from __future__ import annotations

import random
from datetime import timedelta
from functools import cache

import numpy as np
import pytest

from loadmon.facts import RunFacts, facts_of
from loadmon.gait.baseline import prior_model
from loadmon.gait.trend import run_values
from loadmon.readers import read
from loadmon.refusal import Refusal
from loadmon.report.activity import Activity, Watch
from loadmon.report.gpx_activity import gpx_activity
from loadmon.report.tcx_activity import tcx_activity
from loadmon.session import Session
from loadmon.tissue.exposure import pieces_from
from tests.paths import corpus

SEED, WRITTEN = 20261122, 12
WATCH = Watch(1, 3113, "Sample", 3_900_000_001)
WALKED_MPS, RAN_MPS = 2.0, 2.2
"""Runs up mountains are walked in part: below the first median speed a walker's step rate is right for the whole."""


@cache
def chain() -> tuple[tuple[Session, RunFacts], ...]:
    """Every session of the folder with its facts."""
    out = []
    for path in sorted(p for p in corpus().rglob("*") if p.suffix.lower() in (".fit", ".gpx", ".tcx")):
        try:
            sessions = read(path.read_bytes(), path.name)
        except Refusal:
            continue
        out += [(session, facts_of(session)) for session in sessions]
    return tuple(out)


def runs() -> list[tuple[Session, RunFacts]]:
    found = [(session, facts) for session, facts in chain() if facts.is_running]
    assert len(found) > 300
    return found


def test_the_device_s_own_distance_is_kept() -> None:
    told = [(s.totals.distance_m, f) for s, f in runs() if s.totals.distance_m]
    kept = [(metres, facts) for metres, facts in told if facts.distance_source == "device"]
    assert all(facts.distance_m == metres for metres, facts in kept)
    assert len(kept) > 300
    # only a total that nobody can run is not believed, and that is said
    others = [facts for _, facts in told if facts.distance_source != "device"]
    assert all(facts.distance_reason for facts in others)
    assert len(others) <= 0.01 * len(told)


def test_the_middle_cadence_of_every_running_file_is_a_runner_s() -> None:
    ran = walked = 0
    for session, facts in runs():
        cadence = facts.median_cadence_spm
        if cadence is None:
            continue
        speed, steps = (session.stream[name].to_numpy() for name in ("speed_mps", "cadence_spm"))
        moving = (speed >= 0.8) | (steps >= 60)
        if np.nanmedian(speed[moving]) >= WALKED_MPS:
            assert 130 <= cadence <= 220, session.source.file_name
            ran += 1
            continue
        assert 80 <= cadence <= 180, session.source.file_name
        walked += 1
        faster = steps[(speed >= RAN_MPS) & (steps > 0)]
        if len(faster) >= 75:
            assert 130 <= np.median(faster) <= 220, session.source.file_name
    assert ran > 250
    assert walked <= 0.15 * ran


def test_every_steady_window_is_running_and_every_dynamic_possible() -> None:
    seen = 0
    for session, facts in runs():
        windows = facts.cadence_windows
        if not len(windows):
            continue
        name = session.source.file_name
        assert windows["cadence_spm"].between(130, 220).all(), name
        assert windows["speed_mps"].between(1.8, 5.5).all(), name
        contact = windows["stance_time_s"].dropna()
        assert contact.between(0.12, 0.45).all(), name
        assert windows["stance_balance_left_pct"].dropna().between(35, 65).all(), name
        assert windows["heart_rate_bpm"].dropna().between(40, 230).all(), name
        seen += len(contact) > 0
    assert seen > 20


def test_tissues_are_told_of_the_distance_and_the_steps_of_every_run() -> None:
    apart, steps = [], []
    for _, facts in runs():
        one = facts.exposure
        assert (one is None) <= (facts.exposure_reason is not None)
        if one is None or facts.exposure_reason or not facts.distance_m:
            continue
        pieces = pieces_from([one])
        apart.append(float((pieces.speed_mps * pieces.seconds).sum() + one.walked_m) / facts.distance_m - 1.0)
        if facts.steps is not None and facts.walk_steps is not None and not one.walked_unknown_s:
            ran = float(np.nansum(pieces.cadence_spm * pieces.seconds)) / 120.0 + one.walked_steps
            steps.append(2.0 * ran / (facts.steps + facts.walk_steps) - 1.0)
    assert len(apart) > 300
    assert np.median(np.abs(apart)) < 0.002
    assert np.quantile(np.abs(apart), 0.9) < 0.03
    assert np.median(np.abs(steps)) < 0.01


def close(a: float | None, b: float | None, *, share: float = 0.0, apart: float = 0.0) -> bool:
    """Both missing, or not further apart than a share of the first or an amount."""
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= max(share * abs(a), apart)


def same_but_for_the_format(first: RunFacts, second: RunFacts, file_format: str) -> None:
    """What a TCX or GPX of the same run has to tell as its FIT does: strides come in whole ones, GPX has no distance."""
    assert abs(first.start_utc - second.start_utc) <= timedelta(seconds=1)
    assert first.is_running == second.is_running
    assert close(first.elapsed_s, second.elapsed_s, apart=1.0)
    assert close(first.median_cadence_spm, second.median_cadence_spm, apart=2.0)
    assert close(first.max_heart_rate_bpm, second.max_heart_rate_bpm, apart=1.0)
    # the timer's stops stand in FIT alone
    assert close(first.mean_heart_rate_bpm, second.mean_heart_rate_bpm, apart=1.0)
    if file_format == "tcx":
        assert close(first.distance_m, second.distance_m, apart=0.01)
    if (first.distance_m or 0.0) < 1000.0:  # of a few minutes, stops and a few metres of wandering are too much
        return
    steps = [f.steps + f.walk_steps for f in (first, second) if f.steps is not None and f.walk_steps is not None]
    assert len(steps) != 1
    assert not steps or close(*steps, share=0.02)
    assert close(first.moving_s, second.moving_s, share=0.01 if file_format == "tcx" else 0.02)
    # summed positions are up to 6 % longer than what the watch itself counted
    assert close(first.distance_m, second.distance_m, share=0.06)
    # near 1.8 m/s a little wandering makes running steps walking ones; together they are the same
    assert close(first.steps, second.steps, share=0.025 if file_format == "tcx" else 0.1)


def test_the_same_run_in_two_formats_tells_the_same() -> None:
    others = [(s, f) for s, f in runs() if s.source.format != "fit"]
    pairs = 0
    for fit, first in runs():
        for other, second in others:
            if fit.source.format == "fit" and abs(fit.start - other.start) <= timedelta(seconds=1):
                same_but_for_the_format(first, second, other.source.format)
                pairs += 1
    assert pairs >= 3


@cache
def rewritten() -> tuple[tuple[RunFacts, RunFacts, RunFacts], ...]:
    """Facts of real FIT runs, and of the same runs written as TCX and as GPX and read again."""
    whole = [
        (session, facts)
        for session, facts in runs()
        if session.source.format == "fit"
        and session.elapsed_s > 600
        and session.measured("cadence_spm")
        and session.stream["lat_deg"].notna().all()
    ]
    out = []
    for session, facts in random.Random(SEED).sample(whole, WRITTEN):
        first = session.stream["timestamp"].iloc[0]
        events = tuple(((e.timestamp - first).total_seconds(), str(e.kind)) for e in session.events.itertuples())
        stream = {name: session.stream[name].to_numpy() for name in session.stream if name != "timestamp"}
        again = Activity(session.start, session.sport, stream, WATCH, session.utc_offset_s or 0, events=events,
                         totals=session.totals)  # fmt: skip
        (tcx,), (gpx,) = read(tcx_activity(again), "again.tcx"), read(gpx_activity(again), "again.gpx")
        out.append((facts, facts_of(tcx), facts_of(gpx)))
    return tuple(out)


def test_a_run_written_as_tcx_or_gpx_tells_the_same() -> None:
    for facts, tcx, gpx in rewritten():
        same_but_for_the_format(facts, tcx, "tcx")
        same_but_for_the_format(facts, gpx, "gpx")


def test_cadence_at_the_common_pace_is_the_same_from_either_format() -> None:
    kept_tcx, kept_gpx = [], []
    model = prior_model()
    for facts, tcx, gpx in rewritten():
        fit = facts.cadence_windows
        kept_tcx.append(len(tcx.cadence_windows) / max(len(fit), 1))
        kept_gpx.append(len(gpx.cadence_windows) / max(len(fit), 1))
        values = [
            float(run_values(f.cadence_windows.assign(session_id=1, local_day=f.local_day), model)["value_spm"].iloc[0])
            for f in (facts, tcx, gpx)
            if len(f.cadence_windows) >= 8
        ]
        assert np.ptp(values) <= 2.5 if values else True
    # satellites that wander cost some windows; taken second by second they would cost nearly all
    assert np.median(kept_tcx) == pytest.approx(1.0, abs=0.05)
    assert np.median(kept_gpx) > 0.6
