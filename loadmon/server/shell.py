"""The main script that Streamlit runs on every interaction: which pages there are, and what stands on all of them."""

from __future__ import annotations

import streamlit as st

from loadmon import __version__
from loadmon.server.menu import navigation_pages
from loadmon.show import parts

ICON = "👟"
ABOUT = f"""**loadmon {__version__}** reads the files runners' watches write and tells what load they carry and what
changed. It is not a medical device; a person decides."""
"""With it the menu is shown at all, and with it the choice between light and dark."""


STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 4rem; }
[class*="st-key-runner-"] [data-testid="stPageLink"] p { font-size: 1.1rem; }
[class*="st-key-runner-"] [data-testid="stPageLink"] a { padding-left: 0; text-decoration: underline; }
</style>"""
"""Less empty room above a page's first words, and a runner's name that is larger than what is said of them."""


def shell() -> None:
    """Lay out what every page shares and run the page that was asked for."""
    page = st.navigation(navigation_pages(), position="sidebar")
    title = f"{page.title} · loadmon"
    st.set_page_config(page_title=title, page_icon=ICON, layout="wide", menu_items={"About": ABOUT})
    st.html(STYLE)
    with st.sidebar:
        parts.units_choice()
        parts.import_progress()
    parts.sample_banner()
    page.run()


shell()
