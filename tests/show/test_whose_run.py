"""Whose a session may be: a hint where a new name may be a slip, and samples and real runners apart."""

from __future__ import annotations

from loadmon.athlete import Athlete
from loadmon.show.whose_run import new_name_words, others


def test_a_name_that_may_be_a_slip_is_hinted_at() -> None:
    known = ["Anna Berg", "Zoë Kern"]
    assert new_name_words("Anna Berg", known) == new_name_words("anna berg ", known) == ""
    assert (
        new_name_words("Ana Berg", known)
        == "Nobody is called Ana Berg yet: a new runner is made. Perhaps Anna Berg is meant."
    )
    assert new_name_words("Ben", known) == "Nobody is called Ben yet: a new runner is made."


def test_sample_runners_and_real_ones_are_not_offered_to_each_other() -> None:
    anna, ben, noor = Athlete(1, "Anna"), Athlete(2, "Ben"), Athlete(3, "Noor", is_sample=True)
    assert others(anna, [anna, ben, noor]) == ["Ben"]
    assert others(noor, [anna, ben, noor]) == []
