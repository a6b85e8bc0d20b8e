"""Account archives of Strava and Garmin: what their own tables tell of each activity beside its file."""

from __future__ import annotations

import contextlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from loadmon.readers import table_values as values
from loadmon.readers.member import Member
from loadmon.readers.sports import SPORT_NOT_KNOWN, SPORT_NOT_TOLD, told_sport
from loadmon.readers.table_grid import Cell, grids
from loadmon.readers.table_words import heading, known
from loadmon.refusal import DamagedFile, NoActivity, Refusal, TooLarge
from loadmon.session import Oddity, Session, Sport

SPORT_TOLD = "sport told by the account"
_NO_SPORT = (SPORT_NOT_TOLD, SPORT_NOT_KNOWN)
STRAVA_TABLE = "activities.csv"
GARMIN_LIST = "summarizedactivities.json"
GARMIN_GEAR = "_gear.json"
STRAVA_PROFILE, GARMIN_PROFILE = "profile.csv", "user_profile.json"
SAME_START_S = 60.0
"""A file whose first sample is so close to a start in Garmin's list is that activity."""
MAX_LIST_BYTES = 32 * 2**20
MAX_LIST_NODES = 1_000_000
"""Mappings and lists in one of Garmin's lists: 20,000 activities of fifty each."""
_STRAVA_FOLDER = "activities/"
_NAME_AT, _TYPE_AT = 2, 3
"""Strava's table in every language begins with number, date, name and kind."""
_FIRST_NAME_AT, _LAST_NAME_AT = 2, 3
"""Strava's profile in every language begins with number, address, first and last name."""
_WORDS = {
    "title": ("activity name", "name der aktivität"),
    "sport": ("activity type", "aktivitätsart"),
    "shoes": ("activity gear", "aktivitätsausrüstung"),
    "effort": ("perceived exertion", "empfundene anstrengung"),
    "file": ("filename", "dateiname"),
    "date": ("activity date", "aktivitätsdatum"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What an account's own table tells of one activity; None for what it does not tell.

    ``sport`` is only used where the file itself names none; ``effort`` is how hard it felt, 0 to 10.
    """

    title: str | None = None
    sport: str | None = None
    shoes: str | None = None
    effort: float | None = None

    def on(self, session: Session) -> Session:
        """The session with what the account tells of it."""
        told = replace(
            session,
            title=self.title or session.title,
            shoes=self.shoes or session.shoes,
            effort=session.effort if self.effort is None else self.effort,
        )
        if session.sport is not Sport.UNKNOWN or self.sport is None:
            return told
        words = f"The file names no sport that loadmon knows; the account's own list says {self.sport}."
        odd = (*(o for o in session.oddities if o.name not in _NO_SPORT), Oddity(SPORT_TOLD, words))
        return replace(told, sport=Sport(self.sport), oddities=odd)


@dataclass(frozen=True, slots=True)
class Without:
    """An activity that an account lists and that cannot be taken in from a file: entered by hand, or its file is gone."""

    path: str
    refusal: Refusal


@dataclass(slots=True)
class Account:
    """What the tables of account archives tell of the files beside them.

    Parameters
    ----------
    by_path : dict
        Strava: the path of a file among the members.
    by_start : dict
        Garmin: for each folder that holds an archive, activities by their start in Unix seconds.
    without : list of Without
        Activities without a file, and tables that could not be read.
    persons : dict
        For each folder that holds an account's activities, the name in the account's own profile.
    """

    by_path: dict[str, Told] = field(default_factory=dict)
    by_start: dict[str, dict[float, Told]] = field(default_factory=dict)
    without: list[Without] = field(default_factory=list)
    persons: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_path or self.by_start or self.without)

    def starts(self, path: str) -> Mapping[float, Told] | None:
        """Garmin's activities by start for a file of the same archive; None for a file of none."""
        root = _nearest(self.by_start, path)
        return None if root is None else self.by_start[root]

    def person(self, path: str) -> str | None:
        """The name in the profile of the account that a file lies in; None where no account tells one."""
        root = _nearest(self.persons, path)
        return None if root is None else self.persons[root]

    def told(self, path: str, start: datetime) -> Told | None:
        """What is told of one session: by its file's path, else by its start."""
        return self.by_path.get(path) or by_start(self.starts(path), start)


def by_start(starts: Mapping[float, Told] | None, start: datetime) -> Told | None:
    """The activity that starts within a minute of an instant, the nearest; None if there is none."""
    if not starts:
        return None
    at, known_starts = start.timestamp(), list(starts)
    place = bisect_left(known_starts, at)
    near = min(known_starts[max(place - 1, 0) : place + 1], key=lambda other: abs(other - at))
    return starts[near] if abs(near - at) <= SAME_START_S else None


def _nearest(roots: Iterable[str], path: str) -> str | None:
    """The deepest of these folders that a file lies in."""
    above = [root for root in roots if not root or path == root or path.startswith(f"{root}/")]
    return max(above, key=len) if above else None


def account_of(members: Iterable[Member]) -> Account:
    """What the tables among these files tell; empty if none is an account's.

    Parameters
    ----------
    members : iterable of Member
        Every file of an archive or folder, those that are no activities included.
    """
    listed = list(members)
    account = Account()
    gear: dict[str, dict[int, str]] = {}
    for member in listed:
        name = member.name.casefold()
        if name == STRAVA_TABLE:
            _read(account, member, lambda m: _strava(account, m, listed))
        elif name.endswith(GARMIN_GEAR):
            _read(account, member, lambda m: gear.setdefault(_root(m.path), {}).update(_gear(m)))
    for member in listed:
        if member.name.casefold().endswith(GARMIN_LIST):
            root = _root(member.path)
            _read(account, member, lambda m, root=root: _garmin(account, m, root, gear.get(root, {})))
    account.by_start = {root: dict(sorted(found.items())) for root, found in account.by_start.items()}
    _name_persons(account, listed)
    return account


def _name_persons(account: Account, members: list[Member]) -> None:
    """Whose accounts these are, by their own profiles; one that cannot be read costs nothing but its name."""
    tables = {PurePosixPath(path).parent for path in account.by_path}
    for member in members:
        name, path = member.name.casefold(), PurePosixPath(member.path)
        person, root = None, ""
        with contextlib.suppress(Refusal):
            if name == STRAVA_PROFILE and path.parent / PurePosixPath(_STRAVA_FOLDER) in tables:
                root, person = (path.parent / PurePosixPath(_STRAVA_FOLDER)).as_posix(), _strava_person(member)
            elif name == GARMIN_PROFILE and "di_connect" in map(str.casefold, path.parts):
                at = [part.casefold() for part in path.parts].index("di_connect")
                root, person = PurePosixPath(*path.parts[: at + 1]).as_posix(), _garmin_person(member)
        if person:
            account.persons[root] = person


def _strava_person(member: Member) -> str | None:
    rows = next((grid.rows for grid in grids(member.read(), known) if len(grid.rows) > 1), [])
    cells = rows[1][_FIRST_NAME_AT : _LAST_NAME_AT + 1] if rows else []
    return _full_name(*cells)


def _garmin_person(member: Member) -> str | None:
    told = _json(member)
    return _full_name(told.get("firstName"), told.get("lastName")) if isinstance(told, dict) else None


def _full_name(*parts: Any) -> str | None:
    words = " ".join(_words(part) or "" for part in parts if isinstance(part, str)).strip()
    return words if any(c.isalpha() for c in words) else None


def _read(account: Account, member: Member, read: Any) -> None:
    try:
        read(member)
    except Refusal as refusal:
        account.without.append(Without(member.path, refusal))


def _strava(account: Account, member: Member, members: list[Member]) -> None:
    rows = next((grid.rows for grid in grids(member.read(), known) if grid.rows), [])
    if not rows:
        return
    places = _places(rows)
    if "file" not in places:
        return  # somebody else's table of that name
    folder = PurePosixPath(member.path).parent
    there = {one.path for one in members}
    for number, row in enumerate(rows[1:], start=2):
        cell = {name: row[at] if at < len(row) else None for name, at in places.items()}
        if all(values.is_nothing(value) for value in cell.values()):
            continue
        file = cell["file"]
        if not isinstance(file, str) or values.is_nothing(file):
            account.without.append(
                Without(f"{member.path}, row {number}", _by_hand(cell.get("date"), rows[0][places["file"]]))
            )
            continue
        path = (folder / file).as_posix()
        if path not in there:
            words = f"{STRAVA_TABLE} names {PurePosixPath(file).name}, which is not in the archive."
            gone = NoActivity(words, "Ask Strava for the archive again if you miss this activity.")
            account.without.append(Without(f"{member.path}, row {number}", gone))
            continue
        effort = values.number(cell.get("effort"))
        account.by_path[path] = Told(
            title=_words(cell.get("title")),
            sport=_sport(cell.get("sport")),
            shoes=_words(cell.get("shoes")),
            effort=effort if effort and 0 < effort <= 10 else None,
        )


def _by_hand(day: Cell, column: Cell) -> NoActivity:
    moment = values.moment(day, None)
    when = f" of {moment.at:%Y-%m-%d}" if moment else ""
    return NoActivity(
        f"The activity{when} was entered by hand in Strava and has no file.",
        f"To take in such entries, unpack {STRAVA_TABLE} and give it by itself, with --accept-columns "
        f'--columns "without={column}".',
    )


def _places(rows: list[list[Cell]]) -> dict[str, int]:
    """Where Strava's columns are: by name in English and German, else by what files are called and by position."""
    names = [heading(cell) for cell in rows[0]]
    places = {field: names.index(word) for field, words in _WORDS.items() for word in words if word in names}
    if "file" in places:
        return places
    for at in range(len(names)):
        if any(at < len(row) and str(row[at] or "").startswith(_STRAVA_FOLDER) for row in rows[1:]):
            return {"file": at, "title": _NAME_AT, "sport": _TYPE_AT}
    return {}


def _sport(word: Cell) -> str | None:
    sport = told_sport(word if isinstance(word, str) else None)
    return None if sport is Sport.UNKNOWN else sport.value


def _words(cell: Cell) -> str | None:
    return " ".join(str(cell).split())[:200] or None if cell is not None and not values.is_nothing(cell) else None


def _root(path: str) -> str:
    """The folder that an archive of Garmin's lies in: what is above ``DI_CONNECT``."""
    parts = PurePosixPath(path).parts[:-1]
    at = next((i for i, part in enumerate(parts) if part.casefold() == "di_connect"), len(parts))
    return "/".join(parts[:at])


def _json(member: Member) -> Any:
    data = member.read()
    if len(data) > MAX_LIST_BYTES or data.count(b"{") + data.count(b"[") > MAX_LIST_NODES:
        words = f"{member.name} is larger than any list of activities, so the names and shoes it tells are missing."
        raise TooLarge(words, "Ask for the archive again.")
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise DamagedFile(
            f"{member.name} cannot be read, so the names and shoes it tells are missing.", "Ask for the archive again."
        ) from None


def _dicts(value: Any, key: str) -> Iterator[dict[str, Any]]:
    """The mappings below a key, in the one or the other nesting that Garmin has used."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            inner = one.get(key)
            yield from (row for row in inner if isinstance(row, dict)) if isinstance(inner, list) else ()


def _gear(member: Member) -> dict[int, str]:
    """Shoes by the number of each activity they were worn in."""
    told = _json(member)
    names: dict[str, str] = {}
    for row in _dicts(told, "gearDTOS"):
        if str(row.get("gearTypeName") or "shoes").casefold() == "shoes":
            name = _words(row.get("customMakeModel")) or _words(row.get("displayName"))
            if name:
                names[str(row.get("gearPk"))] = name
    worn: dict[int, str] = {}
    for one in told if isinstance(told, list) else [told]:
        links = one.get("gearActivityDTOs") if isinstance(one, dict) else None
        for gear, activities in links.items() if isinstance(links, dict) else ():
            for row in activities if isinstance(activities, list) else ():
                number = row.get("activityId") if isinstance(row, dict) else None
                if isinstance(number, int) and str(gear) in names:
                    worn[number] = names[str(gear)]
    return worn


def _garmin(account: Account, member: Member, root: str, shoes: Mapping[int, str]) -> None:
    found = account.by_start.setdefault(root, {})
    for row in _dicts(_json(member), "summarizedActivitiesExport"):
        begin = row.get("beginTimestamp")
        if not isinstance(begin, (int, float)) or not 1e11 < begin < 1e13:
            continue
        number, rpe = row.get("activityId"), row.get("workoutRpe")
        start = datetime.fromtimestamp(begin / 1000, UTC).timestamp()
        found[start] = Told(
            title=_words(row.get("name")),
            sport=_sport(row.get("activityType")),
            shoes=shoes.get(number) if isinstance(number, int) else None,
            # Garmin keeps ten times the value that the runner chose
            effort=rpe / 10 if isinstance(rpe, (int, float)) and 0 < rpe <= 100 else None,
        )
