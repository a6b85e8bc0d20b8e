"""The main script that Streamlit runs on every interaction: which pages there are, and what stands on all of them."""

from __future__ import annotations

import streamlit as st

from loadmon.server.menu import navigation_pages
from loadmon.show import parts

ICON = "👟"


def shell() -> None:
    """Lay out what every page shares and run the page that was asked for."""
    st.set_page_config(page_title="loadmon", page_icon=ICON, layout="wide")
    page = st.navigation(navigation_pages(), position="sidebar")
    with st.sidebar:
        parts.units_choice()
        parts.import_progress()
    parts.sample_banner()
    page.run()


shell()
