"""Starting the server from Python: what ``loadmon serve``, ``loadmon demo`` and ``python app.py`` share."""

from __future__ import annotations

import importlib.util
import logging
import os
import sys
import threading
import time
import tomllib
import webbrowser
from typing import Any

import streamlit as st
from streamlit import config as streamlit_config

from loadmon.paths import app_root
from loadmon.refusal import NotFound
from loadmon.server.hosts import names_of
from loadmon.settings import EVERYWHERE, Settings

LOG = logging.getLogger("loadmon.server")

WAIT_FOR_START_S = 60.0


def serve(settings: Settings, *, open_browser: bool = False, app: st.App | None = None) -> None:
    """Serve loadmon until the process is told to stop.

    Parameters
    ----------
    settings : Settings
        Put into the environment too, so that pages and the import worker see the very same.
    open_browser : bool
        Opens the start page in the person's browser once the server answers, where there is a screen.
    app : streamlit.App | None
        The application; by default the one in ``app.py``.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    logging.getLogger("loadmon").setLevel(logging.INFO)
    os.environ.update(settings.environment())
    app = app or application()
    if open_browser and has_screen():
        threading.Thread(target=_open_when_started, args=(app, settings), name="open-browser", daemon=True).start()
    app.run(config=streamlit_options(settings))


def application() -> st.App:
    """The application that ``app.py`` holds, loaded from wherever that file lies."""
    path = app_root() / "app.py"
    spec = importlib.util.spec_from_file_location("loadmon_door", path)
    if spec is None or spec.loader is None:
        raise NotFound("app.py of loadmon cannot be loaded.", "Install loadmon again.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    app: st.App = module.app
    return app


def streamlit_options(settings: Settings) -> dict[str, Any]:
    """Streamlit's options for this server: ``.streamlit/config.toml``, then what loadmon's own settings say.

    Streamlit looks for that file beside the program that was started, which for an installed command is a folder of
    programs. So it is read here and handed over.
    """
    with (app_root() / ".streamlit" / "config.toml").open("rb") as file:
        options = _flat(tomllib.load(file))
    options |= {"server.address": settings.address, "server.maxUploadSize": settings.max_upload_mb}
    # Listening everywhere, the numbers it is reached by are not known beforehand: there server/hosts.py alone decides.
    everywhere = settings.address in EVERYWHERE
    options["server.allowedHosts"] = [] if everywhere else sorted(names_of(settings).known)
    if "port" in settings.model_fields_set:  # a port nobody asked for may give way to the next free one
        options["server.port"] = settings.port
    return options


def _flat(table: dict[str, Any], before: str = "") -> dict[str, Any]:
    """A nested table with its names joined by dots."""
    flat: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{before}{name}.")
        else:
            flat[before + name] = value
    return flat


def has_screen() -> bool:
    """True where a browser window can appear: not over a plain remote shell, not in a container, not in CI."""
    if os.environ.get("CI"):
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_when_started(app: st.App, settings: Settings) -> None:
    deadline = time.monotonic() + WAIT_FOR_START_S
    while not app.state:  # filled by the lifespan, when the port is settled
        if time.monotonic() > deadline:
            return
        time.sleep(0.1)
    host = "localhost" if settings.address in EVERYWHERE else settings.address
    webbrowser.open(f"http://{host}:{streamlit_config.get_option('server.port')}/")
