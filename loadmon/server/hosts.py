"""Who may speak to the server: under which names it answers, and from which pages it takes questions.

Another site's page can make a browser speak to this machine: by pointing its own name at 127.0.0.1 (DNS rebinding), or
by simply opening a connection to localhost. The browser tells both in a header, so whoever is foreign is sent away here,
before Streamlit sees them: it would answer the first, and look up this machine's address on the internet for the second.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from streamlit import config as streamlit_config

from loadmon.settings import EVERYWHERE, Settings, read_settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LOG = logging.getLogger("loadmon.server")

THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


@dataclass(frozen=True, slots=True)
class Names:
    """The names under which a server may be asked.

    Parameters
    ----------
    known : frozenset of str
        Names and addresses, in lower case, without a port.
    served_as : frozenset of str
        Those among them that the settings name: a proxy before the server is reached by them, whatever it asks for.
    any_number : bool
        True where the server listens on every address: then any of its numbers will do. A number cannot be rebound,
        only a name can.
    """

    known: frozenset[str]
    served_as: frozenset[str] = frozenset()
    any_number: bool = False

    def has(self, name: str | None) -> bool:
        """True for a name this server goes by."""
        if not name:
            return False
        return name in self.known or (self.any_number and _is_number(name))

    def takes(self, host: str | None, origin: str | None, *, secure: bool = False) -> bool:
        """True for a question that was put to this server, by a page of this server or by no page at all.

        Parameters
        ----------
        host, origin : str | None
            The headers as they came; programs that are no browsers send no origin.
        secure : bool
            The connection is encrypted: its port, where none is told, is 443.
        """
        asked = _parts(f"//{host}", 443 if secure else 80) if host else None
        if asked is None or not self.has(asked[0]):
            return False
        if origin is None:
            return True
        page = _parts(origin, None)
        return page is not None and (page == asked or page[0] in self.served_as)


def names_of(settings: Settings, more: Iterable[str] = ()) -> Names:
    """The names under which a server with these settings may be asked.

    Parameters
    ----------
    settings : Settings
        Its ``address`` and ``allowed_hosts`` count.
    more : iterable of str
        Further names, as Streamlit's own option gives them.
    """
    everywhere = settings.address in EVERYWHERE
    own = {socket.gethostname()} if everywhere else {settings.address}
    known = {*THIS_MACHINE, *own, *settings.hosts, *more}
    return Names(frozenset(map(_tidy, known)), frozenset(map(_tidy, settings.hosts)), everywhere)


class OwnHostsOnly:
    """Sends foreign hosts and foreign pages away; everybody else passes to the application behind it.

    Parameters
    ----------
    app : ASGI application
        What answers those who may ask.
    names : callable
        Gives the names; called once, at the first question, when settings and address are settled.
    """

    def __init__(self, app: ASGIApp, names: Callable[[], Names] | None = None) -> None:
        self._app = app
        self._ask_names = names or names_in_force
        self._names: Names | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a question through or refuse it: 400 for another host, 403 for another site's page."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        self._names = self._names or self._ask_names()
        host, origin = _header(scope, b"host"), _header(scope, b"origin")
        secure = scope.get("scheme") in ("https", "wss")
        if not self._names.takes(host, None, secure=secure):
            LOG.warning("refused a request for another host; the setting allowed_hosts names those that are ours")
            await _refuse(scope, receive, send, 400, "loadmon is not served under this name.")
        elif not self._names.takes(host, origin, secure=secure):
            LOG.warning("refused a request from another site's page")
            await _refuse(scope, receive, send, 403, "This page may not ask loadmon.")
        else:
            await self._app(_as_own_page(scope, host, origin, secure=secure), receive, send)


def names_in_force() -> Names:
    """The names by the settings and by what Streamlit was started with."""
    listens_at = streamlit_config.get_option("server.address")
    settings = read_settings(**({"address": listens_at} if listens_at else {}))
    return names_of(settings, streamlit_config.get_option("server.allowedHosts") or ())


def _as_own_page(scope: Scope, host: str | None, origin: str | None, *, secure: bool) -> Scope:
    """The same question; where a proxy asks under another name than its pages, with the name it asks under.

    Streamlit takes a page for foreign whose origin is not the host, and would look this machine's addresses up.
    """
    if origin is None or urlsplit(origin).netloc == host:
        return scope
    ours = f"{'https' if secure else 'http'}://{host}".encode("latin-1")
    headers = [(name, ours if name == b"origin" else value) for name, value in scope["headers"]]
    return {**scope, "headers": headers}


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, words: str) -> None:
    if scope["type"] == "websocket":
        await receive()  # the wish to connect; closing instead of accepting answers it with 403
        await send({"type": "websocket.close", "code": 1008, "reason": words})
        return
    body = words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _header(scope: Any, name: bytes) -> str | None:
    """A header's only value; several of them are as good as a wrong one."""
    found = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return ", ".join(found) if found else None


def _parts(address: str, port: int | None) -> tuple[str, int] | None:
    """Name and port of an address; None if it is none or carries anything more."""
    try:
        found = urlsplit(address)
        told = found.port
    except ValueError:
        return None
    if not found.hostname or found.username or found.password or found.path or found.query or found.fragment:
        return None
    settled = told or port or _DEFAULT_PORTS.get(found.scheme)
    return None if settled is None else (_tidy(found.hostname), settled)


def _tidy(name: str) -> str:
    return name.strip().strip("[]").rstrip(".").lower()


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
