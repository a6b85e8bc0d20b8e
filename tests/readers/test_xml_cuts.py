"""Files that break off: everything before the break is kept, and the break is always told."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from loadmon.readers import read
from loadmon.readers.gpx import read_gpx
from loadmon.readers.tcx import read_tcx
from loadmon.refusal import DamagedFile, NoActivity, NoTimes, Refusal
from tests.paths import corpus
from tests.readers.made_xml import activity, gpx, points, tcx

SEED, CUTS = 20261122, 60
GPX = gpx(points(300, extension="<hr>150</hr>")).encode()
TCX = tcx(activity(n=300)).encode()
TOLD = {"truncated", "damaged"}


@pytest.mark.parametrize(("data", "end"), [(GPX, b"</trkpt>"), (TCX, b"</Trackpoint>")], ids=["gpx", "tcx"])
def test_every_whole_point_before_a_cut_is_kept(data: bytes, end: bytes) -> None:
    chance = random.Random(SEED)
    reader = read_gpx if data is GPX else read_tcx
    for at in [chance.randrange(len(data)) for _ in range(CUTS)]:
        n_before = data[:at].count(end)
        if not n_before:
            with pytest.raises(DamagedFile):
                reader(data[:at])
            continue
        (recording,) = reader(data[:at])
        assert len(recording.unix_s) == n_before
        assert [o.name for o in recording.oddities] == ["truncated"]


@pytest.mark.parametrize("junk", [b"\x00", b"<", b"&", b"</nonsense>", b"\x01\x02", b"]]>", b"<a b>"])
@pytest.mark.parametrize("data", [GPX, TCX], ids=["gpx", "tcx"])
def test_damage_in_the_middle_is_told_and_what_comes_before_is_kept(data: bytes, junk: bytes) -> None:
    end = b"</trkpt>" if data is GPX else b"</Trackpoint>"
    at = data.index(end, len(data) // 2) + len(end)
    (session,) = read(data[:at] + junk + data[at:], "a")
    assert len(session.stream) == data[:at].count(end)
    assert {o.name for o in session.oddities} & TOLD == {"damaged"}


def test_a_second_track_that_is_cut_leaves_the_first() -> None:
    text = gpx(points(100), points(100, first=5000))
    one, two = read(text[: text.rindex("<trkpt")].encode(), "a.gpx")
    assert (len(one.stream), len(two.stream)) == (100, 99)
    assert "truncated" in {o.name for o in two.oddities}
    (only,) = read(text[: text.rindex("<trkseg>") + 12].encode(), "a.gpx")
    assert "truncated" in {o.name for o in only.oddities}


def points_in(data: bytes, path: Path) -> int:
    return data.count(b"</trkpt>" if path.suffix.lower() == ".gpx" else b"</Trackpoint>")


def test_real_files_cut_at_random() -> None:
    chance, n_cuts, n_refused = random.Random(SEED), 0, 0
    for path in sorted(p for p in corpus().rglob("*") if p.suffix.lower() in (".gpx", ".tcx")):
        data = path.read_bytes()
        reader = read_gpx if path.suffix.lower() == ".gpx" else read_tcx
        try:
            reader(data)
        except (NoActivity, NoTimes, DamagedFile):
            continue
        for _ in range(6):
            cut = data[: chance.randrange(len(data.rstrip()))]
            try:
                recordings = reader(cut)
            except NoTimes:
                continue
            except Refusal:
                n_refused += 1
                assert points_in(cut, path) <= 1, path.name
                continue
            n_cuts += 1
            # what was left out by name is not lost silently
            kept = sum(len(r.unix_s) for r in recordings)
            kept += sum(o.count for r in recordings for o in r.oddities if o.name == "tracks without time")
            assert kept >= 0.95 * points_in(cut, path), path.name
            assert any(o.name in TOLD for recording in recordings for o in recording.oddities), path.name
    print(f"{n_cuts} cuts read in part and told, {n_refused} before the first point refused by name")
    assert n_cuts > 100
