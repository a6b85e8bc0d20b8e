"""Whose a file is, from everything that speaks for somebody; where two things contradict each other, nobody is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from loadmon.intake.clues import ClueKind, Clues
from loadmon.intake.owner import Candidate, Owner, ToldBy
from loadmon.store.squad import name_key

Learnt = Mapping[tuple[str, str], frozenset[str]]
"""For each kind of clue and its value, the names of the runners it was found with."""

_SAID = (ToldBy.CHOSEN, ToldBy.MAPPING, ToldBy.TABLE)
_BY_KIND = {
    ClueKind.FOLDER: ToldBy.ALIAS,
    ClueKind.PATTERN: ToldBy.PATTERN,
    ClueKind.SERIAL: ToldBy.SERIAL,
    ClueKind.PROFILE: ToldBy.PROFILE,
}
WORDS = {
    ToldBy.MAPPING: "the mapping file",
    ToldBy.FOLDER: "the folder",
    ToldBy.ALIAS: "the folder",
    ToldBy.PATTERN: "the file's name",
    ToldBy.SERIAL: "the watch",
    ToldBy.PROFILE: "the profile",
}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the store knew about owners when an import began; what the import itself brings is not in it.

    Parameters
    ----------
    runners : mapping of str to str
        Every runner's name by what makes two names the same.
    learnt : mapping
        What was once confirmed, and the watches of stored sessions.
    """

    runners: Mapping[str, str] = field(default_factory=dict)
    learnt: Learnt = field(default_factory=dict)

    def of(self, kind: ClueKind, value: str | None) -> frozenset[str]:
        """The runners that a clue was found with; a watch that several have used names them all."""
        return self.learnt.get((kind.value, value), frozenset()) if value else frozenset()

    def plain(self) -> dict[str, Any]:
        """As plain values, for an import to remember."""
        learnt = [[kind, value, sorted(names)] for (kind, value), names in sorted(self.learnt.items())]
        return {"runners": sorted(self.runners.values()), "learnt": learnt}

    @classmethod
    def from_plain(cls, said: Mapping[str, Any]) -> Knowledge:
        """From what ``plain`` gave."""
        learnt = {(kind, value): frozenset(names) for kind, value, names in said["learnt"]}
        return cls({name_key(name): name for name in said["runners"]}, learnt)


@dataclass(frozen=True, slots=True)
class _Side:
    """One thing that names one runner."""

    by: ToldBy
    runner: str


def resolve(told: Owner, clues: Clues, known: Knowledge, watches: Mapping[str, str] | None = None) -> Owner:
    """Whose a file is.

    What a person said for this import stands first: the importing person, a mapping file, the column of a table. Then
    comes a folder with the name of a runner who is in the store, then what was learnt (the folder's name, the file's, the
    watch, the profile), then a folder whose name could be a new runner's. A folder or profile that says one runner and
    a watch that only another has used leave it open: both sides are told, and somebody decides.

    Parameters
    ----------
    told : Owner
        What the file's path and the person say, as ``owner.owners`` has it.
    clues : Clues
        What the file says besides.
    known : Knowledge
        What the store knew beforehand.
    watches : mapping of str to str | None
        Runners by the fingerprints of their watches, as a mapping file tells them.

    Returns
    -------
    Owner
        With a name; or with None, the reason, and whose it may be.
    """
    owner = _resolved(told, clues, known, watches or {})
    return owner if owner.name is not None else replace(owner, asked_by=_asked_by(owner, clues, known))


def _resolved(told: Owner, clues: Clues, known: Knowledge, watches: Mapping[str, str]) -> Owner:
    named = watches.get(clues.serial or "")
    if told.in_doubt or told.told_by in _SAID:
        if told.told_by == ToldBy.MAPPING and named and not _same(named, told.name):
            return _doubt(_Side(ToldBy.MAPPING, told.name or ""), _Side(ToldBy.SERIAL, named))
        return told
    if named:
        return Owner(named, ToldBy.MAPPING)
    sides = _sides(clues, known)
    if told.name is not None and name_key(told.name) in known.runners:
        first = _Side(ToldBy.FOLDER, known.runners[name_key(told.name)])
        against = [side for side in sides if side.by in (ToldBy.SERIAL, ToldBy.PROFILE) and not _agree(side, first)]
        return _doubt(first, *against) if against else Owner(first.runner, ToldBy.FOLDER)
    return _by_learnt(told, clues, known, sides)


