"""What a week says of tissues, as one fact among the others: a description that never moves anybody up."""

from __future__ import annotations

from loadmon import evidence
from loadmon.planning.attention import Fact, FactKind, Severity
from loadmon.tissue.call import Calls
from loadmon.tissue.sentences import called_sentence, percent, probability_words

ADVICE = (
    "If it was not meant, the next hills, fast runs or long steps can be put further apart (loadmon convention); if something "
    "hurts, say so to who looks after you."
)
"""What can be done about a tissue that stands out, wherever one is told."""


def tissue_facts(calls: Calls | None) -> list[Fact]:
    """The tissues that accelerate faster than the runner's volume, told in one line; nothing where none does.

    Parameters
    ----------
    calls : Calls | None
        Of today; None where nobody asked.
    """
    if calls is None or not calls.called:
        return []
    first = calls.called[0]
    return [
        Fact(
            FactKind.TISSUE,
            # the model describes what changed in training; nobody has shown that it comes before injury
            Severity.NOTE,
            percent(first.middle or 0.0),
            f"against the runner's own steps, {probability_words(first.probability or 0.0)}",
            called_sentence(calls),
            evidence.DIVERGENCE,
            ADVICE,
            None,
        )
    ]
