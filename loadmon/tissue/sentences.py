"""What is called, in sentences: which tissue, by how much, with which interval and probability."""

from __future__ import annotations

from loadmon import evidence
from loadmon.tissue.call import Calls, TissueCall
from loadmon.units import signed_percent

MOST_NAMED = 2
"""So many tissues are named beside the first; the map shows all."""


def percent(share: float) -> str:
    """A share as a whole percent with its sign: ``+20 %``; ``±0 %`` for what rounds to nothing."""
    return signed_percent(round(100.0 * share))


def interval_words(call: TissueCall) -> str:
    """The 10th and 90th percentile in percent: ``+1 to +59``; empty where there is none."""
    if call.low is None or call.high is None:
        return ""
    low, high = (percent(one).removesuffix(" %") for one in (call.low, call.high))
    return f"{low} to {high}"


def probability_words(probability: float) -> str:
    """In which share of the draws it holds: ``in 84 of 100 draws``; draws are too few to say more than that nearly all agree.

    Not as a bare probability: beside a tissue's name that would be read as one of injury.
    """
    most = 1.0 - 1.0 / evidence.TISSUE_DRAWS.value
    more = "more than " if probability > most else ""
    return f"in {more}{100.0 * min(probability, most):.0f} of 100 draws"


def short_name(call: TissueCall) -> str:
    """A tissue's name without what stands in brackets."""
    return call.name.partition(" (")[0]


def called_sentence(calls: Calls) -> str:
    """The tissue that stands out most in a sentence, the next with their probabilities; empty where none does.

    Parameters
    ----------
    calls : Calls
        Of one day.
    """
    if not calls.called:
        return ""
    first, *others = calls.called
    told = (
        f"{first.name}: accelerating faster than volume, {percent(first.middle or 0.0)} ({interval_words(first)} %), "
        f"{probability_words(first.probability or 0.0)} of the model."
    )
    if not others:
        return told
    named = [
        f"{short_name(one)} ({probability_words(one.probability or 0.0).removesuffix(' draws')})"
        for one in others[:MOST_NAMED]
    ]
    more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
    return f"{told} Also: {', '.join(named)}{more}."
