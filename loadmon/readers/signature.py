"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import re
from enum import StrEnum

HEAD_BYTES = 4096
"""How many first bytes are enough to tell."""

_SPACE = b" \t\r\n\x0b\x0c\x00"
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_JSON = re.compile(r"""\s*(\{\s*["}]|\[\s*(["{\[\]\d-]|true|false|null))""")
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")

_LOOKS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3", "a database"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x00\x05\x16\x07", "macOS file details (AppleDouble)"),
)


class Format(StrEnum):
    """The formats loadmon tells apart."""

    FIT = "fit"
    GPX = "gpx"
    TCX = "tcx"
    GZIP = "gzip"
    ZIP = "zip"
    UNKNOWN = "unknown"


def signature(head: bytes) -> Format:
    """Tell the format from the first bytes of a file.

    Parameters
    ----------
    head : bytes
        The first ``HEAD_BYTES`` bytes, or the whole file.
    """
    if head[8:12] == b".FIT":
        return Format.FIT
    if head[:2] == b"\x1f\x8b":
        return Format.GZIP
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return Format.ZIP
    root = root_name(head)
    if root == "gpx":
        return Format.GPX
    if root == "trainingcenterdatabase":
        return Format.TCX
    return Format.UNKNOWN


def root_name(head: bytes) -> str | None:
    """The first XML element's local name in lower case, or None if the bytes do not start as XML."""
    text = _as_text(head).lstrip("\ufeff\x00 \t\r\n\x0b\x0c")
    if not text.startswith("<"):
        return None
    while step := _PROLOG.match(text):
        text = text[step.end() :]
    root = _ROOT.match(text)
    return root.group(1).lower() if root else None


def looks_like(head: bytes) -> str:
    """Say in plain words what unknown bytes look like, so that a person can find the mix-up."""
    for start, words in _LOOKS:
        if head.startswith(start):
            return words
    if not head:
        return "an empty file"
    if signature(head) is Format.ZIP:
        return "a ZIP archive"
    if not head.strip(b"\x00"):
        return "nothing but zero bytes"
    root = root_name(head)
    if root == "html" or head.lstrip(_SPACE)[:14].lower() == b"<!doctype html":
        return "a web page (HTML)"
    if root is not None:
        return f"XML of another kind (<{root}>)"
    return _text_looks(_as_text(head).lstrip("\ufeff"))


def _text_looks(text: str) -> str:
    if text.lstrip().startswith("<?xml"):
        return "XML that breaks off before it says what it is"
    printable = sum(c.isprintable() or c in "\r\n\t" for c in text)
    if "\ufffd" in text[:-4] or printable < 0.95 * len(text):
        return "binary data of another kind"
    if text.lstrip().startswith("[Params]"):
        return "a Polar HRM file"
    if _JSON.match(text):
        return "JSON"
    lines = text.splitlines()[:5]
    for mark in (",", ";", "\t"):
        if len(lines) > 1 and lines[0].count(mark) >= 1 and lines[0].count(mark) == lines[1].count(mark):
            return "a table of text (CSV)"
    return "plain text"


def _as_text(head: bytes) -> str:
    """Enough of a decoding to see the first XML element; unreadable bytes become U+FFFD."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, errors="replace")
    stripped = head.lstrip(b" \t\r\n")
    if stripped[:4] == b"<\x00?\x00" or (stripped[:1] == b"<" and stripped[1:2] == b"\x00"):
        return stripped.decode("utf-16-le", errors="replace")
    if stripped[:2] == b"\x00<":
        return stripped.decode("utf-16-be", errors="replace")
    # blanks may come before the byte order mark in files glued together by scripts
    return stripped.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
