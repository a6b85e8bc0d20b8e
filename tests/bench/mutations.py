"""Seeded damage to files of every format: only named refusals, nothing silent, nothing slow, nothing huge.

    python -m tests.bench.mutations [FOLDER] [--count 20000] [--seed 20261122] [--processes 2]

Cuts at random places, flips bits, lies about lengths and counts, splices two files. Seeds are made files, and the real
ones of FOLDER if it is given. Every format is damaged equally often. Prints a table by format and kind of damage; ends
with 1 if a rule was broken.
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

from loadmon.readers.archive import members
from loadmon.readers.given import read
from loadmon.readers.signature import HEAD_BYTES, Format, signature
from loadmon.readers.table import sessions_from_table
from loadmon.readers.table_columns import TableColumns
from loadmon.refusal import ColumnsToConfirm, Refusal
from loadmon.session import Session
from tests.bench.damage import Whole, damaged, ends_between_rows, unpacked
from tests.bench.held import highest_mb, is_too_much, memory_from_here
from tests.bench.seeds import confirmed, seeds

SLOWEST_S_PER_10_MB = 1.0
FLOOR_S = 0.5
LARGEST_SEED = 400_000
KEPT_BEFORE_A_CUT = 0.95
COUNTED_FROM = 20
LISTS = frozenset({"rows left out", "members unreadable", "activities without a file"})
SAMPLES = 240


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one damaged file; ``kept`` is the share of the samples whole before a cut, ``mb`` the memory."""

    form: str
    damage: str
    outcome: str
    seconds: float
    size: int
    mb: float
    kept: float | None = None
    broken_rule: str | None = None


@dataclass(frozen=True, slots=True)
class Sound:
    """A file before damage: its samples, what is told of it even so, and a table's columns as its owner says them."""

    whole: Whole
    samples: int
    told: set[tuple[str, int, str]]
    columns: TableColumns | None


