"""The model card: what the model is, what it was made from, how it does and what it cannot do, made from the fit itself."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from loadmon import evidence
from loadmon.paths import data_file
from loadmon.risk.design import MISSING_WORDS
from loadmon.risk.fit import Fit
from loadmon.risk.kept import fingerprint_of, fit_to_json
from loadmon.risk.prior import Prior, default_prior

TRIPOD = "TRIPOD+AI, Collins et al. 2024, 10.1136/bmj-2023-078378 (DOI quoted from memory)"
NOT_FOR = (
    "It is no diagnosis and no advice to train or rest. It must not be used to pick, rank, pay or insure anybody. A runner "
    "with pain needs a look, whatever the estimate says."
)
LIMITS = (
    "It tells who is injured more often better than when: most of what is known of injury is an earlier injury.",
    "An AUC of about .60 to .65 is what load, gait and history can give by everything known; most flagged weeks end well.",
    (
        "Priors are judgements made from few, mostly observational studies, mostly of recreational adults of Europe and North "
        "America; children, Para athletes and people in pregnancy are not in them."
    ),
    "An injury is what somebody wrote into the diary: who writes less down looks healthier, and so does a club that does.",
    "The made worlds of the audit are linear in the log-odds, which favours models like this one over trees.",
    "What stood in the diary at the time cannot be told from what was added later: past weeks are judged with all of it.",
)


LEFT_OUT = (
    "A decision curve: what a false alarm costs a runner against a missed injury is nobody's to set here.",
    "Groups by age: age is not in the model. Groups by origin or ability: loadmon does not ask for them.",
    "How the figures differ from runner to runner: with few injuries each that would be chance.",
    "A check in another club of runners: there is none; the one from outside is football.",
)


@dataclass(frozen=True, slots=True)
class CardFit:
    """One kept fit, as the card lists it."""

    number: int
    made: str
    in_use: bool
    injuries: int
    rows: int
    verdict: str


def model_card(
    fit: Fit, report: dict[str, Any] | None = None, prior: Prior | None = None, kept: Sequence[CardFit] = ()
) -> str:
    """The card as Markdown.

    Parameters
    ----------
    fit : Fit
    report : dict | None
        Its record, as ``loadmon.risk.report`` makes it; None for the literature alone.
    prior : Prior | None
        None for the one that ships with loadmon.
    kept : sequence of CardFit
        Every fit that was made in this club, as far as the reader may see them.
    """
    known = prior or default_prior()
    return "\n".join(
        [
            *_head(fit),
            *_made_from(fit, known),
            *_whole(fit, known),
            *_record(report, fit),
            *_outside(),
            *_end(fit, kept),
        ]
    )


def _head(fit: Fit) -> Iterator[str]:
    yield "# Model card: chance of a new running injury within 7 days"
    yield f"\nFollows the items of {TRIPOD}. Badge: **{fit.badge}**.\n"
    yield "## Use"
    yield "\n- For: runners, coaches and clinicians who already look at load, gait and symptoms, as one more line after the facts."
    yield f"- Not for: {NOT_FOR}"
    yield (
        f"- Outcome: the first day of a new injury in the diary within {evidence.RISK_HORIZON_DAYS.value:.0f} days. Weeks in "
        f"which an injury is open or ended within {evidence.RISK_RETURNING_DAYS.value:.0f} days are a state of their own "
        "(returning): nothing is estimated in them. Blows, and injuries from outside of training and competition, make a runner "
        "returning and are no outcome. Weeks before a diary was kept have none either: they are left out, not healthy."
    )
    yield (
        "- Timing: every feature ends the day before the 7 days begin; a runner's own usual ends "
        f"{evidence.RISK_EMBARGO_DAYS.value:.0f} days earlier.\n"
    )


def _made_from(fit: Fit, prior: Prior) -> Iterator[str]:
    yield "## Made from"
    basis = fit.basis
    if fit.from_club:
        yield (
            f"\n- The club's own log: {basis.injuries} new injuries in {basis.rows:,} runner-weeks of {basis.runners} "
            f"runners, {basis.first} to {basis.last}; {100 * basis.rate:.2f} of 100 weeks."
        )
        yield f"- Injuries a coefficient: {basis.injuries / len(fit.names):.1f}. No resampling, no weights for rare classes."
    else:
        yield "\n- No label at all: the literature's priors themselves. Nothing was learnt from anybody's injuries."
        yield f"- Base rate: {100 * prior.base_rate:.1f} of 100 runner-weeks ({evidence.RISK_BASE_RATE.source})."
    trusted = fit.posterior.weight
    if trusted.shape == (len(prior.trust), len(prior.width)):
        shares = ", ".join(f"×{a:g}: {100 * w:.0f} %" for a, w in zip(prior.trust, trusted.sum(axis=1), strict=True))
        yield f"- How far the labels say the literature is to be trusted (factor on its effects): {shares}."
    yield "- Missing values lie at the feature's centre and move nothing; that a value is missing is no feature.\n"


def _whole(fit: Fit, prior: Prior) -> Iterator[str]:
    yield "## The whole model"
    yield "\nlog-odds = intercept + Σ coefficient × (value − centre) ÷ scale, each step within ±4.\n"
    yield "| feature | unit | centre | scale | prior (mean ± sd) | coefficient ± sd | grade | from |"
    yield "|---|---|---|---|---|---|---|---|"
    sd = [math.sqrt(value) for value in fit.posterior.covariance.diagonal()]
    yield f"| intercept | | | | | {fit.posterior.mean[0]:.3f} ± {sd[0]:.3f} | | |"
    for place, name in enumerate(fit.names):
        one = prior.feature[name]
        yield (
            f"| {one.label} (`{name}`) | {one.unit} | {fit.centre[place]:g} | {fit.scale[place]:g} | "
            f"{one.mean:+.2f} ± {one.sd:.2f} | {fit.posterior.mean[place + 1]:+.3f} ± {sd[place + 1]:.3f} | {one.grade} | "
            f"{'; '.join(one.citations)} |"
        )
    yield (
        "\nWhy a feature may be missing: "
        + "; ".join(f"{group}: {why}" for group, why in MISSING_WORDS.items())
        + ".\n"
    )


def _record(report: dict[str, Any] | None, fit: Fit) -> Iterator[str]:
    yield "## Its record"
    if report is None:
        why = (
            "It is seen by those who see the whole squad."
            if fit.from_club
            else "None in this club: no fit of it is in use."
        )
        yield f"\n{why}\n"
        return
    yield f"\n{report['verdict']}"
    if report["leak"]:
        yield f"\n**{report['leak']}**"
    yield "\n| way to foretell | split | rows | injuries | AUC (90 %) | within runners | precision / base | top tenth × | in the large | slope | Brier skill |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for one in report["judged"]:
        yield (
            f"| {one['recipe']} | {one['split']} | {one['rows']:,} | {one['injuries']} | {_f(one['auc'])} "
            f"({_f(one['auc_low'])} to {_f(one['auc_high'])}) | {_f(one['within'])} | {_f(one['precision'], 3)} / "
            f"{_f(one['base'], 3)} | {_f(one['lift'], 1)} | {_f(one['in_the_large'])} | {_f(one['slope'])} | "
            f"{_f(one['brier_skill'], 4)} |"
        )
    yield "\n### Audit\n\n| check | figure | has to be | passed |\n|---|---|---|---|"
    for one in report["checks"]:
        passed = "yes" if one["passed"] else "**no**"
        yield f"| {one['name']} | {_f(one['figure'], 3)} | {one['low']:.2f} to {one['high']:.2f} | {passed} |"
    for split, curve in report.get("curves", {}).items():
        yield f"\n### Calibration, {split}\n\n| rows | injuries | foretold | came (90 %) |\n|---|---|---|---|"
        for one in curve:
            yield (
                f"| {one['rows']:,} | {one['injuries']} | {_f(one['foretold'], 4)} | {_f(one['came'], 4)} "
                f"({_f(one['low'], 4)} to {_f(one['high'], 4)}) |"
            )
    yield from _alarms(report.get("alarms", []))
    yield "\n### Parts of the club, runners kept whole\n\n| group | runners | rows | injuries | AUC | in the large |\n|---|---|---|---|---|---|"
    for one in report["groups"]:
        yield (
            f"| {one['group']} | {one['runners']} | {one['rows']:,} | {one['injuries']} | {_f(one['auc'])} | "
            f"{_f(one['in_the_large'])} |"
        )
    yield ""


def _alarms(found: list[dict[str, Any]]) -> Iterator[str]:
    yield "\n### Alarm diary, forward in time only"
    if not found:
        yield "\nNot kept with this fit: it was made by an earlier loadmon.\n"
        return
    yield "\n| alarms of 100 weeks allowed | weeks | alarms | injuries | in a flagged week | not | alarms that came true | days ahead |"
    yield "|---|---|---|---|---|---|---|---|"
    for one in found:
        yield (
            f"| {one['budget']} | {one['weeks']:,} | {one['alarms']} | {one['injuries']} | {one['caught']} | "
            f"{one['injuries'] - one['caught']} | {_f(one['precision'], 3)} | {_f(one['lead_days'], 0)} |"
        )


def _outside() -> Iterator[str]:
    found = external_check()
    if found is None:
        return
    yield "## A check from outside"
    yield (
        f"\n{found['title']}: football, {found['players']} players, {found['injuries']} injuries, {found['rows']:,} "
        "player-days. It shows what splits do to a figure; of runners it says little.\n"
    )
    yield "| split | way to foretell | AUC (90 %) | within players | precision / base |\n|---|---|---|---|---|"
    for one in found["lines"]:
        yield (
            f"| {one['protocol']} | {one['features']} | {_f(one['auc'])} ({_f(one['low'])} to {_f(one['high'])}) | "
            f"{_f(one['within'])} | {_f(one['precision'], 4)} / {_f(one['base'], 4)} |"
        )
    yield ""


@cache
def external_check() -> dict[str, Any] | None:
    """The figures on SoccerMon that ship with loadmon."""
    held: dict[str, Any] = json.loads(data_file("model", "soccermon.json").read_text(encoding="utf-8"))
    return held


def _end(fit: Fit, kept: Sequence[CardFit]) -> Iterator[str]:
    yield "## What it cannot do\n"
    yield from (f"- {limit}" for limit in LIMITS)
    yield "\n## What is left out of this card\n"
    yield from (f"- {one}" for one in LEFT_OUT)
    if kept:
        yield "\n## Every fit that was made\n\n| fit | made | in use | injuries | runner-weeks | verdict |\n|---|---|---|---|---|---|"
        for one in kept:
            in_use = "yes" if one.in_use else "no"
            yield f"| {one.number} | {one.made} | {in_use} | {one.injuries} | {one.rows:,} | {one.verdict} |"
    yield "\n## Keeping\n"
    yield f"- Priors {fit.prior_version}, fingerprint `{fit.prior_fingerprint[:16]}`; fit `{fingerprint_of(fit_to_json(fit))[:16]}`."
    yield "- Every fit is kept. A new one is used only where it is no worse, with runners kept whole and forward in time."
    yield "- Code and priors: Apache-2.0, part of loadmon. No funding. No patients or athletes took part in its making.\n"


def _f(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
