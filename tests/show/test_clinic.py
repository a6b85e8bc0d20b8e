"""The picture of a reasoning, and the words and tables beside it: the same findings, each by shape and word, never by colour alone."""

from __future__ import annotations

import re

import pytest

from loadmon.clinic.adherence import WeekOfAdherence
from loadmon.clinic.compared import compared
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.reasoning import reason
from loadmon.clinic.retraining import schedule
from loadmon.show.charts.adherence import adherence_chart
from loadmon.show.clinic_adherence import adherence_words, week_rows
from loadmon.show.clinic_graph import TISSUES_SHOWN, graph_description, graph_words
from loadmon.show.clinic_parts import help_words
from loadmon.show.clinic_plan import sessions_table, signs
from loadmon.show.clinic_reasoning import changed_words, compare_rows, measured_table
from tests.clinic.made import DAY, an_assessment, assessment_of, measured, vignettes

KNOWN = default_knowledge()


@pytest.mark.parametrize("name", vignettes())
def test_the_picture_holds_every_finding_once_with_its_word(name: str) -> None:
    told = reason(assessment_of(vignettes()[name]), KNOWN)
    drawn = graph_description(told, KNOWN)
    boxes = re.findall(r'^"([^"]+)" \[label="([^"]+)"', drawn, flags=re.MULTILINE)
    assert len({key for key, _ in boxes}) == len(boxes)
    for key in told.graph.present:
        assert " ".join(key) in dict(boxes)
    words = [label.rsplit("(", 1)[1].rstrip(")") for _, label in boxes]
    assert words.count("primary driver") == len(told.primary)
    assert words.count("compensation") == len(told.compensations)
    assert words.count("test next") == len(told.test_next)
    assert words.count("sore") + words.count("takes load") == min(TISSUES_SHOWN, len(told.tissues))
    ends = set(re.findall(r'"([^"]+)" -> ', drawn)) | set(re.findall(r' -> "([^"]+)"', drawn))
    assert ends <= {key for key, _ in boxes}  # no arrow into nothing
    assert drawn.count("{") == drawn.count("}") == 1


def test_what_the_picture_says_is_said_in_words_too() -> None:
    told = reason(assessment_of(vignettes()["hip drop itbs"]), KNOWN)
    words = graph_words(told, KNOWN)
    assert words.startswith("Graph: Hip abductor strength / control deficit, right.")
    assert "Contralateral pelvic drop, right leads to Hip adduction" in words
    assert "Tissues: Distal iliotibial band, right" in words
    assert "no primary driver" in graph_words(reason(an_assessment(measured("cpd_deg", 2.0, "left")), KNOWN), KNOWN)


def test_a_field_says_how_it_is_meant_from_where_it_counts_and_what_change_can_be_told() -> None:
    words = help_words("cpd_deg", KNOWN).replace("\\", "")
    assert "Usual 4, flag 6, severe 9 ° (loadmon convention: Bramah" in words
    assert "frontal · mid-stance." in words
    assert "A change of up to 2.8 ° cannot be told." in words
    assert "Usual 4, flag 8, severe 16 steps a minute" in help_words("cadence_spm", KNOWN).replace("\\", "")


def test_tables_and_words_of_two_assessments_agree() -> None:
    before = an_assessment(measured("cpd_deg", 8.5, "left"), measured("knee_window", "crossed", "left"))
    now = an_assessment(measured("cpd_deg", 4.5, "left"), measured("knee_window", "open", "left"))
    found = compared(before, now, KNOWN)
    assert changed_words(found, KNOWN) == "Changed by more than can be chance: pelvic drop, left (better)."
    row = compare_rows(found, KNOWN).iloc[0]
    assert (row["before"], row["now"], row["difference"]) == ("8.5°", "4.5°", "−4")
    assert changed_words(compared(now, now, KNOWN), KNOWN) == "Nothing changed by more than the methods can be off by."
    assert measured_table(now, KNOWN)["value"].tolist() == ["4.5°", "open"]


def test_adherence_in_words_and_as_a_chart() -> None:
    weeks = (
        WeekOfAdherence("2026-W10", DAY, 3, 5_400.0, 0.625),
        WeekOfAdherence("2026-W11", DAY, 2, 3_600.0, 0.84),
    )
    assert "84% of the running of the latest week (2026-W11); the four fifths aimed at are reached." in adherence_words(
        weeks, 166, 170
    )
    assert "80% are aimed at." in adherence_words(weeks[:1], 166, 170)
    rows = week_rows(weeks)
    assert rows["share"].tolist() == [62.5, 84.0]
    assert rows["minutes"].tolist() == [90.0, 60.0]
    drawn = str(adherence_chart())
    assert all(f"'field': '{name}'" in drawn for name in rows)


def test_the_sessions_as_a_table_hold_minutes_and_feedback() -> None:
    table = sessions_table(schedule("faded_feedback_8", KNOWN))
    assert table["minutes"].sum() == 192
    assert table.iloc[4].tolist() == [5, 26.0, 19.5, "75%"]


def test_signs_are_printed_as_people_read_them() -> None:
    assert signs("pain <=2/10, 152 -> 163, >= 18") == "pain ≤ 2/10, 152 → 163, ≥ 18"
