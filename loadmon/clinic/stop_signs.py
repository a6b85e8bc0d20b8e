"""With what nobody runs on before it was looked at: bone that is tender, strong pain whenever it is felt, warning signs."""

from __future__ import annotations

from collections.abc import Iterator

from loadmon import evidence
from loadmon.clinic.assessment import Assessment
from loadmon.clinic.bone_screen import screen_stops
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.sore_limits import BONE

STOP_PAIN, REST_PAIN = evidence.CLINIC_STOP_PAIN.value, evidence.CLINIC_REST_PAIN.value
NEEDS_CLEARANCE = "a sore bone runs only with a named clearance"
TOLD_AS_MEASURES = {"running_pain_nrs": "while running", "hop_pain_nrs": "hopping"}


def stop_signs(one: Assessment, known: Knowledge) -> tuple[str, ...]:
    """Why nobody runs for now, in words; empty where running goes on.

    Parameters
    ----------
    one : Assessment
    known : Knowledge
    """
    why = list[str]()
    tender = [symptom for symptom in one.symptoms if symptom.bony_tenderness]
    if tender:
        names = dict.fromkeys(known.tissue[symptom.tissue].name.partition(" (")[0].lower() for symptom in tender)
        why.append(f"bone is tender on one spot ({', '.join(names)})")
    strong = dict.fromkeys(when for when, pain in pains(one) if pain >= STOP_PAIN)
    if strong:
        why.append(f"pain {_joined(list(strong))} is {STOP_PAIN:g}/10 or more")
    at_rest = [symptom.pain_rest or 0.0 for symptom in one.symptoms]
    if "at rest" not in strong and any(pain >= REST_PAIN for pain in at_rest):
        why.append(f"pain at rest is {REST_PAIN:g}/10 or more")
    why += one.red_flags
    bony = any(known.tissue[symptom.tissue].profile in BONE for symptom in one.symptoms)
    why += screen_stops(one, known)
    if bony and not why:
        why.append(NEEDS_CLEARANCE)
    return tuple(dict.fromkeys(why))


def rest_asks(one: Assessment) -> tuple[str, ...]:
    """What has to be asked of pain at rest that stops nobody; empty where there is none."""
    told = [symptom.pain_rest or 0.0 for symptom in one.symptoms]
    if not any(0.0 < pain < REST_PAIN for pain in told):
        return ()
    return ("It hurts a little at rest: ask whether it wakes at night, and tick the warning sign if it does.",)


def pains(one: Assessment) -> Iterator[tuple[str, float]]:
    """Every number of pain that was told, each with when it was felt."""
    for symptom in one.symptoms:
        told = (
            ("while running", symptom.pain_running),
            ("at rest", symptom.pain_rest),
            ("the next morning", symptom.pain_morning),
        )
        yield from ((when, pain) for when, pain in told if pain is not None)
    if one.circumstances.pain_during is not None:
        yield "while it was measured", one.circumstances.pain_during
    for found in one.measured:
        if found.measure in TOLD_AS_MEASURES:
            yield TOLD_AS_MEASURES[found.measure], float(found.value)


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
