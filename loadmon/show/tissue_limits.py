"""What no tissue number can say, one click from every one of them; and how the map is read."""

from __future__ import annotations

from html import escape

import streamlit as st

from loadmon import evidence
from loadmon.paths import page_file
from loadmon.show.palette import BLUE, GREY, ORANGE
from loadmon.show.tissue_map import SHADES, UNCERTAIN_SHARE
from loadmon.show.tissue_words import ALIKE, CALLED, FASTER, SIGN_WORDS, SLOWER, UNCERTAIN, UNTOLD, WHAT_IT_IS

PART, TISSUES = "part", "tissues"
"""The query parameter that puts a part of the page of sources first, and its value for tissues."""
_QUIET = "color:color-mix(in srgb,currentColor 72%,transparent)"
_SWATCH = "display:inline-block;width:1.7em;height:1.1em;border-radius:.25em;vertical-align:-.2em;text-align:center"
_HATCH = f"repeating-linear-gradient(120deg,{GREY}9E 0 1.5px,{GREY}1F 1.5px 5px)"


def limits(key: str) -> None:
    """A button that opens the limits where the reader is, and leads on to where every number comes from."""
    with st.popover("What this cannot tell", type="tertiary", key=f"limits-{key}"):
        st.markdown(WHAT_IT_IS)
        st.html(limits_html())
        st.page_link(page_file("evidence.py"), label="Every number with its source →", query_params={PART: TISSUES})


def asked_for() -> bool:
    """True where somebody came to the page of sources from a tissue number."""
    return st.query_params.get(PART) == TISSUES


def limits_html() -> str:
    """The limits as short paragraphs, each with its source."""
    return "".join(
        f"<div style='margin:.2rem 0 .6rem;font-size:.9rem'><b>{escape(one.name[:1].upper() + one.name[1:])}.</b> "
        f"{escape(one.words)}<div style='font-size:.8rem;{_QUIET}'>{escape(one.source)}</div></div>"
        for one in evidence.TISSUE_LIMITS
    )


def legend() -> None:
    """How the map is read: signs first, colours beside them."""
    st.html(legend_html())


def legend_html() -> str:
    """Signs with their words, on the colour that they have on the map."""
    strong, weak = SHADES[-2][1], SHADES[-2][1] * UNCERTAIN_SHARE
    rows = (
        (CALLED, f"{_ground(ORANGE, SHADES[-1][1])};outline:2px solid currentColor"),
        (FASTER, f"{_ground(ORANGE, strong)};outline:1px solid {ORANGE}"),
        (SLOWER, f"{_ground(BLUE, strong)};outline:1px solid {BLUE}"),
        (ALIKE, f"outline:1px solid {GREY}"),
        (UNCERTAIN, f"{_ground(ORANGE, weak)};outline:1px dashed {ORANGE}"),
        (UNTOLD, f"outline:1px dashed {GREY}"),
    )
    entries = [
        f"<span aria-hidden='true' style='{_SWATCH};{style}'>{sign}</span>&nbsp;{escape(SIGN_WORDS[sign])}"
        for sign, style in rows
    ]
    entries.append(
        f"<span aria-hidden='true' style='{_SWATCH};background:{_HATCH};outline:1px solid {GREY}'></span>"
        "&nbsp;nearly all assumptions, whatever it says"
    )
    lines = "".join(
        f"<li style='margin:.25rem 0;break-inside:avoid;font-size:.85rem'>{entry}</li>" for entry in entries
    )
    return f"<ul style='list-style:none;padding:0;margin:.2rem 0;columns:2 16rem'>{lines}</ul>"


def _ground(colour: str, opacity: float) -> str:
    return f"background:{colour}{round(255 * opacity):02X}"
