"""The sample files as files: the same from the same seed, sound, complete, and read by every library."""

from __future__ import annotations

import hashlib
import math
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import gpxpy
import numpy as np
import pytest
from defusedxml import ElementTree

from loadmon import demo
from loadmon.demo.season import season
from loadmon.demo.squad import people
from tests.demo.conftest import Squad
from tests.demo.reading import TODAY, read
from tests.paths import ROOT
from tests.report.fit_libraries import LIBRARIES

FIT_RUNNERS = [person.name for person in people() if person.file_format == "fit"]
NOOR = "Noor El-Amrani"
FINGERPRINT = """
import hashlib, sys
from datetime import date
from loadmon import demo
data = b"".join(f.path.encode() + f.data for f in demo.files(date(2026, 11, 22), runners=["Noor El-Amrani"]))
print(hashlib.sha256(data).hexdigest())
"""


def fingerprint(files: list[demo.SampleFile]) -> str:
    return hashlib.sha256(b"".join(file.path.encode() + file.data for file in files)).hexdigest()


def test_another_process_makes_the_same_bytes(made: Squad) -> None:
    environment = os.environ | {"PYTHONHASHSEED": "12345", "TZ": "Asia/Kathmandu", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", FINGERPRINT], env=environment, capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == fingerprint(made[NOOR])


def test_another_seed_or_day_makes_other_bytes(made: Squad) -> None:
    usual = fingerprint(made[NOOR])
    assert fingerprint(list(demo.files(TODAY, demo.SEED + 1, runners=[NOOR]))) != usual
    assert fingerprint(list(demo.files(TODAY - timedelta(days=1), runners=[NOOR]))) != usual


def test_counts_and_formats(made: Squad) -> None:
    files = [file for runner in made.values() for file in runner]
    assert len(made) == 12
    assert 1500 <= len(files) <= 1850
    assert len({file.path for file in files}) == len({file.data for file in files}) == len(files)
    endings = {ending: sum(file.path.endswith(ending) for file in files) for ending in (".fit", ".gpx", ".tcx")}
    assert sum(endings.values()) == len(files)
    assert endings[".fit"] > 0.75 * len(files)
    assert min(endings.values()) > 80
    assert all(file.path.startswith(file.runner_name + "/") for file in files)
    days = [file.local_start.date() for file in files]
    assert min(days) <= TODAY - timedelta(days=273)
    assert max(days) == TODAY


@pytest.mark.parametrize("name", FIT_RUNNERS)
def test_three_libraries_read_the_same_from_a_sample_file(made: Squad, name: str) -> None:
    for file in (made[name][3], made[name][-1]):
        found = {library: by(file.data) for library, by in LIBRARIES.items()}
        reference = found["garmin"]["record"]
        assert len(reference) > 60
        for library in ("fitparse", "fitdecode"):
            assert len(found[library]["record"]) == len(reference)
            for theirs, ours in zip(found[library]["record"], reference, strict=True):
                for field, value in ours.items():
                    assert _same(theirs.get(field), value), (library, field, theirs.get(field), value)
        totals = [by["session"][0]["total_distance"] for by in found.values()]
        assert len(set(totals)) == 1
        assert len(found["garmin"]["lap"]) == found["garmin"]["session"][0]["num_laps"]


def _same(a: object, b: object) -> bool:
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-9)
    return a == b


def test_makers_differ_as_in_life(made: Squad) -> None:
    brands = {LIBRARIES["garmin"](made[name][0].data)["file_id"][0]["manufacturer"] for name in FIT_RUNNERS}
    assert brands == {"garmin", "suunto", "coros", "polar_electro"}
    serials = {LIBRARIES["garmin"](made[name][0].data)["file_id"][0]["serial_number"] for name in FIT_RUNNERS}
    assert len(serials) == len(FIT_RUNNERS)


def test_totals_laps_and_records_agree(made: Squad) -> None:
    for name in FIT_RUNNERS:
        for file in made[name][5::45]:
            run = read(file)
            elapsed, timer = float(run.session["total_elapsed_time"]), float(run.session["total_timer_time"])  # type: ignore[arg-type]
            assert (run.times[-1] - run.times[0]).total_seconds() == elapsed
            pauses = sum(
                (start - stop).total_seconds()
                for (stop, kind), (start, _) in zip(run.events[:-1], run.events[1:], strict=True)
                if kind == "stop_all"
            )
            assert elapsed - timer == pauses
            distance = run.columns["distance"]
            assert np.all(np.diff(distance) >= 0)
            assert distance[-1] == run.session["total_distance"]
            gaps = np.diff([t.timestamp() for t in run.times])
            assert gaps.min() >= 1
            assert np.sort(gaps)[-2] <= 16  # only a pause is longer
            assert 250 <= len(gaps) * 3600 / timer <= 440


def test_planned_distance_is_run(made: Squad) -> None:
    for person in people():
        planned = season(person, TODAY, demo.SEED)
        plain = [file for file in made[person.name] if "other-watch" not in file.path]
        assert len(plain) == len(planned)
        for file, run in list(zip(plain, planned, strict=True))[::60]:
            if file.path.endswith(".fit"):
                distance = read(file).columns["distance"][-1]
            elif file.path.endswith(".gpx"):
                distance = gpxpy.parse(file.data.decode()).length_2d()
            else:
                tags = [e for e in ElementTree.fromstring(file.data).iter() if e.tag.endswith("}DistanceMeters")]
                distance = float(tags[-1].text)
            assert distance == pytest.approx(run.distance_m, rel=0.04), (file.path, run.kind)


def test_gpx_and_tcx_are_marked_as_sample(made: Squad) -> None:
    assert b'creator="loadmon sample"' in made[NOOR][0].data
    assert b"<Name>loadmon sample</Name>" in made["Bronagh Ní Dhálaigh"][0].data
    assert LIBRARIES["garmin"](made["Ilse Brandauer"][0].data)["file_id"][0]["product_name"] == "Sample G"


def test_the_team_archive_holds_one_folder_a_runner(made: Squad, tmp_path: Path) -> None:
    path = tmp_path / "team.zip"
    count = demo.write_zip(path, TODAY)
    with ZipFile(path) as archive:
        names = archive.namelist()
        assert len(names) == count == sum(map(len, made.values()))
        assert {name.split("/")[0] for name in names} == set(made)
        last = made["Bronagh Ní Dhálaigh"][-1]
        assert archive.read(last.path) == last.data
        assert archive.testzip() is None


def test_the_folder_holds_the_same_files(made: Squad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = [file for files in made.values() for file in files[:2]]
    monkeypatch.setattr("loadmon.demo.bundle.files", lambda *_: iter(few))
    folder = tmp_path / "team"
    assert demo.write_folder(folder, TODAY) == len(few) == 24
    assert {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")} == {
        file.path: file.data for file in few
    }
