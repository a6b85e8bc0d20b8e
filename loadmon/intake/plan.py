"""What an import would take in: every file offered, whose it is, before anything is read in full."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from loadmon.intake.clues import Clues, pattern_of, place_of
from loadmon.intake.owner import Owner, ToldBy, owners, tidy_name
from loadmon.intake.owners_file import OwnersFile
from loadmon.intake.tables import key, rows_of_table, table_bytes, told_of
from loadmon.readers.account import STRAVA_TABLE, Account, Told, account_of
from loadmon.readers.archive import members
from loadmon.readers.member import Member
from loadmon.readers.table_columns import TableColumns
from loadmon.refusal import NotFound, Refusal
from loadmon.store.packed import plain
from loadmon.store.squad import NotAValue, name_key


@dataclass(frozen=True, slots=True)
class Offer:
    """One file of an import, whose it is, and what the account it comes from tells of it beside the file.

    ``told`` belongs to the file; ``starts`` are activities by their start in Unix seconds, where the account knows them
    by nothing else. ``clues`` are what its place and name say of its owner, and, once it was looked into, its bytes.
    """

    member: Member
    owner: Owner
    told: Told | None = None
    starts: Mapping[float, Told] | None = None
    clues: Clues = field(default_factory=Clues)


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
    asides : list of Problem
        What has a line in the report and no file: activities that an account lists without one, rows of a table that
        are no session.
    tables : mapping of path to Refusal
        Which of the foreign files are tables of sessions, and what to do with them.
    watches : mapping of fingerprint to runner
        Whose watches are, as a mapping file says: only a look into the files tells which were recorded with them.
    idle_lines : tuple of int
        Lines of the mapping file that speak of no file here.
    known : tuple of str
        Names of the runners by which folders were told.
    listed : mapping of folder to activities by their start in Unix seconds
        What Garmin's own lists name; which of it has no file shows only once the files are read.
    """

    offers: list[Offer]
    foreign: list[str]
    problems: list[Problem]
    asides: list[Problem] = field(default_factory=list)
    listed: Mapping[str, Mapping[float, Told]] = field(default_factory=dict)
    tables: Mapping[str, Refusal] = field(default_factory=dict)
    watches: Mapping[str, str] = field(default_factory=dict)
    idle_lines: tuple[int, ...] = ()
    known: tuple[str, ...] = ()

    def must_hold_something(self) -> None:
        """Refuse a plan of which nothing that was given exists: it would be an import of nothing, listed for ever.

        Raises
        ------
        NotFound
        """
        if self.offers or self.foreign or self.asides or not self.problems:
            return
        if not any(os.path.exists(problem.path) for problem in self.problems):  # noqa: PTH110  Path.exists may raise
            raise self.problems[0].refusal

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


