"""What is told of tissues and drivers: how an index comes about, to the last share, and on which side."""

from __future__ import annotations

import re

import pytest

from loadmon.clinic.assessment import RecentLoad, Symptom
from loadmon.clinic.at_risk import TissueAtRisk
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.names import key_name
from loadmon.clinic.reasoning import Reasoning, reason
from loadmon.clinic.told import Step, steps
from tests.clinic.made import an_assessment, assessment_of, measured, vignettes

KNOWN = default_knowledge()


def of_tissues(reasoning: Reasoning) -> list[Step]:
    return [one for one in steps(reasoning, KNOWN) if ": index " in one.words]


@pytest.mark.parametrize("case", vignettes().values(), ids=lambda case: case["name"])
def test_the_shares_that_are_shown_make_the_index_that_is_shown(case: dict[str, object]) -> None:
    reasoning = reason(assessment_of(case), KNOWN)
    told = of_tissues(reasoning)
    assert {one.tissue for one in reasoning.tissues if one.sore} <= {
        one.tissue for one, step in zip_by_name(reasoning, told) if ", sore" in step.words
    }
    for tissue, step in zip_by_name(reasoning, told):
        shares = [float(n) for line in step.evidence for n in re.findall(r" adds (\d+\.\d+)", line)]
        factor = float(re.findall(r"multiply the sum by (\d+\.\d+)", step.evidence[-1])[0])
        assert sum(shares) * factor == pytest.approx(tissue.index, abs=0.03 * (len(shares) + 1))
        assert ("Sore: adds 1.00 (loadmon convention)." in step.evidence) is tissue.sore


def zip_by_name(reasoning: Reasoning, told: list[Step]) -> list[tuple[TissueAtRisk, Step]]:
    by_name = {key_name((one.tissue, one.side), KNOWN): one for one in reasoning.tissues}
    return [(by_name[step.words.partition(": index ")[0]], step) for step in told]


def test_a_sore_tissue_is_told_however_little_else_loads_it() -> None:
    drops = an_assessment(
        *(measured("cpd_deg", 9.0, side) for side in ("left", "right")),
        *(measured("knee_window", "crossed", side) for side in ("left", "right")),
        measured("tibia_angle_ic_deg", 11.0),
        symptoms=(Symptom("plantar_fascia", "left", 1.0),),
        load=RecentLoad(40_000.0, 0.0, "reference"),
    )
    told = of_tissues(reason(drops, KNOWN))
    assert any(step.words.startswith("Plantar fascia, left: index") for step in told)


@pytest.mark.parametrize(("sore", "first"), [("left", "left"), ("right", "right")])
def test_of_a_finding_on_both_sides_that_of_the_sore_side_is_named_first(sore: str, first: str) -> None:
    values = {"left": 6.5, "right": 9.0} if sore == "left" else {"left": 9.0, "right": 6.5}
    one = an_assessment(
        *(measured("cpd_deg", value, side) for side, value in values.items()),
        symptoms=(Symptom("iliotibial_band", sore, 3.0),),
    )
    reasoning = reason(one, KNOWN)
    assert {node.node.side for node in reasoning.primary} == {"left", "right"}
    assert reasoning.primary[0].node.key == ("contralateral_pelvic_drop", first)
    assert (
        reasoning.primary[0].score < reasoning.primary[1].score
    )  # the order goes by the side, and the scores do not change
    assert reasoning.tissues[0].side == sore


def test_what_has_sides_and_is_alike_on_both_says_so() -> None:
    assert key_name(("tibia", "both"), KNOWN) == "Tibia (bone and periosteum), both sides"
    assert key_name(("low_cadence", "both"), KNOWN) == KNOWN.finding["low_cadence"].name
    assert key_name(("dynamic_valgus", "left"), KNOWN).endswith(", left")
