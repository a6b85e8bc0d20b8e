"""The model card's record: how a fit did beside everything simpler, its audit, alarms, decisions, and parts of the club."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loadmon.risk.fit import Fit
from loadmon.risk.skill import not_shown

NOT_KEPT = "Not kept with this fit: it was made by an earlier loadmon."


def record_lines(report: dict[str, Any] | None, fit: Fit) -> Iterator[str]:
    """The section *Its record*, a line or a block of Markdown each.

    Parameters
    ----------
    report : dict | None
        As ``loadmon.risk.report.report_of`` makes it; None where there is none, or none for this reader.
    fit : Fit
    """
    yield "## Its record"
    if report is None:
        why = (
            "It is seen by those who see the whole squad."
            if fit.from_club
            else "None in this club: no fit of it is in use."
        )
        yield f"\n{why}\n"
        return
    if weak := not_shown(report):
        yield f"\n**{weak}**"
    yield f"\n{report['verdict']}"
    if report["leak"]:
        yield f"\n**{report['leak']}**"
    if not report["judged"]:
        yield ""
        return
    yield from _judged(report["judged"])
    yield "\n### Audit\n\n| check | figure | has to be | passed |\n|---|---|---|---|"
    for one in report["checks"]:
        passed = "yes" if one["passed"] else "**no**"
        yield f"| {one['name']} | {number(one['figure'], 3)} | {one['low']:.2f} to {one['high']:.2f} | {passed} |"
    for split, curve in report.get("curves", {}).items():
        yield f"\n### Calibration, {split}\n\n| rows | injuries | foretold | came (90 %) |\n|---|---|---|---|"
        for one in curve:
            yield (
                f"| {one['rows']:,} | {one['injuries']} | {number(one['foretold'], 4)} | {number(one['came'], 4)} "
                f"({number(one['low'], 4)} to {number(one['high'], 4)}) |"
            )
    yield from _decisions(report.get("decisions", {}))
    yield from _alarms(report.get("alarms", []))
    yield from _parts(report)


def _judged(found: list[dict[str, Any]]) -> Iterator[str]:
    yield (
        "\nBetween: who of two runners; within: which of two weeks of one runner. All AUCs are over pairs that one fit told of, "
        "their ranges over redrawn runners."
    )
    yield "\n| way to foretell | split | rows | injuries | AUC (90 %) | between runners | within runners | precision / base | top tenth × | in the large | slope | Brier skill |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    for one in found:
        yield (
            f"| {one['recipe']} | {one['split']} | {one['rows']:,} | {one['injuries']} | {number(one['auc'])} "
            f"({number(one['auc_low'])} to {number(one['auc_high'])}) | {number(one.get('between'))} | "
            f"{number(one['within'])} | {number(one['precision'], 3)} / {number(one['base'], 3)} | "
            f"{number(one['lift'], 1)} | {number(one['in_the_large'])} | {number(one['slope'])} | "
            f"{number(one['brier_skill'], 4)} |"
        )


def _decisions(found: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    yield (
        "\n### Decision curve\n\nWhat flagging is worth to somebody who accepts so many weeks flagged in vain for one injury in a "
        "flagged week: injuries in flagged weeks less the price of the others, of 1,000 runner-weeks (net benefit). Flagging "
        "nobody is worth 0; a model that is worth less than that, or than flagging everybody, should not be acted on at that "
        "price."
    )
    if not found:
        yield f"\n{NOT_KEPT}"
    for split, points in found.items():
        yield f"\n{split.capitalize()}:\n\n| false alarms for one injury | flagged of 100 weeks | this model | everybody | previous injury alone |"
        yield "|---|---|---|---|---|"
        for one in points:
            yield (
                f"| {one['false_alarms']} | {number(one['flagged'], 0)} | {one['worth']:+.1f} | {one['everybody']:+.1f} | "
                f"{one['earlier_injury']:+.1f} |"
            )


def _alarms(found: list[dict[str, Any]]) -> Iterator[str]:
    yield "\n### Alarm diary, forward in time only"
    if not found:
        yield f"\n{NOT_KEPT}\n"
        return
    yield "\n| alarms of 100 runner-weeks allowed | came to | weeks | alarms | injuries | in a flagged week | by lot | not | sensitivity | alarms that came true (PPV) | days from first flag (injuries) |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for one in found:
        yield (
            f"| {one['budget']} | {number(one.get('of_100'), 1)} | {one['weeks']:,} | {one['alarms']} | {one['injuries']} | "
            f"{one['caught']} | {number(one.get('by_lot'), 1)} | {one['injuries'] - one['caught']} | {number(one.get('sensitivity'))} | "
            f"{number(one['precision'], 3)} | {number(one['lead_days'], 0)}{_of(one)} |"
        )
    yield "\nBy lot: had as many runners of each Monday been drawn. A first flag in the week of the injury itself is no warning."


def _of(one: dict[str, Any]) -> str:
    return f" ({one['lead_injuries']})" if one.get("lead_injuries") else ""


def _parts(report: dict[str, Any]) -> Iterator[str]:
    yield "\n### Parts of the club, runners kept whole\n\n| group | runners | rows | injuries | AUC | in the large |\n|---|---|---|---|---|---|"
    for one in report["groups"]:
        yield (
            f"| {one['group']} | {one['runners']} | {one['rows']:,} | {one['injuries']} | {number(one['auc'])} | "
            f"{number(one['in_the_large'])} |"
        )
    yield "\nAge: loadmon does not know how old anybody is, so no part is told by it."
    apart = report.get("runners")
    yield "\n### From runner to runner"
    if apart is None:
        yield f"\n{NOT_KEPT}\n"
        return
    yield (
        f"\n{apart['hurt']} of {apart['runners']} runners were injured, nobody more than {apart['most']} times. Injuries of single "
        f"runners lie {number(apart['spread'])} times as far from what was foretold as chance alone would have them (1 is chance; "
        "above it, some are hurt more often than anything in the model tells).\n"
    )


def number(value: float | None, digits: int = 2) -> str:
    """A figure, or a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"
