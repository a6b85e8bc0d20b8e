"""Coverage-guided fuzzing of the readers with atheris: nothing but a named refusal, nothing slow, nothing that hangs.

    python -m tests.bench.fuzz SCRATCH_FOLDER [--seconds 3600]

Needs ``pip install atheris`` (Linux). Seeds are small made files; what is found is left in the folder, with a seed
corpus that grows. The first byte of every input says whether the rest is a whole file or the body of a FIT file, so
that the fuzzer need not rediscover the header.
"""

from __future__ import annotations

import argparse
import importlib
import struct
import sys
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["loadmon.readers", "loadmon.facts", "loadmon.gait"]):
    # the formats' readers are imported on demand: here, so that they are instrumented too
    for name in ("clean", "fit", "gpx", "tcx"):
        importlib.import_module(f"loadmon.readers.{name}")
    from loadmon.facts import facts_of
    from loadmon.readers import read

from loadmon.refusal import Refusal
from loadmon.session import Oddity
from tests.readers import made_fit, made_xml

SLOWEST_S_PER_10_MB = 1.0
FLOOR_S = 1.0


def one_input(data: bytes) -> None:
    """Read one input; anything but sessions or a refusal is a finding."""
    if not data:
        return
    kind, rest = data[0], data[1:]
    if kind < 128:
        rest = struct.pack("<BBHI4s", 12, 0x20, 2132, len(rest), b".FIT") + rest + b"\0\0"
    began = time.process_time()
    try:
        sessions = read(rest, "fuzz")
    except Refusal as refusal:
        if not (refusal.what and refusal.advice):
            raise AssertionError(f"{refusal.name} says nothing") from None
        sessions = []
    for session in sessions:
        facts_of(session)
        assert len(session.stream) >= 0
        assert all(isinstance(oddity, Oddity) for oddity in session.oddities)
    took = time.process_time() - began
    limit = FLOOR_S + SLOWEST_S_PER_10_MB * len(rest) / 1e7
    if took > limit:
        raise TimeoutError(f"{took:.2f} s for {len(rest)} bytes")


def seeds(folder: Path) -> None:
    """Small made files of every format, as inputs to begin with."""
    folder.mkdir(parents=True, exist_ok=True)
    run = made_fit.run()
    found = {"fit-file": b"\xff" + run, "fit-body": b"\0" + run[14:-2]}
    for name, value in vars(made_xml).items():
        if callable(value) and not name.startswith("_"):
            try:
                made = value()
            except TypeError:
                continue
            text = made.encode() if isinstance(made, str) else made
            if isinstance(text, bytes):
                found[f"xml-{name}"] = b"\xff" + text
    for name, data in found.items():
        (folder / name).write_bytes(data)


def main() -> None:
    """Fuzz for the time given."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seconds", type=int, default=3600)
    given = asked.parse_args()
    corpus = given.folder / "corpus"
    seeds(corpus)
    options = [
        sys.argv[0],
        f"-max_total_time={given.seconds}",
        "-max_len=65536",
        "-rss_limit_mb=2048",
        "-timeout=10",
        "-print_final_stats=1",
        f"-artifact_prefix={given.folder}/",
        str(corpus),
    ]
    atheris.Setup(options, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
