"""A tissue that stands out is one fact among the others: one line, with its probability, and nobody moves up for it."""

from __future__ import annotations

import pytest

from loadmon import evidence
from loadmon.planning.attention import Attention, FactKind, Severity, State, order, urgency, with_notes
from loadmon.planning.tissue_fact import tissue_facts
from loadmon.tissue.call import Calls
from tests.made_runs import daily, day_at, session
from tests.planning.test_attention import STEADY_KM, kinds, seen
from tests.show.made_tissues import calls


def of(change: str | None, *, run_km: float | None = None) -> Attention:
    sessions = daily(STEADY_KM) + ([session(day_at(56), run_km * 1000)] if run_km else [])
    found = seen(sessions, day_at(57 if run_km else 52))
    return with_notes(found, tissue_facts(calls(change))) if change else found


def test_one_line_with_its_probability_however_many_are_called() -> None:
    for change, also in (("uphill_tm", False), ("cadence", True)):
        (fact,) = tissue_facts(calls(change))
        assert fact.kind is FactKind.TISSUE
        assert "accelerating faster than volume, +" in fact.sentence
        assert " of 100 draws of the model." in fact.sentence
        assert ("Also: " in fact.sentence) is also
        assert fact.source is evidence.DIVERGENCE
    assert tissue_facts(calls("uphill_tm"))[0].sentence.startswith("Achilles tendon: ")


@pytest.mark.parametrize("none", [None, Calls(day_at(0), (), None)])
def test_where_none_stands_out_nothing_is_said(none: Calls | None) -> None:
    assert tissue_facts(none) == []
    assert tissue_facts(calls("volume")) == []


def test_it_changes_neither_state_nor_order() -> None:
    with_, without = of("cadence"), of(None)
    assert FactKind.TISSUE in kinds(with_)
    assert FactKind.TISSUE not in kinds(without)
    assert (with_.state, with_.headline, with_.main) == (without.state, without.headline, without.main)
    assert with_.state is State.STEADY
    assert urgency(with_) == urgency(without)
    spike = of(None, run_km=25.0)
    assert order([with_, spike]) == [spike, with_]


def test_it_stands_after_what_was_run_and_before_the_ratio() -> None:
    found = kinds(of("uphill_tm", run_km=25.0))
    assert found.index(FactKind.SESSION_SPIKE) < found.index(FactKind.TISSUE) < found.index(FactKind.RATIO)
    told = next(f for f in of("uphill_tm").facts if f.kind is FactKind.TISSUE)
    assert told.severity is Severity.NOTE


def test_what_may_change_a_state_is_not_put_beside_it() -> None:
    grave = next(f for f in of(None, run_km=25.0).facts if f.kind is FactKind.SESSION_SPIKE)
    with pytest.raises(ValueError, match="may change the state"):
        with_notes(of(None), [grave])
