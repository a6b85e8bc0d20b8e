"""A correction plan in sentences, each with its source, and as a file that says whose it is and who wrote it."""

from __future__ import annotations

from loadmon import evidence
from loadmon.clinic.cadence_target import CadenceTarget
from loadmon.clinic.correction_plan import CorrectionPlan
from loadmon.clinic.entry import Cited
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.load_change import UNTIL_WORDS
from loadmon.clinic.names import LABEL_WORDS, key_name, source_words
from loadmon.clinic.plan_line import PlanLine, source_of
from loadmon.clinic.retraining import RetrainingPlan, Session
from loadmon.clinic.sore_limits import SoreLimit
from loadmon.clinic.standing import cleared_words
from loadmon.clinic.strength import StageOfStrength, dose_words, span_words
from loadmon.clinic.young import goes_along, withheld
from loadmon.days import day_words

REFILM_WEEKS = 6
OURS = LABEL_WORDS["X"]
PROPOSAL = "A proposal from fixed rules: no diagnosis and no forecast. A clinician decides with the runner."
Lines = dict[str, tuple[str, ...]]


def plan_lines(plan: CorrectionPlan, known: Knowledge) -> Lines:
    """The plan as sentences, by heading, in the order in which they are read; each a ``PlanLine`` with its source."""
    lines: Lines = {
        "Load": _load_lines(plan, known),
        "Cadence": _cadence_lines(plan),
        "Retraining": _retraining_lines(plan, known),
        "Strength": _strength_lines(plan, known),
        "Look again": _again_lines(plan, known),
    }
    if plan.withheld:
        return withheld(lines, plan.load.decide, said=lines["Load"] if plan.stops else plan.load.ask)
    return lines


def plan_text(plan: CorrectionPlan, known: Knowledge, *, runner: str = "") -> str:
    """The whole plan as plain text: of whom, from which day and by whom, every line with its source, and by which limits.

    Parameters
    ----------
    plan : CorrectionPlan
    known : Knowledge
    runner : str
        Their name.
    """
    seen = plan.beside.told.circumstances
    head = [
        "Correction plan",
        f"Runner: {runner or 'not named'}",
        f"Assessed on {day_words(seen.day)} by {seen.assessor}",
        f"Knowledge: {known.version}",
        PROPOSAL,
    ]
    parts = ["\n".join(head)]
    for heading, lines in plan_lines(plan, known).items():
        told = "\n".join(f"- {line}{f' [{source_of(line)}]' if source_of(line) else ''}" for line in lines)
        parts.append(f"{heading}\n{told}")
    if not plan.withheld and (limits := limit_lines(plan, known)):
        parts.append("Limits by which it was found\n" + "\n".join(f"- {line}" for line in limits))
    parts.append(PROPOSAL)
    return "\n\n".join(parts) + "\n"


def limit_lines(plan: CorrectionPlan, known: Knowledge) -> tuple[str, ...]:
    """The limits of every measure that tells a finding which is there."""
    names = dict.fromkeys(one.measure for node in plan.reasoning.graph.present.values() for one in node.told_by)
    told = ((known.measure[name], known.measure[name].limits) for name in names)
    return tuple(
        f"{one.name}: usual {limits[0]:g}, flag {limits[1]:g}, severe {limits[2]:g} {one.unit} [{_source(one, known)}]"
        for one, limits in told
        if limits is not None
    )


def _source(one: Cited, known: Knowledge) -> str:
    return source_words(one.label, one.sources, known)


def _load_lines(plan: CorrectionPlan, known: Knowledge) -> tuple[str, ...]:
    load, lines = plan.load, list[str]()
    if young := goes_along(plan.reasoning.assessment.person):
        lines.append(young)
    lines += [PlanLine(one, OURS) for one in load.ask]
    if load.stop:
        why = f"Stop running for now and refer for a medical look, with images if needed: {'; '.join(load.stop)}."
        lines.append(PlanLine(why, _source(known.red_flags, known)))
        until = ", ".join(UNTIL_WORDS[one] for one in load.blocked_until)
        lines.append(PlanLine(f"Running begins again only once {until}.", OURS))
    elif load.cleared:
        by = f"Stopped that day; {cleared_words(load.cleared)}."
        lines += [by, PlanLine("Running begins again by the steps of a return-to-run plan.", OURS)]
    else:
        lines.append(PlanLine(load.volume, OURS))
    lines += _sore_lines(plan, known)
    for finding, text in load.for_drivers:
        if not load.stop:
            words = f"For {known.finding[finding].name.lower()}: {text}."
            lines.append(PlanLine(words, _source(known.correction[finding], known)))
    return tuple(lines)


