"""Where it hurts: the areas to choose from, each with what people call it, so that it is found by any of its names."""

from __future__ import annotations

from collections.abc import Mapping

from loadmon.show.words import capital

EVERYDAY: Mapping[str, str] = {
    "foot": "heel, arch, sole, toes, inner ankle, outer ankle, ball of the foot",
    "Achilles tendon": "heel cord, back of the heel",
    "calf": "back of the lower leg",
    "shin": "shinbone, shin splints, inner shin, front of the lower leg",
    "knee": "kneecap, IT band, outer knee, inner knee",
    "hamstring": "back of the thigh",
    "thigh, front": "quad, quadriceps",
    "hip or groin": "outer hip, butt, buttock, glute, sit bone, pelvis",
    "lower back": "spine, tailbone",
    "other": "anywhere else: neck, shoulder, arm, belly, head",
}
"""By area; the area's own name stands before it."""
AREAS = tuple(EVERYDAY)


def area_choice(area: str) -> str:
    """An area as it stands in a list to choose from."""
    return f"{capital(area)} · {EVERYDAY[area]}"
