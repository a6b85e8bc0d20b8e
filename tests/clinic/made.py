"""Assessments for tests: the worked cases, written down in loadmon's own words, and small made ones."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from loadmon.clinic.assessment import LEAST_STEPS, Assessment, Circumstances, Measured, Person, RecentLoad, Symptom
from tests.paths import FILES

DAY = date(2026, 3, 2)


@cache
def vignettes() -> dict[str, dict[str, Any]]:
    """Worked cases by their name. They share their author with the knowledge: they test the code, not clinical truth."""
    cases = json.loads((FILES / "clinic" / "vignettes.json").read_text(encoding="utf-8"))
    return {case["name"]: case for case in cases}


def assessment_of(case: dict[str, Any]) -> Assessment:
    """A worked case as an assessment."""
    runner = case["runner"]
    cadence = Measured("cadence_spm", runner["cadence_spm"], "both", "watch")
    return Assessment(
        athlete_id=1,
        circumstances=Circumstances(DAY, "Dr Osei", speed_mps=runner["speed_mps"]),
        person=Person(
            runner["age"], runner["height_m"], runner["previous_bone_stress"], runner["low_energy_suspected"]
        ),
        measured=(cadence, *(Measured(*one) for one in case["measured"])),
        symptoms=tuple(Symptom(*one) for one in case["sore"]),
        load=RecentLoad(**case["load"]),
    )


def key(text: str) -> tuple[str, str]:
    """``"crossover, both"`` as a finding and its side."""
    name, side = text.split(", ")
    return name, side


def measured(name: str, value: float | str, side: str = "both", method: str = "video_2d") -> Measured:
    return Measured(name, value, side, method)


def an_assessment(*values: Measured, speed_mps: float | None = 3.0, **changes: Any) -> Assessment:
    """A small assessment at 3 m/s of a runner of 33 years and 175 cm."""
    seen = Circumstances(DAY, "Dr Osei", speed_mps=speed_mps, steps_averaged=LEAST_STEPS)
    return replace(Assessment(1, seen, Person(age=33, height_m=1.75), measured=values), **changes)