def main() -> None:
    """Damage, read, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?")
    asked.add_argument("--count", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=20261122)
    asked.add_argument("--processes", type=int, default=2)
    given = asked.parse_args()
    files = list(found(given.folder, given.seed))
    print(f"{len(files)} seed files, {sum(len(one.data) for one in files) / 1e6:.1f} MB, seed {given.seed}")
    shares = [
        given.count // given.processes + (turn < given.count % given.processes) for turn in range(given.processes)
    ]
    with ProcessPoolExecutor(given.processes) as pool:
        turns = [pool.submit(some, files, share, given.seed + turn) for turn, share in enumerate(shares)]
        verdicts = [verdict for turn in turns for verdict in turn.result()]
    broken = tell(verdicts)
    sys.exit(1 if broken else 0)


def found(folder: Path | None, seed: int) -> Iterator[Whole]:
    """Made files of every format; beside them up to twenty real ones of each watch format."""
    for name, data in seeds(SAMPLES).items():
        yield Whole(name.split("-")[0], data)
    if folder is not None:
        real = [m.read() for m in members(folder) if not m.foreign and m.trouble is None and 0 < m.size < LARGEST_SEED]
        random.Random(seed).shuffle(real)
        by_form: Counter[Format] = Counter()
        for data in real:
            form = signature(data[:HEAD_BYTES])
            by_form[form] += 1
            if form in (Format.FIT, Format.GPX, Format.TCX, Format.GZIP) and by_form[form] <= 20:
                yield Whole({Format.GZIP: "gz"}.get(form, form.value), data)


def some(files: list[Whole], count: int, seed: int) -> list[Verdict]:
    """Damage and read ``count`` times, every format equally often."""
    rng = random.Random(seed)
    by_form: dict[str, list[Whole]] = {}
    for one in files:
        by_form.setdefault(one.form, []).append(one)
    forms = sorted(by_form)
    sound: dict[int, Sound] = {}
    verdicts = []
    for turn in range(count):
        whole = rng.choice(by_form[forms[turn % len(forms)]])
        if id(whole) not in sound:
            sound[id(whole)] = _sound(whole)
        verdicts.append(_one(rng, sound[id(whole)], files))
    return verdicts


def _one(rng: random.Random, sound: Sound, files: list[Whole]) -> Verdict:
    whole, samples = sound.whole, sound.samples
    damage, data = damaged(rng, whole.data, files)
    broken: str | None = None
    records = 0
    before_mb = memory_from_here()
    began = time.process_time()
    try:
        sessions = _sessions(data, sound.columns)
        odd = not _told(sessions) <= sound.told
        outcome = "read, told" if odd else "read, nothing told"
        records = _count(sessions)
        # a splice is another file, of which nobody knows how much it held; nor does a table say where it ends
        cannot_be_told = damage == "splice" or ((damage, whole.form) == ("cut", "csv") and ends_between_rows(data))
        if not odd and records < samples and not cannot_be_told:
            broken = f"silent partial result: {records} of {samples}"
    except Refusal as refusal:
        outcome = f"refused: {refusal.name}"
        if not (refusal.what and refusal.advice):
            broken = "a refusal without words"
    except Exception as fault:  # noqa: BLE001  this is what is looked for
        outcome, broken = type(fault).__name__, f"leaked {type(fault).__name__}: {fault}"
    seconds = time.process_time() - began
    mb = highest_mb() - before_mb
    kept: float | None = None
    if damage == "cut":
        expected = samples * whole.share_before(data)
        kept = min(1.0, records / expected) if expected >= COUNTED_FROM else None
        if kept is not None and kept < KEPT_BEFORE_A_CUT:
            broken = broken or f"{records} of {expected:.0f} samples before the cut kept ({outcome})"
    size = max(len(data), len(unpacked(data)))
    if seconds > FLOOR_S + SLOWEST_S_PER_10_MB * size / 1e7:
        broken = f"took {seconds:.1f} s for {size} bytes"
    if is_too_much(mb, size):
        broken = f"took {mb:.0f} MB for {size} bytes"
    return Verdict(whole.form, damage, outcome, seconds, size, mb, kept, broken)


def _sessions(data: bytes, columns: TableColumns | None) -> list[Session]:
    """As a person reads it who confirmed the columns of the sound table."""
    try:
        return read(data)
    except ColumnsToConfirm:
        return sessions_from_table(unpacked(data), columns or confirmed(unpacked(data)))


def _count(sessions: list[Session]) -> int:
    """Samples; a session of a table, which has none, counts as one."""
    return sum(max(len(session.stream), 1) for session in sessions)


def _told(sessions: list[Session]) -> set[tuple[str, int, str]]:
    """What is told; of what was left out, also which: a sound table may have a row of sums, a sound archive a note."""
    told = {oddity for session in sessions for oddity in session.oddities}
    return {(one.name, one.count, one.detail if one.name in LISTS else "") for one in told}


def _sound(whole: Whole) -> Sound:
    try:
        columns = confirmed(unpacked(whole.data)) if whole.form in ("csv", "xlsx") else None
        sessions = _sessions(whole.data, columns)
    except Refusal:
        return Sound(whole, 0, set(), None)
    return Sound(whole, _count(sessions), _told(sessions), columns)


def tell(verdicts: list[Verdict]) -> int:
    """Print the table; the number of broken rules."""
    table: Counter[tuple[str, str, str]] = Counter((v.form, v.damage, v.outcome) for v in verdicts)
    for (form, damage, outcome), count in sorted(table.items()):
        print(f"{form:8} {damage:8} {outcome:40} {count:6}")
    print(f"\n{'format':8} {'files':>6} {'read':>6} {'refused':>7} {'leaks':>6} {'silent':>6} {'slowest s':>9} {'most MB':>8}"
          "  samples before a cut kept: files, all kept, least, median")  # fmt: skip
    for form in [*sorted({v.form for v in verdicts}), ""]:
        _row(form or "all", [v for v in verdicts if form in ("", v.form)])
    broken = [v for v in verdicts if v.broken_rule]
    for verdict in broken[:40]:
        print(f"BROKEN {verdict.form} {verdict.damage}: {verdict.broken_rule}")
    print(f"{len(verdicts)} damaged files, {len(broken)} rules broken")
    return len(broken)


def _row(form: str, verdicts: list[Verdict]) -> None:
    rules = [v.broken_rule or "" for v in verdicts]
    kept = sorted(v.kept for v in verdicts if v.kept is not None)
    shares = (
        f"{len(kept)}, {sum(k >= KEPT_BEFORE_A_CUT for k in kept)}, {kept[0]:.3f}, {kept[len(kept) // 2]:.3f}"
        if kept
        else "-"
    )
    print(
        f"{form:8} {len(verdicts):6} {sum(v.outcome.startswith('read') for v in verdicts):6} "
        f"{sum(v.outcome.startswith('refused') for v in verdicts):7} {sum(r.startswith('leaked') for r in rules):6} "
        f"{sum(r.startswith('silent') for r in rules):6} {max(v.seconds for v in verdicts):9.2f} "
        f"{max(v.mb for v in verdicts):8.0f}  {shares}"
    )


if __name__ == "__main__":
    main()
