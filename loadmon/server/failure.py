"""What a person reads when a page fails: the refusal's own words, or a plain sentence; the rest goes to the log."""

from __future__ import annotations

import logging

import streamlit as st

from loadmon.faults import log_fault
from loadmon.refusal import Refusal
from loadmon.show.plain import plain

LOG = logging.getLogger("loadmon.server")


def speak_alone() -> None:
    """Keep Streamlit from logging a page's failure a second time, with its message: that may quote people's data."""
    logger = logging.getLogger("streamlit.error_util")
    if _not_uncaught not in logger.filters:
        logger.addFilter(_not_uncaught)


def _not_uncaught(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("Uncaught app execution")


def on_script_error(error: Exception) -> bool:
    """Tell the person at the screen what went wrong, without a traceback; True as Streamlit need not tell it again.

    Parameters
    ----------
    error : Exception
        What a page raised. A ``Refusal`` brings its own sentences.
    """
    if isinstance(error, Refusal):
        LOG.warning("page refused: %s", error.name)
        st.error(f"**{plain(error.what)}** {plain(error.advice)}")
    else:
        log_fault(LOG, "page failed", error)
        st.error("**Something went wrong on this page.** The server's log says what. Reload, or tell who runs loadmon.")
    return True
