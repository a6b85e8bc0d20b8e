"""What an import would take in: every file offered, whose it is, before anything is read in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from loadmon.intake.owner import Owner, owners
from loadmon.readers.archive import Member, members
from loadmon.refusal import NotFound, Refusal


@dataclass(frozen=True, slots=True)
class Offer:
    """One file of an import and whose it is."""

    member: Member
    owner: Owner


@dataclass(frozen=True, slots=True)
class Problem:
    """A path that could not even be looked into."""

    path: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an import would take in.

    Parameters
    ----------
    offers : list of Offer
        Files that could be activities.
    foreign : list of str
        Files that plainly are not (pictures, tables); they are only counted.
    problems : list of Problem
        Paths that are missing, empty or unreadable as a whole.
    """

    offers: list[Offer]
    foreign: list[str]
    problems: list[Problem]

    @property
    def bytes_total(self) -> int:
        """Size of all files that could be activities."""
        return sum(offer.member.size for offer in self.offers)

    def runners(self) -> Counter[str]:
        """Files for each runner that was told; files that nobody is told for are not in it."""
        return Counter(offer.owner.name for offer in self.offers if offer.owner.name is not None)

    @property
    def without_owner(self) -> list[Offer]:
        """Files that nothing says whose they are."""
        return [offer for offer in self.offers if offer.owner.name is None]


def plan(paths: Iterable[Path], athlete: str | None = None, known: tuple[str, ...] = ()) -> Plan:
    """List what folders, ZIP archives and files hold, and whose each file is.

    Parameters
    ----------
    paths : iterable of Path
        What the importing person gave. With several, each one's own name counts as a folder, so that
        ``import team/*`` and ``import Anna.zip Ben.zip`` tell the runners apart.
    athlete : str | None
        One runner to whom everything belongs.
    known : tuple of str
        Names of runners the store has already.
    """
    paths = list(paths)
    found: list[Member] = []
    foreign: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            for member in _within(path, prefix=len(paths) > 1):
                if member.foreign:
                    foreign.append(member.path)
                else:
                    found.append(member)
        except Refusal as refusal:
            problems.append(Problem(str(path), refusal))
    whose = owners([member.path for member in found], athlete, known)
    return Plan([Offer(member, whose[member.path]) for member in found], foreign, problems)


def _within(path: Path, prefix: bool) -> Iterator[Member]:
    """The files of one given path; with ``prefix`` below the path's own name."""
    if not path.exists():
        raise NotFound(f"There is nothing at '{path.name}'.", "Check the path and try again.")
    label = path.name if path.is_dir() else path.stem
    alone = path.is_file() and path.suffix.lower() != ".zip"
    for member in members(path):
        if prefix and not alone:
            yield member.below(PurePosixPath(label))
        else:
            yield member
