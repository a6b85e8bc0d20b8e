"""Names in any letters reach the printed page: as they are, in Latin letters, or as a line to write them on."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.report.letters import MISSING, can_print, printable
from loadmon.report.paper import PAPERS
from loadmon.report.return_page import return_page
from loadmon.units import Units
from tests.report.test_return_outputs import MADE, made_plan, on_page


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Zoë Müller-Ñandú", "Zoë Müller-Ñandú"), ("Łukasz", "Lukasz"), ("Żółć", "Zólc"), ("Ελένη", "Eleni"),
        ("Παπαδοπούλου", "Papadopoulou"), ("Борис Щукин", "Boris Shchukin"), ("Її", "Yiyi"), ("Đorđe", "Dorde"),
        ("Nguyễn", "Nguyen"), ("Ş. İnan", "S. Inan"), ("“x” – y…", '"x" - y...'), ("李明 Wei", f"{MISSING} Wei"),
    ],
)  # fmt: skip
def test_a_name_is_written_as_a_passport_would(name: str, told: str) -> None:
    assert printable(name) == told
    assert can_print(name) == (MISSING not in told)


@settings(max_examples=60)
@given(st.text(max_size=20))
def test_nothing_is_printed_as_a_question_mark_or_fails(words: str) -> None:
    told = printable(words)
    assert told == told.encode("latin-1").decode("latin-1")
    assert ("?" in told) <= ("?" in unicodedata.normalize("NFKD", words))


def test_the_page_prints_every_name_and_cuts_a_long_note_between_words() -> None:
    for paper in PAPERS:
        for name in ("Łukasz", "Ελένη", "Борис", "李明", "محمد", "Wolfeschlegelsteinhausenbergerdorff " * 4):
            plan = made_plan(held=True)
            plan = replace(
                plan,
                order=replace(plan.order, made_by="Борис Щукин"),
                state=replace(plan.state, hold="sore, żółć, 李 " + "and so on " * 90),
            )
            page = return_page(plan, name, Units(), made=MADE, paper=paper, compress=False)
            assert page.count(b"/Type /Page\n") == 1
            words = on_page(page)
            assert "?" not in words
            assert "Boris Shchukin" in words
            assert "and so on ..." in words or "and so ..." in words or "and ..." in words
            assert ("Name: ____" in words) == (not can_print(name))
            lowest = min(float(y) for y in re.findall(rb"BT [\d.]+ ([\d.]+) Td", page))
            assert lowest > 40.0  # points: nothing runs off the paper
