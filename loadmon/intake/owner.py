"""Whose file is this? Told by the folder that names a runner, or by the person who imports; never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

_NOT_A_NAME = re.compile(
    r"""^(
        [\W\d_]+                                   # 2026, 2026-05, 03
        | (19|20)\d\d[\W_]?[a-z]*                  # 2026-may
        | (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\W_]*\d*
        | (week|woche|semaine|w|kw)[\W_]*\d+
        | activit(y|ies) | runs? | running | workouts? | sessions? | files? | data | exports? | uploads? | downloads?
        | fit([\W_]?(out|files?))? | gpx([\W_]?(out|files?))? | tcx([\W_]?(out|files?))?
        | garmin | garmin.?connect | strava | polar | suunto | coros | di[\W_]?connect.* | uploadedfiles.* | originals?
        | team | squad | club | season | archive | new.folder | temp | tmp
    )$""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a file is and what told it.

    Parameters
    ----------
    name : str | None
        The runner's name; None where nothing tells.
    told_by : str
        ``"chosen"`` (the importing person said so), ``"folder"``, or the reason why nobody is named.
    """

    name: str | None
    told_by: str


def owners(paths: list[str], chosen: str | None = None, known: tuple[str, ...] = ()) -> dict[str, Owner]:
    """Whose each file is, from the folders of one import taken together.

    The folder that tells runners apart is the first level at which a folder has a name that could be a person's:
    export folders, years and months are passed over, and so is a single folder that holds everything (the name of
    the archive, not of a runner) unless more than one runner's folder lies inside.

    Parameters
    ----------
    paths : list of str
        POSIX paths inside the folder or archive that was given.
    chosen : str | None
        A runner named by the importing person: then every file is theirs.
    known : tuple of str
        Names of runners the store has already; a folder of that name is theirs at any depth.

    Returns
    -------
    dict
        One ``Owner`` for each path.
    """
    if chosen:
        return {path: Owner(chosen.strip(), "chosen") for path in paths}
    folders = {path: PurePosixPath(path).parts[:-1] for path in paths}
    shared = _shared_depth([parts for parts in folders.values() if parts])
    names = {name.casefold(): name for name in known}
    result = {}
    for path, parts in folders.items():
        name = next((names[tidy(part).casefold()] for part in parts if tidy(part).casefold() in names), None)
        name = name or next((tidy(part) for part in parts[shared:] if _could_be_a_name(part)), None)
        if name is not None:
            result[path] = Owner(name, "folder")
        elif parts:
            result[path] = Owner(None, "no folder on its way names a runner")
        else:
            result[path] = Owner(None, "it lies in no folder that names a runner")
    return result


def tidy(folder: str) -> str:
    """A folder's name as a person's name: underscores and doubled blanks become single blanks."""
    return re.sub(r"[\s_]+", " ", folder).strip()


def _shared_depth(folders: list[tuple[str, ...]]) -> int:
    """How many leading folders all files share, and so tell nobody apart."""
    if not folders:
        return 0
    depth = 0
    while all(len(parts) > depth and parts[depth] == folders[0][depth] for parts in folders):
        depth += 1
    return depth


def _could_be_a_name(folder: str) -> bool:
    """False for years, months, export folders and the like."""
    return bool(tidy(folder)) and not _NOT_A_NAME.match(tidy(folder))
