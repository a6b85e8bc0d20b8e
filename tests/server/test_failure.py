"""A page that fails: the person gets a sentence, the log gets the place, and nobody's data is quoted."""

from __future__ import annotations

import logging

import pytest
import streamlit as st

from loadmon.refusal import NotFound
from loadmon.server.failure import on_script_error, speak_alone


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    words: list[str] = []
    monkeypatch.setattr(st, "error", words.append)
    return words


def _raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:  # noqa: BLE001  with its traceback, as a page's failure has one
        return caught


def test_a_refusal_is_told_in_its_own_words(shown: list[str], caplog: pytest.LogCaptureFixture) -> None:
    assert on_script_error(_raised(NotFound("Anna is not there.", "Choose another runner.")))
    words = shown[0].replace("\\", "")  # as it is read, without the marks that keep it from being formatted
    assert "Anna is not there." in words
    assert "Choose another runner." in words
    assert "Anna" not in caplog.text
    assert "not found" in caplog.text


def test_anything_else_is_told_plainly_and_logged_without_its_message(
    shown: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert on_script_error(_raised(KeyError("Anna, 38.9 °C")))
    assert "Something went wrong" in shown[0]
    assert "KeyError" in caplog.text
    assert "in _raised" in caplog.text
    assert "38.9" not in shown[0] + caplog.text


def test_streamlit_does_not_log_it_once_more_with_its_message(caplog: pytest.LogCaptureFixture) -> None:
    from streamlit import error_util

    logger = logging.getLogger("streamlit.error_util")
    logger.addHandler(caplog.handler)
    before = list(logger.filters)
    try:
        error_util._log_uncaught_app_exception(_raised(KeyError("first 38.9")))
        assert "first 38.9" in caplog.text, "Streamlit logs otherwise than it did: see whether the filter still fits"
        speak_alone()
        error_util._log_uncaught_app_exception(_raised(KeyError("second 38.9")))
        assert "second 38.9" not in caplog.text
    finally:
        logger.removeHandler(caplog.handler)
        logger.filters[:] = before
