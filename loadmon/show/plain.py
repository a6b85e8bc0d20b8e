"""Text that people or files gave, made safe to stand in a sentence: shown as it was written, never obeyed."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
"""Every ASCII sign that Markdown, and what Streamlit adds to it, could take for an instruction."""

_JOINER = "\u2060"
"""Word joiner: invisible and without width. It parts what would be made into a link or a picture after the signs have
been read: addresses (``https://``, ``www.``, ``a@b``), ``:smile:``, ``->``."""

_SPLIT = re.compile(r":(?=//|[-+\w/]+:)|@|www(?=\.)|[-<=](?=[-=>])", re.IGNORECASE)


def plain(text: object) -> str:
    """A name, a file's name or a sentence about one, to be put into Markdown: it reads as it was written.

    Streamlit's sentences are Markdown with additions of its own. A runner called ``[x](http://example.org)``, a folder
    called ``:red[a]`` or an area called ``$x$`` is shown by these very letters.

    Parameters
    ----------
    text : object
        Anything; turned into one line.
    """
    line = " ".join(str(text).split())
    parted = _SPLIT.sub(lambda found: found.group(0) + _JOINER, line)
    return _MARKS.sub(r"\\\1", parted)
