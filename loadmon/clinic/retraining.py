"""Movement retraining: one target, a cue that names an outcome, and feedback that fades from session to session."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.clinic.cadence_target import CadenceTarget, is_excluded
from loadmon.clinic.graph import NodeKey
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.reasoning import Driver, Reasoning

CADENCE_FINDING = "low_cadence"


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
        Targets of other primary drivers, for the block after this one.
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
    """How the first primary driver that can be retrained is retrained; one target at a time, cadence before others.

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
    can = [one for one in reasoning.primary if one.node.finding in known.correction]
    can.sort(key=lambda one: one.node.finding != CADENCE_FINDING)  # the simplest target first
    for driver in can[:1]:
        entry = known.correction[driver.node.finding]
        one = known.retraining_of(driver.node.finding)
        cautions = tuple(text for text in (one.caution, entry.caution) if text)
        if excluded:
            cautions += (known.exclusion.text,)
        left_out = tuple(cue for cue in one.cues if excluded and cue in known.exclusion.cues)
        dose = one.dose
        if driver.node.finding == CADENCE_FINDING and (target is None or not target.changes):
            dose = None
        rule = known.dose[dose] if dose else None
        return RetrainingPlan(
            of=driver.node.key,
            target=_target_words(driver, one.target or one.rule or "", target, excluded=excluded),
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
            later=_later(can, one.target, known),
        )
    return RetrainingPlan(
        None, "Nothing to retrain follows from what was measured.", (), (), (), (), None, (), "", "", (), ()
    )


def _target_words(driver: Driver, usual: str, target: CadenceTarget | None, *, excluded: bool) -> str:
    """The target of a block; where cadence is meant, by the very rule that chose it."""
    if driver.node.finding == CADENCE_FINDING and target is not None:
        return f"cadence {target.target_spm} steps a minute at the same speed ({target.change_pct:+g}%)"
    if excluded:  # quicker steps are not the way there
        return usual.partition("; usually by cadence")[0]
    return usual


def _later(can: list[Driver], now: str | None, known: Knowledge) -> tuple[str, ...]:
    targets = dict.fromkeys(known.retraining_of(one.node.finding).target for one in can[1:])
    return tuple(target for target in targets if target and target != now)
