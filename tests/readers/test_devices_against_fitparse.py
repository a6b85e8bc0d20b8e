"""Ten runs of ten different devices, read by loadmon and by fitparse: the same distance, duration, cadence and heart rate.

Run with ``-s`` to see the table. Needs the real files, which are not part of the project.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from fitparse import FitFile

from loadmon.facts import facts_of
from loadmon.readers import read
from loadmon.refusal import Refusal
from tests.paths import corpus

DEVICES = 10


@dataclass(frozen=True, slots=True)
class Said:
    """What one reader says of a run: metres, seconds, steps a minute, beats a minute; None where nothing."""

    distance_m: float | None
    elapsed_s: float | None
    cadence_spm: float | None
    heart_rate_bpm: float | None


@pytest.mark.timeout(600)  # fitparse takes seconds for some of them, minutes on a busy machine
def test_ten_devices_say_the_same_through_both_readers() -> None:
    table = _table()
    print(f"\n{'device':34} {'km':>14} {'elapsed s':>15} {'steps/min':>14} {'bpm':>14}   (loadmon / fitparse)")
    for device, (ours, theirs) in table.items():
        print(
            f"{device:34} {_pair(ours.distance_m, theirs.distance_m, 1000):>14} {_pair(ours.elapsed_s, theirs.elapsed_s):>15} "
            f"{_pair(ours.cadence_spm, theirs.cadence_spm):>14} {_pair(ours.heart_rate_bpm, theirs.heart_rate_bpm):>14}"
        )
    assert len(table) == DEVICES
    for device, (ours, theirs) in table.items():
        assert ours.distance_m == pytest.approx(theirs.distance_m, rel=1e-6), device
        assert ours.elapsed_s == pytest.approx(theirs.elapsed_s, abs=3.0), device
        # ours is the middle while moving, theirs that of all samples with a cadence
        assert ours.cadence_spm == pytest.approx(theirs.cadence_spm, abs=2.0), device
        # ours counts each sample for its time, theirs once: they differ a little on smart recording
        assert ours.heart_rate_bpm == pytest.approx(theirs.heart_rate_bpm, abs=3.0), device


def _table() -> dict[str, tuple[Said, Said]]:
    """The shortest run of each device that recorded distance, cadence and heart rate, from the shortest file on."""
    found: dict[str, tuple[Said, Said]] = {}
    for path in sorted(_spread(), key=lambda path: (path.stat().st_size, path.name)):
        data = path.read_bytes()
        if data[8:12] != b".FIT":
            continue
        device = _device(data)
        if device is None or device in found:
            continue
        ours = _by_loadmon(data)  # first, being the quicker: fitparse takes a second for each file
        if ours is None or None in (ours.distance_m, ours.cadence_spm, ours.heart_rate_bpm):
            continue
        said = _by_fitparse(data)
        if said is None or None in (said.distance_m, said.cadence_spm, said.heart_rate_bpm):
            continue
        found[device] = (ours, said)
        if len(found) == DEVICES:
            break
    return found


def _spread() -> list[Path]:
    """A few files of every folder, so that the devices differ."""
    folders: dict[Path, list[Path]] = {}
    for path in sorted(p for p in corpus().rglob("*") if p.suffix.lower() == ".fit"):
        folders.setdefault(path.parent, []).append(path)
    few = [paths[:: max(1, len(paths) // 25)] for _, paths in sorted(folders.items())]
    return [path for turn in range(27) for paths in few for path in paths[turn : turn + 1]]


def _by_loadmon(data: bytes) -> Said | None:
    """Values by loadmon; None where it is no run, or cannot be read (what that costs is asked elsewhere)."""
    try:
        session = read(data, "run.fit")[0]
    except Refusal:
        return None
    if not session.sport.is_running:
        return None
    facts = facts_of(session)
    return Said(facts.distance_m, facts.elapsed_s, facts.median_cadence_spm, facts.mean_heart_rate_bpm)


def _device(data: bytes) -> str | None:
    """Maker and product by fitparse; the first message tells, so the rest need not be read."""
    try:
        maker = next(FitFile(data, check_crc=False).get_messages("file_id")).get_values()
    except Exception:  # noqa: BLE001  whatever the peer raises, it did not read the file
        return None
    return f"{maker.get('manufacturer')} {maker.get('garmin_product') or maker.get('product') or ''}".strip()


def _by_fitparse(data: bytes) -> Said | None:
    """Values by fitparse alone; None where it is no single dated run, or fitparse cannot read it."""
    try:
        file = FitFile(data, check_crc=False)
        sessions = [m.get_values() for m in file.get_messages("session")]
        if len(sessions) != 1 or sessions[0].get("sport") != "running":
            return None
        records = [m.get_values() for m in file.get_messages("record")]
    except Exception:  # noqa: BLE001
        return None
    cadence = [2 * (r["cadence"] + (r.get("fractional_cadence") or 0)) for r in records if r.get("cadence")]
    beats = [r["heart_rate"] for r in records if r.get("heart_rate")]
    stamps = [r["timestamp"] for r in records if isinstance(r.get("timestamp"), datetime)]
    if len(stamps) < 60:
        return None
    return Said(
        sessions[0].get("total_distance"),
        (max(stamps) - min(stamps)).total_seconds(),
        statistics.median(cadence) if cadence else None,
        statistics.fmean(beats) if beats else None,
    )


def _pair(ours: float | None, theirs: float | None, per: float = 1.0) -> str:
    digits = 2 if per > 1 else 0
    return " / ".join("–" if v is None else f"{v / per:.{digits}f}" for v in (ours, theirs))
