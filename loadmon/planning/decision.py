"""What the software proposes, and what a named clinician decides: only that moves a plan forward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from loadmon.days import day_words
from loadmon.planning.gate import ROLES
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.return_rules import ReturnRules, default_return_rules
from loadmon.planning.way_back import Choice, Decision
from loadmon.refusal import Refusal

LEAST_NAME, LEAST_NOTE = 2, 3
LEAST_ONSET_S, MOST_ONSET_S = 60.0, 18_000.0


class NobodyNamed(Refusal):
    """A decision without a name behind it, or by somebody who may not take it."""

    name = "nobody named"


class NotDecidable(Refusal):
    """A decision that the plan does not allow as it stands."""

    name = "not decidable"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the software proposes: a choice, the stage it leads to, and what it rests on."""

    choice: Choice
    stage: int
    words: str
    basis: str


def proposal(plan: ReturnPlan, rules: ReturnRules | None = None) -> Proposal | None:
    """What waits for somebody's decision; None where nothing does.

    Parameters
    ----------
    plan : ReturnPlan
        As it stands today.
    """
    rules = rules or default_return_rules()
    state, last = plan.state, len(rules.ladder[plan.profile.ladder].stages)
    if state.ended is not None:
        return None
    if state.hold is not None:
        stage = max(1, min(state.standing.stage, last) - plan.profile.red_stages_back)
        since = "" if state.held_since is None else f" since {day_words(state.held_since)}"
        words = f"On hold{since}: {state.hold}. Once it was looked at, the plan may go on at stage {stage} or earlier."
        return Proposal(Choice.RESUME, stage, words, rules.basis(rules.rule["stop_pain"]))
    if state.ready:
        stage = state.standing.stage + 1
        where = f"stage {stage}" if stage <= last else "building up beyond the ladder"
        words = f"{state.standing.greens} green sessions of stage {state.standing.stage}: ready for {where}."
        return Proposal(Choice.ADVANCE, stage, words, rules.basis(rules.rule["successes_to_advance"]))
    if plan.unlock.is_open and state.fast_from is None and state.standing.stage > last:
        words = f"{plan.unlock.words}: strides may come back, 5 % of a week's running time at first."
        return Proposal(Choice.FAST, state.standing.stage, words, plan.unlock.basis)
    return None


def standing_words(plan: ReturnPlan, rules: ReturnRules | None = None) -> str:
    """Where the runner stands and what the latest run meant, in a sentence or two."""
    rules = rules or default_return_rules()
    last = len(rules.ladder[plan.profile.ladder].stages)
    state = plan.state
    where = (
        f"Stage {state.standing.stage} of {last}." if state.standing.stage <= last else "Building up beyond the ladder."
    )
    if state.ended is not None:
        return "The plan has ended."
    if state.hold is not None:
        return f"{where} On hold: {state.hold}."
    return f"{where} {state.last.reason}" if state.last is not None else f"{where} No run graded yet."


def decided(
    plan: ReturnPlan,
    choice: Choice,
    *,
    by: str,
    role: str,
    at: datetime,
    day: date,
    stage: int | None = None,
    note: str = "",
    onset_s: float | None = None,
    rules: ReturnRules | None = None,
) -> Decision:
    """A decision that holds, or the reason why it cannot be taken.

    Parameters
    ----------
    plan : ReturnPlan
        As it stands.
    choice : Choice
    by, role : str
        Who, and as what: a clinician or physician.
    at : datetime
        Now, aware.
    day : date
        The runner's own day.
    stage : int, optional
        Where a choice leaves it open: for going back or going on after a stop.
    note : str
    onset_s : float, optional
        Seconds of running after which it begins to hurt now, for the choice that says so.

    Raises
    ------
    NobodyNamed
        No name, or nobody who may decide this.
    NotDecidable
        A step forward that no green sessions stand behind, one after a stop without a review, a stage beyond the present one.
    """
    rules = rules or default_return_rules()
    if len(by.strip()) < LEAST_NAME:
        raise NobodyNamed("Nobody is named who decides.", "Write down the name of the clinician.")
    if role not in ROLES:
        raise NobodyNamed("Only a clinician or a physician decides about a plan.", "Choose which of them decided.")
    if plan.state.ended is not None:
        raise NotDecidable("This plan has ended.", "Make a new one.")
    if plan.state.hold is not None and choice not in (Choice.RESUME, Choice.END):
        raise NotDecidable("The plan is on hold until it was reviewed.", "Decide first whether and where it goes on.")
    if choice is Choice.RESUME:
        to = _resumed(plan, stage, role, note)
    else:
        to = _stage_after(plan, choice, stage, note, rules)
    onset = _onset(plan, onset_s) if choice is Choice.ONSET else None
    return Decision(day, at, by.strip(), role, choice, to, note.strip(), onset_s=onset)


def _stage_after(plan: ReturnPlan, choice: Choice, stage: int | None, note: str, rules: ReturnRules) -> int:
    """The stage a choice leads to, if the plan allows it as it stands."""
    state, to = plan.state, plan.state.standing.stage
    if choice is Choice.ADVANCE:
        if not state.ready:
            needed = plan.order.successes or rules.whole("successes_to_advance")
            raise NotDecidable(
                f"Stage {to} has {state.standing.greens} of {needed} green sessions in a row.",
                "Go forward when they are there, or set another number when the plan is made.",
            )
        return to + 1
    if choice is Choice.REGRESS:
        if stage is None or not 1 <= stage <= to:
            raise NotDecidable("A step back leads to an earlier stage.", f"Choose a stage from 1 to {to}.")
        return stage
    if choice is Choice.HOLD and len(note.strip()) < LEAST_NOTE:
        raise NotDecidable("A plan is not held without a reason.", "Write down why.")
    if choice is Choice.FAST:
        last = len(rules.ladder[plan.profile.ladder].stages)
        if not plan.unlock.is_open or to <= last:
            raise NotDecidable(
                f"Nothing fast yet: {plan.unlock.words}.", "It can be decided while building up, when they are there."
            )
    return to


def _onset(plan: ReturnPlan, onset_s: float | None) -> float:
    """From when on it hurts now, for a tissue by which that bounds a run."""
    if plan.profile.onset_share is None:
        raise NotDecidable(
            f"With “{plan.profile.name}” no run is bounded by when it begins to hurt.", "Choose another decision."
        )
    if onset_s is None or not LEAST_ONSET_S <= onset_s <= MOST_ONSET_S:
        raise NotDecidable("When it begins to hurt now is left open.", "Give 1 to 300 minutes of running.")
    return float(onset_s)


def _resumed(plan: ReturnPlan, stage: int | None, role: str, note: str) -> int:
    """The stage at which a plan goes on after a stop."""
    state = plan.state
    if state.hold is None:
        raise NotDecidable("The plan is not on hold.", "There is nothing to go on from.")
    if len(note.strip()) < LEAST_NOTE:
        raise NotDecidable(
            "A plan does not go on without a word on what was found.", "Write down what the review showed."
        )
    if plan.profile.clearance == "physician" and role != "physician":
        raise NotDecidable(f"With “{plan.profile.name}” a physician decides whether it goes on.", "Ask the physician.")
    if stage is None or not 1 <= stage <= state.standing.stage:
        raise NotDecidable(
            "After a stop a plan goes on no further than it was.", f"Choose a stage from 1 to {state.standing.stage}."
        )
    return stage
