"""Whether a new fit may replace the one in use: it has to be no worse, on what that one could not know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from loadmon import evidence
from loadmon.days import day_number
from loadmon.risk.calibration import log_loss
from loadmon.risk.design import Design
from loadmon.risk.fit import Fit, literature_fit
from loadmon.risk.known_then import Changed, KnownThen, changed
from loadmon.risk.outcome import HORIZON
from loadmon.risk.prior import Prior, default_prior
from loadmon.risk.ranking import auc
from loadmon.risk.recipes import Recipe, given, ours, ours_then
from loadmon.risk.splits import Flags, fold_of
from loadmon.risk.validation import splits_of, told


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a new fit may replace the adopted one.

    Parameters
    ----------
    adopt : bool
    words : str
        Why, in a sentence or two.
    losses : tuple of (split, old, new)
        Log loss a row of both, on rows whose answer neither knew.
    aucs : tuple of (split, old, new)
        How well both rank the same rows, over pairs that one fit told of.
    """

    adopt: bool
    words: str
    losses: tuple[tuple[str, float, float], ...]
    aucs: tuple[tuple[str, float, float], ...] = ()


def verdict(design: Design, adopted: Fit | None, prior: Prior | None = None, knew: KnownThen | None = None) -> Verdict:
    """Whether what is learnt from a club's rows is no worse than the adopted fit, on both splits.

    Parameters
    ----------
    design : Design
    adopted : Fit | None
        The fit in use; None for the literature alone.
    prior : Prior | None
        None for the one that ships with loadmon.
    knew : KnownThen | None
        The injuries that the adopted fit was taught; None where that was not kept, or it is the literature or another club's.

    Notes
    -----
    With enough injuries since the adopted fit's last week both are compared on those weeks: it has not seen them. Where most of
    what is new was written down later, for weeks that it took for healthy, it cannot be asked about them: so what it knew and
    what is known now are each learnt from anew and told of runners and weeks that neither learnt from. And where injuries were
    taken back, the adopted fit stands on what was not so: then the literature is what has to be matched. A tie adopts the new
    one: it knows more.
    """
    known, rows = prior or default_prior(), design.labelled
    old = literature_fit(known) if adopted is None else adopted
    everything = np.ones(len(rows), dtype=np.bool_)
    if not old.from_club or old.brought or old.basis.last is None:
        return _compared(rows, everything, given(old), known, "the adopted one")
    least = evidence.RISK_FIT_INJURIES.value
    fresh = rows.instant >= day_number(date.fromisoformat(old.basis.last)) + HORIZON
    if rows.outcome[fresh].sum() >= least:
        return _compared(rows, fresh, given(old), known, "the adopted one")
    found = _counted(rows, fresh, old) if knew is None else changed(design, knew)
    if found.taken_back or (knew is None and found.new >= least):
        why = (
            f"Of the injuries that the adopted fit was taught the diary no longer holds {found.taken_back}"
            if found.taken_back
            else "Which injuries the adopted fit was taught was not kept"
        )
        return _compared(rows, everything, given(literature_fit(known)), known, "the literature", f"{why}, so it was compared with the literature. ")  # fmt: skip
    if knew is None or found.new < least:
        words = (
            f"Only {found.new} injuries that the adopted fit did not know ({found.words}); {least:.0f} are needed to tell which "
            "is better."
        )
        return Verdict(adopt=False, words=words, losses=())
    return _compared(rows, everything, ours_then(known, knew), known, "what the adopted one knew", f"New to it: {found.words}. ")  # fmt: skip


def _counted(rows: Design, fresh: Flags, old: Fit) -> Changed:
    """How a diary changed by numbers alone, for a fit that was kept without the injuries it was taught."""
    more = int(rows.outcome[~fresh].sum()) - old.basis.injuries
    return Changed(int(rows.outcome[fresh].sum()), max(more, 0), max(-more, 0))


def _compared(rows: Design, here: Flags, before: Recipe, prior: Prior, whom: str, why: str = "") -> Verdict:
    """Old and new on some rows, on both splits, each row told of by what had not seen it."""
    losses: list[tuple[str, float, float]] = []
    aucs: list[tuple[str, float, float]] = []
    for split, splits in splits_of(rows).items():
        new, old = told(rows, ours(prior), splits()), told(rows, before, splits())
        both = here & ~np.isnan(new)
        label, fold = rows.outcome[both], fold_of(splits(), len(rows))[both]
        if not label.any():
            return Verdict(False, f"{why}No injury to compare by, {split}.", tuple(losses))  # noqa: FBT003
        losses.append((split, log_loss(old[both], label), log_loss(new[both], label)))
        aucs.append((split, auc(old[both], label, fold=fold), auc(new[both], label, fold=fold)))
    worse = [f"log loss {split}" for split, was, now in losses if now > was + evidence.RISK_NO_WORSE.value]
    worse += [
        f"AUC {split} ({now:.2f} against {was:.2f})"
        for split, was, now in aucs
        if now < was - evidence.RISK_AUC_NO_WORSE.value
    ]
    words = (
        f"{why}Kept, but not adopted: worse than {whom} by {' and '.join(worse)}."
        if worse
        else f"{why}Adopted: no worse than {_one_before(whom)} with runners kept whole, nor forward in time."
    )
    return Verdict(not worse, words, tuple(losses), tuple(aucs))


def _one_before(whom: str) -> str:
    return "the one before" if whom == "the adopted one" else whom
