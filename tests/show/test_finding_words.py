"""Findings in words: every kind can be noted, and what it does to the numbers is said."""

from __future__ import annotations

from datetime import date

import pytest

from loadmon.finding import Finding
from loadmon.show.finding_words import KINDS, effect_words, finding_words, kind_name, may_have_degrees, may_have_side
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.findings import DEGREES
from loadmon.tissue.found import checked_finding

COEFFICIENTS, SEEN = default_coefficients(), date(2026, 5, 3)


def test_every_kind_the_model_knows_is_offered_once() -> None:
    assert sorted(KINDS) == sorted(COEFFICIENTS.finding)
    assert len({kind_name(kind, COEFFICIENTS) for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_form_offers_the_store_takes(kind: str) -> None:
    side, degrees = ("left" if may_have_side(kind) else None), (6.0 if may_have_degrees(kind) else None)
    checked_finding(Finding(1, kind, SEEN, "Dr Osei", side, degrees), today=SEEN)
    assert COEFFICIENTS.finding[kind].note in effect_words(kind, COEFFICIENTS)


def test_a_finding_in_a_sentence() -> None:
    hip = Finding(1, "pelvic_drop", SEEN, "Dr Osei", "left", 7.5)
    assert finding_words(hip, COEFFICIENTS) == "Hip drop, left, 7.5°: new, seen 3 May 2026 (by Dr Osei)"
    lean = Finding(1, DEGREES, SEEN, "Dr Osei", value=4.0, until=date(2026, 6, 1))
    assert finding_words(lean, COEFFICIENTS).endswith(", +4°: new, seen 3 May 2026, gone since 1 Jun 2026 (by Dr Osei)")
    old = Finding(1, "pelvic_drop", SEEN, "Dr Osei", always=True)
    assert finding_words(old, COEFFICIENTS) == "Hip drop: may always have been so, seen 3 May 2026 (by Dr Osei)"
    back = Finding(1, DEGREES, SEEN, "Dr Osei", value=-4.0)
    assert ", −4°:" in finding_words(back, COEFFICIENTS)
    assert ", both sides:" in finding_words(Finding(1, "overpronation", SEEN, "x", "both"), COEFFICIENTS)


def test_what_was_not_measured_is_never_told_as_a_number() -> None:
    assert effect_words("forefoot", COEFFICIENTS).startswith(
        "Counts for: Achilles tendon, Calf muscles, Sole of the foot"
    )
    told = effect_words("pelvic_drop", COEFFICIENTS)
    assert told.startswith("No number, but a wider interval, pointing to more, for: Iliotibial band, Side of the hip")
    assert effect_words("rearfoot", COEFFICIENTS) == COEFFICIENTS.finding["rearfoot"].note
    assert effect_words("overstride", COEFFICIENTS) == COEFFICIENTS.finding["overstride"].note
