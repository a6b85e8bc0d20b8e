"""Whose file is this? Told by the folder that names a runner, or by the person who imports; never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import PurePosixPath

from loadmon.store.packed import plain
from loadmon.store.squad import name_key

_ALIKE = 0.8
"""How like another a name is that may be a slip of it, as ``difflib`` tells it (loadmon convention)."""
_NOT_A_NAME = re.compile(
    r"""^(
        [\W\d_]+                                   # 2026, 2026-05, 03
        | (19|20)\d\d[\W_]?[a-z]*                  # 2026-may
        | (jan(uary?)? | feb(ruary?)? | mar(ch)? | märz | apr(il)? | may | mai | jun[ei]? | jul[yi]? | aug(ust)? | sept?(ember)?
          | o[ck]t(ober)? | nov(ember)? | de[cz](ember)?)[\W_]*\d*
        | (week|woche|semaine|w|kw)[\W_]*\d+
        | activit(y|ies) | runs? | running | workouts? | sessions? | files? | data | (exports? | uploads? | downloads?)([\W_]*\d+)*
        | fit([\W_]?(out|files?))? | gpx([\W_]?(out|files?))? | tcx([\W_]?(out|files?))?
        | garmin | garmin.?connect | strava | polar | suunto | coros | di[\W_]?connect.* | uploadedfiles.* | originals?
        | (team | squad | club | season | archive)([\W_]*\d+)* | new.folder | temp | tmp | backups? | old | new | alt | neu
        | runners | athletes | watch(es)? | uhr(en)? | (l(ä|ae)ufer | athleten)[\W_]+(alt|neu)   # "Runner 7" is somebody
        | [0-9a-f]{8}([\W_]?[0-9a-f]{4}){3}[\W_]?[0-9a-f]{12}([\W_].*)?   # the number a maker gives an export
    )$""",
    re.IGNORECASE | re.VERBOSE,
)


class ToldBy(StrEnum):
    """What told whose a file is, as its line of report names it."""

    CHOSEN = "chosen"
    """The importing person said so, for all files or for this one."""
    MAPPING = "mapping file"
    TABLE = "table"
    FOLDER = "folder"
    ALIAS = "folder, as confirmed before"
    PATTERN = "file name"
    SERIAL = "watch"
    PROFILE = "profile"
    DECISION = "decision"
    """Somebody answered the question."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A runner whose the file may be, and what speaks for them, in a few words ("the watch")."""

    runner: str
    why: str


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a file is and what told it.

    Parameters
    ----------
    name : str | None
        The runner's name; None where nothing tells.
    told_by : str
        One of ``ToldBy``, or the reason why nobody is named.
    candidates : tuple of Candidate
        Where nobody is named: whose it may be.
    in_doubt : bool
        True where two things say different runners; ``told_by`` is then a whole sentence that says both.
    asked_by : tuple of str
        Where nobody is named: by what the file is asked about together with others, its kind and value.
    """

    name: str | None
    told_by: str
    candidates: tuple[Candidate, ...] = ()
    in_doubt: bool = False
    asked_by: tuple[str, str] = ("", "")


def owners(
    paths: list[str], chosen: str | None = None, known: tuple[str, ...] = (), inside: str | None = None
) -> dict[str, Owner]:
    """Whose each file is, from the folders of one import taken together.

    The folder that tells runners apart is the first level at which a folder has a name that could be a person's:
    export folders, years and months are passed over. A single folder that holds everything is the runner's, unless
    runners' folders lie inside it: then it is the archive's own.

    Parameters
    ----------
    paths : list of str
        POSIX paths inside the folder or archive that was given.
    chosen : str | None
        A runner named by the importing person: then every file is theirs.
    known : tuple of str
        Names of runners the store has already; a folder of that name is theirs at any depth.
    inside : str | None
        The name of the folder or archive that was given: it counts if it is a known runner's, and never makes a new one.

    Returns
    -------
    dict
        One ``Owner`` for each path.
    """
    if chosen:
        return {path: Owner(tidy_name(chosen), ToldBy.CHOSEN) for path in paths}
    folders = {path: tuple(tidy(part) for part in PurePosixPath(path).parts[:-1]) for path in paths}
    shared = _shared_depth([parts for parts in folders.values() if parts])
    names = {name_key(name): name for name in known}
    inner = {part for parts in folders.values() for part in parts[shared:] if _could_be_a_name(part)}
    common = next((parts[:shared] for parts in folders.values() if parts), ())
    # one folder that holds everything names the runner, unless runners' folders lie inside it
    alone = None if inner else next((part for part in reversed(common) if _could_be_a_name(part)), None)
    spelt: dict[str, str] = {}
    result: dict[str, Owner] = {}
    for path, parts in sorted(folders.items()):
        way = parts if inside is None else (tidy(inside), *parts)
        name = next((names[name_key(part)] for part in way if name_key(part) in names), None)
        name = name or next((part for part in parts[shared:] if _could_be_a_name(part)), None)
        name = name or (alone if parts else None)
        if name is not None:
            # "Anna" and "anna" are one runner; the first spelling stands, whichever file is read first
            result[path] = Owner(spelt.setdefault(name_key(name), name), ToldBy.FOLDER)
        elif parts:
            result[path] = Owner(None, "no folder on its way names a runner")
        else:
            result[path] = Owner(None, "it lies in no folder that names a runner")
    return result


def tidy(folder: str) -> str:
    """A folder's or archive's name as a person's name: no ``.zip``, single blanks for underscores."""
    return tidy_name(re.sub(r"(?i)\.zip$", "", folder).replace("_", " "))


def tidy_name(name: str) -> str:
    """A name with single blanks, its accents spelt in one way, and nothing that no text may hold."""
    return " ".join(unicodedata.normalize("NFC", str(plain(name))).split())


def like_another(name: str, known: Iterable[str]) -> str | None:
    """The known name of which a new one may be a slip; None where it is like none, or is one of them."""
    names = {name_key(one): one for one in known}
    key = name_key(name)
    near = [] if key in names else get_close_matches(key, names, n=1, cutoff=_ALIKE)
    return names[near[0]] if near else None


def _shared_depth(folders: list[tuple[str, ...]]) -> int:
    """How many leading folders all files share, and so tell nobody apart."""
    if not folders:
        return 0
    depth = 0
    while all(len(parts) > depth and parts[depth] == folders[0][depth] for parts in folders):
        depth += 1
    return depth


def _could_be_a_name(folder: str) -> bool:
    """False for years, months, export folders and the like, also several together: "Garmin 2025", "old runners"."""
    words = [word for word in re.split(r"[\W_]+", folder) if word]
    return bool(words) and not _NOT_A_NAME.match(folder) and not all(map(_NOT_A_NAME.match, words))
