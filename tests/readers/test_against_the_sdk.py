"""Real FIT files read as the vendor's own library and two others read them, record by record and field by field."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.paths import corpus
from tests.readers.side_by_side import LIBRARIES, REASONS, Laid, lay

SEED, SAMPLE, LARGEST, BY_FITPARSE = 20261122, 45, 120_000, 12
WHOLE = "LOADMON_TEST_WHOLE_CORPUS"
"""Set to anything, every real file is compared instead of a sample: minutes instead of seconds."""

if os.environ.get(WHOLE):
    pytestmark = pytest.mark.timeout(3600)


def chosen(n: int) -> list[Path]:
    """Real files of every source, the same ones each time, small enough for a test; all of them where that is asked."""
    files = [path for path in sorted(corpus().rglob("*")) if path.suffix.lower() == ".fit"]
    if os.environ.get(WHOLE):
        return files
    small = [path for path in files if path.stat().st_size < LARGEST]
    return sorted(random.Random(SEED).sample(small, min(n, len(small))))


@pytest.fixture(scope="module")
def laid() -> Laid:
    got = lay(chosen(SAMPLE), {"garmin-fit-sdk": LIBRARIES["garmin-fit-sdk"]})
    print(got.told())
    return got


def test_every_file_that_the_sdk_reads_is_read_as_far(laid: Laid) -> None:
    assert laid.files >= SAMPLE
    assert laid.lost == []
    assert laid.read["loadmon"] >= laid.read["garmin-fit-sdk"] > laid.files // 2


def test_fields_are_equal_to_those_of_the_sdk(laid: Laid) -> None:
    assert sum(laid.total.values()) > 5 * laid.files
    assert laid.share("garmin-fit-sdk") >= 0.999
    assert laid.unexplained() == []


@pytest.mark.parametrize("library", ["fitparse", "fitdecode"])
def test_fields_are_equal_to_those_of_other_libraries(library: str) -> None:
    got = lay(chosen(BY_FITPARSE), {library: LIBRARIES[library]})
    print(got.told())
    assert got.lost == []
    assert got.unexplained() == []
    assert got.share(library) >= 0.999
    assert sum(got.total.values()) > 3 * BY_FITPARSE


def test_what_is_laid_side_by_side_can_differ(tmp_path: Path) -> None:
    """The comparison itself: a library that reads one value wrong, or one record more, is noticed."""
    from tests.readers import made_fit
    from tests.readers.peers import Peer, by_garmin

    def wrong(data: bytes) -> Peer:
        read = by_garmin(data)
        assert read.columns is not None
        read.columns["heart_rate_bpm"][7] += 0.01
        return read

    def more(data: bytes) -> Peer:
        read = by_garmin(data)
        return Peer(read.columns, read.n + 1)

    path = tmp_path / "made.fit"
    path.write_bytes(made_fit.run(60))
    assert lay([path], {"right": by_garmin}).share("right") == 1.0
    assert [one[2] for one in lay([path], {"wrong": wrong}).unexplained()] == ["heart_rate_bpm"]
    assert len(lay([path], {"more": more}).lost) == 1


def test_the_document_tells_every_difference_that_is_known() -> None:
    told = (Path(__file__).parents[2] / "docs" / "reading-files.md").read_text(encoding="utf-8")
    for library, file, name in REASONS:
        assert any(all(word in line for word in (library, file, name)) for line in told.splitlines()), (library, file)
