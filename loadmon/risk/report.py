"""The record of a fit: everything its audit and validation found, as plain values that are kept beside it and shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from loadmon.refusal import Refusal
from loadmon.risk.alarms import BUDGETS, AlarmDiary, alarm_diary
from loadmon.risk.audit import Check, club_controls, covered, leakage, made_worlds
from loadmon.risk.builder_audit import built_worlds
from loadmon.risk.club_parts import decisions, finite, groups, runners_apart
from loadmon.risk.design import Design
from loadmon.risk.fit import Fit, club_fit
from loadmon.risk.known_then import KnownThen
from loadmon.risk.prior import Prior, default_prior
from loadmon.risk.recipes import OURS
from loadmon.risk.validation import BY_RUNNER, FORWARD, Judged, Validation, validate
from loadmon.risk.verdict import Verdict, verdict

VERSION = 1
Tell = Callable[[str], None]


class UnusableReport(Refusal):
    """The record of a fit cannot be read."""

    name = "unusable record"


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A new fit, its record, and whether it is to be used."""

    fit: Fit
    report: dict[str, Any]
    verdict: Verdict


KNEW = "knew"
"""In a kept report: the injuries and weeks that a fit was taught."""


def fit_and_judge(
    design: Design,
    adopted: Fit | None = None,
    prior: Prior | None = None,
    *,
    knew: KnownThen | None = None,
    worlds: int = 1,
    trees: bool = True,
    tell: Tell | None = None,
) -> Made:
    """Learn from a club's rows, audit and validate it, and say whether it may replace the adopted fit.

    Parameters
    ----------
    design : Design
    adopted : Fit | None
        The one in use; None for the literature alone.
    prior : Prior | None
        None for the one that ships with loadmon.
    knew : KnownThen | None
        The injuries that the one in use was taught, as ``known_then`` reads them from its report.
    worlds : int
        Made worlds of each kind that the audit runs.
    trees : bool
        Also judge gradient boosting and a random forest, as contrast.
    tell : callable, optional
        Told what is being done.

    Raises
    ------
    TooFewInjuries
    """
    known, say = prior or default_prior(), tell or (lambda _: None)
    say("Fitting")
    fit = club_fit(design, known)
    validation = validate(design, known, trees=trees, tell=say)
    controls = club_controls(validation.rows, known, say)
    checks = (*audited(worlds, known, say), *controls)
    leak = leakage(validation.of(OURS, BY_RUNNER).auc, controls)
    say("Old against new")
    told = verdict(design, adopted, known, knew)
    failed = [check.name for check in checks if not check.passed]
    if failed and told.adopt:
        told = Verdict(False, f"Kept, but not adopted: {', '.join(failed)} did not pass.", told.losses, told.aucs)  # noqa: FBT003
    if leak is not None and told.adopt:
        told = Verdict(False, f"Kept, but not adopted: {leak}", told.losses, told.aucs)  # noqa: FBT003
    say("Looking back for the alarm diary")
    diaries = [alarm_diary(design, budget, known) for budget in BUDGETS]
    return Made(fit, report_of(validation, checks, leak, told, known, diaries), told)


def audited(worlds: int, prior: Prior | None = None, tell: Tell | None = None) -> tuple[Check, ...]:
    """The checks that need no club: worlds, canaries, coverage."""
    found = [*made_worlds(worlds, tell), *built_worlds(worlds, tell, prior)]
    if tell:
        tell("Intervals in made clubs")
    return (*found, covered(max(2, worlds), prior=prior))


