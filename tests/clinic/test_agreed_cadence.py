"""The cadence that a return's watch workouts keep to: that of the block, within its cap, and never where running was stopped."""

from __future__ import annotations

from dataclasses import replace

from loadmon.clinic.agreed_cadence import agreed_cadence
from loadmon.clinic.assessment import Assessment, Symptom
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.standing import Standing
from tests.clinic.made import DAY, an_assessment, measured

KNOWN = default_knowledge()


def slow(**more: object) -> Assessment:
    """Few steps a minute, and nothing else."""
    return an_assessment(measured("cadence_spm", 152.0, method="watch"), **more)


def agreed(one: Assessment, pct: float | None = None) -> int | None:
    found = agreed_cadence(Standing(one), KNOWN, pct)
    assert found is None or found.day == DAY
    return None if found is None else found.target_spm


def test_the_rules_cadence_or_the_chosen_one_within_its_cap() -> None:
    rule = agreed(slow())
    assert rule is not None
    assert 152 < rule <= 152 * 1.1 + 1
    assert agreed(slow(), 5.0) == round(152 * 1.05)
    assert agreed(slow(), 40.0) == agreed(slow(), 10.0)


def test_none_where_nobody_aims_at_one_or_running_was_stopped() -> None:
    assert agreed(an_assessment(measured("cpd_deg", 8.0, "left"))) is None
    sore = Symptom("tibia", "left", pain_running=2.0)
    assert agreed(slow(symptoms=(replace(sore, bony_tenderness=True),))) is None
    assert agreed(slow(red_flags=KNOWN.red_flags.signs[:1])) is None
