"""The door of loadmon: an ASGI application around the pages. ``streamlit run app.py`` and ``loadmon serve`` open it.

Streamlit finds the application by reading this file, so the assignment below has to stay as literal as it is. The
main script lies in ``loadmon/server/shell.py`` and not beside ``pages/``: Streamlit would otherwise serve each file
there by itself, past the shell.
"""

import streamlit as st
from starlette.middleware import Middleware

from loadmon.paths import PACKAGE
from loadmon.server.api import ROUTES
from loadmon.server.failure import on_script_error
from loadmon.server.hosts import OwnHostsOnly
from loadmon.server.lifespan import lifespan

app = st.App(
    PACKAGE / "server" / "shell.py",
    routes=ROUTES,
    lifespan=lifespan,
    middleware=[Middleware(OwnHostsOnly)],
    on_script_error=on_script_error,
)

if __name__ == "__main__":
    from loadmon.server.launch import serve
    from loadmon.settings import read_settings

    serve(read_settings(), app=app)
