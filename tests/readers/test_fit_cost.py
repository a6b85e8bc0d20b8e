"""What reading costs: what it loads, and memory beside the file itself."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc

from loadmon.readers.fit_records import fit_records
from tests.paths import ROOT
from tests.readers import made_fit as made

TIMES_THE_FILE = 6.0
_IMPORT = """
import sys, numpy, pandas
before = set(sys.modules)
import loadmon.readers, loadmon.readers.fit, loadmon.readers.clean
print(*sorted({name.partition(".")[0] for name in set(sys.modules) - before} - sys.stdlib_module_names))
"""


def test_readers_load_nothing_beside_numpy_and_pandas_but_arrow() -> None:
    told = subprocess.run([sys.executable, "-c", _IMPORT], cwd=ROOT, capture_output=True, check=True, text=True)
    assert set(told.stdout.split()) - {"pyarrow"} == {"loadmon"}


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
