"""Twelve weeks in a thumbnail: a small drawing that stands in a table row."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from loadmon.show.palette import BLUE, GREY

WEEKS = 12
WIDTH = 132
HEIGHT = 34


def week_bars(weeks: list[float | None], words: str, unfinished: bool = True) -> str:
    """Bars of weekly distance as a picture; a week without data is a hollow tick, the unfinished one is hollow.

    Parameters
    ----------
    weeks : list of float or None
        Metres a week, oldest first; None for a week about which nothing is known.
    words : str
        The same in words, for people who do not see it.
    unfinished : bool
        True if the last week is still running.
    """
    weeks = weeks[-WEEKS:]
    top = max((w for w in weeks if w), default=0.0) or 1.0
    step = WIDTH / WEEKS
    before = WEEKS - len(weeks)
    bars = []
    for place, metres in enumerate(weeks):
        x = (before + place) * step + 1
        if metres is None:
            bars.append(
                f'<rect x="{x:.1f}" y="{HEIGHT - 3}" width="{step - 3:.1f}" height="2" fill="none" stroke="{GREY}"/>'
            )
            continue
        height = max(1.5, (HEIGHT - 4) * metres / top)
        hollow = unfinished and place == len(weeks) - 1
        paint = f'fill="none" stroke="{BLUE}" stroke-dasharray="2 1.5"' if hollow else f'fill="{BLUE}"'
        bars.append(
            f'<rect x="{x:.1f}" y="{HEIGHT - height - 1:.1f}" width="{step - 3:.1f}" height="{height:.1f}" {paint}/>'
        )
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{''.join(bars)}</svg>"
    )
    # As a picture, because Streamlit takes drawings out of the HTML it is given.
    coded = b64encode(drawing.encode()).decode()
    return f'<img alt="{escape(words)}" src="data:image/svg+xml;base64,{coded}" width="{WIDTH}" height="{HEIGHT}">'
