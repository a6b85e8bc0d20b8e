"""How it hurts, then and now: pain that fell is seen, and what was not asked again is never taken for gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loadmon.clinic.assessment import Assessment, Symptom
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.pain_compared import ALIKE, MEANWHILE, ONE_ANSWER, pain_compared, pain_words
from tests.clinic.made import an_assessment

KNOWN = default_knowledge()
CALF = "a swollen, hot calf"


def hurting(*symptoms: Symptom, during: float | None = None, signs: tuple[str, ...] = ()) -> Assessment:
    one = an_assessment(symptoms=symptoms, red_flags=signs)
    return replace(one, circumstances=replace(one.circumstances, pain_during=during))


def says(before: Assessment, now: Assessment) -> dict[tuple[str, str], str]:
    return {(one.what, one.when): one.says for one in pain_compared(before, now, KNOWN)}


@pytest.mark.parametrize(
    ("before", "now", "word"), [(5.0, 2.0, "less"), (2.0, 5.0, "more"), (3.0, 1.0, "less"), (3.0, 2.0, ALIKE), (2.0, None, ONE_ANSWER)]
)  # fmt: skip
def test_pain_of_a_tissue_is_compared_by_two_points(before: float, now: float | None, word: str) -> None:
    told = says(hurting(Symptom("achilles", "left", before)), hurting(Symptom("achilles", "left", now)))
    assert told == {("Achilles tendon, left", "running"): word}


def test_pain_that_fell_is_said_in_a_sentence() -> None:
    found = pain_compared(
        hurting(Symptom("achilles", "left", 5.0, 1.0), during=4.0),
        hurting(Symptom("achilles", "left", 2.0, 1.0), during=0.0),
        KNOWN,
    )
    assert pain_words(found) == (
        f"What hurts: Achilles tendon, left (running) 5/10 → 2/10, less; {MEANWHILE} 4/10 → 0/10, less."
    )
    assert "nothing changed by 2 points" in pain_words(pain_compared(hurting(during=1.0), hurting(during=2.0), KNOWN))
    assert pain_words(pain_compared(hurting(), hurting(), KNOWN)) == ""


def test_a_tissue_that_was_not_named_again_is_not_gone() -> None:
    told = pain_compared(hurting(Symptom("achilles", "left", 5.0)), hurting(), KNOWN)
    assert {one.says for one in told} == {ONE_ANSWER}
    assert {one.now for one in told} == {"not asked", "not told"}
    assert "gone" not in pain_words(told)


def test_signs_and_tenderness_that_came_are_said_and_the_other_side_is_another_row() -> None:
    told = says(
        hurting(Symptom("tibia", "left", 1.0), Symptom("achilles", "left", 3.0)),
        hurting(Symptom("tibia", "left", 1.0, bony_tenderness=True), Symptom("achilles", "right", 3.0), signs=(CALF,)),
    )
    tibia = f"{KNOWN.tissue['tibia'].name}, left"
    assert told[tibia, "tender on one spot of bone"] == "new"
    assert told[CALF, "warning sign"] == "new"
    assert told["Achilles tendon, left", "running"] == told["Achilles tendon, right", "running"] == ONE_ANSWER
    assert told["Achilles tendon, right", "told"] == "told now, not before"
    back = says(hurting(signs=(CALF,)), hurting())
    assert back[CALF, "warning sign"] == "not ticked any more"
