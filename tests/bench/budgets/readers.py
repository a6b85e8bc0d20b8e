"""Budgets of getting ready to read, of FIT files and packed ones, of inspection and of pauses."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from loadmon.readers import read
from loadmon.readers.fit_records import fit_records
from loadmon.readers.inspection import inspect
from loadmon.readers.limits import gunzip
from loadmon.readers.moving import stopped_seconds
from loadmon.refusal import Refusal
from tests.bench.budgets.budget import Measured, measured, nearest
from tests.paths import ROOT
from tests.readers.made_hostile_fit import defined_anew, described, hostile
from tests.readers.made_pauses import ten_thousand_pauses

_IMPORT = """
import time, numpy, pandas
began = time.process_time()
import loadmon.readers, loadmon.readers.fit, loadmon.readers.clean
print(time.process_time() - began)
"""


def budgets() -> Iterator[Measured]:
    """Import, definitions without end, what no watch writes so much of, and packing in many pieces."""
    yield Measured("readers imported, beside numpy and pandas", 0.150, min(_import_s() for _ in range(3)))
    for big_endian, words in ((False, "little"), (True, "big")):
        _, wordy = defined_anew(14_000, big_endian=big_endian)
        yield measured(f"FIT, 14,000 records each defined anew, {words}-endian", 0.2, partial(fit_records, wordy))
    yield nearest(
        measured(f"FIT, 2 MB of what no watch writes: {name}", 1.0, partial(_refuse, data), 2)
        for name, data in hostile().items()
    )
    many = gzip.compress(os.urandom(2000)) * 3000
    yield measured("gzip, 3,000 packed pieces in one file", 0.2, lambda: gunzip(many))
    yield nearest(
        measured(f"inspection, {name}", 0.5, partial(inspect, data, "hostile"), 2)
        for name, data in (("500,000 tags", b"<gpx>" + b"<a/>" * 500_000), ("400,000 descriptions", described()))
    )
    unix_s, events = ten_thousand_pauses()
    yield measured("ten thousand pauses in a day", 0.05, lambda: stopped_seconds(unix_s, events))


def _import_s() -> float:
    """Seconds of a fresh interpreter, told by itself."""
    done = subprocess.run([sys.executable, "-c", _IMPORT], cwd=ROOT, capture_output=True, check=True, text=True)
    return float(done.stdout)


def _refuse(data: bytes) -> None:
    with suppress(Refusal):
        read(data, "hostile.fit")
