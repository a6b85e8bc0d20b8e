"""The slot for official words: a whole file is taken, anything less is refused by its place, and without one our own stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from loadmon.planning.check_in import ABILITY_ITEMS, PROBLEM_ITEMS
from loadmon.planning.wording import FILE, LARGEST_BYTES, OUR_WORDS, UnusableWording, wording_from, wording_in

LICENSED = 'source = "a journal, 2020"\nlicence = "permission of 12 March 2026"\n'


def four(part: str, words: str = "Official question") -> str:
    questions = "".join(
        f'[{part}.question.{item}]\nwords = "{words} {n}"\nanswers = ["a{n}", "b", "c", "d"]\n'
        for n, item in enumerate(PROBLEM_ITEMS, start=1)
    )
    return f"[{part}]\n{LICENSED}{questions}"


def nine() -> str:
    items = "".join(
        f'[[ability.item]]\nwords = "line {n}"\nlowest = "no"\nhighest = "yes"\n' for n in range(len(ABILITY_ITEMS))
    )
    return f"[ability]\n{LICENSED}{items}"


def test_a_whole_file_is_taken_and_what_it_leaves_out_stays_ours(tmp_path: Path) -> None:
    assert wording_in(tmp_path) == OUR_WORDS
    (tmp_path / FILE).write_text("\ufeff" + four("problem") + nine(), encoding="utf-8")
    found = wording_in(tmp_path)
    assert found.problem is not None
    assert found.problem.question["participation"].answers == ("a1", "b", "c", "d")
    assert found.problem.licence == "permission of 12 March 2026"
    assert found.ability is not None
    assert found.ability.item[8].words == "line 8"
    assert found.area is None
    assert wording_from(four("area", "Of your {area}:")).area is not None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[problem", "no TOML"),
        (four("problem").replace("licence", "permit"), "problem.licence"),
        (four("problem").replace('"c", "d"]', '"c"]', 1), "problem.question.participation.answers"),
        (four("problem").replace("question.symptoms", "question.weather"), "each once"),
        (four("problem").replace("Official question 2", " "), "problem.question.volume.words"),
        (four("area"), "{area}"),
        (nine().replace('words = "line 8"\n', ""), "ability.item"),
        (four("sleep"), "sleep"),
    ],
)
def test_anything_less_is_refused_by_its_place(text: str, place: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(UnusableWording) as refused:
        wording_in(tmp_path)
    assert place in refused.value.what
    assert FILE in refused.value.advice


def test_what_is_no_text_or_far_too_long_is_refused(tmp_path: Path) -> None:
    for data in (b"\xff\xfe\x00", b"#" * (LARGEST_BYTES + 1)):
        (tmp_path / FILE).write_bytes(data)
        with pytest.raises(UnusableWording):
            wording_in(tmp_path)
