"""Every limit of the tissue numbers is there in plain words, with its source, and every flag has its sentence."""

from __future__ import annotations

import re

from loadmon import evidence
from loadmon.tissue import flags
from loadmon.tissue.acceleration import HISTORY_STATES, STATE_WORDS
from loadmon.tissue.coefficients import default_coefficients


def test_the_limits_that_must_stand_beside_every_number() -> None:
    names = [one.name for one in evidence.TISSUE_LIMITS]
    assert len(names) == len(set(names)) >= 5
    for one in evidence.TISSUE_LIMITS:
        assert re.search(r"10\.\d{4}|loadmon convention", one.source), one.name
        assert len(one.words) > 60
        assert not re.search(r"\bsafe\b|danger|will prevent|risk score", one.words)
    whole = " ".join(one.words for one in evidence.TISSUE_LIMITS)
    for told in ("treadmill", "laboratory", "shoes", "in grey", "not how likely an injury", "means nothing"):
        assert told in whole


def test_the_powers_of_damage_are_those_of_the_coefficients() -> None:
    (words,) = [one.words for one in evidence.TISSUE_LIMITS if one.name == "damage from the laboratory"]
    measured, assumed = words.split("For the others")
    for one in default_coefficients().tissue.values():
        power = one.damage_exponent
        part = measured if power.grade != "D" else assumed
        short = {
            "Sole of the foot (plantar fascia)": "sole of the foot",
            "Side of the hip (gluteus medius)": "side of the hip",
        }
        name = short.get(one.name, one.name.removeprefix("Hip joint and "))
        assert name.lower() in part.lower(), one.name
        assert f"{power.nominal:g}" in part
        assert f"{power.low:g} to {power.high:g}" in part
    assert measured.count(" to ") == 2, "both tendons have the same"
    for tissue in ("achilles", "patellar_tendon", "tibia"):
        assert default_coefficients().tissue[tissue].damage_exponent.grade != "D"


def test_the_limit_of_hills_names_the_tissues_that_were_measured() -> None:
    (words,) = [one.words for one in evidence.TISSUE_LIMITS if one.name == "hills are the least certain"]
    known = default_coefficients().tissue
    assert {name for name, one in known.items() if one.impulse_slope.grade in "AB"} == {
        "achilles",
        "patellofemoral",
        "tibia",
    }
    assert {name for name, one in known.items() if one.peak_slope.grade in "AB"} == {"tibia"}
    assert sum(one.impulse_slope.grade == "D" for one in known.values()) == 6
    assert "Achilles tendon, the kneecap joint and the shin bone only" in words
    assert "other six an assumption" in words
    for name, one in known.items():
        if name != "tibia":
            assert one.peak_slope.sd is not None
            assert one.peak_slope.sd >= 0.5 * abs(one.peak_slope.value)


def test_what_is_left_out_does_not_name_what_counts() -> None:
    (words,) = [one.words for one in evidence.TISSUE_LIMITS if one.name == "what is left out"]
    assert "only a treadmill counts" in words
    assert "matter" not in words


def test_every_flag_and_state_has_its_words() -> None:
    named = {value for name, value in vars(flags).items() if name.isupper() and isinstance(value, str)}
    assert named == set(flags.FLAG_WORDS)
    assert set(STATE_WORDS) == set(HISTORY_STATES)
