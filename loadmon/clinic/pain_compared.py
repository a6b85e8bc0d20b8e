"""Pain, tenderness and warning signs of two assessments side by side: less, more, gone, new, or not asked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loadmon import evidence
from loadmon.clinic.assessment import Assessment, Symptom
from loadmon.clinic.how_it_was import MOMENTS, NOT_ASKED
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.names import key_name

APART = evidence.CLINIC_PAIN_APART.value
MEANWHILE = "Pain while it was measured"
LESS, MORE, ALIKE, ONE_ANSWER = "less", "more", "no change that can be told", "asked once only"


@dataclass(frozen=True, slots=True)
class PainCompared:
    """One thing that was told of how it hurts, then and now.

    Parameters
    ----------
    what, when : str
        The tissue with its side, or the sign; and at which moment it was asked.
    before, now : str
        ``5/10``, ``there``, ``not ticked``, ``not asked``.
    says : str
        What can be said of the two.
    """

    what: str
    when: str
    before: str
    now: str
    says: str

    @property
    def changed(self) -> bool:
        """True where there is more to say than that nothing changed or that one was not asked."""
        return self.says not in (ALIKE, ONE_ANSWER)


def pain_compared(before: Assessment, now: Assessment, known: Knowledge) -> tuple[PainCompared, ...]:
    """What hurt in either assessment; what was not asked again is never taken for gone.

    Parameters
    ----------
    before, now : Assessment
        Of one runner.
    known : Knowledge

    References
    ----------
    Two points of ten: loadmon convention, after Farrar 2001, 10.1016/S0304-3959(01)00349-9 (quoted from memory).
    """
    rows = list[PainCompared]()
    then, later = ({(one.tissue, one.side): one for one in each.symptoms} for each in (before, now))
    for key in dict.fromkeys((*later, *then)):
        rows += _tissue(key_name(key, known), then.get(key), later.get(key))
    rows += _number(MEANWHILE, "", before.circumstances.pain_during, now.circumstances.pain_during)
    for sign in dict.fromkeys((*now.red_flags, *before.red_flags)):
        rows.append(_ticked(sign, "warning sign", sign in before.red_flags, sign in now.red_flags))
    return tuple(rows)


def _tissue(name: str, before: Symptom | None, now: Symptom | None) -> Iterator[PainCompared]:
    for when, field in MOMENTS:
        yield from _number(name, when, getattr(before, field, None), getattr(now, field, None))
    if before is None or now is None:
        told = ("not told", "sore") if before is None else ("sore", "not told")
        yield PainCompared(name, "told", *told, "told now, not before" if before is None else ONE_ANSWER)
    elif before.bony_tenderness or now.bony_tenderness:
        yield _ticked(name, "tender on one spot of bone", before.bony_tenderness, now.bony_tenderness)


def _number(what: str, when: str, before: float | None, now: float | None) -> Iterator[PainCompared]:
    if before is None and now is None:
        return
    says = ONE_ANSWER
    if before is not None and now is not None:
        says = ALIKE if abs(now - before) < APART else LESS if now < before else MORE
    then, later = (NOT_ASKED if pain is None else f"{pain:g}/10" for pain in (before, now))
    yield PainCompared(what, when, then, later, says)


def _ticked(what: str, when: str, before: bool, now: bool) -> PainCompared:
    then, later = ("there" if there else "not ticked" for there in (before, now))
    says = ALIKE if before == now else "new" if now else "not ticked any more"
    return PainCompared(what, when, then, later, says)


def pain_words(found: tuple[PainCompared, ...]) -> str:
    """What changed of how it hurts, in a sentence; empty where nothing was told in either."""
    if not found:
        return ""
    changed = [_words(one) for one in found if one.changed]
    if changed:
        return f"What hurts: {'; '.join(changed)}."
    return f"What hurts: nothing changed by {APART:g} points of 10 or more, of what was asked both times."


def _words(one: PainCompared) -> str:
    when = f" ({one.when})" if one.when else ""
    return f"{one.what}{when} {one.before} → {one.now}, {one.says}"
