"""An import that is killed again and again, and taken up again until it is done.

    python -m tests.bench.kills [--kills 100] [--files 300] [--database sqlite|postgresql|both] [--seed 1]

Every round takes the same made files in (several runners, exact copies, second watches on the same run, damaged and
foreign files, a ZIP) by a real command with two worker processes, in turn ``loadmon import`` and a job done by
``loadmon worker``. At random moments it is killed with signal 9, in turn the whole process group and the parent alone,
and started again until it ends by itself. Then the store has to hold what an undisturbed import gives, nothing twice,
both databases' own checks have to be clean, and no process may be left. Prints what it met; ends in 1 if anything differs.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, make_url, select, text, update

from loadmon.intake.jobs import ask_for_import
from loadmon.store import Store, imports, jobs, open_store
from loadmon.store.schema import FileReportRow, ImportBatchRow, JobRow, now
from tests.intake import made
from tests.paths import ROOT
from tests.store import postgres

DONE = (0, 3)
"""Codes of an import that went through."""
PATIENCE_S = 300.0
Place = tuple[Path, str | None]
"""A data folder and the database's URL, None for SQLite in the folder."""


def files(number: int) -> dict[str, bytes]:
    """Made files of a squad: about so many sound ones, with everything that gives an import trouble among them."""
    found: dict[str, bytes] = {}
    runners = ("Anna Berg", "Ben", "Cleo", "Dora", "Emil")
    for place in range(number):
        name = runners[place % len(runners)]
        found[f"{name}/{place:04}.fit"] = made.fit(place, 40 + place % 5, heart=120 + place % 60)
        if place % 10 == 3:
            found[f"{name}/copy of {place:04}.fit"] = found[f"{name}/{place:04}.fit"]
        if place % 10 == 5:  # a second watch on the same run
            found[f"{name}/{place:04} strap.fit"] = made.fit(place, 40 + place % 5, heart=121 + place % 60)
        if place % 20 == 7:
            found[f"{name}/{place:04} cut.fit"] = made.cut_fit(1_000 + place)
        if place % 20 == 9:
            found[f"{name}/{place:04} bad.fit"] = made.PDF + bytes([place % 250])
    found["Emil/old.zip"] = made.zipped({f"{n}.fit": made.fit(2_000 + n) for n in range(20)} | {"bad.fit": b"no"})
    return found | {"loose.fit": made.fit(3_000), "Ben/photo.jpg": b"\xff\xd8\xff", "Ben/empty.fit": b""}


@dataclass
class Findings:
    """What a series of rounds met."""

    kills: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    parts_left: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Round:
    """One import of one folder into one new store, however often it is killed."""

    folder: Path
    place: Place
    way: str
    dice: random.Random
    findings: Findings

    def run(self, most_kills: int) -> None:
        """Kill it at most so often, let it end, and leave the store as it is."""
        store = self._store()
        try:
            if self.way == "worker":
                ask_for_import(store, [self.folder])
            total = len(files_below(self.folder))
            for _ in range(most_kills):
                if self._killed(store, self.dice.randrange(total), self.dice.uniform(0.0, 0.6)):
                    return
            while not self._killed(store, None, 0.0):
                pass
        finally:
            store.close()

    def _store(self) -> Store:
        return open_store(self.place[1], self.place[0])

    def _killed(self, store: Store, after_files: int | None, later_s: float) -> bool:
        """Start the command and kill it once it has reported so many files more; True if it ended by itself."""
        if self.way == "worker":
            with store.write() as conn:  # a minute of silence passes: the next worker takes the job over
                silent = update(JobRow).where(JobRow.state == "running")
                conn.execute(silent.values(heartbeat=now().replace(year=2020), attempts=0))
            words = ["worker", "--once"]
        else:
            words = ["import", str(self.folder)]
        begun = reported(store)
        running = subprocess.Popen(
            [sys.executable, "-m", "loadmon", *words], cwd=ROOT, env=self._environment(), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        try:
            deadline = time.monotonic() + PATIENCE_S
            reached: float | None = None
            while running.poll() is None:
                if reached is None and after_files is not None and reported(store) - begun >= after_files:
                    reached = time.monotonic()
                if reached is not None and time.monotonic() >= reached + later_s:
                    self._kill(running)
                    return False
                if time.monotonic() > deadline:
                    raise TimeoutError("an import does not come to its end")
                time.sleep(0.01)
        finally:
            with contextlib.suppress(ProcessLookupError):
                if running.poll() is None:
                    os.killpg(running.pid, signal.SIGKILL)
            said = running.communicate()[1].decode(errors="replace")
        if running.returncode not in DONE:
            self.findings.faults.append(f"{self.way} ended with {running.returncode}: {said[-300:]}")
        self._no_orphans(running.pid)
        return True

    def _kill(self, running: subprocess.Popen[bytes]) -> None:
        alone = sum(self.findings.kills.values()) % 2 == 1
        if alone:
            os.kill(running.pid, signal.SIGKILL)
        else:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        self.findings.kills["parent alone" if alone else "whole group"] += 1
        self._no_orphans(running.pid)

    def _no_orphans(self, group: int) -> None:
        deadline = time.monotonic() + 30
        while (left := alive_in(group)) and time.monotonic() < deadline:
            time.sleep(0.05)
        if left:
            self.findings.faults.append(f"{len(left)} processes outlived their import")
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)

    def _environment(self) -> dict[str, str]:
        mine = {k: v for k, v in os.environ.items() if not k.startswith("LOADMON_")}
        url = {"LOADMON_DATABASE_URL": self.place[1]} if self.place[1] else {}
        return mine | {"LOADMON_HOME": str(self.place[0]), "LOADMON_WORKERS": "2"} | url


