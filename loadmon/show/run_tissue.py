"""What one session did to tissues: told from its exposure, or with the reason why it cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loadmon import evidence
from loadmon.show.tissue_line import TissueSpike
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.exposure import Exposure
from loadmon.tissue.findings import FindingNote, finding_notes
from loadmon.tissue.loads import RunConditions, TissueLoads
from loadmon.tissue.makeup import MakeUp, make_up
from loadmon.tissue.recompute import recomputed


@dataclass(frozen=True)
class SessionTissues:
    """What one session did to tissues, or why that cannot be told.

    Parameters
    ----------
    coefficients : Coefficients
    made : MakeUp | None
        What made it so; None where there is no exposure, or nothing was run.
    drawn : TissueLoads | None
        Of this run, by draws.
    walk_fraction : float
        Share of its moving time that was walked.
    flags : tuple of str
        Keys of ``FLAG_WORDS``.
    notes : tuple of FindingNote
        What the findings that held on its day do.
    spikes : mapping of tissue to TissueSpike
        Only those that are told.
    reason : str | None
        Code of ``REASON_WORDS`` where nothing can be told, or where only a part of the run is.
    """

    coefficients: Coefficients
    made: MakeUp | None
    drawn: TissueLoads | None
    walk_fraction: float
    flags: tuple[str, ...]
    notes: tuple[FindingNote, ...]
    spikes: Mapping[str, TissueSpike]
    reason: str | None


def run_tissues(
    exposure: Exposure,
    conditions: RunConditions,
    coefficients: Coefficients,
    flags: Sequence[str] = (),
    spikes: Mapping[str, TissueSpike] | None = None,
    reason: str | None = None,
) -> SessionTissues:
    """What one run did to tissues, from its exposure.

    Parameters
    ----------
    exposure : Exposure
    conditions : RunConditions
        Who ran, and what was found in how they run.
    coefficients : Coefficients
    flags : sequence of str
        Of the run itself, as the runner's sheet has them; what was assumed of the runner is added.
    spikes : mapping of tissue to TissueSpike, optional
    reason : str | None
        Code where the exposure is that of a part of the run only.
    """
    drawn = recomputed([exposure], [conditions], coefficients, int(evidence.TISSUE_DRAWS.value))
    return SessionTissues(
        coefficients=coefficients,
        made=make_up(exposure, conditions, coefficients),
        drawn=drawn,
        walk_fraction=float(drawn.course.walk_fraction[0]),
        flags=(*conditions.runner.assumed(), *flags),
        notes=finding_notes(conditions.found, coefficients),
        spikes=spikes or {},
        reason=reason,
    )
