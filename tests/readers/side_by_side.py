"""Real FIT files read by us and by other libraries, field by field, with every difference and who is right."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loadmon.refusal import Refusal
from tests.readers.peers import Peer, by_fitdecode, by_fitparse, by_garmin, ours, pairs

LIBRARIES: dict[str, Callable[[bytes], Peer]] = {
    "garmin-fit-sdk": by_garmin,
    "fitparse": by_fitparse,
    "fitdecode": by_fitdecode,
}
_STRAP = "beats that the strap kept are not merged into the records; ours is right, the SDK agrees"
REASONS: dict[tuple[str, str, str], str] = {
    (library, file, "heart_rate_bpm"): _STRAP
    for library in ("fitparse", "fitdecode")
    for file in ("event_timestamp.fit", "sample_mulitple_header.fit", "garmin-fr935-cr.fit")
}
"""Library, file and field of each difference that is known, why, and who is right. ``docs/reading-files.md`` says the same."""


@dataclass
class Laid:
    """What came of it."""

    files: int = 0
    read: Counter[str] = field(default_factory=Counter)
    total: Counter[tuple[str, str]] = field(default_factory=Counter)
    equal: Counter[tuple[str, str]] = field(default_factory=Counter)
    different: list[tuple[str, str, str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)

    def share(self, library: str) -> float:
        """Equal (file, field) pairs of all."""
        total = sum(n for (name, _), n in self.total.items() if name == library)
        return sum(n for (name, _), n in self.equal.items() if name == library) / total if total else 0.0

    def unexplained(self) -> list[tuple[str, str, str, str]]:
        """Differences that no reason is known for."""
        return [one for one in self.different if one[:3] not in REASONS]

    def told(self) -> str:
        """The table, the differences with their reasons, and what only one side reads."""
        peers = [name for name in self.read if name != "loadmon"]
        lines = [
            f"{self.files} files; read with records: " + ", ".join(f"{n} by {name}" for name, n in self.read.items())
        ]
        lines.append(f"{'field':26}" + "".join(f"{name:>26}" for name in peers))
        for name in sorted({field_ for _, field_ in self.total}):
            cells = [f"{self.equal[lib, name]} of {self.total[lib, name]}" for lib in peers]
            lines.append(f"{name:26}" + "".join(f"{cell:>26}" for cell in cells))
        lines += [f"{peer}: {100 * self.share(peer):.2f} % of (file, field) pairs equal to 1e-6" for peer in peers]
        for library, file, name, words in self.different:
            reason = REASONS.get((library, file, name), "NOT EXPLAINED")
            lines.append(f"  {library}, {file}, {name}: {words} ({reason})")
        lines += [f"  read by us alone or further: {one}" for one in self.beyond]
        lines += [f"  LOST: {one}" for one in self.lost]
        return "\n".join(lines)


def lay(files: Iterable[Path], libraries: Mapping[str, Callable[[bytes], Peer]] = LIBRARIES) -> Laid:
    """Read every file by each and compare all records field by field.

    Fields of apps are summed up in one line. A library that gives no record of a file, or fails, is not compared; where
    one stops early, what it read is.
    """
    out = Laid(read=Counter({"loadmon": 0} | dict.fromkeys(libraries, 0)))
    for path in files:
        data = path.read_bytes()
        mine = ours(data)
        out.files += 1
        n = 0 if isinstance(mine, Refusal) else len(mine)
        out.read["loadmon"] += n > 0
        for library, read in libraries.items():
            with warnings.catch_warnings():
                # what a library only warns of it still reads; here warnings are errors and would end its reading
                warnings.simplefilter("ignore")
                theirs = read(data)
            out.read[library] += theirs.n > 0
            if theirs.n > n:
                out.lost.append(f"{path.name}: {n} records of {theirs.n} by {library}")
            elif theirs.n < n:
                out.beyond.append(f"{path.name}: {n} records, {theirs.n} by {library} ({theirs.trouble[:70]})")
            if isinstance(mine, Refusal) or theirs.columns is None or not theirs.n:
                continue
            for pair in pairs(mine, theirs, data):
                name = "fields of apps" if pair.field.startswith("app ") else pair.field
                if name != "records":
                    out.total[library, name] += 1
                    out.equal[library, name] += pair.equal
                    if not pair.equal:
                        out.different.append((library, path.name, pair.field, pair.words))
    return out
