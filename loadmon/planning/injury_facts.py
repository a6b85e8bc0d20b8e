"""What is known of an injury in lines to read: course, what brings it on, what has to hold before running, what to have looked at."""

from __future__ import annotations

from loadmon.planning.injury_codes import InjuryCode, known_of
from loadmon.planning.return_rules import LABEL_WORDS


def injury_facts(code: str | None) -> tuple[tuple[str, str], ...]:
    """What is known of an injury by its code, as heading and words, with where it comes from last; empty for an unknown code.

    Parameters
    ----------
    code : str | None
        OSIICS 15. Of a neighbour of one of ours that one is told, and said to be.
    """
    known = known_of(code)
    if known is None:
        return ()
    told = [
        ("Usually", known.course),
        ("Brought on by", "; ".join(known.provoking)),
        ("Before running", "; ".join(known.criteria)),
        ("To be looked at first", "; ".join(known.red_flags)),
        ("Mind", known.note),
        ("Related codes", "; ".join(f"{other} ({name})" for other, name in known.related)),
        ("Where this comes from", _source(known)),
    ]
    if known.code != code:
        told.insert(0, ("Told of", f"{known.code} ({known.name}), which {code} is next to"))
    return tuple((head, words) for head, words in told if words)


def _source(known: InjuryCode) -> str:
    checked = LABEL_WORDS[known.label]
    return f"{'; '.join(known.sources)}: {checked}" if known.sources else checked.capitalize()
