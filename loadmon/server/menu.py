"""Which pages there are, in which order and under which heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from loadmon.paths import app_root, page_file
from loadmon.show.parts import ATHLETE


class Place(NamedTuple):
    """One page: its file in ``pages/``, its title in the menu and its address."""

    file: str
    title: str
    address: str


HOME = Place("home.py", "Start", "home")
"""The page behind "/": not in the menu, it leads to the page that fits. A page that *is* the default has no address
of its own, so a link to it would break when the default changes; this one never does."""

RUNNER = "Runner"
"""The heading of the pages that are about one runner."""

MENU: Mapping[str, Sequence[Place]] = {
    "Squad": (Place("squad.py", "Squad", "squad"),),
    RUNNER: (
        Place("week.py", "My week", "week"),
        Place("check_in.py", "Check-in", "check-in"),
        Place("history.py", "History", "history"),
        Place("tissues.py", "Tissue load", "tissues"),
        Place("risk.py", "Injury estimate", "risk"),
        Place("session.py", "One session", "session"),
        Place("clinic.py", "Assessment", "clinic"),
        Place("return_to_run.py", "Returning to running", "return"),
        Place("injuries.py", "Injury record", "injuries"),
        Place("runner.py", "Runner", "runner"),
    ),
    "Data": (
        Place("import_files.py", "Import", "import"),
        Place("evidence.py", "Where the numbers come from", "evidence"),
    ),
}


def places() -> list[Place]:
    """Every page, the hidden one first."""
    return [HOME, *(place for group in MENU.values() for place in group)]


def navigation_pages() -> dict[str, list[st.Page]]:
    """The pages as Streamlit's navigation wants them, by heading."""
    folder = app_root() / "pages"
    home = st.Page(folder / HOME.file, title=HOME.title, default=True, visibility="hidden")
    menu = {
        heading: [st.Page(folder / place.file, title=place.title, url_path=place.address) for place in group]
        for heading, group in MENU.items()
    }
    return {"": [home], **menu}


def links(runner: str) -> None:
    """Draw the menu: a link a page, those about one runner with the runner in their address.

    Streamlit's own menu leads to bare addresses. The runner would have to be written into them by the page itself, and
    each such writing is a step on which the browser's back button is caught.

    Parameters
    ----------
    runner : str
        Number of the runner looked at last; empty if none was.
    """
    for heading, group in MENU.items():
        st.caption(heading)
        for place in group:
            carried = {ATHLETE: runner} if runner and heading == RUNNER else None
            st.page_link(page_file(place.file), label=place.title, query_params=carried)
