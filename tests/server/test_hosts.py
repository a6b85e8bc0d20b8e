"""Other sites' pages and other names are sent away before Streamlit hears of them."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest

from loadmon.server.hosts import Names, OwnHostsOnly, names_of
from loadmon.server.launch import streamlit_options
from loadmon.settings import read_settings
from tests.browser.server import served

LOCAL = names_of(read_settings(address="127.0.0.1"))
PROXIED = names_of(read_settings(address="127.0.0.1", allowed_hosts="Runners.example"))
EVERYWHERE = names_of(read_settings(address="0.0.0.0"))


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST", "localhost."])
def test_this_machine_is_asked_under_its_own_names(host: str) -> None:
    assert LOCAL.takes(host, None)
    assert LOCAL.takes(host, f"http://{host}")


@pytest.mark.parametrize(
    "host",
    [None, "", "evil.example", "evil.example:8501", "localhost.evil.example", "evil@localhost", "localhost/x", "::1",
     "localhost:http", "localhost, evil.example", "192.168.1.7", "[::1", "runners.example"],
)  # fmt: skip
def test_any_other_name_is_foreign(host: str | None) -> None:
    assert not LOCAL.takes(host, None)


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://evil.example:8501", "null", "", "http://localhost:3000", "https://localhost:8501.evil",
     "http://localhost", "http://127.0.0.1:8501"],
)  # fmt: skip
def test_a_page_from_elsewhere_is_foreign(origin: str) -> None:
    assert not LOCAL.takes("localhost:8501", origin)


def test_ports_that_go_without_saying_are_the_same() -> None:
    assert LOCAL.takes("localhost", "http://localhost:80")
    assert LOCAL.takes("localhost", "https://localhost", secure=True)
    assert not LOCAL.takes("localhost", "https://localhost")


def test_a_proxy_is_known_by_the_name_in_the_settings() -> None:
    assert PROXIED.takes("runners.example", "https://runners.example", secure=True)
    assert PROXIED.takes("127.0.0.1:8501", "https://runners.example"), "a proxy that asks under the inner name"
    assert not PROXIED.takes("127.0.0.1:8501", "https://evil.example")


def test_listening_everywhere_any_number_will_do_but_no_name() -> None:
    assert EVERYWHERE.takes("192.168.1.7:8501", "http://192.168.1.7:8501")
    assert EVERYWHERE.takes("[fe80::1]:8501", None)
    assert not EVERYWHERE.takes("evil.example:8501", None)
    assert EVERYWHERE.takes(f"{socket.gethostname()}:8501", None)


def _asked(names: Names, kind: str, headers: list[tuple[bytes, bytes]]) -> tuple[list[Any], list[Any]]:
    """What the application behind got to see, and what was answered."""
    seen: list[Any] = []
    sent: list[Any] = []

    async def behind(scope: Any, receive: Any, send: Any) -> None:
        seen.append(dict(scope["headers"]))

    async def receive() -> dict[str, str]:
        return {"type": f"{kind}.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": kind, "headers": headers, "scheme": "http", "method": "GET"}
    asyncio.run(OwnHostsOnly(behind, lambda: names)(scope, receive, send))
    return seen, sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([(b"host", b"evil.example")], 400),
        ([(b"host", b"localhost"), (b"host", b"evil.example")], 400),
        ([], 400),
        ([(b"host", b"localhost"), (b"origin", b"http://evil.example")], 403),
    ],
)
def test_the_foreign_never_reach_the_application(kind: str, headers: list[tuple[bytes, bytes]], status: int) -> None:
    seen, sent = _asked(LOCAL, kind, headers)
    assert not seen
    assert sent[0].get("status") == status if kind == "http" else sent[0]["type"] == "websocket.close"


def test_a_proxys_page_is_told_to_streamlit_as_its_own() -> None:
    seen, _ = _asked(PROXIED, "websocket", [(b"host", b"127.0.0.1:8501"), (b"origin", b"https://runners.example")])
    assert seen == [{b"host": b"127.0.0.1:8501", b"origin": b"http://127.0.0.1:8501"}]


def test_streamlit_gets_the_same_names() -> None:
    options = streamlit_options(read_settings(allowed_hosts="runners.example"))
    assert set(options["server.allowedHosts"]) == {"localhost", "127.0.0.1", "::1", "runners.example"}
    assert streamlit_options(read_settings(address="0.0.0.0"))["server.allowedHosts"] == []


def _answer(port: int, *headers: str) -> str:
    """The first line a running server answers to a wish for a websocket."""
    lines = ["GET /_stcore/stream HTTP/1.1", *headers, "Connection: Upgrade", "Upgrade: websocket"]
    lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall("\r\n".join(lines).encode())
        return line.recv(4096).split(b"\r\n")[0].decode()


def test_a_running_server_opens_no_websocket_to_strangers(tmp_path: Path) -> None:
    with served(tmp_path / "home") as server:
        port = int(server.url.rpartition(":")[2])
        assert " 101 " in _answer(port, f"Host: localhost:{port}", f"Origin: http://localhost:{port}")
        assert " 101 " not in _answer(port, "Host: evil.example", "Origin: http://evil.example")
        assert " 101 " not in _answer(port, f"Host: localhost:{port}", "Origin: http://evil.example")
