"""What happens once when the server starts and once when it ends: migrate, warm up, start the worker; end the worker."""

from __future__ import annotations

import gc
import importlib
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool

from loadmon.server.failure import speak_alone
from loadmon.server.worker import Worker
from loadmon.settings import Settings, read_settings
from loadmon.store import Store, open_store

WARM = ("pandas", "altair", "loadmon.show.parts", "loadmon.timeline", "loadmon.planning.attention")
"""Imported before the first visitor, so that nobody waits for them."""

WARM_LATER = ("statsmodels.robust.robust_linear_model", "scipy.stats", "pymannkendall", "ruptures")
"""What only the cadence of runners needs: two seconds of loading, done while the first visitor still reads."""


@dataclass(frozen=True, slots=True)
class Running:
    """What a server that has started holds: its settings, its store and its import worker, if it started one."""

    settings: Settings
    store: Store
    worker: Worker | None


_running: Running | None = None


def running() -> Running | None:
    """What the server of this process holds, or None before its start and after its end."""
    return _running


@asynccontextmanager
async def lifespan(app: Any) -> AsyncGenerator[dict[str, Any]]:  # noqa: ARG001  Streamlit gives it
    """Bring the store up to date, load the libraries and start the import worker; undo it when the server ends."""
    global _running  # one server a process, by Streamlit's design
    speak_alone()
    _running = await run_in_threadpool(prepare, read_settings())
    try:
        yield {"running": True}
    finally:
        ended, _running = _running, None
        await run_in_threadpool(finish, ended)


def prepare(settings: Settings) -> Running:
    """Migrate the store, warm the process up and start the worker.

    What is loaded by now stays for the life of the server: taking it out of the collector's sight makes every later
    collection short, which is why Streamlit's own collection after each run of a page is switched off.
    """
    store = open_store(settings.database, settings.home, migrate=True)
    for name in WARM:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    worker = Worker(settings) if settings.start_worker else None
    if worker is not None:
        worker.start()
    threading.Thread(target=_warm_later, name="warm-later", daemon=True).start()
    return Running(settings, store, worker)


def _warm_later() -> None:
    for name in WARM_LATER:
        with suppress(
            ModuleNotFoundError
        ):  # ruptures cannot be installed everywhere; its work is done without it there
            importlib.import_module(name)


def finish(held: Running) -> None:
    """Let the worker finish what it holds, end it, and let the store go."""
    if held.worker is not None:
        held.worker.stop()
    held.store.close()
    gc.unfreeze()
