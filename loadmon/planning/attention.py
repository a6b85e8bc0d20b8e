"""Who needs attention, and why: facts in a fixed order, the first of them the headline. Never a probability, never a score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, StrEnum

from loadmon.evidence import Evidence


class State(StrEnum):
    """The four words of the screen."""

    ACT = "act"
    WATCH = "watch"
    NOT_ENOUGH_DATA = "not enough data"
    STEADY = "steady"


class Severity(IntEnum):
    """What a fact asks for."""

    NOTE = 0
    """Worth knowing; never changes the state."""
    WATCH = 1
    """Worth a look or a word."""
    ACT = 2
    """Worth a decision now."""


class FactKind(StrEnum):
    """What a fact is about, in the order in which facts are told."""

    OPEN_INJURY = "open injury"
    PAIN = "pain"
    PAIN_TREND = "pain trend"
    PROBLEM = "health problem"
    SESSION_SPIKE = "session spike"
    LAY_OFF = "lay-off"
    WEEK_CHANGE = "week change"
    CADENCE = "cadence"
    TISSUE = "tissue"
    SILENCE = "silence"
    HISTORY = "history"
    AWAY = "away"
    RATIO = "ratio"


ORDER: tuple[FactKind, ...] = tuple(FactKind)
_REPORTED = frozenset({FactKind.OPEN_INJURY, FactKind.PAIN, FactKind.PAIN_TREND, FactKind.PROBLEM})
"""What people say themselves."""
_THIN = frozenset({FactKind.SILENCE, FactKind.HISTORY, FactKind.AWAY})
"""What makes a record too thin to say more."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was seen, with what it is compared with and where the threshold comes from.

    Parameters
    ----------
    kind : FactKind
        What it is about.
    severity : Severity
        What it asks for.
    number : str
        The number in the reader's units: ``"18.2 km"``.
    comparison : str
        What it is compared with, to be read after the number.
    sentence : str
        Both in one plain sentence.
    source : Evidence
        The threshold, its source and its caveat.
    what_you_can_do : str
        One suggestion, left to the person who decides.
    since : date | None
        Local day it began.
    provisional : bool
        True where it rests on a short record.
    """

    kind: FactKind
    severity: Severity
    number: str
    comparison: str
    sentence: str
    source: Evidence
    what_you_can_do: str
    since: date | None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Attention:
    """A runner's state today and everything that led to it.

    Parameters
    ----------
    athlete_id : int
        Whose.
    state : State
        One of four words.
    headline : str
        The main reason in one plain sentence.
    facts : tuple of Fact
        All of them, in ``ORDER``, the gravest of each kind first.
    since : date | None
        Day the main reason began; None for steady.
    main : Fact | None
        The fact the headline comes from.
    """

    athlete_id: int
    state: State
    headline: str
    facts: tuple[Fact, ...]
    since: date | None
    main: Fact | None


def attention(athlete_id: int, facts: Iterable[Fact], *, steady: str) -> Attention:
    """A runner's state, from the facts of the week.

    What people report (injuries, pain, health problems) decides first. A record too short or silent for days says so before anything that is read
    from it: a spike against a fortnight of history, or a trend that ended a month ago, is no ground for a verdict.

    Parameters
    ----------
    athlete_id : int
        Whose.
    facts : iterable of Fact
        In any order. Facts of severity NOTE never change the state; a ratio never does.
    steady : str
        Headline where nothing stands out.
    """
    told = tuple(sorted(facts, key=_in_order))
    reported = [f for f in told if f.kind in _REPORTED and f.severity is not Severity.NOTE]
    thin = [f for f in told if f.kind in _THIN and f.severity is not Severity.NOTE]
    grave = [f for f in told if f.severity is Severity.ACT]
    watched = [f for f in told if f.severity is Severity.WATCH]
    if reported:
        main = min(reported, key=lambda f: -f.severity)
        state = State.ACT if main.severity is Severity.ACT else State.WATCH
    elif thin:
        main, state = thin[0], State.NOT_ENOUGH_DATA
    elif grave:
        main, state = grave[0], State.ACT
    elif watched:
        main, state = watched[0], State.WATCH
    else:
        return Attention(athlete_id, State.STEADY, steady, told, None, None)
    return Attention(athlete_id, state, main.sentence, told, main.since, main)


def with_notes(item: Attention, notes: Iterable[Fact]) -> Attention:
    """The same with more facts, each in its place: such as never change a state, told once they have been worked out.

    Raises
    ------
    ValueError
        If one of them asks for more than to be read.
    """
    more = tuple(notes)
    if any(fact.severity is not Severity.NOTE for fact in more):
        raise ValueError("a fact that may change the state belongs to the facts of the week")
    return replace(item, facts=tuple(sorted((*item.facts, *more), key=_in_order)))


def _in_order(fact: Fact) -> tuple[int, int]:
    return ORDER.index(fact.kind), -fact.severity


def urgency(item: Attention) -> tuple[bool, int, int, date, int]:
    """Sort key of a squad: state, then kind of the main reason, then how long it has stood, then the runner's number.

    Whoever has sent nothing for many weeks stands last: a squad keeps its former runners, and they ask for nothing today.
    """
    away = item.main is not None and item.main.kind is FactKind.AWAY
    kind = ORDER.index(item.main.kind) if item.main else len(ORDER)
    return away, list(State).index(item.state), kind, item.since or date.max, item.athlete_id


def order(items: Iterable[Attention]) -> list[Attention]:
    """A squad in the order a coach goes through it: act, watch, not enough data, steady, away; longest-standing first."""
    return sorted(items, key=urgency)
