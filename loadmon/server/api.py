"""Answers for programs rather than people: whether the server, its database and its worker are well."""

from __future__ import annotations

import logging
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from loadmon import __version__
from loadmon.server.health import checks
from loadmon.server.lifespan import running

LOG = logging.getLogger("loadmon.server")


def healthz(request: Request) -> JSONResponse:  # noqa: ARG001  Starlette gives it
    """200 if everything works, 503 if not, with one word for each part. Says nothing about people or files.

    Streamlit answers 200 with a page to *every* address, so whoever asks has to look for ``"status": "ok"``.
    """
    held = running()
    parts = {"server": "starting"} if held is None else checks(held)
    well = all(word == "ok" for word in parts.values())
    if not well:
        LOG.warning("not well: %s", ", ".join(f"{part} {word}" for part, word in parts.items() if word != "ok"))
    answer: dict[str, Any] = {"status": "ok" if well else "failing", "version": __version__, "checks": parts}
    return JSONResponse(answer, status_code=200 if well else 503, headers={"Cache-Control": "no-store"})


ROUTES = [Route("/healthz", healthz, methods=["GET"])]
