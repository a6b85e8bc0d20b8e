"""The definitions of acute to chronic a person may look at on the history page."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.load.kind import LoadKind
from loadmon.load.ratio import definition
from loadmon.load.ratio_method import RatioChoice


@dataclass(frozen=True, slots=True)
class ShownRatio:
    """One definition of acute to chronic, as the screen says it.

    Parameters
    ----------
    key, choice : str
        What is remembered; what stands on the choice.
    card : str
        Key of its card in ``metric_cards``.
    average : str
        ``"rolling"`` or ``"ewma"``, as ``load.ratio_method.RatioMethod`` explains them.
    coupled : bool
        Divided by days that hold the acute ones.
    """

    key: str
    choice: str
    card: str
    average: str = "rolling"
    coupled: bool = False

    @property
    def how(self) -> RatioChoice:
        """As ``load.ratio.ratio`` asks for it."""
        return {"average": self.average, "coupled": self.coupled}

    @property
    def has_band(self) -> bool:
        """True where the band by redrawing weeks is defined: for means in which every day weighs the same."""
        return self.average == "rolling"

    def label(self, kind: LoadKind) -> str:
        """What stands behind the panel's name: the definition, and what is shaded."""
        band = "Shaded: its band." if self.has_band else "No band: it is defined for rolling means only."
        return f", {definition(kind, **self.how)}. Description only. {band}"


RATIOS: dict[str, ShownRatio] = {
    shown.key: shown
    for shown in (
        ShownRatio("uncoupled", "Uncoupled", "ratio"),
        ShownRatio("ewma", "EWMA", "ratio, weighted", average="ewma"),
        ShownRatio("coupled", "Coupled", "ratio, coupled", coupled=True),
    )
}
"""By key, the one that is shown unless chosen otherwise first."""
