"""The four states, each a word with a shape and a colour that colour-blind people can tell apart."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.planning.attention import State

# Okabe & Ito's colours (2008), never red against green. Orange and sky are darkened in their own hue: as published they
# stand out from white by 2.3 to 1 only, and a shape needs 3 (WCAG 2, 1.4.11). Each holds on light and on dark ground.
# Blue is lighter than published: most lines and dots are drawn in it, and it has 4 to 1 and more on either ground.
BLUE = "#1480CC"
SKY = "#2E93CC"
ORANGE = "#BF8300"
VERMILION = "#D55E00"
GREEN = "#009E73"
GREY = "#868B94"


@dataclass(frozen=True, slots=True)
class Badge:
    """How one state looks: never by colour alone."""

    word: str
    shape: str
    colour: str

    @property
    def label(self) -> str:
        """Shape and word, for choices and tables."""
        return f"{self.shape} {self.word}"


BADGES: dict[State, Badge] = {
    State.ACT: Badge("act", "■", VERMILION),
    State.WATCH: Badge("watch", "▲", ORANGE),
    State.NOT_ENOUGH_DATA: Badge("not enough data", "○", GREY),
    State.STEADY: Badge("steady", "●", BLUE),
}
"""In the order in which a squad is read."""
