"""The picture of a reasoning, and the words and tables beside it: the same findings, each by shape and word, never by colour alone."""

from __future__ import annotations

import re

import numpy as np
import pytest

from loadmon.clinic.adherence import WeekOfAdherence
from loadmon.clinic.compared import compared
from loadmon.clinic.correction_plan import correction_plan
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.names import LABEL_WORDS
from loadmon.clinic.plan_line import source_of
from loadmon.clinic.plan_words import plan_lines
from loadmon.clinic.reasoning import reason
from loadmon.clinic.retraining import schedule
from loadmon.clinic.told import disputed_on
from loadmon.show import clinic_state
from loadmon.show.charts.adherence import adherence_chart
from loadmon.show.clinic_adherence import Kept, adherence_words, kept_to, watch_words, week_rows, weeks_table
from loadmon.show.clinic_graph import TISSUES_SHOWN, graph_description, graph_words
from loadmon.show.clinic_limits import limits_table
from loadmon.show.clinic_parts import help_words
from loadmon.show.clinic_plan import line_words, sessions_table, signs, source_numbers
from loadmon.show.clinic_reasoning import changed_words, compare_rows, measured_table, told_in_short
from loadmon.tissue.exposure import exposure_of
from loadmon.tissue.exposure_bytes import exposure_bytes
from loadmon.tissue.stream import TissueStream
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


def test_the_picture_marks_the_links_that_a_study_stands_against() -> None:
    for case in vignettes().values():
        told = reason(assessment_of(case), KNOWN)
        disputed = [one for one in told.compensations if disputed_on(one, KNOWN)]
        assert graph_description(told, KNOWN).count('label="disputed"') == len(disputed)
        assert graph_words(told, KNOWN).count("(disputed)") == len(disputed)
        assert bool(disputed) == any(one.node.key[0] == "anterior_pelvic_tilt" for one in told.compensations)


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
    assert told_in_short(compare_rows(found, KNOWN)).iloc[0].tolist() == [
        "Pelvic drop, left", "8.5° → 4.5° (−4)", "Changed, better",
    ]  # fmt: skip
    assert changed_words(compared(now, now, KNOWN), KNOWN) == "Nothing changed by more than the methods can be off by."
    assert measured_table(now, KNOWN)["value"].tolist() == ["4.5°", "open"]


def test_a_change_that_nobody_can_judge_says_so_in_its_own_words_and_in_the_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = an_assessment(measured("wblt_cm", 8.0, "left", "physical_test"), measured("cpd_deg", 8.0, "left"))
    now = an_assessment(measured("wblt_cm", 10.0, "left", "physical_test"), measured("cpd_deg", 4.0, "left"))
    found = compared(before, now, KNOWN)
    says = dict(zip(*(compare_rows(found, KNOWN)[name] for name in ("measure", "what can be said")), strict=True))
    name = KNOWN.measure["wblt_cm"].name
    assert says[name] == "Cannot be told: how large a change must be is not known"
    assert changed_words(found, KNOWN).endswith(
        f"How large a change must be is not known here for {name.lower()}, left."
    )
    monkeypatch.setattr(clinic_state, "own_thresholds", dict)
    limits = limits_table().set_index("measure")["smallest change that can be told"]
    assert (limits[KNOWN.measure["cpd_deg"].name], limits[KNOWN.measure["wblt_cm"].name]) == ("2.8", "not known")


@pytest.mark.parametrize("name", vignettes())
def test_each_line_of_the_plan_says_how_far_it_was_checked_and_names_a_source_of_the_list(name: str) -> None:
    lines = plan_lines(correction_plan(reason(assessment_of(vignettes()[name]), KNOWN), KNOWN), KNOWN)
    numbers = source_numbers(lines)
    assert list(numbers.values()) == list(range(1, len(numbers) + 1))
    for line in (line for some in lines.values() for line in some if source_of(line)):
        shown = line_words(line, numbers).replace("\\", "")
        assert any(f" :small[:gray[{words}" in shown or words in shown for words in LABEL_WORDS.values())
        assert (f"({numbers.get(source_of(line))})" in shown) == (":" in source_of(line))


def weeks(*shares: float | None, first: int = 10) -> tuple[WeekOfAdherence, ...]:
    told = [(f"2026-W{first + n}", share) for n, share in enumerate(shares) if share is not None]
    return tuple(WeekOfAdherence(week, DAY, 3, 5_400.0, share) for week, share in told)


def test_the_target_is_reached_by_its_rule_and_not_by_the_watchs_wider_range() -> None:
    wide = weeks(0.9, 1.0)
    reached = adherence_words(Kept(163, 3.0, weeks(0.625, 0.84), wide))
    assert reached == (
        "Within 2 steps of 163 a minute at 3 m/s (0.2 m/s more or less): 84% of the 90 minutes at that speed in the latest week "
        "(2026-W11); the four fifths aimed at are reached."
    )
    short = Kept(163, 3.0, weeks(0.9, 0.625), wide)
    assert adherence_words(short).endswith(
        "62% of the 90 minutes at that speed in the latest week (2026-W11); 80% are aimed at."
    )
    assert "within the 160–166 that the watch keeps to: 100%" in watch_words(short)
    assert "reached" in watch_words(short).rpartition("says nothing of whether")[2]


def test_without_running_at_the_speed_or_without_a_speed_nothing_is_reached() -> None:
    wide = weeks(1.0, 1.0)
    assert "no running at that speed has come back" in adherence_words(Kept(163, 3.0, (), wide))
    assert "The speed of the assessment was not told" in adherence_words(Kept(163, None, (), wide))
    assert "the week 2026-W10, the latest with any" in adherence_words(Kept(163, 3.0, weeks(0.84, None), wide))


def test_a_runner_at_the_edge_of_the_watchs_range_has_not_reached_the_target() -> None:
    n = 900
    stream = TissueStream(np.ones(n), np.full(n, 3.0), np.full(n, 166.0), np.zeros(n))
    told = kept_to({1: exposure_bytes(exposure_of(stream))}, {1: DAY}, 163, 3.0)
    assert told.on_the_watch[-1].share == pytest.approx(1.0)
    assert told.by_rule[-1].share == 0.0
    assert "0% of the 15 minutes" in adherence_words(told)
    table = weeks_table(told)
    assert (table["share"].tolist(), table["share on the watch"].tolist()) == ([0.0], [100.0])
    assert weeks_table(kept_to({1: exposure_bytes(exposure_of(stream))}, {1: DAY}, 163, 3.5))["share"].isna().all()


def test_the_weeks_as_a_chart_have_every_field_it_draws() -> None:
    rows = week_rows(weeks(0.625, 0.84))
    assert rows["share"].tolist() == [62.5, 84.0]
    assert rows["minutes"].tolist() == [90.0, 90.0]
    drawn = str(adherence_chart())
    assert all(f"'field': '{name}'" in drawn for name in rows)


def test_the_sessions_as_a_table_hold_minutes_and_feedback() -> None:
    table = sessions_table(schedule("faded_feedback_8", KNOWN))
    assert table["minutes"].sum() == 192
    assert table.iloc[4].tolist() == [5, 26.0, 19.5, "75%"]


def test_signs_are_printed_as_people_read_them() -> None:
    assert signs("pain <=2/10, 152 -> 163, >= 18") == "pain ≤ 2/10, 152 → 163, ≥ 18"
