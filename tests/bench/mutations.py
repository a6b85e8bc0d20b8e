"""Seeded damage to watch files of every format: only named refusals, nothing silent, nothing slow.

    python -m tests.bench.mutations [FOLDER] [--count 20000] [--seed 20261122] [--processes 2]

Cuts at random places, flips bits, lies about lengths and counts, splices two files. Seeds are made files, and the real
ones of FOLDER if it is given. Prints a table by format and kind of damage; ends with 1 if a rule was broken.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from loadmon.readers import read
from loadmon.readers.archive import members
from loadmon.readers.signature import HEAD_BYTES, Format, signature
from loadmon.refusal import Refusal
from tests.readers import made_fit, made_xml

SLOWEST_S_PER_10_MB = 1.0
FLOOR_S = 0.5
LARGEST_SEED = 400_000
KEPT_BEFORE_A_CUT = 0.95


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one damaged file."""

    form: str
    damage: str
    outcome: str
    seconds: float
    size: int
    kept: float | None = None
    broken_rule: str | None = None


def main() -> None:
    """Damage, read, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?")
    asked.add_argument("--count", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=20261122)
    asked.add_argument("--processes", type=int, default=2)
    given = asked.parse_args()
    files = list(seeds(given.folder, given.seed))
    print(f"{len(files)} seed files, {sum(map(len, files)) / 1e6:.1f} MB")
    share = -(-given.count // given.processes)
    with ProcessPoolExecutor(given.processes) as pool:
        turns = [pool.submit(some, files, share, given.seed + turn) for turn in range(given.processes)]
        verdicts = [verdict for turn in turns for verdict in turn.result()]
    broken = tell(verdicts)
    sys.exit(1 if broken else 0)


def seeds(folder: Path | None, seed: int) -> Iterator[bytes]:
    """Made files of every format; beside them up to sixty real ones."""
    yield made_fit.run()
    for name, value in vars(made_xml).items():
        if callable(value) and not name.startswith("_"):
            try:
                made = value()
            except TypeError:
                continue
            if isinstance(made, str):
                yield made.encode()
            elif isinstance(made, bytes):
                yield made
    if folder is not None:
        real = [m.read() for m in members(folder) if not m.foreign and 0 < m.size < LARGEST_SEED]
        real = [data for data in real if signature(data[:HEAD_BYTES]) in (Format.FIT, Format.GPX, Format.TCX)]
        random.Random(seed).shuffle(real)
        by_form: Counter[Format] = Counter()
        for data in real:
            form = signature(data[:HEAD_BYTES])
            by_form[form] += 1
            if by_form[form] <= 20:
                yield data


def some(files: list[bytes], count: int, seed: int) -> list[Verdict]:
    """Damage and read ``count`` times."""
    rng = random.Random(seed)
    whole = {id(data): _records(data) for data in files}
    return [_one(rng, files, whole) for _ in range(count)]


def _one(rng: random.Random, files: list[bytes], whole: dict[int, int]) -> Verdict:
    data = rng.choice(files)
    damage, damaged = _damaged(rng, data, files)
    form = signature(data[:HEAD_BYTES]).value
    began = time.perf_counter()
    broken: str | None = None
    kept: float | None = None
    try:
        sessions = read(damaged, "damaged")
        odd = any(session.oddities for session in sessions)
        outcome = "read, told" if odd else "read, nothing told"
        records = sum(len(session.stream) for session in sessions)
        if damage == "cut":
            expected = whole[id(data)] * len(damaged) / max(len(data), 1)
            kept = min(1.0, records / expected) if expected > 50 else None
            if not odd and records < whole[id(data)]:
                broken = "silent partial result"
    except Refusal as refusal:
        outcome = f"refused: {refusal.name}"
    except Exception as fault:  # noqa: BLE001  this is what is looked for
        outcome, broken = type(fault).__name__, f"leaked {type(fault).__name__}: {fault}"
    seconds = time.perf_counter() - began
    if seconds > FLOOR_S + SLOWEST_S_PER_10_MB * len(damaged) / 1e7:
        broken = f"took {seconds:.1f} s for {len(damaged)} bytes"
    return Verdict(form, damage, outcome, seconds, len(damaged), kept, broken)


def _records(data: bytes) -> int:
    try:
        return sum(len(session.stream) for session in read(data, "whole"))
    except Refusal:
        return 0


def _damaged(rng: random.Random, data: bytes, files: list[bytes]) -> tuple[str, bytes]:
    kind = rng.choice(("cut", "cut", "bits", "bits", "lengths", "splice", "repeat", "noise"))
    if kind == "cut":
        return kind, data[: rng.randrange(1, len(data))]
    changed = bytearray(data)
    if kind == "bits":
        near = len(data) if rng.random() < 0.5 else min(len(data), 1500)
        for _ in range(rng.randint(1, 8)):
            changed[rng.randrange(near)] ^= 1 << rng.randrange(8)
    elif kind == "lengths":
        at = rng.randrange(max(1, min(len(data), 400) - 4))
        changed[at : at + 4] = rng.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\x00\xff\x00", b"\x7f\xff\xff\xff"))
    elif kind == "splice":
        other = rng.choice(files)
        changed = changed[: rng.randrange(len(data))] + bytearray(other[rng.randrange(len(other)) :])
    elif kind == "repeat":
        first = rng.randrange(len(data))
        part = changed[first : first + rng.randrange(1, 2000)]
        changed[first:first] = part * rng.randint(1, 20)
    else:
        first = rng.randrange(len(data))
        changed[first : first + 200] = rng.randbytes(200)
    return kind, bytes(changed)


def tell(verdicts: list[Verdict]) -> int:
    """Print the table; the number of broken rules."""
    table: Counter[tuple[str, str, str]] = Counter((v.form, v.damage, v.outcome) for v in verdicts)
    for (form, damage, outcome), count in sorted(table.items()):
        print(f"{form:6} {damage:8} {outcome:40} {count:6}")
    kept = sorted(v.kept for v in verdicts if v.kept is not None and v.form == "fit")
    if kept:
        print(f"FIT cuts: of the records before the cut (by bytes) median {kept[len(kept) // 2]:.3f} kept")
    print(f"slowest: {max(v.seconds for v in verdicts):.2f} s")
    broken = [v for v in verdicts if v.broken_rule]
    for verdict in broken[:20]:
        print(f"BROKEN {verdict.form} {verdict.damage}: {verdict.broken_rule}")
    print(f"{len(verdicts)} damaged files, {len(broken)} rules broken")
    return len(broken)


if __name__ == "__main__":
    main()
