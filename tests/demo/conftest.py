"""The sample squad made once for all tests of this room."""

from __future__ import annotations

import time
from collections import defaultdict

import pytest

from loadmon import demo
from tests.demo.reading import TODAY

Squad = dict[str, list[demo.SampleFile]]


@pytest.fixture(scope="session")
def made() -> Squad:
    """Every file of the squad by runner; how long it took is printed, never asserted."""
    begin = time.perf_counter()
    by_runner: Squad = defaultdict(list)
    for file in demo.files(TODAY):
        by_runner[file.runner_name].append(file)
    count = sum(map(len, by_runner.values()))
    size = sum(len(file.data) for files in by_runner.values() for file in files)
    print(f"\nsample squad: {count} files, {size / 1e6:.1f} MB in {time.perf_counter() - begin:.1f} s")
    return dict(by_runner)
