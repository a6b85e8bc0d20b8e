"""XML of watch files as text that is safe to hand to a parser."""

from __future__ import annotations

import re
from xml.parsers import expat

from loadmon.readers.limits import MAX_XML_DEPTH, MAX_XML_TEXT
from loadmon.refusal import DamagedFile, UnsafeContent

_DECLARATION = re.compile(r"^<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["']""")
_BLANKS = "\ufeff\x00 \t\r\n\x0b\x0c"
_CUT_SHORT = {
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
}


def safe_text(data: bytes) -> str:
    """Decode XML and make sure that parsing it can do no harm.

    Byte order marks, UTF-16 and blanks before the first tag are seen to; the encoding declaration is taken off,
    because the text is decoded already.

    Raises
    ------
    UnsafeContent
        Entity declarations, or elements nested deeper than any watch file's.
    DamagedFile
        Not well-formed; says the line.
    """
    text = decoded(data).lstrip(_BLANKS).rstrip("\x00")
    text = _DECLARATION.sub("", text, count=1)
    _guard(text)
    return text


def decoded(data: bytes) -> str:
    """Bytes to text by their byte order mark, the pattern of zero bytes, or their own declaration; else UTF-8."""
    for bom, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    start = data[:64].lstrip(b" \t\r\n")
    if start[:2] == b"<\x00":
        return data[: len(data) & ~1].decode("utf-16-le", errors="replace")
    if start[:2] == b"\x00<":
        return data[: len(data) & ~1].decode("utf-16-be", errors="replace")
    told = _ENCODING.match(data[:512])
    name = told.group(1).decode("ascii").lower() if told else "utf-8"
    # a file that declares UTF-16 and yet has its tags in single bytes is not UTF-16
    if name.startswith(("utf-16", "utf-32")):
        name = "utf-8"
    try:
        return data.decode(name, errors="replace")
    except LookupError:
        return data.decode("utf-8", errors="replace")


def _guard(text: str) -> None:
    parser = expat.ParserCreate("utf-8")
    depth = 0

    def start(_name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_XML_DEPTH:
            raise UnsafeContent(
                f"The XML is nested more than {MAX_XML_DEPTH} levels deep, which no watch writes.",
                "Export the activity from the watch's app again.",
            )
        if attributes and max(map(len, attributes.values())) > MAX_XML_TEXT:
            raise UnsafeContent(
                "The XML holds an attribute larger than any watch writes.",
                "Export the activity from the watch's app again.",
            )

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(*_declaration: object) -> None:
        raise UnsafeContent(
            "The XML declares entities, which a watch file never needs and attacks are made of.",
            "Export the activity from the watch's app again; do not open this file elsewhere.",
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(text.encode("utf-8", errors="replace"))
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes its "this was all" by position only
    except expat.ExpatError as error:
        if error.code in _CUT_SHORT:
            what = f"The file breaks off in line {error.lineno}."
        else:
            what = f"The XML is broken in line {error.lineno} ({expat.ErrorString(error.code)})."
        raise DamagedFile(what, "Export the activity from the watch's app again.") from None
