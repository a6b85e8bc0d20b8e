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
from loadmon.risk.card_record import number, record_lines
from loadmon.risk.design import MISSING_WORDS
from loadmon.risk.fit import BASE_ROWS, Fit
from loadmon.risk.kept import fingerprint_of, fit_to_json
from loadmon.risk.laplace import logit
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
    "What a false alarm costs a runner against a missed injury: that is nobody's to set here, so the decision curve tells several.",
    "Groups by age: loadmon does not know how old anybody is. Groups by origin or ability: it does not ask for them.",
    "A check in another club of runners: there is none; the one from outside is football.",
)
DEVICES = {
    "load": "any watch or phone that tells distance and time",
    "gait": "a watch or pod with running dynamics; a clinician's eye or video for the pelvis and overstriding",
    "history": "the diary",
    "check-in": "the runner's own answers",
    "person": "the runner's page",
}
"""Where the features of each group come from."""


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
            *record_lines(report, fit),
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
        "- Whom it is about: runners of a club who keep a diary, with at least "
        f"{evidence.RISK_LEAST_DAYS.value:.0f} days of record, a run within as many and no injury open. It is less sure, and "
        "less right, of those few studies are made of: women, the young and the old, beginners, Para athletes, people in "
        "pregnancy, and everybody outside of Europe and North America; and of those whose watch measures little."
    )
    yield (
        f"- Outcome: the first day of a new injury in the diary within {evidence.RISK_HORIZON_DAYS.value:.0f} days (the "
        "horizon). It is assessed by nobody but whoever writes the diary: runner, coach or clinician. Weeks in "
        f"which an injury is open or ended within {evidence.RISK_RETURNING_DAYS.value:.0f} days are a state of their own "
        "(returning): nothing is estimated in them. Blows, and injuries from outside of training and competition, make a runner "
        "returning and are no outcome. Weeks before a diary was kept have none either: they are left out, not healthy."
    )
    yield (
        "- Timing: every feature ends the day before the 7 days begin; a runner's own usual ends "
        f"{evidence.RISK_EMBARGO_DAYS.value:.0f} days earlier."
    )
    devices = "; ".join(f"{group}: {device}" for group, device in DEVICES.items())
    yield f"- Measured with: {devices}.\n"


def _made_from(fit: Fit, prior: Prior) -> Iterator[str]:
    yield "## Made from"
    basis = fit.basis
    if fit.from_club:
        yield (
            f"\n- {'Another club' if fit.brought else 'The club'}'s own log: {basis.injuries} new injuries in {basis.rows:,} runner-weeks of {basis.runners} "
            f"runners, {basis.first} to {basis.last}; {100 * basis.rate:.2f} of 100 weeks."
        )
        yield f"- Injuries a coefficient: {basis.injuries / len(fit.names):.1f}."
    else:
        yield "\n- No label at all: the literature's priors themselves. Nothing was learnt from anybody's injuries."
        yield f"- Base rate: {100 * prior.base_rate:.1f} of 100 runner-weeks ({evidence.RISK_BASE_RATE.source})."
    trusted = fit.posterior.weight
    if trusted.shape == (len(prior.trust), len(prior.width)):
        shares = ", ".join(f"×{a:g}: {100 * w:.0f} %" for a, w in zip(prior.trust, trusted.sum(axis=1), strict=True))
        yield f"- How far the labels say the literature is to be trusted (factor on its effects): {shares}."
    yield (
        "- Eligible: every runner-week at risk whose 7 days are over. Rare injuries are left rare: no resampling, no weights for "
        "classes, and no recalibration afterwards, as the base rate is learnt with the rest."
    )
    yield (
        "- Nothing is tuned by hand or by search: how far the literature is trusted is averaged over by evidence. Validated inside "
        "the club with runners kept whole, and forward in time."
    )
    yield "- Missing values lie at the feature's centre and move nothing; that a value is missing is no feature.\n"


def _whole(fit: Fit, prior: Prior) -> Iterator[str]:
    yield "## The whole model"
    yield (
        "\nlog-odds = intercept + Σ coefficient × (value − centre) ÷ scale, each step within ±4. How coefficients go together "
        "(their covariance) is in the file that `loadmon risk export` writes.\n"
    )
    yield "| feature | unit | centre | scale | prior (mean ± sd) | coefficient ± sd | grade | from |"
    yield "|---|---|---|---|---|---|---|---|"
    sd = [math.sqrt(value) for value in fit.posterior.covariance.diagonal()]
    basis = fit.basis
    centre = logit((basis.injuries + BASE_ROWS * prior.base_rate) / (basis.rows + BASE_ROWS))
    yield (
        f"| intercept | log-odds | | | about {centre:+.2f} ± {prior.intercept_sd:.2f} | {fit.posterior.mean[0]:+.3f} ± "
        f"{sd[0]:.3f} | D | the base rate |"
    )
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
            f"| {one['protocol']} | {one['features']} | {number(one['auc'])} ({number(one['low'])} to {number(one['high'])}) | "
            f"{number(one['within'])} | {number(one['precision'], 4)} / {number(one['base'], 4)} |"
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
