"""What was true before the first run, in words: who, when, what; and the reason where nothing was kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from loadmon.planning.gate import Clearance, GateAnswers, kept_answers
from loadmon.planning.return_rules import default_return_rules
from loadmon.show.gate_answers import NOT_KEPT, gate_lines
from tests.store.health import ORDER

RULES = default_return_rules()
MADE = date(2025, 2, 1)


def test_who_answered_what_and_when() -> None:
    profile = RULES.profile["tendon"]
    one = profile.entry[0]
    gate = kept_answers(profile, GateAnswers(frozenset({one, "of another tissue"}), 15.5))
    order = replace(ORDER, gate=gate, clearance=Clearance("Dr Osei", "physician", date(2025, 1, 30)))
    lines = gate_lines(order, MADE)
    assert lines[0] == "Answered by Eva Lind on 1 Feb 2025."
    assert lines[1] == "Clearance: Dr Osei (physician), 30 Jan 2025."
    assert lines[2] == "Age: 15.5 years."
    assert lines[3] == f"True: {RULES.entry[one]}."  # the others of this tissue were not met, and stand nowhere
    assert len(lines) == 5
    assert all(words in lines[4] for words in RULES.red_flag.values())


def test_what_was_not_told_or_not_kept_is_said() -> None:
    assert gate_lines(ORDER, MADE) == NOT_KEPT
    lines = gate_lines(replace(ORDER, gate=kept_answers(RULES.profile["tendon"], GateAnswers())), MADE)
    assert "Age: not told." in lines
    assert any("nobody was named" in line for line in lines)
