"""Processes that read files, one lane each; whoever reads at the same time in this process shares them fairly.

A file that ends its process costs no other file anything: what waits behind it in the same lane is read once the lane
is open again.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from loadmon.intake.file_readers import FileReaders
from loadmon.refusal import WorkersUnavailable

AHEAD = 3
"""Files in one lane at a time: the one being read, and those that it finds there when it is done."""
CALLS_A_LANE = 12
"""Files that an import may have on their way for each lane: so many that none is empty while the store is written."""
_MOST_FALSE_STARTS = 2
_WARM = "loadmon.intake.warm"


@dataclass(eq=False, slots=True)
class _File:
    """One call on its way: who wants it, what it is, and what comes of it."""

    of: Lanes
    call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
    future: Future[Any] = field(default_factory=Future)


@dataclass(eq=False, slots=True)
class _Lane:
    """One process, and the files in it: the first is being read, the others wait behind it."""

    process: ProcessPoolExecutor | None = None
    files: deque[_File] = field(default_factory=deque)
    to_hand: deque[_File] = field(default_factory=deque)
    is_handing: bool = False
    is_opening: bool = False
    false_starts: int = 0

    @property
    def may_open(self) -> bool:
        """False for a lane whose process has ended before it did anything, again and again."""
        return self.false_starts < _MOST_FALSE_STARTS

    @property
    def is_of_use(self) -> bool:
        """True for a lane that works or may yet work."""
        return self.process is not None or self.is_opening or self.may_open


class Track:
    """All lanes of one width, shared by every ``Lanes`` that is open on them.

    Parameters
    ----------
    width : int
        Processes at most.
    """

    def __init__(self, width: int) -> None:
        self.lock = threading.Lock()
        self.users: list[Lanes] = []
        self._lanes = [_Lane() for _ in range(width)]
        self._opening: set[threading.Thread] = set()
        self._is_shut = False

    @property
    def width(self) -> int:
        """How many lanes there are."""
        return len(self._lanes)

    def open(self, lanes: int) -> None:
        """Start so many processes now, so that the first files find them at work."""
        with self.lock:
            for lane in self._lanes[:lanes]:
                self._open(lane)

    def fill(self) -> None:
        """Hand waiting files to lanes that have room: an empty lane before a busy one, whoever has least in the air first."""
        with self.lock:
            for room in range(AHEAD):
                for lane in self._lanes:
                    if lane.process is not None and len(lane.files) == room:
                        file = self._next()
                        if file is not None:
                            lane.files.append(file)
                            lane.to_hand.append(file)
            waiting = sum(len(user.waiting) for user in self.users)
            for lane in self._lanes:
                waiting -= lane.is_opening
                if lane.process is None and not lane.is_opening and waiting > 0:
                    self._open(lane)
                    waiting -= lane.is_opening
                self._begin(lane)
            lanes = [lane for lane in self._lanes if lane.to_hand]
            in_vain = [] if any(lane.is_of_use for lane in self._lanes) else [f for u in self.users for f in u.waiting]
        for lane in lanes:
            self._hand(lane)
        for file in in_vain:
            _fail(file.future, _no_process())

    def end(self, future: Future[Any]) -> None:
        """Kill the process that reads this; nothing happens if none does."""
        with self.lock:
            found = [lane.process for lane in self._lanes if lane.files and lane.files[0].future is future]
        for process in found:
            _kill(process)

    def end_all_of(self, user: Lanes) -> None:
        """Kill the processes that read for somebody, and let go of what they wait for."""
        with self.lock:
            theirs = [*user.waiting, *(file for lane in self._lanes for file in lane.files if file.of is user)]
            user.waiting.clear()
            found = [lane.process for lane in self._lanes if lane.files and lane.files[0].of is user]
        for file in theirs:
            file.future.cancel()
        for process in found:
            _kill(process)

    def shut(self) -> None:
        """Let every process end, and wait until it has."""
        with self.lock:
            self._is_shut = True
            opening = list(self._opening)
        for thread in opening:
            thread.join()
        for lane in self._lanes:
            if lane.process is not None:
                lane.process.shutdown(wait=True)

    def _next(self) -> _File | None:
        """The next file of whoever has least in the air; None if nobody waits."""
        while waiting := [user for user in self.users if user.waiting]:
            file = min(waiting, key=self._in_the_air).waiting.popleft()
            if not file.future.done():
                return file
        return None

    def _in_the_air(self, user: Lanes) -> int:
        return sum(file.of is user for lane in self._lanes for file in lane.files)

    def _begin(self, lane: _Lane) -> None:
        """The first file of a lane is being read from now on; one that nobody wants any more might be so for ever."""
        if lane.process is not None and lane.files:
            first = lane.files[0].future
            if first.cancelled():
                _kill(lane.process)
            elif not first.running():
                first.set_running_or_notify_cancel()

    def _open(self, lane: _Lane) -> None:
        """Start a lane's process beside everything else: it takes a while."""
        if lane.process is None and lane.may_open and not lane.is_opening and not self._is_shut:
            lane.is_opening = True
            thread = threading.Thread(target=self._started, args=(lane,), name="lane", daemon=True)
            self._opening.add(thread)
            thread.start()

    def _started(self, lane: _Lane) -> None:
        fault: BaseException | None = None
        process: ProcessPoolExecutor | None = None
        try:
            process = ProcessPoolExecutor(1, _context(), _begin_reader)
            process.submit(os.getpid).result()
        except (BrokenProcessPool, OSError, RuntimeError) as why:
            fault = why
        with self.lock:
            lane.is_opening = False
            self._opening.discard(threading.current_thread())
            if fault is None:
                lane.process, lane.false_starts = process, 0
            else:
                lane.false_starts += 1
        if fault is not None and process is not None:
            process.shutdown(wait=False)
        self.fill()

    def _hand(self, lane: _Lane) -> None:
        """Hand a lane's files to its process, in their order and without the lock: processes have locks of their own."""
        while True:
            with self.lock:
                if lane.is_handing or not lane.to_hand or lane.process is None:
                    return
                lane.is_handing = True
                process, file = lane.process, lane.to_hand.popleft()
                is_first = lane.files[0] is file
            try:
                inner = process.submit(file.call[0], *file.call[1], **file.call[2])
            except (BrokenProcessPool, RuntimeError):
                inner = None
            if inner is None:
                self._closed(lane, process, blame=not is_first)
            else:
                inner.add_done_callback(partial(self._read, lane, process, file))
            with self.lock:
                lane.is_handing = False

    def _read(self, lane: _Lane, process: ProcessPoolExecutor, file: _File, done: Future[Any]) -> None:
        """A file is through, or its process has ended under it."""
        fault = done.exception() if not done.cancelled() else CancelledError()
        if isinstance(fault, BrokenProcessPool):
            self._closed(lane, process, blame=True)
            return
        with self.lock, contextlib.suppress(ValueError):
            lane.files.remove(file)
        if fault is not None:
            _fail(file.future, fault)
        elif not file.future.done():
            file.future.set_result(done.result())
        self.fill()

    def _closed(self, lane: _Lane, process: ProcessPoolExecutor, *, blame: bool) -> None:
        """A lane's process has ended: only the file it was reading can be to blame, the others wait for the next."""
        with self.lock:
            if lane.process is not process:
                return  # told already, by another file of the same lane
            lane.process = None
            files, lane.files = lane.files, deque()
            lane.to_hand.clear()
            first = files.popleft() if blame and files else None
            for file in reversed(files):
                file.of.waiting.appendleft(file)
        if first is not None:
            _fail(first.future, BrokenProcessPool("the process that read this has ended"))
        self.fill()


