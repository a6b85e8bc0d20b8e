"""What seems to be wrong with a recording, and the correction that would put it right."""

from __future__ import annotations

import numpy as np

from loadmon.correction import Correction, CorrectionKind, MadeBy
from loadmon.readers.distance import covered_m
from loadmon.readers.partly_recorded import PARTLY_RECORDED, TOTALS_IMPOSSIBLE
from loadmon.repair.cadence_lock import cadence_locks
from loadmon.repair.channels import POSITION, Samples, channel_words
from loadmon.repair.clock_doubted import clock_doubted
from loadmon.repair.not_running import parts_not_run
from loadmon.repair.spikes import RULES, spikes_in
from loadmon.session import Session
from loadmon.units import Units

ACTING: frozenset[CorrectionKind] = frozenset({CorrectionKind.SPIKES, CorrectionKind.CADENCE_LOCK})
"""Rules that correct by themselves when a file is read; the others only suggest."""
BY_READING: frozenset[CorrectionKind] = ACTING | {
    CorrectionKind.DISTANCE,
    CorrectionKind.CROP,
    CorrectionKind.PAUSE,
    CorrectionKind.CLOCK,
}
"""Everything that rules find in one recording alone."""
DISTANCE_APART = 0.05
DISTANCE_FROM_M = 1000.0
"""From this length on, and this far apart, the samples' distance and the device's own tell two different runs (loadmon
convention; below it rounding and the first and last sample explain enough)."""


def suggestions(session: Session) -> list[Correction]:
    """Every correction that a rule would make of a session, each with its reason; conservative: no more than is plain.

    Parameters
    ----------
    session : Session
        As it was read.

    Returns
    -------
    list of Correction
        Made by ``RULE``; empty for nearly every recording.
    """
    samples = Samples(session.stream)
    return [
        *_spikes(session, samples),
        *cadence_locks(samples),
        *_distance(session, samples),
        *parts_not_run(session, samples),
        *clock_doubted(session, samples),
    ]


def _spikes(session: Session, samples: Samples) -> list[Correction]:
    found = []
    for channel in (*RULES, POSITION):
        count = int(np.count_nonzero(spikes_in(session, channel, samples)))
        if count:
            words = channel_words(channel)
            why = (
                f"{count} {'value' if count == 1 else 'values'} of {words} cannot be: they jump away and straight back."
            )
            found.append(Correction(CorrectionKind.SPIKES, {"channel": channel}, why, MadeBy.RULE))
    return found


def _distance(session: Session, samples: Samples) -> list[Correction]:
    """The device's own total, where its samples tell of another run."""
    told, held = session.totals.distance_m, covered_m(samples["distance_m"])
    if any(oddity.name in (PARTLY_RECORDED, TOTALS_IMPOSSIBLE) for oddity in session.oddities):
        return []
    if not told or not np.isfinite(held) or held <= 0.0 or max(told, held) < DISTANCE_FROM_M:
        return []
    if abs(held - told) <= DISTANCE_APART * told:
        return []
    units = Units()
    why = (
        f"The samples add up to {units.distance(held, 2)}, the device itself tells {units.distance(told, 2)}; "
        "pace and cadence are told from the samples."
    )
    params = {"distance_m": float(told), "instead_of_m": float(held)}
    return [Correction(CorrectionKind.DISTANCE, params, why, MadeBy.RULE)]
