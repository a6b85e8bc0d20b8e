"""Every limit of the tissue numbers is there in plain words, with its source, and every flag has its sentence."""

from __future__ import annotations

import re

from loadmon import evidence
from loadmon.tissue import flags
from loadmon.tissue.acceleration import HISTORY_STATES, STATE_WORDS


def test_the_limits_that_must_stand_beside_every_number() -> None:
    names = [one.name for one in evidence.TISSUE_LIMITS]
    assert len(names) == len(set(names)) >= 5
    for one in evidence.TISSUE_LIMITS:
        assert re.search(r"10\.\d{4}|loadmon convention", one.source), one.name
        assert len(one.words) > 60
        assert not re.search(r"\bsafe\b|danger|will prevent|risk score", one.words)
    whole = " ".join(one.words for one in evidence.TISSUE_LIMITS)
    for told in ("treadmill", "laboratory", "shoes", "in grey", "not how likely an injury", "means nothing"):
        assert told in whole


def test_every_flag_and_state_has_its_words() -> None:
    named = {value for name, value in vars(flags).items() if name.isupper() and isinstance(value, str)}
    assert named == set(flags.FLAG_WORDS)
    assert set(STATE_WORDS) == set(HISTORY_STATES)