def _sore_lines(plan: CorrectionPlan, known: Knowledge) -> list[str]:
    sore, when = plan.load.sore, "Then" if plan.stops else "Allowed"
    lines = list[str]()
    if len(sore) > 1:
        first = f"{when}, by the strictest limit, that of {_where(sore[0], plan, known)}: {sore[0].rule.limit}."
        lines.append(PlanLine(f"{first} It holds for all that is sore.", _source(sore[0].rule, known)))
    for one in sore:
        own = "its own limit, " if len(sore) > 1 else f"{when.lower()}: "
        words = f"Sore: {_where(one, plan, known)}: {own}{one.rule.limit}. {one.rule.terrain}."
        lines.append(PlanLine(words, _source(one.rule, known)))
    return lines


def _where(one: SoreLimit, plan: CorrectionPlan, known: Knowledge) -> str:
    name = key_name((one.symptom.tissue, one.symptom.side), known)
    said = plan.beside.said_on(one.symptom)
    return name if said is None else f"{name} (said on {day_words(said)}, not asked since)"


def _cadence_lines(plan: CorrectionPlan) -> tuple[str, ...]:
    target = plan.cadence
    if target is None:
        return ("No cadence was measured: count steps for a minute at the easy speed, or take it from the watch.",)
    if not target.changes:
        return (PlanLine(f"{target.target_spm} steps a minute, unchanged. {target.rule}", OURS),)
    when = "Once running has begun again: " if plan.stops else ""
    words = f"{when}{target.now_spm:.0f} -> {target.target_spm} steps a minute at the same speed. {target.rule}"
    lines = [PlanLine(words, _cadence_source(target), f"size from a study, when it is asked {OURS}")]
    if plan.retraining.by_cadence:
        lines.append(PlanLine("It is the first target of the retraining below: one at a time.", OURS))
    else:
        why = "What drives this is retrained first, and cadence only helps it: this comes in the block after, once that holds."
        lines.append(PlanLine(why, OURS))
        lines.append(PlanLine(f"Sessions then: {sessions_words(plan.cadence_sessions)}."))
    return tuple(lines)


def _cadence_source(target: CadenceTarget) -> str:
    low = target.change_pct == evidence.CADENCE_TARGET_LOW_PCT.value
    size = evidence.CADENCE_TARGET_LOW_PCT if low else evidence.CADENCE_TARGET_SOME_PCT
    return f"size: {size.source}; when it is asked: {OURS}"


def sessions_words(sessions: tuple[Session, ...]) -> str:
    """Sessions in a line, each with the share of feedback: ``15 min (100%), 18 min (50%)``."""
    return ", ".join(f"{one.minutes:g} min ({one.feedback_share:.0%})" for one in sessions)


def _retraining_lines(plan: CorrectionPlan, known: Knowledge) -> tuple[str, ...]:
    one = plan.retraining
    if one.of is None:
        return (one.target,)
    of = _source(known.correction[one.of[0]], known)
    lines = list[str](["Begins once running has begun again."] if plan.stops and one.sessions else [])
    lines.append(PlanLine(f"Target: {one.target}.", of))
    if one.cues:
        cues = "; ".join(f"“{cue}”" for cue in one.cues)
        lines.append(PlanLine(f"One cue a session, by outcome: {cues}.", _source(known.cue_rule, known)))
    if one.feedback:
        lines.append(PlanLine(f"Feedback: {', '.join(one.feedback)}.", of))
    if one.sessions and one.dose:
        lines += _dose_lines(one, _source(known.dose[one.dose], known))
    if one.expected:
        lines.append(PlanLine(f"To be expected: {one.expected}.", of))
    if one.left_out:
        left = "; ".join(f"“{cue}”" for cue in one.left_out)
        lines.append(PlanLine(f"Left out: {left}.", _source(known.exclusion, known)))
    lines += [
        PlanLine(f"Mind: {text.rstrip('.')}.", _source(known.exclusion, known) if text == known.exclusion.text else of)
        for text in one.cautions
    ]
    if one.later:
        lines.append(PlanLine(f"One target at a time; after this block holds: {'; then '.join(one.later)}.", OURS))
    return tuple(lines)