def plan(
    paths: Iterable[Path],
    athlete: str | None = None,
    known: tuple[str, ...] = (),
    *,
    most: int | None = None,
    columns: Mapping[str, TableColumns] | None = None,
    mapping: OwnersFile | None = None,
    only: Collection[str] | None = None,
    beside: Iterable[str] = (),
    seen: Callable[[int], None] | None = None,
) -> Plan:
    """List what folders, ZIP archives and files hold, and whose each file is.

    Parameters
    ----------
    paths : iterable of Path
        What the importing person gave. With several, each one's own name counts as a folder, so that
        ``import team/*`` and ``import Anna.zip Ben.zip`` tell the runners apart. The name of a single one counts only
        where it is a known runner's.
    athlete : str | None
        One runner to whom everything belongs.
    known : tuple of str
        Names of runners the store has already.
    most : int | None
        How many entries of a folder are looked at before it is refused; None for all of them.
    columns : mapping of str to TableColumns | None
        What the columns of session tables hold, by ``tables.key(path)``; a table that nobody confirmed is a problem.
    mapping : OwnersFile | None
        Whose files are by their places, names and watches; it stands before tables and folders.
    only : collection of str | None
        Of a folder only these files, by their paths in it; None for all of them.
    beside : iterable of str
        Paths of files that are not taken in and only help to tell which folders name runners.
    seen : callable | None
        Hears, after every file that is found, how many there are by now.

    Returns
    -------
    Plan
        Its offers in the order of their paths, whatever the order in which the paths were given.

    Raises
    ------
    NotAValue
        If ``athlete`` is given but holds no letter.
    """
    if athlete is not None and not tidy_name(athlete):
        raise NotAValue("A runner needs a name.", "Give at least one letter, or leave the runner out.")
    paths = list(paths)
    found: list[Member] = []
    foreign: list[Member] = []
    problems: list[Problem] = []
    asides: list[Problem] = []
    runners: dict[str, str] = {}
    for path in paths:
        try:
            table = table_bytes(path)
            if table is not None:
                rows = rows_of_table(path, table, (columns or {}).get(key(path)))
                found += rows.members
                runners |= rows.runners
                asides += [Problem(shown, refusal) for shown, refusal in rows.left]
                continue
            before = len(found) + len(foreign)
            inside = _counted(_within(path, len(paths) > 1, most, only), before, seen)
            for member in list(inside):  # all of a path, or its trouble: never a part
                (foreign if member.foreign else found).append(member)
        except Refusal as refusal:
            problems.append(Problem(str(path), refusal))
    account = account_of([*found, *foreign])
    asides += [Problem(one.path, one.refusal) for one in account.without]
    shown = [member.path for member in found]
    placed = [*shown, *beside]
    given = _given(paths, shown)
    by_folder = owners(placed, None, known, given)
    whose = owners(placed, athlete, known, given)
    if athlete is None:
        whose |= {path: Owner(tidy_name(runner), ToldBy.TABLE) for path, runner in runners.items() if tidy_name(runner)}
        whose |= {path: said for path in shown if mapping and (said := mapping.owner(path))}
    offers = [
        _offer(member, whose[member.path], by_folder[member.path], account)
        for member in sorted(found, key=lambda member: member.path)
    ]
    paths_of = [member.path for member in foreign]
    used = {STRAVA_TABLE} if account else set()
    tables = told_of([member for member in foreign if member.name.casefold() not in used])
    watches, idle = (mapping.watches, mapping.idle(shown)) if mapping and athlete is None else ({}, ())
    said_in_vain = {f"{mapping.name or 'mapping file'}, line {line}": _FITS_NOTHING for line in idle} if mapping else {}
    paths_of += said_in_vain
    told = tables | said_in_vain
    return Plan(_told_apart(offers), paths_of, problems, asides, account.by_start, told, watches, idle, known)


_FITS_NOTHING = NotFound("No file here fits this line.", "Correct it, or leave it: it does no harm.")


def _offer(member: Member, whose: Owner, by_folder: Owner, account: Account) -> Offer:
    told = account.by_path.get(member.path)
    clues = Clues(
        folder=name_key(by_folder.name) if by_folder.name else None,
        pattern=pattern_of(member.name),
        profile=plain(account.person(member.path)),
        place=place_of(member.path),
    )
    return Offer(member, whose, told, None if told else account.starts(member.path), clues)


def _within(path: Path, prefix: bool, most: int | None, only: Collection[str] | None) -> Iterator[Member]:
    """The files of one given path; with ``prefix`` below the path's own name."""
    label = _label(path)
    for member in members(path, most=most, only=only):
        # a loose file has no folder; everything else lies below what was given
        loose = member.path == path.name and path.is_file()
        yield member.below(label) if prefix and not loose else member


def _given(paths: list[Path], shown: list[str]) -> str | None:
    """The name of the one folder or archive that was given; with several, their names are part of every file's path."""
    if len(paths) != 1 or (paths[0].name in shown and paths[0].is_file()):
        return None
    return str(_label(paths[0]))


def _label(path: Path) -> PurePosixPath:
    """The own name of what was given, also of the folder one stands in and of the one above."""
    label = PurePosixPath((path.resolve() if path.name == ".." else path.absolute()).name)
    return label.with_suffix("") if label.suffix.lower() == ".zip" else label


def _counted(members: Iterator[Member], before: int, seen: Callable[[int], None] | None) -> Iterator[Member]:
    for number, member in enumerate(members, start=before + 1):
        if seen is not None:
            seen(number)
        yield member


def _told_apart(offers: list[Offer]) -> list[Offer]:
    """The same offers, each with a path of its own: the report, and an import taken up again, know files by it."""
    taken: Counter[str] = Counter()
    apart = []
    for offer in offers:
        path = offer.member.path
        taken[path] += 1
        if taken[path] > 1:
            path = f"{path} ({taken[path]})"
            taken[path] += 1
        apart.append(replace(offer, member=replace(offer.member, path=path)))
    return apart
