"""How running is changed meanwhile: by how much, on which ground, at which pain; and when it has to stop first."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon import evidence
from loadmon.clinic.assessment import Symptom
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.reasoning import Reasoning
from loadmon.clinic.young import undecided

STOP_PAIN = evidence.CLINIC_STOP_PAIN.value
BONE = ("bone_low_risk", "bone_high_risk")
NO_BONY_TENDERNESS, WALK, CLEARANCE = "no_bony_tenderness", "pain_free_walk_30min", "clinician_clearance"
UNTIL_WORDS = {
    NO_BONY_TENDERNESS: "no bone is tender any more",
    WALK: "walking for 30 minutes is free of pain",
    CLEARANCE: "a named clinician has cleared it",
}


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """What becomes of running.

    Parameters
    ----------
    profile : str | None
        Of the sorest tissue: by it the return to running goes.
    stop : tuple of str
        Why nobody runs for now; empty where running goes on.
    decide : tuple of str
        Why a named clinician decides before anything is begun; then nothing of the plan is given.
    blocked_until : tuple of str
        What must be so before a run: keys of ``UNTIL_WORDS``.
    volume : str
        By how much less, or that it stays.
    limit, terrain : str
        Pain that is allowed and ground that is run on; empty without a sore tissue.
    for_drivers : tuple of (finding, advice)
        What the drivers ask for besides.
    """

    profile: str | None
    stop: tuple[str, ...]
    decide: tuple[str, ...]
    blocked_until: tuple[str, ...]
    volume: str
    limit: str
    terrain: str
    for_drivers: tuple[tuple[str, str], ...]


NEEDS_CLEARANCE = "a sore bone runs only with a named clearance"


def sorest(symptoms: tuple[Symptom, ...]) -> Symptom | None:
    """The sore tissue that hurts most while running; bone that is tender comes first."""
    order = [(one.bony_tenderness, one.pain_running or 0.0, one.pain_rest or 0.0) for one in symptoms]
    return symptoms[order.index(max(order))] if symptoms else None


def load_plan(reasoning: Reasoning, known: Knowledge) -> LoadPlan:
    """How load is changed instead of forbidden, and when it has to stop.

    Parameters
    ----------
    reasoning : Reasoning
    known : Knowledge

    References
    ----------
    Pain limits: Esculier 2018, 10.1136/bjsports-2016-096988; Silbernagel 2007, 10.1177/0363546506298279; George 2024,
    10.1007/s40279-024-02051-y; the others, and by how much volume is cut, are loadmon conventions.
    """
    sore = sorest(reasoning.assessment.symptoms)
    profile = None if sore is None else known.tissue[sore.tissue].profile
    stop, decide = _stops(reasoning, known), undecided(reasoning.assessment.person)
    on_bone = profile in BONE
    until: tuple[str, ...] = ()
    if on_bone:
        until = (NO_BONY_TENDERNESS, WALK, CLEARANCE)
    elif stop or decide:
        until = (CLEARANCE,)
    limit = known.pain_limit[profile] if profile else None
    return LoadPlan(
        profile=profile,
        stop=stop,
        decide=decide,
        blocked_until=until,
        volume=_volume(reasoning, sore, limit.most if limit else 0),
        limit=limit.limit if limit else "",
        terrain=limit.terrain if limit else "",
        for_drivers=_advice(reasoning, known),
    )


def _stops(reasoning: Reasoning, known: Knowledge) -> tuple[str, ...]:
    one, why = reasoning.assessment, []
    tender = [symptom for symptom in one.symptoms if symptom.bony_tenderness]
    if tender:
        names = ", ".join(
            dict.fromkeys(known.tissue[symptom.tissue].name.partition(" (")[0].lower() for symptom in tender)
        )
        why.append(f"bone is tender on one spot ({names})")
    if any((symptom.pain_running or 0.0) >= STOP_PAIN for symptom in one.symptoms):
        why.append(f"pain while running is {STOP_PAIN:g}/10 or more")
    why += one.red_flags
    bony = any(known.tissue[symptom.tissue].profile in BONE for symptom in one.symptoms)
    if bony and one.person.low_energy_suspected:
        why.append("the screen for low energy availability was positive")
    if bony and not why:
        why.append(NEEDS_CLEARANCE)
    return tuple(dict.fromkeys(why))


def _volume(reasoning: Reasoning, sore: Symptom | None, most: float) -> str:
    pain = None if sore is None else sore.pain_running
    if pain is not None and pain > most:
        cut = "30-40%" if reasoning.load_flag else "20-30%"
        return f"Keep running, less per run: cut volume by about {cut}, in shorter runs more often."
    if reasoning.load_flag:
        return "Keep running, at the volume from before the jump: the last weeks asked for more than was usual."
    return "Keep running; volume stays as it is while pain keeps within its limit."


def _advice(reasoning: Reasoning, known: Knowledge) -> tuple[tuple[str, str], ...]:
    told = dict[str, str]()
    for driver in reasoning.primary:
        finding = driver.node.finding
        if finding in known.correction:
            one = known.load_of(finding)
            # with a sore tissue its own rule says how much less
            volume = None if reasoning.assessment.symptoms else one.volume
            parts = (
                ("volume", volume),
                ("intensity", one.intensity),
                ("ground", one.terrain),
                ("instead", one.cross_training),
            )
            text = one.rule or "; ".join(f"{name}: {words}" for name, words in parts if words)
            told.setdefault(text, finding)
    return tuple((finding, text) for text, finding in told.items())
