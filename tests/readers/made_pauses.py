"""A day on which the timer was stopped again and again."""

from __future__ import annotations

import numpy as np

from loadmon.readers.recording import Column, TimerEvent

T0 = 1_731_171_600.0


def ten_thousand_pauses() -> tuple[Column, list[TimerEvent]]:
    """A sample a second for a day and a bit, and a press of the button every ten seconds for as long."""
    events = [TimerEvent(T0 + 10 * i, ("start", "stop")[i % 2]) for i in range(10_000)]
    return T0 + np.arange(100_000.0), events
