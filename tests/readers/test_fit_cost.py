"""What reading costs: time to import, and memory beside the file itself."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc

from loadmon.readers.fit_records import fit_records
from tests.paths import ROOT
from tests.readers import made_fit as made

IMPORT_S, TIMES_THE_FILE = 0.150, 6.0
_IMPORT = """
import time, numpy, pandas
began = time.process_time()
import loadmon.readers, loadmon.readers.fit, loadmon.readers.clean
print(time.process_time() - began)
"""


def test_readers_are_imported_in_no_time_beside_numpy_and_pandas() -> None:
    spent = [
        float(
            subprocess.run([sys.executable, "-c", _IMPORT], cwd=ROOT, capture_output=True, check=True, text=True).stdout
        )
        for _ in range(2)
    ]
    assert min(spent) < IMPORT_S


def test_records_take_no_more_memory_than_six_times_the_file() -> None:
    data = made.run(9000)
    want = fit_records(data)  # tables of the checksum are made once
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    got = fit_records(data)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    assert got.equals(want)
    assert peak < TIMES_THE_FILE * len(data)
