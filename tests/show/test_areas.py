"""Whoever types what they call it finds where it hurts, in the runner's list and in the clinician's."""

from __future__ import annotations

import pytest

from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.names import tissue_choice
from loadmon.show.areas import AREAS, area_choice

KNOWN = default_knowledge()
TYPED = {
    "outer": ("knee", "iliotibial_band"),
    "shin": ("shin", "tibia"), "shin splints": ("shin", "medial_tibial_border"), "kneecap": ("knee", "patellofemoral_joint"),
    "knee": ("knee", "medial_knee"), "it band": ("knee", "iliotibial_band"), "arch": ("foot", "plantar_fascia"),
    "inner knee": ("knee", "medial_knee"),
    "inner ankle": ("foot", "tibialis_posterior"),
    "heel": ("foot", "plantar_fascia"), "sole": ("foot", "plantar_fascia"), "toe": ("foot", "metatarsals"),
    "ball of the foot": ("foot", "metatarsals"), "ankle": ("foot", "tibialis_posterior"),
    "achilles": ("Achilles tendon", "achilles"), "back of the heel": ("Achilles tendon", "achilles"), "calf": ("calf", "calf"),
    "hamstring": ("hamstring", "proximal_hamstring"), "back of the thigh": ("hamstring", "proximal_hamstring"),
    "quad": ("thigh, front", "hip_flexor"), "thigh": ("thigh, front", "hip_flexor"), "butt": ("hip or groin", "gluteal_tendon"),
    "buttock": ("hip or groin", "proximal_hamstring"), "glute": ("hip or groin", "gluteal_tendon"),
    "hip": ("hip or groin", "hip_joint"), "groin": ("hip or groin", "hip_joint"), "sit bone": ("hip or groin", "proximal_hamstring"),
    "back": ("lower back", "lumbar"), "spine": ("lower back", "lumbar"),
}  # fmt: skip
"""What people type, and what has to be among what they are offered: an area, a tissue."""


@pytest.mark.parametrize("typed", TYPED)
def test_it_is_found_by_its_everyday_name(typed: str) -> None:
    area, tissue = TYPED[typed]
    assert area in {one for one in AREAS if typed in area_choice(one).lower()}
    assert tissue in {one for one in KNOWN.tissue if typed in tissue_choice(one, KNOWN).lower()}


def test_every_area_and_tissue_is_told_by_its_own_name_first() -> None:
    assert all(area_choice(area).lower().startswith(area.lower()) for area in AREAS)
    assert all(tissue_choice(one, KNOWN).startswith(KNOWN.tissue[one].name) for one in KNOWN.tissue)
