"""Watching a synced folder: what is new in it and has come to rest is taken in; the folder itself is only read."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from loadmon.intake.commit import import_plan
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.plan import plan
from loadmon.intake.synced import Listing, Mark, look_at
from loadmon.intake.watched import Held, Watched
from loadmon.refusal import NotFound, Refusal, SourceGone, StoreUnavailable, WorkersUnavailable
from loadmon.store import Store, Viewer, imports, squad
from loadmon.store.imports import Outcome

EVERY_S = 30.0
STILL_S = 5.0
"""A file is taken in once nothing about it has changed for so long; what is being written or synced waits."""
_TO_BE_TOLD = (Outcome.REFUSED.value, Outcome.NO_OWNER.value)


class Kind(StrEnum):
    """What there is to tell of a watched folder."""

    WATCHING = "watching"
    IMPORT = "import"
    PROBLEM = "problem"
    GONE = "gone"
    BACK = "back"
    WAITING = "waiting"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened: in words for people, as values for programs."""

    kind: Kind
    words: str
    values: dict[str, Any] = field(default_factory=dict)


class Watch:
    """One folder under watch.

    Parameters
    ----------
    store : Store
        Where the files go.
    folder : Path
        A synced folder, on this disk or on the network.
    tell : callable
        Hears what happens, one ``Told`` at a time.
    athlete : str | None
        One runner to whom everything belongs; else folders tell.
    workers : str
        Address of the executor that reads files.
    still_s : float | None
        How long a file must have been still; ``STILL_S`` if not given.
    stops : callable
        True once watching is to end; an import under way keeps what was read.
    clock : callable
        Seconds that only go up.

    Attributes
    ----------
    told_of_some : bool
        True once a file was refused or nobody knew whose it is.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        tell: Callable[[Told], None],
        *,
        athlete: str | None = None,
        workers: str = "serial://",
        still_s: float | None = None,
        stops: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.store, self.folder, self.tell = store, folder.absolute(), tell
        self.memory = Watched(self.folder, store.home)
        self.told_of_some = False
        self._athlete, self._workers = athlete, workers
        self.still_s = STILL_S if still_s is None else still_s
        self._stops, self._clock = stops, clock
        self._done: dict[str, Mark] = {}
        self._seen: dict[str, tuple[Mark, float]] = {}
        self._troubles: dict[str, str] = {}
        self._away: str | None = None

    def look(self) -> bool:
        """Look once, and take in what is new and at rest; True where something waits and wants to be looked at soon.

        Raises
        ------
        SourceGone
            If the folder has gone away; nothing in it is ever taken for deleted.
        StoreUnavailable, WorkersUnavailable
            If what is new cannot be taken in now; the next look tries again.
        """
        try:
            listing = look_at(self.folder, leave=self.store.home)
            known = self._seen or self.memory.held
            if known and not (listing.marks or listing.troubles):
                words = f"{self.folder} is empty now, and {len(known):,} files were in it."
                raise SourceGone(words, "Nothing is taken for deleted; loadmon waits for them.")
            self._is_back()
            return self._take_in(listing)
        finally:
            self.memory.keep()

    def must_be_there(self) -> None:
        """Refuse a folder that is not there and never was; one that was watched before may be away for a while.

        Raises
        ------
        NotFound
        """
        if self.folder == self.store.home or self.store.home in self.folder.parents:
            raise NotFound(
                f"{self.folder} is loadmon's own folder.", "Watch the folder that your watch's files come to."
            )
        if not self.folder.is_dir() and not self.memory.held:
            raise NotFound(f"There is no folder at {self.folder}.", "Check the path and try again.")

    def _take_in(self, listing: Listing) -> bool:
        for path, refusal in listing.troubles.items():
            self._trouble(path, refusal)
        at_rest, waiting = self._at_rest(listing)
        inside: dict[str, tuple[Held, ...]] = {}
        unread: dict[str, Mark] = {}
        for path, mark in at_rest.items():
            held = self.memory.what(path, mark)
            if held is None:
                unread[path] = mark
            else:
                inside[path] = held
        for path, found in self.memory.read(unread, lambda: not self._stops()):
            if isinstance(found, Refusal):
                self._trouble(path, found)
            elif found is None:
                waiting = True
                self._seen.pop(path, None)
            else:
                self._troubles.pop(path, None)
                inside[path] = found
        fresh = self._fresh(inside)
        self._done |= {path: at_rest[path] for path in inside if path not in fresh}
        if fresh and not self._stops():
            self._import(fresh, listing)
            left = self._fresh({path: inside[path] for path in fresh})
            self._done |= {path: at_rest[path] for path in fresh - left}
            self.memory.forget(left)  # what could not be read in the end is read anew, and told if that fails again
        return waiting

    def _at_rest(self, listing: Listing) -> tuple[dict[str, Mark], bool]:
        """Files that have not been dealt with and are still, and whether others wait to be still."""
        now, at_rest, waiting = self._clock(), {}, False
        for path, mark in listing.marks.items():
            if self._done.get(path) == mark:
                continue
            before = self._seen.get(path)
            if before is None or before[0] != mark:
                before = self._seen[path] = (mark, now)
            if now - before[1] >= self.still_s or self.memory.what(path, mark) is not None:
                at_rest[path] = mark
            else:
                waiting = True
        return at_rest, waiting

    def _fresh(self, inside: dict[str, tuple[Held, ...]]) -> set[str]:
        """Files that hold something of which the store knows nothing yet."""
        if not inside:
            return set()
        with self.store.read() as conn:
            told = imports.told_of(conn, [one for held in inside.values() for one in held])
        return {path for path, held in inside.items() if not told.issuperset(held)}

    def _import(self, fresh: set[str], listing: Listing) -> None:
        with self.store.read() as conn:
            known = tuple(a.name for a in squad.athletes(conn, Viewer.everyone()))
        beside = [f"{path}/-" if path.lower().endswith(".zip") else path for path in listing.marks]
        chosen = plan([self.folder], self._athlete, known, only=fresh, beside=beside)
        for problem in chosen.problems:
            if isinstance(problem.refusal, SourceGone):
                raise problem.refusal
        onlooker = _Stopping(self._stops)
        words = f"new files in {self.folder.name}"
        asked = {"watched": str(self.folder), "host": socket.gethostname()}
        with self.store.write() as conn:
            imports.close_broken(conn, asked)  # a watcher that was killed could not say so itself
        try:
            import_plan(self.store, chosen, what=words, workers=self._workers, onlooker=onlooker, request=asked)
        except SourceGone:
            self._tell_import(onlooker.batch_id)
            raise
        self._tell_import(onlooker.batch_id)

    def _tell_import(self, batch_id: int) -> None:
        with self.store.read() as conn:
            lines = imports.reports(conn, Viewer.everyone(), batch_id)
        sessions, counts = int(lines["sessions"].sum()), dict(Counter(lines["outcome"]))
        told = ", ".join(f"{count:,} {outcome}" for outcome, count in sorted(counts.items()))
        plural = "" if sessions == 1 else "s"
        words = f"Import {batch_id}: {sessions:,} session{plural}. Files: {told or 'none'}."
        self.tell(Told(Kind.IMPORT, words, {"batch": batch_id, "sessions": sessions, "outcomes": counts}))
        apart = lines[lines["outcome"].isin(_TO_BE_TOLD)]
        for path, reason, detail, advice in apart[["path", "reason", "detail", "advice"]].itertuples(index=False):
            self.told_of_some = True
            self._problem(path, reason, f"{detail} {advice}", batch=batch_id)

    def _trouble(self, path: str, refusal: Refusal) -> None:
        """Tell once why something cannot be read now; it is tried again at every look."""
        words = f"{refusal.what} {refusal.advice}"
        if self._troubles.get(path) != words:
            self._troubles[path] = words
            self._problem(path, refusal.name, words)

    def _problem(self, path: str, reason: str, words: str, **more: Any) -> None:
        self.tell(Told(Kind.PROBLEM, f"{path}: {words}", {"path": path, "reason": reason, "words": words, **more}))

    def is_gone(self, gone: SourceGone) -> None:
        """Tell once that the folder has gone away."""
        if self._away != gone.what:
            self._away = gone.what
            self.tell(Told(Kind.GONE, f"{gone.what} {gone.advice}", {"reason": gone.name, "words": gone.what}))

    def is_stuck(self, refusal: Refusal | None) -> None:
        """Tell once that nothing can be taken in for now; None when it went well again."""
        if refusal is not None:
            self._trouble(str(self.folder), refusal)
        else:
            self._troubles.pop(str(self.folder), None)

    def _is_back(self) -> None:
        if self._away is not None:
            self._away = None
            self._seen.clear()  # whatever was half written when it went away has to come to rest anew
            self.tell(Told(Kind.BACK, f"{self.folder} is back.", {}))


def watch(watching: Watch, *, every_s: float = EVERY_S, once: bool = False, pause: Callable[[float], bool]) -> None:
    """Look at a folder again and again until told to stop.

    Parameters
    ----------
    watching : Watch
        The folder.
    every_s : float
        Seconds between two looks.
    once : bool
        Look, wait until what is there has come to rest, take it in and return.
    pause : callable
        Waits so many seconds; True if watching is to end.

    Raises
    ------
    NotFound
        If the folder is not there and never was.
    WatchedAlready
        If another loadmon watches it.
    SourceGone, StoreUnavailable, WorkersUnavailable
        With ``once``; else these are told once, and the next look tries again.
    """
    watching.must_be_there()
    with watching.memory.alone():
        if once:
            if watching.look() and not pause(watching.still_s) and watching.look():
                watching.tell(Told(Kind.WAITING, "Some files are still being written; they wait for the next time."))
            return
        watching.tell(Told(Kind.WATCHING, f"Watching {watching.folder}, every {every_s:g} s."))
        while not pause(_looked(watching, every_s)):
            pass
        watching.tell(Told(Kind.ENDED, f"No longer watching {watching.folder}."))


def _looked(watching: Watch, every_s: float) -> float:
    """Look once, whatever happens; seconds until the next look."""
    try:
        waits = watching.look()
    except SourceGone as gone:
        watching.is_gone(gone)
        return every_s
    except (StoreUnavailable, WorkersUnavailable) as refusal:
        watching.is_stuck(refusal)
        return every_s
    watching.is_stuck(None)
    return min(every_s, watching.still_s) if waits else every_s


class _Stopping(Onlooker):
    """Calls an import off when watching ends, and keeps its number."""

    def __init__(self, stops: Callable[[], bool]) -> None:
        self.batch_id = 0
        self._stops = stops

    def begin(self, batch_id: int) -> None:
        self.batch_id = batch_id

    def should_stop(self) -> bool:
        return self._stops()
