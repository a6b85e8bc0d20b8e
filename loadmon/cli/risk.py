"""Injury risk on the command line: fit to the club's log, audit, check of public data, model card, fits as files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from loadmon.cli.app import EXIT_SOME_REFUSED, app, opened
from loadmon.cli.bar import console
from loadmon.cli.told import NotWritten, json_out
from loadmon.refusal import NotFound
from loadmon.settings import read_settings

AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]
Worlds = Annotated[int, typer.Option(min=1, max=50, help="Made worlds of each kind that the audit runs.")]
risk = typer.Typer(
    help="The chance of a new injury: fit it to the club's log, audit it, check it on public data.",
    no_args_is_help=True,
)
app.add_typer(risk, name="risk")


@risk.command()
def fit(
    worlds: Worlds = 3,
    trees: Annotated[bool, typer.Option("--trees/--no-trees", help="Also judge tree models, as contrast.")] = True,
    as_json: AsJson = False,
) -> None:
    """Learn from the club's injuries, judge the result, keep it, and use it if it is no worse than the one in use."""
    from loadmon.risk.design import weekly_design
    from loadmon.risk.report import KNEW, fit_and_judge, known_then
    from loadmon.risk.skill import not_shown
    from loadmon.show.risk_data import club_record, fit_in_use
    from loadmon.store import Viewer, risk_fits

    viewer = Viewer.everyone()
    with opened(read_settings()) as store:
        design = weekly_design(club_record(store, viewer, datetime.now(UTC)))
        with store.read() as conn:
            used = next((one.report for one in risk_fits.kept_fits(conn, viewer) if one.adopted), None)
        made = fit_and_judge(
            design,
            fit_in_use(store, viewer),
            knew=known_then(used),
            worlds=worlds,
            trees=trees,
            tell=_tell(as_json=as_json),
        )
        with store.write() as conn:
            number = risk_fits.keep_fit(conn, viewer, made.fit, made.report, adopt=made.verdict.adopt)
    if as_json:
        # which injuries of whom it was taught is the store's alone
        told = {name: value for name, value in made.report.items() if name != KNEW}
        json_out({"fit": number, "badge": made.fit.badge, **told})
    else:
        if weak := not_shown(made.report):
            typer.echo(weak)
        typer.echo(f"Fit {number}, {made.fit.badge}. {made.verdict.words}")
        for line in made.report["judged"]:
            typer.echo(_judged(line))
        for check in made.report["checks"]:
            typer.echo(_check(check))
        if made.report["leak"]:
            typer.echo(made.report["leak"])
    if not made.verdict.adopt:
        raise typer.Exit(EXIT_SOME_REFUSED)


@risk.command()
def audit(worlds: Worlds = 3, as_json: AsJson = False) -> None:
    """Run the audit that needs no club: worlds with and without an effect, leaks built in on purpose, intervals."""
    from loadmon.risk.report import audited, check_plain

    found = [check_plain(one) for one in audited(worlds, tell=_tell(as_json=as_json))]
    if as_json:
        json_out({"worlds": worlds, "checks": found})
    else:
        for check in found:
            typer.echo(_check(check))
    if not all(one["passed"] for one in found):
        raise typer.Exit(EXIT_SOME_REFUSED)


@risk.command()
def check(
    file: Annotated[Path, typer.Argument(help="A file of Lövdal 2021, Wu 2026 or SoccerMon.", metavar="FILE")],
    as_json: AsJson = False,
) -> None:
    """Verify a public file by its fingerprint and run strict protocols on it, beside what leaks. Nothing is taken in."""
    from dataclasses import asdict

    from loadmon.risk.public_data import MOST_BYTES, NotAsPublished, UnknownData, check_data

    try:
        if file.stat().st_size > MOST_BYTES:
            raise UnknownData("The file is far larger than any public file loadmon knows.", "Give the file itself.")
        content = file.read_bytes()
    except OSError:
        raise NotFound(f"{file} cannot be read.", "Check the path.") from None
    try:
        found = check_data(content, _tell(as_json=as_json))
    except NotAsPublished as refusal:
        if as_json:
            json_out({"as_published": False, "error": refusal.what, "advice": refusal.advice})
        else:
            typer.echo(f"{refusal.what} {refusal.advice}", err=True)
        raise typer.Exit(EXIT_SOME_REFUSED) from None
    failed = [one for one in found.controls if not one.passed]
    if as_json:
        json_out(asdict(found) | {"controls": [asdict(one) | {"passed": one.passed} for one in found.controls]})
    else:
        typer.echo(f"{found.title}; sha256 {found.sha256}")
        told = f", {found.injuries} injuries of {found.runners} runners or players" if found.runners else ""
        typer.echo(f"{found.rows:,} rows{told}.")
        for note in found.notes:
            typer.echo(note)
        for line in found.lines:
            typer.echo(
                f"  {line.protocol}; {line.features}: AUC {line.auc.value:.3f} ({line.auc.low:.3f} to {line.auc.high:.3f}), "
                f"precision {line.precision:.4f}, base {line.base:.4f} · {line.words}"
            )
        for one in found.controls:
            typer.echo(
                _check({"name": one.name, "figure": one.figure, "low": one.low, "high": one.high, "passed": one.passed})
            )
    if failed:
        raise typer.Exit(EXIT_SOME_REFUSED)


