"""How running is changed meanwhile: by how much, on which ground, at which pain; and when it has to stop first."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.clinic.bone_screen import screen_asks
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.reasoning import Reasoning
from loadmon.clinic.sore_limits import BONE, SoreLimit, sore_limits
from loadmon.clinic.standing import Cleared, Standing, stopped_words
from loadmon.clinic.stop_signs import rest_asks, stop_signs
from loadmon.clinic.young import undecided

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
        Of the sore tissue with the strictest limit: by it the return to running goes.
    stop : tuple of str
        Why nobody runs for now; empty where running goes on.
    decide : tuple of str
        Why a named clinician decides before anything is begun; then nothing of the plan is given.
    blocked_until : tuple of str
        What must be so before a run: keys of ``UNTIL_WORDS``.
    volume : str
        By how much less, or that it stays.
    sore : tuple of SoreLimit
        Every sore tissue with its own limit and ground, the strictest, which holds for all, first.
    for_drivers : tuple of (finding, advice)
        What the drivers ask for besides, without the ground that a sore tissue must not have.
    cleared : Cleared | None
        Who let the runner run again after a stop of this assessment.
    ask : tuple of str
        What is asked or looked for before running goes on, in sentences.
    """

    profile: str | None
    stop: tuple[str, ...]
    decide: tuple[str, ...]
    blocked_until: tuple[str, ...]
    volume: str
    sore: tuple[SoreLimit, ...]
    for_drivers: tuple[tuple[str, str], ...]
    cleared: Cleared | None = None
    ask: tuple[str, ...] = ()


def load_plan(reasoning: Reasoning, known: Knowledge, beside: Standing | None = None) -> LoadPlan:
    """How load is changed instead of forbidden, and when it has to stop.

    Parameters
    ----------
    reasoning : Reasoning
        Of the assessment with all that is still sore.
    known : Knowledge
    beside : Standing, optional
        What still stands from earlier assessments.

    References
    ----------
    Pain limits: Esculier 2018, 10.1136/bjsports-2016-096988; Silbernagel 2007, 10.1177/0363546506298279; George 2024,
    10.1007/s40279-024-02051-y; the others, and by how much volume is cut, are loadmon conventions.
    """
    beside = beside or Standing(reasoning.assessment)
    sore = sore_limits(reasoning.assessment.symptoms, known)
    found, decide = stop_signs(beside.told, known), undecided(reasoning.assessment.person)
    cleared = beside.cleared if found else None
    stop = (*(() if cleared else found), *(stopped_words(one) for one in beside.stopped))
    until: tuple[str, ...] = ()
    if stop and any(one.profile in BONE for one in sore):
        until = (NO_BONY_TENDERNESS, WALK, CLEARANCE)
    elif stop or decide:
        until = (CLEARANCE,)
    return LoadPlan(
        profile=sore[0].profile if sore else None,
        stop=stop,
        decide=decide,
        blocked_until=until,
        volume=_volume(reasoning, sore),
        sore=sore,
        for_drivers=_advice(reasoning, sore, known),
        cleared=cleared,
        ask=(*screen_asks(beside.whole, known), *rest_asks(beside.told)),
    )


def _volume(reasoning: Reasoning, sore: tuple[SoreLimit, ...]) -> str:
    # the strictest limit is that of every sore tissue
    if sore and any((one.symptom.pain_running or 0.0) > sore[0].rule.most for one in sore):
        cut = "30-40%" if reasoning.load_flag else "20-30%"
        return f"Keep running, less per run: cut volume by about {cut}, in shorter runs more often."
    if reasoning.load_flag:
        return "Keep running, at the volume from before the jump: the last weeks asked for more than was usual."
    return "Keep running; volume stays as it is while pain keeps within its limit."


def _advice(reasoning: Reasoning, sore: tuple[SoreLimit, ...], known: Knowledge) -> tuple[tuple[str, str], ...]:
    told = dict[str, str]()
    for driver in reasoning.primary:
        finding = driver.node.finding
        if finding in known.correction:
            one = known.load_of(finding)
            # with a sore tissue its own rule says how much less, and on which ground
            volume = None if sore else one.volume
            ground = None if held_back(one.terrain or "", sore) else one.terrain
            parts = (
                ("volume", volume),
                ("intensity", one.intensity),
                ("ground", ground),
                ("instead", one.cross_training),
            )
            text = one.rule or "; ".join(f"{name}: {words}" for name, words in parts if words)
            told.setdefault(text, finding)
    return tuple((finding, text) for text, finding in told.items())


def held_back(words: str, sore: tuple[SoreLimit, ...]) -> bool:
    """True where ground or an exercise is among what a sore tissue has last."""
    return any(word in words.lower() for one in sore for word in one.rule.last)
