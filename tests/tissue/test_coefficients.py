"""The coefficients are whole, each has its sources, and a file that contradicts itself is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from loadmon.paths import data_file
from loadmon.refusal import NotFound
from loadmon.tissue.coefficients import (
    UnusableCoefficients,
    coefficients_from,
    default_coefficients,
    read_coefficients,
)

TEXT = data_file("coefficients", "tissue.toml").read_text(encoding="utf-8")


def test_ten_tissues_and_three_of_them_are_guesses() -> None:
    tissues = default_coefficients().tissue
    assert len(tissues) == 10
    assert {name for name, one in tissues.items() if one.grade == "D"} == {
        "plantar_fascia", "iliotibial_band", "femoral_neck",
    }  # fmt: skip


def test_every_number_names_where_it_comes_from() -> None:
    """And as many studies as its grade says: two or more, or one."""
    for tissue in default_coefficients().tissue.values():
        for name in type(tissue).model_fields:
            one = getattr(tissue, name)
            if getattr(one, "grade", None) is None:
                continue
            studies = set(one.sources) - {"assumption", "sine"}
            assert len(studies) >= {"A": 2, "B": 1, "C": 0, "D": 0}[one.grade], f"{tissue.name}: {name}"
    for source in default_coefficients().source.values():
        assert source.citation
        assert source.seen
        assert not source.doi or source.doi.startswith("10.")


def test_a_number_that_is_only_assumed_says_so() -> None:
    for tissue in default_coefficients().tissue.values():
        for name in type(tissue).model_fields:
            one = getattr(tissue, name)
            if getattr(one, "sources", None) == ("assumption",):
                assert one.grade in {"C", "D"}, f"{tissue.name}: {name}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("peak = { value = 6.3, sd = 1.6", "peak = { value = 6.3, sd = -1.6"),
        ("low = 5.0, nominal = 9.0", "low = 9.5, nominal = 9.0"),
        ('sources = ["roos2012"]', 'sources = ["nobody1999"]'),
        ('widens = ["patellofemoral"]', 'widens = ["kneecap"]'),
        ("speed_mps = [2.2, 5.6]", "speed_mps = [5.6, 2.2]"),
        ("walking_below_mps = 1.9\n", ""),
        ("value = 0.12", "value = nan"),
        ("[domain]", "[domain"),
        ("[domain]", "colour = 1\n[domain]"),
    ],
)
def test_what_contradicts_itself_is_refused_by_name(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(UnusableCoefficients) as refused:
        coefficients_from(TEXT.replace(old, new, 1))
    assert refused.value.advice


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableCoefficients):
        read_coefficients(tmp_path / "none.toml")
    with pytest.raises(NotFound):
        data_file("coefficients", "none.toml")


def test_nothing_of_where_the_work_was_done_is_in_the_data() -> None:
    assert not re.search(r"/work|/root|shared/|file id|repo ", TEXT)
