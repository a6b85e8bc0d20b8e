"""Every number of the tissue model stands on the page of sources, with its spread, its grade and its sources."""

from __future__ import annotations

import re

import pytest

from loadmon import evidence
from loadmon.show.tissue_evidence import (
    NO_GRADE,
    NUMBER_WORDS,
    SOURCES,
    all_rows,
    blocks_html,
    common_rows,
    finding_rows,
    rows_html,
    source_rows,
    tissue_rows,
)
from loadmon.show.tissue_limits import limits_html
from loadmon.tissue.coefficient import Coefficient
from loadmon.tissue.coefficients import TissueCoefficients, cited_in, default_coefficients
from loadmon.units import NOTHING

COEFFICIENTS = default_coefficients()


def test_every_number_of_a_tissue_has_its_words() -> None:
    single = {n for n, field in TissueCoefficients.model_fields.items() if field.annotation is Coefficient}
    assert set(NUMBER_WORDS) == single
    assert len(set(NUMBER_WORDS.values())) == len(NUMBER_WORDS)


@pytest.mark.parametrize("tissue", COEFFICIENTS.tissues)
def test_a_tissue_s_rows_hold_its_numbers(tissue: str) -> None:
    one = COEFFICIENTS.tissue[tissue]
    table = tissue_rows(tissue, one).set_index("number")
    assert len(table) == len(NUMBER_WORDS) + 3
    assert table.loc[NUMBER_WORDS["impulse_slope"], "value"] == f"{one.impulse_slope.value:g}".replace("-", "−")
    assert table.loc["damage of a step: power of its peak", "value"] == f"{one.damage_exponent.nominal:g}"
    assert set(table["grade"]) <= set("ABCD")
    assert table[SOURCES].str.len().min() > 0
    spread = one.impulse_slope.sd
    assert table.loc[NUMBER_WORDS["impulse_slope"], "spread"] == (NOTHING if spread is None else f"± {spread:g}")


def test_an_index_is_told_as_one_and_a_force_in_its_unit() -> None:
    impulse = NUMBER_WORDS["impulse"]
    values = {
        name: tissue_rows(name, COEFFICIENTS.tissue[name]).set_index("number").loc[impulse, "value"]
        for name in ("iliotibial_band", "achilles")
    }
    assert values["iliotibial_band"].endswith(" index")
    assert values["achilles"] == "0.7 BW·s"


def test_what_holds_for_every_tissue_is_listed_whole() -> None:
    table = common_rows(COEFFICIENTS)
    shown = " | ".join(table["number"] + " " + table["value"] + " " + table["spread"])
    parts = (
        COEFFICIENTS.domain,
        COEFFICIENTS.widening,
        COEFFICIENTS.damage,
        COEFFICIENTS.contact,
        COEFFICIENTS.cadence,
    )
    for part in parts:
        for name, value in part:
            ends = value if isinstance(value, tuple) else (value,)
            for number in ends:
                if isinstance(number, float):
                    assert f"{number:g}".replace("-", "−") in shown, name
    ours = table[table["number"].str.contains("interval widens|one step may count|walking below|rough")]
    assert set(ours["grade"]) == {evidence.OURS}
    assert len(ours) == 4


def test_a_finding_s_factor_has_a_grade_of_its_own() -> None:
    forefoot = finding_rows("forefoot", COEFFICIENTS.finding["forefoot"]).set_index("number")["grade"]
    assert forefoot["lands on the forefoot: Achilles tendon"] == "D peak, B impulse"
    assert forefoot["lands on the forefoot: Patellar tendon"] == "D"
    assert forefoot["lands on the forefoot: Shin bone"] == "B"
    assert COEFFICIENTS.finding["rearfoot"].grade == "B"
    text = " ".join(one.note for one in COEFFICIENTS.finding.values())
    assert "obody has measured" not in text


def test_what_was_never_measured_has_no_number() -> None:
    rows = finding_rows("pelvic_drop", COEFFICIENTS.finding["pelvic_drop"])
    assert set(rows["value"]) == {"wider interval, no number"}
    assert set(rows["grade"]) == {NO_GRADE}
    assert set(finding_rows("overpronation", COEFFICIENTS.finding["overpronation"])["value"]) == {"changes nothing"}
    assert "× 1.08 peak" in finding_rows("forefoot", COEFFICIENTS.finding["forefoot"])["value"].iloc[0]


def test_every_source_is_listed_and_cited_by_some_row() -> None:
    listed = source_rows(COEFFICIENTS)
    assert len(listed) == len(COEFFICIENTS.source) == len(cited_in(COEFFICIENTS))
    shown = " ".join(all_rows(COEFFICIENTS)[SOURCES])
    assert [one for one in listed["source"] if one not in shown] == []


def test_sources_stand_as_numbers_of_the_list_and_are_read_out() -> None:
    listed = source_rows(COEFFICIENTS).set_index("source")["no."]
    html = rows_html(tissue_rows("achilles", COEFFICIENTS.tissue["achilles"]))
    cited = re.findall(r"<abbr title='([^']+)'>\[(\d+)\]</abbr>", html)
    assert len(cited) > 20
    assert all(listed[words.replace("&amp;", "&").replace("&#x27;", "'")] == number for words, number in cited)
    assert html.count("scope='row'") == len(NUMBER_WORDS) + 3


def test_long_rows_are_paragraphs_that_hold_every_cell() -> None:
    listed = source_rows(COEFFICIENTS)
    html = blocks_html(listed, first="source").replace("&#x27;", "'").replace("&amp;", "&")
    assert html.count("<b>") == len(listed)
    for row in listed.itertuples():
        assert f"<b>{row.source}</b><br>no. {row.Index + 1} · " in html
        assert row.tested in html
    drop = blocks_html(finding_rows("pelvic_drop", COEFFICIENTS.finding["pelvic_drop"]))
    assert "wider interval, no number · ± 0.1 · grade none: only a link was seen" in drop
    assert "<abbr title=" in drop


def test_the_limits_are_those_of_the_evidence_each_with_its_source() -> None:
    html = limits_html()
    assert len(evidence.TISSUE_LIMITS) >= 5
    for one in evidence.TISSUE_LIMITS:
        assert one.words in html.replace("&#x27;", "'")
