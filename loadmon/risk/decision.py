"""The decision curve: whether acting on the estimate is worth more than acting on everybody, on nobody, or on an earlier injury."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loadmon.risk.prior import Floats

FALSE_ALARMS = (100, 50, 30, 20, 10)
"""How many weeks flagged in vain somebody would accept for one injury that was flagged: nobody's to set here, so all are told."""


@dataclass(frozen=True, slots=True)
class DecisionPoint:
    """What flagging is worth to somebody who accepts so many false alarms for one injury.

    Parameters
    ----------
    false_alarms : int
    flagged : float
        Weeks of 100 that would be flagged.
    worth : float
        Net benefit of 1,000 runner-weeks: injuries in flagged weeks, less the flags in vain at that price. Flagging nobody
        is worth 0.
    everybody : float
        The same of flagging every week.
    earlier_injury : float
        The same of flagging by an earlier injury alone.
    """

    false_alarms: int
    flagged: float
    worth: float
    everybody: float
    earlier_injury: float


def decision_curve(probability: Floats, earlier_injury: Floats, label: Floats) -> tuple[DecisionPoint, ...]:
    """Net benefit at each price of a false alarm; a week is flagged where its probability pays that price.

    Parameters
    ----------
    probability, earlier_injury : arrays of N
        Foretold by the model, and by an earlier injury alone.
    label : array of N

    References
    ----------
    Vickers & Elkin 2006, 10.1177/0272989X06295361 (quoted from memory).
    """
    if not len(label):
        return ()
    points = []
    for count in FALSE_ALARMS:
        limit = 1.0 / (1.0 + count)
        flagged = probability >= limit
        points.append(
            DecisionPoint(
                count,
                100.0 * float(flagged.mean()),
                _worth(flagged, label, count),
                _worth(np.ones(len(label), dtype=np.bool_), label, count),
                _worth(earlier_injury >= limit, label, count),
            )
        )
    return tuple(points)


def _worth(flagged: np.ndarray, label: Floats, false_alarms: int) -> float:
    caught = float(label[flagged].sum())
    return 1000.0 * (caught - (float(flagged.sum()) - caught) / false_alarms) / len(label)
