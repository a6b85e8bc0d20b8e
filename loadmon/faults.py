"""How a fault of loadmon's own is logged: its type and its place, never its message, which may quote a person."""

from __future__ import annotations

import logging
import traceback


def log_fault(log: logging.Logger, words: str, fault: BaseException) -> None:
    """Log where loadmon failed without a word of what it was working on.

    Parameters
    ----------
    log : Logger
        Of the module that noticed.
    words : str
        What was being done, in words of our own: no name, path or value in them.
    fault : exception
        What was raised. Its message stays out: it may hold a runner's name, a file's path or a value of theirs.
    """
    steps = traceback.extract_tb(fault.__traceback__)
    where = "".join(f"\n  {step.filename}, line {step.lineno}, in {step.name}" for step in steps)
    log.error("%s: %s%s", words, type(fault).__name__, where)
