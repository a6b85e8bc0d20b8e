"""What is logged of a fault tells where, and never whose data it was about."""

from __future__ import annotations

import logging
import re

import pytest

from loadmon.faults import log_fault
from loadmon.intake import decode as decoding
from tests.paths import ROOT


def test_type_and_place_are_logged_and_the_message_is_not(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise KeyError("Anna, 38.9 °C")
    except KeyError as fault:
        log_fault(logging.getLogger("loadmon.test"), "something failed", fault)
    assert "something failed: KeyError" in caplog.text
    assert "test_faults.py" in caplog.text
    assert "38.9" not in caplog.text


def test_a_falling_reader_quotes_nothing(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def falling(*_: object, **__: object) -> None:
        raise ValueError("lat=52.51234")

    monkeypatch.setattr(decoding, "read", falling)
    assert decoding.decode(b"x", "Anna.fit", None).refusal == "reader fault"
    assert "ValueError" in caplog.text
    assert "52.5" not in caplog.text
    assert "Anna" not in caplog.text


def test_nothing_logs_an_exception_with_its_message() -> None:
    telling = re.compile(r"\blog(ger)?\.exception\(|exc_info", re.IGNORECASE)
    sources = (ROOT / "loadmon").rglob("*.py")
    assert [path.name for path in sources if telling.search(path.read_text(encoding="utf-8"))] == []
