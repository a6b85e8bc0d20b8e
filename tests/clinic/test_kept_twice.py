"""What the clinic and the return to running both know: where they mean the same they say the same.

The clinic stands below the planner and cannot read its rules, and kept assessments hold signs in their words: so both lists
stay, and these tests hold them together.
"""

from __future__ import annotations

import re

import pytest

from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.sore_limits import BONE
from loadmon.clinic.stop_signs import STOP_PAIN
from loadmon.clinic.young import YOUNG
from loadmon.planning.return_rules import default_return_rules

KNOWN, RULES = default_knowledge(), default_return_rules()
SAME_WORDS = ("night_pain", "pop", "hot_calf", "chest")
SAME_SIGN = {
    "pain on one spot of bone, or on hopping": {"focal_bone_pain"},
    "pain of 6 of 10 or more, or limping": {"limp"},
    "groin pain when standing on the leg": {"groin_pain"},
    "numbness, weakness, or a change of bladder or bowel": {"leg_symptoms", "bladder_bowel"},
    "fever or illness": {"fever"},
    "three missed periods, disordered eating or repeated bone stress (screen for low energy availability)": {"energy"},
    **{RULES.red_flag[key]: {key} for key in SAME_WORDS},
}
"""Signs in the clinic's words, and what the return to running calls them."""
OF_AMBER = ("tendon", "tendon_proximal", "plantar")
"""Here the clinic allows what is still amber: running goes on, and nothing is added."""


def test_both_lists_of_signs_hold_the_same_signs() -> None:
    assert set(KNOWN.red_flags.signs) == SAME_SIGN.keys()
    assert len(set(KNOWN.red_flags.signs)) == len(KNOWN.red_flags.signs)
    assert set().union(*SAME_SIGN.values()) == RULES.red_flag.keys()


def test_pain_that_stops_is_the_same_in_figures_and_in_words() -> None:
    assert RULES.value("stop_pain") == STOP_PAIN
    told = [int(n) for sign in KNOWN.red_flags.signs for n in re.findall(r"pain of (\d+) of 10", sign)]
    assert told == [STOP_PAIN]


def test_the_least_age_is_the_same() -> None:
    assert RULES.value("least_age_years") == YOUNG


def test_the_clinic_names_the_same_bone_rules() -> None:
    assert {key for key, profile in RULES.profile.items() if profile.bone} == set(BONE)


@pytest.mark.parametrize("key", sorted(KNOWN.pain_limit))
def test_pain_that_the_clinic_allows_is_a_limit_of_the_return_to_running(key: str) -> None:
    profile = RULES.profile[key]
    limits = profile.amber if key in OF_AMBER else profile.green
    assert KNOWN.pain_limit[key].most == limits.during


def test_both_know_the_same_tissue_rules() -> None:
    assert KNOWN.pain_limit.keys() == RULES.profile.keys()
