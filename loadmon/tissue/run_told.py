"""One run's tissues as its page tells them: the sentence, every tissue with its interval, what made it so, what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from loadmon.tissue.coefficients import Coefficients, default_coefficients
from loadmon.tissue.course import MOSTLY_WALKED
from loadmon.tissue.draws import DRAWS
from loadmon.tissue.exposure_bytes import exposure_from
from loadmon.tissue.findings import FindingNote, finding_notes
from loadmon.tissue.kept_loads import KeptLoads
from loadmon.tissue.loads import RunConditions, TissueLoads
from loadmon.tissue.makeup import MakeUp, make_up
from loadmon.tissue.told import ToldTissue, run_sentence, told_tissues
from loadmon.units import Units


@dataclass(frozen=True, slots=True, eq=False)
class RunTold:
    """What one run did to the tissues, in words and numbers.

    Parameters
    ----------
    made : MakeUp | None
        What made it so; None where nothing was run.
    drawn : TissueLoads | None
        The same run by each draw, as its only one.
    load_bws : mapping of tissue to float
        BW·s on a nominal scale, walking included; all 0 where nobody moved.
    tissues : list of ToldTissue
        The most damaged against its distance first; empty where nothing was run.
    flags : tuple of str
        Keys of ``FLAG_WORDS``: what was assumed of the runner, then what is to be said of the run.
    notes : tuple of FindingNote
        Findings that held on its day.
    walk_fraction : float
    coefficients : Coefficients
    """

    made: MakeUp | None
    drawn: TissueLoads | None
    load_bws: Mapping[str, float]
    tissues: list[ToldTissue]
    flags: tuple[str, ...]
    notes: tuple[FindingNote, ...]
    walk_fraction: float
    coefficients: Coefficients

    @property
    def is_walk(self) -> bool:
        """True where so much was walked that load is told and damage is not."""
        return self.walk_fraction > MOSTLY_WALKED

    def sentence(self, units: Units, *, interval: bool = False) -> str | None:
        """``10.0 km, hilly: 16 Achilles-km, 9 knee-km.``; None where nothing was run."""
        if self.made is None:
            return None
        return run_sentence(
            self.made, self.drawn, self.coefficients, units, walk_fraction=self.walk_fraction, interval=interval
        )


def run_told(
    data: bytes,
    conditions: RunConditions,
    *,
    coefficients: Coefficients | None = None,
    draws: int | None = DRAWS,
    kept: KeptLoads | None = None,
) -> RunTold:
    """What one run did to the tissues, from what is kept of it.

    Parameters
    ----------
    data : bytes
        Its exposure, as ``loadmon.tissue.exposure_bytes`` made it.
    conditions : RunConditions
        What held for it, as its runner's sheet has them.
    coefficients : Coefficients | None
        None for those that ship with loadmon.
    draws : int | None
    kept : KeptLoads | None
        Where runs told before are found.

    Raises
    ------
    DamagedFile
        If the exposure cannot be read.
    """
    numbers = coefficients or default_coefficients()
    loads = (KeptLoads() if kept is None else kept).of([data], [conditions], numbers, draws)
    made = make_up(exposure_from(data), conditions, numbers)
    return RunTold(
        made=made,
        drawn=loads.drawn,
        load_bws=dict(zip(numbers.tissues, loads.told.load_bws[0, :, 0].tolist(), strict=True)),
        tissues=[] if made is None else told_tissues(made, loads.drawn, numbers),
        flags=(*conditions.runner.assumed(), *loads.flags[0]),
        notes=finding_notes(conditions.found, numbers),
        walk_fraction=float(loads.told.course.walk_fraction[0]),
        coefficients=numbers,
    )
