"""An estimate in words: about 1 in N with its range, against the runner's usual; never a bare percentage, never a score."""

from __future__ import annotations

import math

from loadmon.risk.estimate import LEVEL_90, RiskEstimate

NEXT = "a new injury in the next 7 days"


def one_in(probability: float) -> str:
    """A probability as a share of people: ``1 in 60``, in round numbers, as nothing finer is known."""
    if probability > 0.5:
        return "more than 1 in 2"
    count = 1.0 / probability
    if count >= 10.0:
        step = 10.0 ** math.floor(math.log10(count)) / 2.0
        return f"1 in {round(count / step) * step:,.0f}"
    return f"1 in {max(2, round(count))}"


def headline(estimate: RiskEstimate) -> str:
    """The estimate in one sentence, or why there is none."""
    if estimate.middle is None or estimate.low is None or estimate.high is None:
        assert estimate.reason is not None
        return estimate.reason
    told = f"About {one_in(estimate.middle)} for {NEXT}, range {one_in(estimate.low)} to {one_in(estimate.high)}"
    return f"{told}; {usual_words(estimate)}."


def usual_words(estimate: RiskEstimate) -> str:
    """What is usual for this runner where that is known, and for all: those of the fit, or the literature's."""
    whose = "among all runners of the fit" if estimate.from_club else "in the literature"
    own = (
        "what is usual for you is not known yet"
        if estimate.usual is None
        else f"usual for you {one_in(estimate.usual)}"
    )
    return f"{own}, {whose} {one_in(estimate.base_rate)}"


def against_usual(estimate: RiskEstimate) -> str:
    """Whether the estimate can be told from the usual, by the range of their difference: most of either's own range is shared."""
    if estimate.against is None:
        return ""
    if abs(estimate.against) <= LEVEL_90:
        return "That and your usual cannot be told apart."
    side = "above" if estimate.against > 0 else "below"
    return f"That is {side} your usual, by more than all that is not known of the difference."


def quiet_line(estimate: RiskEstimate) -> str:
    """One line below the facts of a week."""
    if estimate.middle is None:
        return ""
    return f"{headline(estimate).removesuffix('.')} ({estimate.badge})."
