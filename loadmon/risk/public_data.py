"""Public data as a check: which file somebody has, told by its bytes; what is odd about it; and what strict protocols find."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from loadmon.refusal import Refusal
from loadmon.risk.audit import Check
from loadmon.risk.event_file import DamagedData, day_features, gap_before, own_rate, week_features
from loadmon.risk.event_frame import CLEAR
from loadmon.risk.prior import Floats
from loadmon.risk.ranking import Interval, auc_interval, average_precision
from loadmon.risk.soccermon import COLUMNS
from loadmon.risk.soccermon_table import soccermon_lines
from loadmon.risk.splits import plain_scores
from loadmon.risk.visit_file import visit_scores, visits

Tell = Callable[[str], None]
MOST_BYTES = 100_000_000


class UnknownData(Refusal):
    """A file that is none of the public data loadmon can check."""

    name = "unknown data"


class NotAsPublished(UnknownData):
    """A file with the columns of a public one and other bytes."""

    name = "not as published"


@dataclass(frozen=True, slots=True)
class Known:
    """One public file, by its fingerprint."""

    kind: str
    title: str
    predictors: int = 0


DAY, WEEK, WU, SOCCERMON = "day", "week", "wu", "soccermon"
LOEVDAL = "Lövdal et al. 2021, doi 10.34894/UWU9PV"
KNOWN: Mapping[str, Known] = {
    "git:05acd3b1640ba242a667bd4fb354fc46ec17f74b": Known(DAY, f"{LOEVDAL}, day file"),
    "git:6a739f4f6e3a091200a40230f5c629842d119dbd": Known(WEEK, f"{LOEVDAL}, week file"),
    "sha256:261ba3a481f3428611cc175eac2b67749ee3d97980d81168af13bd9f932d5a31": Known(WEEK, f"{LOEVDAL}, week file"),
    "sha256:4d5d1ae468073287b7808998ef26d3651d817eb7595d5d37840908ff5e50f4de": Known(
        WU, "Wu et al. 2026, doi 10.1038/s41746-026-02413-y, 39 predictors", 39
    ),
    "sha256:8609fcbdc90743d19c278f8f337e23e9663bc56a93a7ffa19f83b2214148a027": Known(
        WU, "Wu et al. 2026, doi 10.1038/s41746-026-02413-y, 257 predictors", 257
    ),
    "sha256:14b59bdbbe1025915a31f4e4474a370520e0cc7869adca3471becb594d18ec77": Known(
        SOCCERMON, "SoccerMon, Midoglu et al. 2024, doi 10.5281/zenodo.10033832, derived table"
    ),
}
"""Fingerprints of the files as they were published, read at several copies that agree."""
_BEGINNINGS = (("sha256:373b01b1", Known(WEEK, f"{LOEVDAL}, week file with other line ends")),
               ("git:2098c818", Known(DAY, f"{LOEVDAL}, day file with other line ends")))  # fmt: skip
_HEADS: Mapping[str, frozenset[str]] = {
    LOEVDAL: frozenset({"Athlete ID", "Date", "injury"}),
    "SoccerMon's derived table": frozenset(COLUMNS),
}
ORDER_WORDS = (
    "Column order: in the day file the columns with the suffix .6 are the day before the event and those without a suffix "
    "are six days older. The first description that came with the file says the opposite; its second version corrects it."
)
HOLE_WORDS = (
    "The hole: the rows are events, and none of an injured runner's 21 days before the injury has a row. So nothing that "
    "looks back beyond a row's own seven days, such as a 28-day load or an acute:chronic ratio, may be made of this file: it "
    "would tell the answer. The gap alone is told below as a warning."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One protocol on a public file: how well it ranks, and what that is worth."""

    protocol: str
    features: str
    auc: Interval
    precision: float
    base: float
    words: str
    within: float | None = None


@dataclass(frozen=True, slots=True)
class DataCheck:
    """What a file is, what is odd about it, and what was found in it.

    Parameters
    ----------
    title, sha256 : str
    rows, injuries, runners : int
    notes : tuple of str
        What has to be known before anything is made of the file.
    lines : tuple of Line
    controls : tuple of Check
    """

    title: str
    sha256: str
    rows: int
    injuries: int
    runners: int
    notes: tuple[str, ...]
    lines: tuple[Line, ...]
    controls: tuple[Check, ...]


def recognised(content: bytes) -> Known:
    """Which public file these bytes are.

    Raises
    ------
    NotAsPublished
        If their columns are those of one, and the bytes are not.
    UnknownData
        If they are none, to the last byte: a changed copy would be checked for something it is not.
    """
    sha256 = "sha256:" + hashlib.sha256(content).hexdigest()
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
    git = "git:" + blob.hexdigest()
    for mark in (sha256, git):
        if mark in KNOWN:
            return KNOWN[mark]
        for beginning, known in _BEGINNINGS:
            if mark.startswith(beginning):
                return known
    heads = {one.strip().strip('"') for one in content[:20_000].split(b"\n")[0].decode(errors="replace").split(",")}
    for title, columns in _HEADS.items():
        if columns <= heads:
            raise NotAsPublished(
                f"This has the columns of {title}, but it is not as published: its bytes were changed, or some are missing.",
                "Download it again. A changed copy is not checked: what came of it could not be held against anything.",
            )
    raise UnknownData(
        "This is none of the public files loadmon can check, or its bytes were changed.",
        "Give the day or week file of Lövdal 2021, a file of Wu 2026, or SoccerMon's derived table, as it was downloaded.",
    )


