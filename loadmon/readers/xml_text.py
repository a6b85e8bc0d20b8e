"""XML of watch files as UTF-8 bytes that are safe to hand to a parser."""

from __future__ import annotations

import codecs
import re

import numpy as np

from loadmon.readers.limits import CROWDED_FROM_BYTES, LEAST_BYTES_A_TAG, MAX_XML_TEXT
from loadmon.refusal import UnsafeContent

AGAIN = "Export the activity from the watch's app again."

_DECLARATION = re.compile(rb"<\?xml\s[^>]{0,400}?\?>")
_ENCODING = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["']""")
_BLANKS = b"\x00 \t\r\n\x0b\x0c"
_BOM = b"\xef\xbb\xbf"
_BY_BYTE = re.compile(r"(iso8859|cp125|cp8|cp43|koi8|mac|gb|big5|shift_jis|euc|latin|ascii|utf-8)")
"""Codecs that read any bytes in one go; Python has others (punycode) that a crafted file could be slow through."""


def safe_bytes(data: bytes) -> bytes:
    """The file as UTF-8 that begins with its first tag, whatever encoding and blanks it came with.

    Byte order marks, UTF-16 and blanks before the first tag are seen to; the encoding declaration is taken off,
    because the text is decoded already.

    Raises
    ------
    UnsafeContent
        A single attribute, name or text larger than any watch writes.
    """
    text = utf8(data).rstrip(_BLANKS)
    while (bare := text.lstrip(_BLANKS).removeprefix(_BOM)) != text:
        text = bare
    if told := _DECLARATION.match(text):
        text = text[told.end() :]
    _check_pieces(text)
    return text


def crowded(text: bytes) -> bool:
    """True for a large file of little but tags, an empty one counted twice: each costs a parser as much as a value does."""
    if len(text) <= CROWDED_FROM_BYTES:
        return False
    n_tags = int(np.count_nonzero(np.frombuffer(text, np.uint8) == ord("<")))
    if 2 * n_tags * LEAST_BYTES_A_TAG <= len(text):
        return False
    return (n_tags + text.count(b"/>")) * LEAST_BYTES_A_TAG > len(text)


def utf8(data: bytes) -> bytes:
    """Bytes as UTF-8, by their byte order mark, the pattern of zero bytes, or their own declaration."""
    for bom, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace").encode()
    start = data[:64].lstrip(b" \t\r\n")
    if start[:2] == b"<\x00":
        return data[: len(data) & ~1].decode("utf-16-le", errors="replace").encode()
    if start[:2] == b"\x00<":
        return data[: len(data) & ~1].decode("utf-16-be", errors="replace").encode()
    if data.isascii():
        return data
    told = _ENCODING.match(data[:512].removeprefix(_BOM))
    name = _codec(told.group(1).decode("ascii")) if told and not data.startswith(_BOM) else "utf-8"
    if name == "utf-8":
        try:
            data.decode()
        except UnicodeDecodeError:
            pass
        else:
            return data
    return data.decode(name, errors="replace").encode(errors="replace")


def _codec(told: str) -> str:
    """The declared encoding if it is an ordinary one of single-byte tags, else UTF-8."""
    try:
        name = codecs.lookup(told).name
    except LookupError:
        return "utf-8"
    return name if _BY_BYTE.match(name) else "utf-8"


def _check_pieces(text: bytes) -> None:
    """No attribute, name or text can be longer than what lies between two opening brackets."""
    if len(text) <= MAX_XML_TEXT:
        return
    brackets = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("<"))
    longest = int(np.diff(brackets, prepend=0, append=len(text)).max())
    if longest > MAX_XML_TEXT:
        raise UnsafeContent("The XML holds an attribute or a text larger than any watch writes.", AGAIN)