def report_of(
    validation: Validation,
    checks: tuple[Check, ...],
    leak: str | None,
    told: Verdict,
    prior: Prior,
    diaries: Iterable[AlarmDiary] = (),
) -> dict[str, Any]:
    """Everything as plain values; what is not a number is None."""
    return {
        "version": VERSION,
        "judged": [judged_plain(one) for one in validation.judged],
        "checks": [check_plain(one) for one in checks],
        "leak": leak,
        "adopt": told.adopt,
        "verdict": told.words,
        "losses": [list(one) for one in told.losses],
        "aucs": [[split, finite(was), finite(now)] for split, was, now in told.aucs],
        KNEW: KnownThen.of(validation.rows).plain(),
        "curves": {
            split: [point_plain(point) for point in validation.of(OURS, split).calibration.curve]
            for split in (BY_RUNNER, FORWARD)
        },
        "decisions": {split: decisions(validation, split) for split in (BY_RUNNER, FORWARD)},
        "groups": list(groups(validation, prior)),
        "runners": runners_apart(validation),
        "alarms": [alarms_plain(one) for one in diaries],
    }


def judged_plain(one: Judged) -> dict[str, Any]:
    """One line of a validation."""
    found = one.calibration
    return {
        "recipe": one.recipe, "split": one.split, "rows": one.rows, "injuries": one.injuries, "auc": finite(one.auc.value),
        "auc_low": finite(one.auc.low), "auc_high": finite(one.auc.high), "within": finite(one.within), "between": finite(one.between),
        "precision": finite(one.precision), "base": finite(one.base), "lift": finite(one.lift),
        "in_the_large": finite(found.in_the_large), "slope": finite(found.slope), "log_loss": finite(found.log_loss),
        "brier": finite(found.brier), "brier_skill": finite(found.brier_skill),
        "brier_skill_low": finite(one.skill.low), "brier_skill_high": finite(one.skill.high),
    }  # fmt: skip


def check_plain(one: Check) -> dict[str, Any]:
    """One check of an audit."""
    return {
        "name": one.name, "figure": finite(one.figure), "low": one.low, "high": one.high, "passed": one.passed,
        "words": one.words,
    }  # fmt: skip


def point_plain(point: Any) -> dict[str, Any]:
    """One stretch of a calibration curve."""
    return {
        "rows": point.rows, "injuries": point.injuries, "foretold": point.foretold, "came": point.came, "low": point.low,
        "high": point.high,
    }  # fmt: skip


def alarms_plain(found: AlarmDiary) -> dict[str, Any]:
    """What the alarm diary came to at one budget."""
    lead = found.injured.loc[found.injured["caught"], "lead_days"].dropna()
    return {
        "budget": found.budget, "weeks": found.weeks, "alarms": found.alarms, "injuries": found.injuries,
        "caught": found.caught, "by_lot": found.chance, "lead_injuries": len(lead), "untold": found.untold, "precision": found.precision,
        "sensitivity": found.caught / found.injuries if found.injuries else None,
        "of_100": 100.0 * found.alarms / found.weeks if found.weeks else None,
        "lead_days": float(lead.median()) if len(lead) else None,
    }  # fmt: skip


def known_then(report: dict[str, Any] | None) -> KnownThen | None:
    """The injuries that a kept fit was taught; None where its report does not hold them."""
    return KnownThen.from_plain(report.get(KNEW)) if report else None


def report_of_brought(injuries: int, runners: int) -> dict[str, Any]:
    """The record of a fit that came as a file: nobody has judged it on this club's rows."""
    words = (
        f"Brought as a file, from {injuries} injuries of {runners} runners of another club, and taken into use by somebody's "
        "decision. It was not judged on this club's weeks: a fit to this club's own diary is compared with it."
    )
    return {"version": VERSION, "judged": [], "checks": [], "leak": None, "adopt": True, "verdict": words, "losses": [],
            "curves": {}, "groups": [], "alarms": []}  # fmt: skip


def report_to_json(report: dict[str, Any]) -> str:
    """The record as JSON."""
    return json.dumps(report, allow_nan=False, ensure_ascii=False)


def report_from_json(text: str) -> dict[str, Any]:
    """A record as it was kept.

    Raises
    ------
    UnusableReport
    """
    try:
        held = json.loads(text)
    except ValueError:
        held = None
    if not isinstance(held, dict) or held.get("version") != VERSION:
        raise UnusableReport("The record of this fit cannot be read by this loadmon.", "Fit anew.")
    return held