def check_data(content: bytes, tell: Tell | None = None) -> DataCheck:
    """Verify a public file and run strict protocols on it, beside what leaks.

    Raises
    ------
    UnknownData, DamagedData
    """
    if len(content) > MOST_BYTES:
        raise UnknownData("The file is far larger than any public file loadmon knows.", "Give the file itself.")
    known, say = recognised(content), tell or (lambda _: None)
    sha256 = hashlib.sha256(content).hexdigest()
    if known.kind == SOCCERMON:
        rows, injuries, players, told = soccermon_lines(content, say)
        lines = tuple(
            Line(one.protocol, one.features, one.auc, one.precision, one.base, one.words, one.within) for one in told
        )
        note = "Football, one team, 36 injuries, 32 of them in rows that count (four came within 28 days without a load): what it tells of protocols holds, what it tells of runners is little."
        return DataCheck(known.title, sha256, rows, injuries, players, (note,), lines, ())
    if known.kind == WU:
        return _check_visits(known, sha256, content, say)
    return _check_events(known, sha256, content, say)


def _table(content: bytes) -> pd.DataFrame:
    try:
        return pd.read_csv(io.BytesIO(content))
    except (ValueError, UnicodeDecodeError):
        raise DamagedData("The file is no table.", "Download it again.") from None


WU_WORDS = (
    "Rows of one runner are alike: published results split rows and reach .78; with runners kept whole two re-analyses found .47 "
    "to .64. The file holds a few visits a runner and no weeks, so nothing of it enters loadmon's own model."
)
UNTOLD_WORDS = (
    "Its columns do not say by their names whose a row is and how it is labelled. That is not guessed: the file is verified, and "
    "nothing is fitted to it."
)


def _check_visits(known: Known, sha256: str, content: bytes, say: Tell) -> DataCheck:
    table = _table(content)
    found = visits(table, known.predictors)
    if found is None:
        return DataCheck(known.title, sha256, len(table), 0, 0, (WU_WORDS, UNTOLD_WORDS), (), ())
    say("People kept whole, and rows dealt out")
    lines = tuple(
        _scored(split, name, score, found.label, found.person, words)
        for split, name, score, words in visit_scores(found)
    )
    people = len(np.unique(found.person))
    return DataCheck(known.title, sha256, len(table), int(found.label.sum()), people, (WU_WORDS,), lines, ())


def _check_events(known: Known, sha256: str, content: bytes, say: Tell) -> DataCheck:
    table = _table(content)
    need = {"Athlete ID", "Date", "injury"}
    if not need <= set(table.columns):
        raise DamagedData(f"Columns are missing: {', '.join(sorted(need - set(table.columns)))}.", "Download it again.")
    table = table.sort_values(["Athlete ID", "Date"], kind="stable")
    runner, day = table["Athlete ID"].to_numpy(dtype=np.int64), table["Date"].to_numpy(dtype=np.int64)
    label = table["injury"].to_numpy(dtype=np.float64)
    features = day_features(table) if known.kind == DAY else week_features(table)
    say("Runners kept whole")
    lines = [_line("runners kept whole", "seven days of each row", features, label, runner, "strict")]
    say("The runner's own rate")
    lines.append(_scored("runners kept whole", "the runner's injury rate alone", own_rate(runner, day, label), label, runner,
                         "who, and nothing of when"))  # fmt: skip
    say("The gap alone")
    gap = gap_before(runner, day)
    steps = np.column_stack([gap > 7, gap > CLEAR, gap > 28]).astype(np.float64) * 4.0
    leak = _line("runners kept whole", "days since the runner's last row alone", steps, label, runner, "a leak")
    lines.append(leak)
    held = int(np.sum((gap <= CLEAR) & (label > 0)))
    controls = (
        Check("injuries with a row in the 21 days before", float(held), 0.0, 0.0, "The hole is as it was published."),
    )
    notes = (ORDER_WORDS, HOLE_WORDS) if known.kind == DAY else (HOLE_WORDS,)
    return DataCheck(
        known.title, sha256, len(table), int(label.sum()), len(np.unique(runner)), notes, tuple(lines), controls
    )


def _line(protocol: str, name: str, features: Floats, label: Floats, runner: np.ndarray, words: str) -> Line:
    return _scored(protocol, name, plain_scores(features, label, runner), label, runner, words)


def _scored(protocol: str, name: str, score: Floats, label: Floats, runner: np.ndarray, words: str) -> Line:
    found = auc_interval(score, label, runner, draws=200)
    return Line(protocol, name, found, average_precision(score, label), float(label.mean()), words)