class Lanes(FileReaders):
    """An executor over the lanes that all of this process share; as many of them as others leave it.

    Parameters
    ----------
    width : int
        Processes at most, together with everybody else who reads in this process.
    """

    blames_one = True

    _tracks: dict[int, Track] = {}  # noqa: RUF012  one for all, guarded by the lock
    _lock = threading.Lock()

    def __init__(self, width: int) -> None:
        self.waiting: deque[_File] = deque()
        with self._lock:
            self._track = self._tracks.setdefault(width, Track(width))
            self._track.users.append(self)
        self._is_shut = False
        self._track.open(1)

    @property
    def width(self) -> int:
        """How many files can be read at a time."""
        return self._track.width

    @property
    def calls(self) -> int:  # type: ignore[override]
        """How many files may wait here, those being read included."""
        return CALLS_A_LANE * self.width

    def open(self) -> None:
        """Start every process now, instead of with the first files."""
        self._track.open(self.width)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have ``fn`` called in the next lane that is free."""
        file = _File(self, (fn, args, kwargs))
        with self._track.lock:
            if self._is_shut:
                raise RuntimeError("these lanes are closed")
            self.waiting.append(file)
        self._track.fill()
        return file.future

    def end(self, future: Future[Any]) -> None:
        """Kill the process that works on this; it ends as ``BrokenProcessPool``."""
        self._track.end(future)

    def end_all(self) -> None:
        """Kill every process that works for this executor, and let go of what waits."""
        self._track.end_all_of(self)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Leave the lanes to the others; the last one ends their processes and waits for it."""
        with self._track.lock:
            self._is_shut = True
            if cancel_futures:
                for file in self.waiting:
                    file.future.cancel()
                self.waiting.clear()
        with self._lock:
            if self not in self._track.users:
                return
            self._track.users.remove(self)
            last = not self._track.users and self._tracks.pop(self.width, None) is not None
        if last:
            self._track.shut()


def _fail(future: Future[Any], fault: BaseException) -> None:
    if not future.done():
        future.set_exception(fault)


def _no_process() -> WorkersUnavailable:
    return WorkersUnavailable(
        "The processes that read files end before they begin.",
        "Set LOADMON_SCHEDULER=serial to read in one process, import again, and report what the log says.",
    )


def _kill(process: ProcessPoolExecutor | None) -> None:
    running: dict[int, Any] = getattr(process, "_processes", None) or {}
    for one in list(running.values()):
        one.kill()


def _context() -> Any:
    """How readers are started: never as a copy of this very process, whose threads are in the middle of their work."""
    if not sys.platform.startswith("linux"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_WARM])
    return context


def _begin_reader() -> None:
    """Warm a reader up, and end it when its parent is gone (a killed parent would leave it running for ever)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to every process at once; the parent decides
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    importlib.import_module(_WARM)


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
