"""The clinical knowledge that ships, and what is refused of a damaged one."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from loadmon.clinic.knowledge import (
    FILES,
    LinkToNothing,
    UnknownEntry,
    UnknownReference,
    UnusableKnowledge,
    default_knowledge,
    knowledge_from,
)
from loadmon.paths import data_file
from tests.paths import ROOT

KNOWN = default_knowledge()
TEXTS = {name: data_file("knowledge", name).read_text(encoding="utf-8") for name in FILES}


def changed(name: str, before: str, after: str) -> tuple[str, ...]:
    assert before in TEXTS[name], "the test changes nothing"
    return tuple(text.replace(before, after, 1) if file == name else text for file, text in TEXTS.items())


def test_the_four_faults_and_the_chains_of_the_founding_article_are_there() -> None:
    links = {(one.driver, one.leads_to): one for one in KNOWN.link}
    for driver, end in (
        ("restricted_hip_extension_mobility", "lumbar_extension"),
        ("restricted_hip_extension_mobility", "anterior_pelvic_tilt"),
        ("restricted_dorsiflexion", "excessive_knee_flexion"),
        ("restricted_dorsiflexion", "overpronation"),
        ("restricted_dorsiflexion", "early_heel_rise"),
        ("hip_abductor_deficit", "lateral_trunk_lean"),
        ("hip_abductor_deficit", "contralateral_pelvic_drop"),
        ("contralateral_pelvic_drop", "dynamic_valgus"),
        ("low_cadence", "long_contact"),
    ):
        assert links[driver, end].label == "S", (driver, end)
    for fault in ("overstriding", "contralateral_pelvic_drop", "low_cadence"):
        assert KNOWN.correction[fault].retraining.cues
    assert set(KNOWN.heading["poor_load_distribution"].findings) >= {"restricted_dorsiflexion", "overpronation"}


def test_every_line_says_how_far_it_was_checked() -> None:
    assert Counter(one.label for one in KNOWN.link) == {"S": 14, "X": 17, "V": 9, "M": 3}
    for one in (*KNOWN.link, *KNOWN.load.values()):
        # what is called read or the article's names it
        assert one.label in "XM" or set(one.sources) - {"convention", "recalled"}
    assert KNOWN.source["convention"].label == "X"


def test_signs_and_what_is_only_recorded_do_no_harm() -> None:
    assert KNOWN.measure["foot_strike"].finding is None
    assert KNOWN.load["gct_asymmetry"].weights == {}  # not associated with injury


@pytest.mark.parametrize(
    ("texts", "refusal", "words"),
    [
        (changed("chains.toml", 'leads_to = "lateral_trunk_lean"', 'leads_to = "lean"'), LinkToNothing, "'lean'"),
        (changed("chains.toml", 'sources = ["founding_article"]', 'sources = ["nobody2020"]'), UnknownReference, "nobody2020"),
        (changed("measures.toml", 'plane = "frontal"', 'plain = "frontal"'), UnknownEntry, "plain"),
        (changed("tissues.toml", "patellar_tendon = 0.7", "kneecap = 0.7"), UnknownEntry, "kneecap"),
        (changed("corrections.toml", 'see = "overpronation"', 'see = "nowhere"'), UnknownEntry, "nowhere"),
        (changed("measures.toml", "limits = [4.0, 8.0, 16.0]", "limits = [8.0, 4.0, 16.0]"), UnusableKnowledge, "out of order"),
        (changed("chains.toml", "weight = 0.9", "weight = 1.9"), UnusableKnowledge, "link.0.weight"),
        (changed("sources.toml", "[source.bramah2018]", "[source"), UnusableKnowledge, "no TOML"),
        ((*TEXTS.values(), TEXTS["sources.toml"]), UnusableKnowledge, "two files"),
        (tuple(TEXTS.values())[:-1], UnusableKnowledge, "Field required"),
        (
            changed("chains.toml", 'driver = "foot_control_deficit"\nleads_to = "overpronation"', 'driver = "overpronation"\nleads_to = "hip_abductor_deficit"'),
            UnusableKnowledge,
            "circle",
        ),
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused_by_name(
    texts: tuple[str, ...], refusal: type[UnusableKnowledge], words: str
) -> None:
    with pytest.raises(refusal, match=words) as raised:
        knowledge_from(*texts)
    if refusal is UnusableKnowledge:
        assert type(raised.value) is UnusableKnowledge


def test_the_docs_trace_the_article_to_rows_that_are_there() -> None:
    docs = (ROOT / "docs" / "clinic.md").read_text(encoding="utf-8")
    table = docs[docs.index("## The founding article") :]
    named = re.findall(r"`((?:load|correction|heading|stage)\.[a-z_.]+)`", table)
    assert len(named) >= 12
    for path in named:
        part: object = KNOWN
        for name in path.split("."):
            part = part[name] if isinstance(part, dict) else getattr(part, name)
    assert table.count("\n|") >= 45
    assert table.count("**") >= 8  # what is not taken over says so


def test_corrections_that_send_each_other_round_are_refused() -> None:
    texts = changed("corrections.toml", 'see = "overpronation"', 'see = "foot_control_deficit"')
    with pytest.raises(UnusableKnowledge, match="round in a circle"):
        knowledge_from(*texts)
