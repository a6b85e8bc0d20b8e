"""What commands say when they are done: sentences for people, JSON and CSV for programs."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from loadmon.intake.damage import damage, damage_told
from loadmon.refusal import Refusal
from loadmon.units import plural

if TYPE_CHECKING:
    import pandas as pd  # paid for by the commands that need tables, not by --help

MOST_NAMED = 20


class NotWritten(Refusal):
    """A file that was asked for cannot be written where it was asked for."""

    name = "not written"


def json_out(value: Any) -> None:
    """Print a value as JSON, alone on standard output; a missing number is null, never NaN."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    typer.echo(json.dumps(value, ensure_ascii=plain, default=str, indent=1, allow_nan=False))


def must_be_writable(report: Path) -> None:
    """Find out before an import, not after it, that its report has no place.

    Raises
    ------
    NotWritten
    """
    try:
        report.open("a").close()
    except OSError as why:
        raise _not_written(report, why) from why


def write_report(report: Path, lines: pd.DataFrame) -> None:
    """The report as a table, one line for each file (UTF-8 with the mark that spreadsheets look for).

    Raises
    ------
    NotWritten
    """
    try:
        from loadmon.spreadsheet import csv_of

        report.write_text(csv_of(lines.drop(columns="about")), encoding="utf-8-sig", newline="")
    except OSError as why:
        raise _not_written(report, why) from why


def report_out(lines: pd.DataFrame, *, ahead: bool = False) -> None:
    """One line a file: what became of it (with ``ahead``, what would), whose it is and of which day, and why."""
    days = lines["local_day"].dt.strftime("%Y-%m-%d").fillna("")
    for line, day in zip(lines.to_dict("records"), days, strict=True):
        runner = line["athlete"] if isinstance(line["athlete"], str) else line["about"].get("runner", "")
        lost = damage_told(line["oddities"], ahead=ahead) if line["outcome"] == "imported" else ""
        words = " ".join(word for word in (line["detail"], line["advice"], lost) if isinstance(word, str) and word)
        told = [f"{line['outcome']:<15}", f"{day:<10}", runner, line["path"], words]
        typer.echo("  ".join(word for word in told if word))
    if lines.empty:
        typer.echo("No file.")


def _not_written(report: Path, why: OSError) -> NotWritten:
    return NotWritten(
        f"The report cannot be written to {report} ({why.strerror}).",
        "Name a file in a folder that is there and yours.",
    )


def ahead_out(outcomes: dict[str, int], sessions: int, lines: pd.DataFrame) -> None:
    """What an import would do: every file's line, then the sum."""
    report_out(lines, ahead=True)
    counts = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(outcomes.items()))
    typer.echo(f"Nothing was taken in. An import would store {plural(sessions, 'session')}. Files: {counts or 'none'}.")


def stopped_out(sessions: int) -> None:
    """That an import was stopped, what stays of it and how it goes on."""
    typer.echo(
        f"Stopped. What was read stays: {plural(sessions, 'session')}. The same command goes on from there.", err=True
    )


def import_out(
    outcomes: dict[str, int], sessions: int, seconds: float, lines: pd.DataFrame, report: Path | None
) -> None:
    """The result in words: counts, then every file that was not taken in with what to do, at most twenty by name."""
    counts = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(outcomes.items()))
    typer.echo(f"{sessions:,} sessions stored in {seconds:.1f} s. Files: {counts or 'none'}.")
    damaged_out(lines)
    left_out(lines, report)


def damaged_out(lines: pd.DataFrame) -> None:
    """Every file that came in although it is damaged, and how; at most twenty by name."""
    came_in = lines[lines["outcome"].eq("imported")]
    told = [(path, damage(odd)) for path, odd in zip(came_in["path"], came_in["oddities"], strict=True)]
    named = [f"{path} ({words})" for path, words in told if words]
    if named:
        more = f" and {len(named) - MOST_NAMED:,} more" if len(named) > MOST_NAMED else ""
        are = "is" if len(named) == 1 else "are"
        words = f"{len(named):,} of them {are} damaged: {', '.join(named[:MOST_NAMED])}{more}"
        typer.echo(f"{words}; what could be read is in.")


def left_out(lines: pd.DataFrame, report: Path | None) -> None:
    """Every file that was not taken in, with what to do; at most twenty by name."""
    apart = lines[
        lines["outcome"].isin(["refused", "no owner"]) | (lines["outcome"].eq("foreign") & lines["detail"].notna())
    ]
    # files that one decision covers are one line
    question = apart["about"].map(lambda about: about.get("question"))
    alike = Counter(question)
    apart = apart[question.isna() | ~question.duplicated()]
    for path, detail, advice, about in (
        apart[["path", "detail", "advice", "about"]].head(MOST_NAMED).itertuples(index=False)
    ):
        more = alike[about["question"]] - 1 if "question" in about else 0
        typer.echo(f"  {path}{f' and {more:,} more' if more else ''}: {detail} {advice}")
    if len(apart) > MOST_NAMED:
        reasons = Counter(apart["reason"])
        told = ", ".join(f"{count:,} {reason}" for reason, count in reasons.most_common())
        typer.echo(f"  … and {len(apart) - MOST_NAMED:,} more ({told}).")
        where = "--report FILE writes the line of every file." if report is None else f"{report} lists them all."
        typer.echo(f"  {where}")
