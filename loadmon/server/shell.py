"""The main script that Streamlit runs on every interaction: which pages there are, and what stands on all of them."""

from __future__ import annotations

import streamlit as st

from loadmon import __version__
from loadmon.server import menu
from loadmon.show import parts

ICON = "👟"
ABOUT = f"""**loadmon {__version__}** reads the files runners' watches write and tells what load they carry and what
changed. It is not a medical device; a person decides."""
"""With it the menu is shown at all, and with it the choice between light and dark."""


STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 4rem; }
[class*="st-key-runner-"] [data-testid="stPageLink"] p { font-size: 1.1rem; }
[class*="st-key-runner-"] [data-testid="stPageLink"] a { padding-left: 0; text-decoration: underline; }
[class*="st-key-tissue-"] [data-testid="stPageLink"] p { font-size: .875rem; text-decoration: underline; }
[class*="st-key-tissue-"] [data-testid="stPageLink"] a { padding-left: 0; }
[data-testid="stPageLink"] a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
[data-testid="stSidebar"] [data-testid="stVerticalBlock"] { gap: .35rem; }
[data-testid="stApp"] [data-testid="stCaptionContainer"],
[data-testid="stApp"] [data-testid="stCaptionContainer"] * { color: inherit; }
[data-testid="stApp"] [data-testid="stCaptionContainer"] { opacity: .78; }
[data-testid="stApp"] button[data-variant][data-selected="true"] { color: light-dark(#1B1F24, #E8EBEE); }
[data-testid="stApp"] [data-testid^="stBaseButton-primary"], [data-testid="stApp"] [data-testid^="stBaseButton-primary"] *,
[data-testid="stApp"] [data-testid="stMultiSelect"] span[title] { color: light-dark(#FFFFFF, #14171A); }
[data-testid="stSidebar"] [data-testid="stButtonGroup"] { margin-top: 1rem; }
.st-key-model-card table { display: block; max-width: 100%; overflow-x: auto; }
</style>"""
"""Less empty room above a page's first words, a runner's name that is larger than what is said of them, a link beneath that
is not, a frame around the link that the keyboard has reached, small and chosen words dark enough to be read (WCAG 2, 1.4.3), and tables of the model card that are
moved under the finger on a phone instead of the page."""


CLOSE_ON_A_PHONE = """<script>
if (!window.loadmonMenu) {
  window.loadmonMenu = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest('[data-testid="stSidebar"] [data-testid="stPageLink"]');
    if (link && window.innerWidth < 768) document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  });
}
</script>"""
"""On a phone the menu lies over the page: a page that was chosen there is to be seen. Streamlit's own menu does the same."""


def shell() -> None:
    """Lay out what every page shares and run the page that was asked for."""
    page = st.navigation(menu.navigation_pages(), position="hidden")
    title = f"{page.title} · loadmon"
    st.set_page_config(page_title=title, page_icon=ICON, layout="wide", menu_items={"About": ABOUT})
    st.html(STYLE)
    with st.sidebar:
        menu.links(parts.looked_at())
        st.html(CLOSE_ON_A_PHONE, unsafe_allow_javascript=True)
        parts.units_choice()
        parts.import_progress()
        parts.update_progress()
    parts.sample_banner()
    page.run()


shell()
