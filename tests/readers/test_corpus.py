"""Real watch files of real people, where they are at hand: read in place, nothing of them is printed or kept."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from fitparse import FitFile

from loadmon.readers import read
from loadmon.refusal import Refusal
from loadmon.session import Session
from tests.paths import corpus

SEED, SAMPLE, COMPARED = 20261122, 150, 10
WALKED_MPS = 2.0
"""Some runs up mountains were walked: below this median speed a walker's step rate is right."""


@cache
def sample() -> tuple[tuple[Path, list[Session] | Refusal], ...]:
    files = sorted(p for p in corpus().rglob("*") if p.suffix.lower() in (".fit", ".gpx", ".tcx"))
    chosen = sorted(random.Random(SEED).sample(files, min(SAMPLE, len(files))))
    out: list[tuple[Path, list[Session] | Refusal]] = []
    for path in chosen:
        try:
            out.append((path, read(path.read_bytes(), path.name)))
        except Refusal as refusal:
            out.append((path, refusal))
    return tuple(out)


def runs() -> list[Session]:
    return [s for _, got in sample() if not isinstance(got, Refusal) for s in got if s.sport.is_running]


def test_every_file_is_read_or_refused_by_name() -> None:
    table = Counter(
        (path.suffix.lower()[1:], got.name if isinstance(got, Refusal) else "read") for path, got in sample()
    )
    for (kind, outcome), n in sorted(table.items()):
        print(f"{kind}  {outcome:16} {n:4}")
    n_read = sum(n for (_, outcome), n in table.items() if outcome == "read")
    assert n_read >= 0.85 * len(sample())
    assert all(outcome in {"read", "no activity", "no times", "damaged file"} for _, outcome in table)


def test_every_stream_keeps_its_promises() -> None:
    for path, got in sample():
        for session in [] if isinstance(got, Refusal) else got:
            t = session.stream["t_s"].to_numpy()
            assert t[0] == 0, path.name
            assert (np.diff(t) > 0).all(), path.name
            assert 0 <= session.moving_s <= session.elapsed_s + 1, path.name
            distance = session.stream["distance_m"].dropna().to_numpy()
            assert (np.diff(distance) >= 0).all(), path.name
            heart = session.stream["heart_rate_bpm"].dropna()
            assert heart.between(30, 230).all(), path.name


def test_cadence_of_both_feet() -> None:
    seen = Counter[str]()
    for session in runs():
        moving = session.stream[session.stream["speed_mps"] >= 0.8]
        cadence = moving["cadence_spm"].median()
        if np.isnan(cadence) or len(moving) < 60:
            continue
        low, high, kind = (130, 220, "run") if moving["speed_mps"].median() >= WALKED_MPS else (80, 180, "walked")
        assert low <= cadence <= high, (session.source.file_name, kind, cadence)
        seen[kind] += 1
    print(dict(seen))
    assert seen["run"] >= 50
    assert seen["walked"] <= 0.15 * seen["run"]


def test_ten_runs_against_what_fitparse_says_itself() -> None:
    chosen = [
        (path, got[0])
        for path, got in sample()
        if path.suffix.lower() == ".fit"
        and not isinstance(got, Refusal)
        and len(got) == 1
        and got[0].sport.is_running
        and not got[0].oddities
    ]
    picked = random.Random(SEED).sample(chosen, COMPARED)
    for path, session in picked:
        messages = list(FitFile(str(path)).get_messages(["record", "session"]))
        records = [m for m in messages if m.name == "record"]
        (summary,) = [m for m in messages if m.name == "session"]
        stamps = [m.get_value("timestamp") for m in records]
        assert len(session.stream) == len(set(stamps))
        assert session.elapsed_s == (max(stamps) - min(stamps)).total_seconds()
        distances = [d for m in records if (d := m.get_value("distance")) is not None]
        assert session.stream["distance_m"].max() == pytest.approx(distances[-1])
        assert session.totals.distance_m == summary.get_value("total_distance")
        assert session.timer_s == summary.get_value("total_timer_time")
        hearts = [h for m in records if (h := m.get_value("heart_rate"))]
        if hearts:
            assert session.stream["heart_rate_bpm"].mean() == pytest.approx(np.mean(hearts))
        cadences = [
            c + (m.get_value("fractional_cadence") or 0) for m in records if (c := m.get_value("cadence")) is not None
        ]
        if cadences:
            assert session.stream["cadence_spm"].mean() == pytest.approx(2 * np.mean(cadences), rel=1e-6)
        speeds = [s if (s := m.get_value("enhanced_speed")) is not None else m.get_value("speed") for m in records]
        plain = [s for s in speeds if s is not None]
        if len(plain) == len(records):
            assert session.stream["speed_mps"].mean() == pytest.approx(np.mean(plain), rel=1e-6)
