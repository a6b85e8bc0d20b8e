"""What the last runs had more of than those before: hills where they were run uphill, nothing where nothing changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.makeup import make_up
from loadmon.tissue.runner import RunnerReference
from loadmon.tissue.why import strongest_cause
from tests.tissue.made_training import MONDAY, WEEKS, made_days

COEFFICIENTS = default_coefficients()
ACHILLES, KNEECAP = "achilles", "patellofemoral"
LAST = MONDAY + timedelta(weeks=WEEKS) - timedelta(days=1)


def cause(change: str, tissue: str):
    days, exposures = made_days(change)
    held = RunConditions(RunnerReference())
    made = [(day, make_up(one, held, COEFFICIENTS)) for day, one in zip(days, exposures, strict=True)]
    return strongest_cause(made, tissue, COEFFICIENTS.tissue[tissue].days, LAST)


@pytest.mark.parametrize(
    ("change", "tissue", "name"),
    [("uphill_tm", ACHILLES, "hills"), ("downhill", KNEECAP, "hills"), ("track", "hamstring", "speed"),
     ("cadence", KNEECAP, "cadence")],
)  # fmt: skip
def test_the_change_that_was_made_is_named(change: str, tissue: str, name: str) -> None:
    found = cause(change, tissue)
    assert found is not None
    assert found.name == name
    assert found.factor > 1.05
    assert found.since < LAST


@pytest.mark.parametrize("change", ["none", "volume"])
def test_where_only_the_volume_changed_no_cause_is_named(change: str) -> None:
    assert cause(change, ACHILLES) is None


def test_without_runs_on_both_sides_nothing_is_told() -> None:
    assert strongest_cause([], ACHILLES, COEFFICIENTS.tissue[ACHILLES].days, LAST) is None
