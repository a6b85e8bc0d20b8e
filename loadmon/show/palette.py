"""The four states, each a word with a shape and a colour that colour-blind people can tell apart."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.planning.attention import State

BLUE = "#0072B2"
SKY = "#56B4E9"
ORANGE = "#E69F00"
VERMILION = "#D55E00"
GREEN = "#009E73"
GREY = "#8A8F98"
"""Okabe & Ito's colours (2008): legible on light and on dark, and never red against green."""


@dataclass(frozen=True, slots=True)
class Badge:
    """How one state looks: never by colour alone."""

    word: str
    shape: str
    colour: str


BADGES: dict[State, Badge] = {
    State.ACT: Badge("act", "■", VERMILION),
    State.WATCH: Badge("watch", "▲", ORANGE),
    State.STEADY: Badge("steady", "●", BLUE),
    State.NOT_ENOUGH_DATA: Badge("not enough data", "○", GREY),
}