def _by_learnt(told: Owner, clues: Clues, known: Knowledge, sides: list[_Side]) -> Owner:
    """By what was learnt; a folder called like nobody in the store may be a new runner's, or a place's."""
    if any(not _agree(side, sides[0]) for side in sides):
        return _doubt(*sides)
    if sides and (told.name is None or any(side.by is not ToldBy.SERIAL for side in sides)):
        return Owner(sides[0].runner, sides[0].by)
    if told.name is None:
        return _nobody(told.told_by, clues, known)
    if sides and _same(sides[0].runner, told.name):
        return Owner(sides[0].runner, ToldBy.FOLDER)
    if sides:  # the watch alone does not say that a folder of another name is not another runner's
        return _doubt(_Side(ToldBy.FOLDER, told.name), *sides)
    if known.of(ClueKind.FOLDER, clues.folder):
        return _nobody("several runners' files were found in folders of that name", clues, known)
    return told


def _sides(clues: Clues, known: Knowledge) -> list[_Side]:
    """Every clue that names one runner, in the order in which they are asked; one that fits several names nobody."""
    found = []
    for kind, value in clues.values():
        runners = known.of(kind, value)
        if kind is ClueKind.PROFILE and value in known.runners:
            runners |= {known.runners[value]}
        if len(runners) == 1:
            found.append(_Side(_BY_KIND[kind], next(iter(runners))))
    return found


def _doubt(*sides: _Side) -> Owner:
    words = ", ".join(f"{WORDS[side.by]} says {side.runner}" for side in sides)
    candidates = _joined((side.runner, WORDS[side.by]) for side in sides)
    return Owner(None, f"{words[:1].upper()}{words[1:]}.", candidates, in_doubt=True)


def _nobody(reason: str, clues: Clues, known: Knowledge) -> Owner:
    """Nobody is named; whoever shares a clue, or a word of the file's name or profile, may be meant."""
    found = [
        (runner, f"{WORDS[_BY_KIND[kind]]}, among others")
        for kind, value in clues.values()
        for runner in sorted(known.of(kind, value))
    ]
    letters = set((clues.pattern or "").split("_")) | set(name_key(clues.profile or "").split())
    for key, name in sorted(known.runners.items()):
        if letters & set(key.split()):
            found.append((name, "the letters of the name"))
    if clues.profile:
        found.append((known.runners.get(name_key(clues.profile), clues.profile), "the profile"))
    return Owner(None, reason, _joined(found))


def _asked_by(owner: Owner, clues: Clues, known: Knowledge) -> tuple[str, str]:
    """By what one decision covers several files: their watch, else profile, name or place; what several share does not."""
    if owner.in_doubt:
        sides = sorted(f"{name_key(one.runner)} ({one.why})" for one in owner.candidates)
        return "doubt", "; ".join([*sides, clues.folder or "", clues.serial or ""])
    values = dict(clues.values())
    for kind in (ClueKind.SERIAL, ClueKind.PROFILE, ClueKind.PATTERN):
        if kind in values and len(known.of(kind, values[kind])) < 2:
            return kind.value, values[kind]
    return "place", clues.place


def _joined(found: Iterable[tuple[str, str]]) -> tuple[Candidate, ...]:
    """Each runner once, with everything that speaks for them."""
    reasons: dict[str, dict[str, None]] = {}
    names: dict[str, str] = {}
    for runner, why in found:
        names.setdefault(name_key(runner), runner)
        reasons.setdefault(name_key(runner), {})[why] = None
    return tuple(Candidate(names[key], " and ".join(why)) for key, why in reasons.items())


def _agree(one: _Side, other: _Side) -> bool:
    return _same(one.runner, other.runner)


def _same(one: str, other: str | None) -> bool:
    return name_key(one) == name_key(other or "")
