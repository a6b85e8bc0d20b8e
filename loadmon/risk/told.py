"""An estimate in words: about 1 in N with its range, against the runner's usual; never a bare percentage, never a score."""

from __future__ import annotations

import math

from loadmon.risk.estimate import LEVEL_90, Driver, RiskEstimate

NEXT = "a new injury in the next 7 days"
SMALL_PUSH = 0.02
"""Features that move the odds by less than this are not called drivers (loadmon convention)."""


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
    return f"That is {'above' if estimate.against > 0 else 'below'} your usual, and the range of the difference leaves 0 out."


def driver_words(driver: Driver) -> str:
    """One driver: what was seen, and whether it raises or lowers the estimate."""
    sign = "▲ raises" if driver.log_odds > 0 else "▼ lowers"
    return f"{sign} it: {driver_value(driver)} (odds ×{math.exp(driver.log_odds):.2f})"


def driver_value(driver: Driver) -> str:
    """A feature and its value, as it is said."""
    if driver.unit == "yes or no":
        if driver.value >= 0.5:
            return driver.label
        return "not " + driver.label if driver.group == "person" else f"no {_bare(driver.label)}"
    if driver.unit == "ln km":
        return f"{driver.label}, {math.exp(driver.value):.0f} km"
    if driver.unit == "own standard deviations":
        side = "above" if driver.value > 0 else "below"
        return f"{driver.label}, {abs(driver.value):.1f} of its usual swings {side}"
    if driver.unit == "steps a minute":
        return f"{abs(driver.value):.0f} steps a minute {'more' if driver.value > 0 else 'fewer'} than others at that speed"
    digits = 3 if driver.unit == "m" else 1
    return f"{driver.label}, {driver.value:.{digits}f} {driver.unit}"


def _bare(label: str) -> str:
    """A label without its article."""
    return label.removeprefix("a ").removeprefix("an ")


def main_drivers(estimate: RiskEstimate, most: int = 5) -> tuple[Driver, ...]:
    """The features that move the estimate most."""
    return tuple(one for one in estimate.drivers if abs(one.log_odds) >= SMALL_PUSH)[:most]


def quiet_line(estimate: RiskEstimate) -> str:
    """One line below the facts of a week."""
    if estimate.middle is None:
        return ""
    return f"{headline(estimate).removesuffix('.')} ({estimate.badge})."