@risk.command()
def card(
    output: Annotated[Path | None, typer.Option(help="Write it to a file instead.")] = None, as_json: AsJson = False
) -> None:
    """The model card of the fit in use, as Markdown."""
    from loadmon.risk.card import model_card
    from loadmon.store import Viewer, risk_fits

    viewer = Viewer.everyone()
    with opened(read_settings()) as store, store.read() as conn:
        used = risk_fits.adopted_fit(conn, viewer)
        kept = risk_fits.kept_fits(conn, viewer)
    report = next((one.report for one in kept if one.adopted), None)
    text = model_card(used, report if used.from_club else None, kept=[one.on_card for one in kept])
    if output is not None:
        try:
            output.write_text(text, encoding="utf-8")
        except OSError:
            raise NotWritten(f"{output} cannot be written.", "Choose a place that can be written to.") from None
    elif as_json:
        json_out({"badge": used.badge, "card": text})
    else:
        typer.echo(text)


@risk.command("export")
def export_fit(
    file: Annotated[Path, typer.Argument(help="Where to write it.", metavar="FILE")],
    number: Annotated[
        int | None, typer.Option("--fit", help="An earlier fit, by its number; else the one in use.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a fit to a JSON file that another club can use: coefficients and counts, nothing of one runner."""
    from loadmon.risk.kept import fingerprint_of, fit_to_json
    from loadmon.store import Viewer, risk_fits

    viewer = Viewer.everyone()
    with opened(read_settings()) as store, store.read() as conn:
        if number is None:
            used = risk_fits.adopted_fit(conn, viewer)
        else:
            used = risk_fits.kept_fit(conn, viewer, number).fit
    if not used.from_club:
        raise NotFound(
            "No club's fit is in use, and the literature is in every loadmon.",
            "Fit first, or name an earlier one: --fit.",
        )
    text = fit_to_json(used)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError:
        raise NotWritten(f"{file} cannot be written.", "Choose a place that can be written to.") from None
    if as_json:
        json_out({"file": str(file), "badge": used.badge, "fingerprint": fingerprint_of(text)})
    else:
        typer.echo(f"Written to {file}: {used.badge}, fingerprint {fingerprint_of(text)[:16]}.")


@risk.command("use")
def use_fit(
    what: Annotated[
        str, typer.Argument(help="A file of loadmon risk export, the number of an earlier fit, or: literature.")
    ],
    as_json: AsJson = False,
) -> None:
    """Take a fit into use: another club's from a file, an earlier one of this club by its number, or the literature alone."""
    from loadmon.store import Viewer, risk_fits

    viewer = Viewer.everyone()
    with opened(read_settings()) as store, store.write() as conn:
        if what == "literature":
            number = None
            risk_fits.adopt_fit(conn, viewer, None)
        elif what.isdecimal():
            number = risk_fits.kept_fit(conn, viewer, int(what)).id
            risk_fits.adopt_fit(conn, viewer, number)
        else:
            number = risk_fits.bring_fit(conn, viewer, _content(Path(what)))
        used = risk_fits.adopted_fit(conn, viewer)
    if as_json:
        json_out({"fit": number, "badge": used.badge})
    else:
        kept = "" if number is None else f" It is kept as fit {number}."
        typer.echo(f"In use: {used.badge}.{kept} Earlier ones are kept: `loadmon risk use NUMBER` goes back to one.")


def _content(file: Path) -> bytes:
    """The bytes of a fit's file, as far as any fit is long."""
    from loadmon.risk.kept import LARGEST

    try:
        with file.open("rb") as opened_file:
            return opened_file.read(LARGEST + 1)
    except OSError:
        raise NotFound(f"{file} cannot be read.", "Check the path, or give the number of a fit that is kept.") from None


def _tell(*, as_json: bool) -> Any:
    """Progress on standard error; nothing where the result is for programs."""
    return (lambda _: None) if as_json else (lambda words: console.print(words, style="dim"))


def _judged(one: dict[str, Any]) -> str:
    ends = f"({_f(one['auc_low'])} to {_f(one['auc_high'])})"
    return (
        f"  {one['recipe']}, {one['split']}: AUC {_f(one['auc'])} {ends}, slope {_f(one['slope'])}, "
        f"Brier skill {_f(one['brier_skill'], 4)}, {one['injuries']} injuries"
    )


def _check(one: dict[str, Any]) -> str:
    mark = "passed" if one["passed"] else "NOT PASSED"
    return f"  {mark}: {one['name']} {_f(one['figure'], 3)} (has to be {one['low']:.2f} to {one['high']:.2f})"


def _f(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
