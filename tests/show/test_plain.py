"""Names and file names stand on the screen as they were written, whatever signs are in them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from loadmon.show.plain import plain

HOSTILE = (
    "[x](http://example.org)",
    "![x](http://example.org/a.png)",
    "<script>alert(1)</script>",
    "**bold** _it_ `code` ~~gone~~",
    ":red[hot] :material/home: :smile: :streamlit:",
    "$x^2$ and $$y$$",
    "# heading",
    "1. one",
    "- item",
    "> quote",
    "a | b",
    "https://example.org www.example.org me@example.org",
    "a -> b <- c -- d",
    "two\nlines\n\n# here",
    "back\\slash &amp; &#60;",
)
_PIECES = st.sampled_from([*HOSTILE, "Ada", " ", "\n", "é", "www", ".", ":", "@", "-", "<", "["])
# What Streamlit's page does after the signs are read: it looks for these in the words themselves.
LATE = re.compile(r"https?://|www\.|\w@\w|:[-+\w/]+:|->|<-|--|=>|>=|<=")


def seen(text: str) -> list[tuple[str, str]]:
    """What Markdown makes of a text: its inline pieces, each with its kind."""
    blocks = [t for t in MarkdownIt("commonmark").parse(text) if t.type not in ("paragraph_open", "paragraph_close")]
    assert all(block.type == "inline" for block in blocks), [block.type for block in blocks]
    return [(piece.type, piece.content) for block in blocks for piece in block.children or []]


def shown(text: str) -> str:
    return "".join(content for _, content in seen(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_by_its_very_letters(text: str) -> None:
    assert shown(plain(text)).replace("\u2060", "") == " ".join(text.split())


@given(st.lists(_PIECES, min_size=1, max_size=8).map("".join))
def test_nothing_is_ever_an_instruction(text: str) -> None:
    kinds = {kind for kind, _ in seen(plain(text))}
    assert kinds <= {"text", "text_special"}
    assert shown(plain(text)).replace("\u2060", "") == " ".join(text.split())
    assert not LATE.search(shown(plain(text)))


def test_ordinary_names_keep_their_letters() -> None:
    assert plain("Bronagh Ní Dhálaigh") == "Bronagh Ní Dhálaigh"
    assert plain("started 07:00, at 5:33 /km") == r"started 07\:00\, at 5\:33 \/km"
    assert plain("95 % range −4.3") == r"95 \% range −4\.3"
