"""Movement retraining: one target, a cue that names an outcome, and feedback that fades from session to session."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.clinic.cadence_target import CadenceTarget, is_excluded
from loadmon.clinic.graph import NodeKey
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.reasoning import Reasoning

CADENCE_FINDING, NO_TARGET = "low_cadence", "none"
CADENCE: NodeKey = (CADENCE_FINDING, "both")


@dataclass(frozen=True, slots=True)
class Session:
    """One session of retraining.

    Parameters
    ----------
    number : int
        From 1 on.
    minutes : float
        Of running.
    feedback_share : float
        Of the minutes: 1 is all of them.
    """

    number: int
    minutes: float
    feedback_share: float

    @property
    def feedback_minutes(self) -> float:
        """Minutes with feedback."""
        return self.minutes * self.feedback_share


@dataclass(frozen=True, slots=True)
class RetrainingPlan:
    """What is retrained, and how.

    Parameters
    ----------
    of : (finding, side) | None
        What it is for; None where there is nothing to retrain.
    target : str
    cues : tuple of str
        By outcome; one of them a session.
    cues_inside : tuple of str
        Name a part of the body: only if somebody asks for them.
    left_out : tuple of str
        Cues that would move load to where it must not go.
    feedback : tuple of str
    dose : str | None
        Which of the knowledge's doses.
    sessions : tuple of Session
    rule, success : str
    retention_days : tuple of int
        Days after the block on which it is looked at again.
    cautions : tuple of str
    later : tuple of str
        Targets of the blocks after this one: one target at a time.
    by_cadence : bool
        The block's target is a cadence.
    per_week, weeks : (int, int) | None
        How often, and for how long.
    expected : str
        What is to be expected of it, the unwelcome too.
    """

    of: NodeKey | None
    target: str
    cues: tuple[str, ...]
    cues_inside: tuple[str, ...]
    left_out: tuple[str, ...]
    feedback: tuple[str, ...]
    dose: str | None
    sessions: tuple[Session, ...]
    rule: str
    success: str
    retention_days: tuple[int, ...]
    cautions: tuple[str, ...]
    later: tuple[str, ...] = ()
    by_cadence: bool = False
    per_week: tuple[int, int] | None = None
    weeks: tuple[int, int] | None = None
    expected: str = ""

    @property
    def total_minutes(self) -> float:
        """Minutes of running of all sessions."""
        return sum(one.minutes for one in self.sessions)


def schedule(dose: str, known: Knowledge) -> tuple[Session, ...]:
    """The sessions of a dose, in order."""
    one = known.dose[dose]
    told = zip(one.run_minutes, one.feedback_share, strict=True)
    return tuple(Session(n, minutes, share) for n, (minutes, share) in enumerate(told, 1))


def retraining_plan(reasoning: Reasoning, target: CadenceTarget | None, known: Knowledge) -> RetrainingPlan:
    """What is retrained first, and how; one target at a time: cadence before others, unless it is an aid to one of them.

    Parameters
    ----------
    reasoning : Reasoning
    target : CadenceTarget | None
    known : Knowledge

    References
    ----------
    Faded feedback: Willy 2012, 10.1016/j.clinbiomech.2012.07.011; cues by outcome: the founding article on running faults.
    """
    excluded = is_excluded(reasoning, known)
    can = [one.node.key for one in reasoning.primary if one.node.finding in known.correction]
    # a finding without a target of its own is not what a block is for, unless there is nothing else
    can.sort(key=lambda key: (key[0] != CADENCE_FINDING, not _has_target(key[0], known)))
    if target is not None and target.changes and not (target.aid and any(_has_target(key[0], known) for key in can)):
        can = [CADENCE, *(key for key in can if key[0] != CADENCE_FINDING)]
    if not can:
        nothing = "Nothing to retrain follows from what was measured."
        return RetrainingPlan(None, nothing, (), (), (), (), None, (), "", "", (), ())
    return _block(can[0], can[1:], target, known, excluded=excluded)


def _block(
    key: NodeKey, after: list[NodeKey], target: CadenceTarget | None, known: Knowledge, *, excluded: bool
) -> RetrainingPlan:
    finding, by_cadence = key[0], key[0] == CADENCE_FINDING
    entry, one = known.correction[finding], known.retraining_of(finding)
    changes = target is not None and target.changes
    cautions = tuple(text for text in (one.caution, entry.caution) if text)
    if excluded:
        cautions += (known.exclusion.text,)
    left_out = tuple(cue for cue in one.cues if excluded and cue in known.exclusion.cues)
    dose = None if by_cadence and not changes else one.dose
    rule = known.dose[dose] if dose else None
    later = _later(after, one.target, known, excluded=excluded)
    if target is not None and changes and not by_cadence:
        later = (_cadence_words(target), *later)
    return RetrainingPlan(
        of=key,
        target=_target_words(finding, one.target or one.rule or "", target, excluded=excluded),
        cues=tuple(cue for cue in one.cues if cue not in left_out),
        cues_inside=one.cues_inside,
        left_out=left_out,
        feedback=one.feedback,
        dose=dose,
        sessions=schedule(dose, known) if dose else (),
        rule=rule.rule if rule else "",
        success=rule.success if rule else "",
        retention_days=rule.retention_days if rule else (),
        cautions=cautions,
        later=later,
        by_cadence=by_cadence,
        per_week=rule.per_week if rule else None,
        weeks=rule.weeks if rule else None,
        expected=one.expected or "",
    )


def cadence_sessions(plan: RetrainingPlan, target: CadenceTarget | None, known: Knowledge) -> tuple[Session, ...]:
    """The sessions at the target cadence: those of this block, or of the one after it; empty where cadence stays as it is.

    Text, sound and watch are all made of these.
    """
    if target is None or not target.changes:
        return ()
    if plan.by_cadence:
        return plan.sessions
    dose = known.retraining_of(CADENCE_FINDING).dose
    return schedule(dose, known) if dose else ()


def _has_target(finding: str, known: Knowledge) -> bool:
    target = known.retraining_of(finding).target
    return bool(target) and not str(target).startswith(NO_TARGET)


def _target_words(finding: str, usual: str, target: CadenceTarget | None, *, excluded: bool) -> str:
    """The target of a block; where cadence is meant, by the very rule that chose it."""
    if finding == CADENCE_FINDING and target is not None:
        return _cadence_words(target)
    if excluded or target is None or not target.changes:  # quicker steps are not the way there
        return usual.partition("; usually by cadence")[0]
    return usual


def _cadence_words(target: CadenceTarget) -> str:
    return f"cadence {target.target_spm} steps a minute at the same speed ({target.change_pct:+g}%)"


def _later(after: list[NodeKey], now: str | None, known: Knowledge, *, excluded: bool) -> tuple[str, ...]:
    found = dict[str, None]()
    for finding, _ in after:
        one = known.retraining_of(finding)
        if _has_target(finding, known) and one.target and one.target != now:
            cues = [f"“{cue}”" for cue in one.cues if not (excluded and cue in known.exclusion.cues)]
            then = f" (cues then: {'; '.join(cues)})" if cues else ""
            found[one.target.partition("; usually by cadence")[0] + then] = None
    return tuple(found)