def files_below(folder: Path) -> list[Path]:
    """Every file of a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def reported(store: Store) -> int:
    """Lines of report so far."""
    with store.read() as conn:
        return conn.execute(select(func.count(FileReportRow.id))).scalar_one()


def alive_in(group: int) -> list[int]:
    """Processes of a group that are not dead."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state not in "ZX":
                found.append(int(stat.parent.name))
    return found


def differences(store: Store, wanted: dict[str, object], lines: list[tuple[str, str, str | None]]) -> list[str]:
    """In what a store differs from an undisturbed one, in words."""
    found, content = [], made.content(store)
    content["files"] = [one for one in content["files"] if not one[0].endswith(".part")]
    found += [f"{name} differs" for name in wanted if content.get(name) != wanted[name]]
    with store.read() as conn:
        batches = conn.execute(select(ImportBatchRow.id).order_by(ImportBatchRow.id)).scalars().all()
        for batch in batches:
            paths = imports.reports(conn, made.ALL, batch)["path"]
            if not paths.is_unique:
                found.append("a file has two lines in one report")
        asked = select(JobRow.state)
        if any(state in jobs.OPEN for state in conn.execute(asked).scalars()):
            found.append("a job is still open")
    told = [line for batch in batches for line in made.outcomes(store, batch)]
    if len(batches) == 1 and told != lines:
        found.append("the report differs")
    taken = Counter(path for path, outcome, _ in told if outcome == "imported")
    if any(count > 1 for count in taken.values()):
        found.append("a file was taken in twice")
    if {path for path, _, _ in told} != {path for path, _, _ in lines}:
        found.append("a file has no line in any report")
    return found


def checked(place: Place) -> list[str]:
    """What SQLite itself finds wrong."""
    if place[1] is not None:
        return []
    with contextlib.closing(sqlite3.connect(place[0] / "loadmon.db")) as conn:
        whole = conn.execute("PRAGMA integrity_check").fetchall()
        foreign = conn.execute("PRAGMA foreign_key_check").fetchall()
    return [f"integrity_check: {whole}"] * (whole != [("ok",)]) + [f"foreign_key_check: {foreign}"] * bool(foreign)


def series(
    scratch: Path, number: int, kills: int, seed: int, new_database: Callable[[], str | None], a_round: int = 6
) -> Findings:
    """Rounds until so many kills are done."""
    dice, findings = random.Random(seed), Findings()
    folder = made.lay(scratch / "given", files(number))
    plain = open_store(None, scratch / "undisturbed")
    lines = made.outcomes(plain, made.take_in(plain, folder).batch_id)
    wanted = made.content(plain)
    plain.close()
    while sum(findings.kills.values()) < kills:
        place = (scratch / f"home {findings.rounds}", new_database())
        way = ("worker", "import")[findings.rounds % 2]
        left = kills - sum(findings.kills.values())
        Round(folder, place, way, dice, findings).run(min(left, dice.randint(2, a_round)))
        store = open_store(place[1], place[0])
        wrong = differences(store, wanted, lines) + checked(place)
        findings.parts_left += len(list(store.originals.folder.glob(".*.part")))
        store.close()
        findings.faults += [f"round {findings.rounds} ({way}): {one}" for one in wrong]
        findings.rounds += 1
        print(
            f"  import {findings.rounds} ({way}): {sum(findings.kills.values())} kills so far, {len(wrong)} faults",
            flush=True,
        )
    return findings


@contextlib.contextmanager
def new_databases(kind: str) -> Iterator[Callable[[], str | None]]:
    """Gives a new empty database at every call."""
    if kind == "sqlite":
        yield lambda: None
        return
    with postgres.server() as url:
        admin, count = create_engine(url, isolation_level="AUTOCOMMIT"), iter(range(1_000))

        def another() -> str:
            name = f"kills_{next(count)}"
            with admin.connect() as conn:
                conn.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                conn.execute(text(f"CREATE DATABASE {name}"))
            return make_url(url).set(database=name).render_as_string(hide_password=False)

        yield another
        admin.dispose()


def main() -> None:
    """Kill, compare, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--files", type=int, default=300)
    asked.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="sqlite")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    faults = 0
    for kind in ("sqlite", "postgresql") if given.database == "both" else (given.database,):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as scratch:
            try:
                with new_databases(kind) as new_database:
                    met = series(Path(scratch), given.files, given.kills, given.seed, new_database)
            except pytest.skip.Exception as why:
                print(f"{kind}: not measured, {why}")
                continue
        kills = ", ".join(f"{count} {what}" for what, count in sorted(met.kills.items()))
        print(
            f"{kind}: {sum(met.kills.values())} kills ({kills}) in {met.rounds} imports of {len(files(given.files))} files, "
            f"{time.monotonic() - began:.0f} s; {met.parts_left} half-written originals wait to be swept; "
            f"{len(met.faults)} faults",
            flush=True,
        )
        for fault in met.faults:
            print(f"  {fault}")
        faults += len(met.faults)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