def _dose_lines(one: RetrainingPlan, source: str) -> list[str]:
    often = ""
    if one.per_week and one.weeks:
        often = (
            f", {span_words(one.per_week)} a week over {span_words(one.weeks)} weeks, {one.total_minutes:g} min in all"
        )
    told = sessions_words(one.sessions)
    first = f"{len(one.sessions)} faded sessions{often}; with the share of feedback: {told}. {one.rule}"
    return [PlanLine(first, source), PlanLine(f"It is learnt when: {one.success}", source)]


def _strength_lines(plan: CorrectionPlan, known: Knowledge) -> tuple[str, ...]:
    if not plan.strength:
        return ("None follows from what drives this.",)
    names = dict.fromkeys(
        known.finding[finding].name.lower() for one in plan.strength for _, of in one.exercises for finding in of
    )
    lines: list[str] = [f"For: {', '.join(names)}."]
    for one in plan.strength:
        lines += _stage_lines(one, known)
    if plan.stops:
        words = "Nothing that hops or lands before running is cleared; the later stages follow then."
        lines.append(PlanLine(words, OURS))
    lines.append(PlanLine(known.strength_caution.text, _source(known.strength_caution, known)))
    return tuple(lines)


def _stage_lines(one: StageOfStrength, known: Knowledge) -> list[str]:
    whose = dict.fromkeys(LABEL_WORDS[known.correction[finding].label] for _, of in one.exercises for finding in of)
    exercises_of = " and ".join(whose) or OURS
    source = f"dose {_source(one.dose, known)}; exercises {exercises_of}"
    label = f"dose {LABEL_WORDS[one.dose.label]}, exercises {exercises_of}"
    exercises = "; ".join(exercise for exercise, _ in one.exercises)
    held = f"not yet, {one.held}. Then: " if one.held else ""
    lines: list[str] = [
        PlanLine(f"{one.dose.name} ({dose_words(one.dose)}): {held}{exercises or 'nothing yet'}.", source, label)
    ]
    if one.last:
        words = f"{one.dose.name}, last, once flat and easy running keeps within its limit: {'; '.join(one.last)}."
        lines.append(PlanLine(words, OURS))
    rules = [one.dose.rule, one.dose.progress_when and f"next stage after {one.dose.progress_when}"]
    told = "; ".join(rule for rule in rules if rule)
    if told:
        lines.append(PlanLine(f"{one.dose.name}, rule: {told}.", _source(one.dose, known)))
    return lines


def _again_lines(plan: CorrectionPlan, known: Knowledge) -> tuple[str, ...]:
    again = f"Re-film at the same speed after {REFILM_WEEKS} weeks and re-check each test; a change counts beyond what can be told."
    lines: list[str] = [PlanLine(again, OURS)]
    if (days := plan.retraining.retention_days) and plan.retraining.dose:
        told = ", ".join(str(day) for day in days)
        lines.append(PlanLine(f"After the block: on day {told}.", _source(known.dose[plan.retraining.dose], known)))
    watched = [key_name(one.node.key, known) for one in plan.reasoning.compensations]
    if watched:
        words = f"Not treated before the driver, re-check whether they go with it: {'; '.join(watched)}."
        lines.append(PlanLine(words, OURS))
    if plan.reasoning.has("lateral_trunk_lean"):
        lines.append(PlanLine("When the trunk stays tall, re-check that the pelvis does not drop instead.", OURS))
    return tuple(lines)
