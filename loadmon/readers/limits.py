"""How much a file may hold before loadmon refuses it: guards against hostile or broken input."""

from __future__ import annotations

import zlib

from loadmon.refusal import DamagedFile, TooLarge

MAX_MEMBER_BYTES = 64 * 2**20
"""Bytes of one file after unpacking; the largest real watch file seen is 3.3 MB."""
MAX_RATIO = 200
"""Unpacked to packed bytes; the most seen in real files is 41."""
RATIO_MATTERS_FROM_BYTES = 2**20
"""Below this size a high ratio harms nobody."""
MAX_GZIP_MEMBERS = 4_000
"""Packed pieces one after the other in one gzip file; one is usual, block-wise packers write a thousand."""
MAX_ARCHIVE_BYTES = 2 * 2**30
"""Bytes of all members of an archive together, after unpacking."""
MAX_ARCHIVE_MEMBERS = 25_000
"""Members of an archive, those of archives inside it included."""
MAX_ARCHIVE_DEPTH = 2
"""A ZIP, and a ZIP inside it; no further."""
IN_MEMORY_BYTES = 8 * 2**20
"""A ZIP inside a ZIP is held in memory up to this size, above it in a temporary file."""
MAX_FIT_RECORDS = 2_000_000
"""Samples in one FIT file: 23 days at one a second."""
MAX_FIT_SEGMENTS = 64
"""FIT files chained in one file."""
MAX_FIT_LEGS = 64
"""Sports one after the other in one FIT file; a triathlon with its changes has five."""
MAX_XML_DEPTH = 64
"""Nested elements; GPX and TCX need about twelve."""
MAX_XML_TEXT = 2**20
"""Bytes of one attribute, name or text."""
MAX_XML_ATTRIBUTES = 64
"""Attributes of one element; a root full of namespaces has about twenty."""
MAX_XML_NAMES = 2_000
"""Different names of elements in one file; GPX and TCX need about fifty."""
CROWDED_FROM_BYTES, LEAST_BYTES_A_TAG = 2**20, 10
"""From this size on XML must have so many bytes for each tag on average; the most crowded real file seen has 17."""
MAX_XML_NODES = 20_000
"""Tracks, segments, laps and their details in one file."""
MAX_XML_POINTS = 2_000_000
"""Samples in one GPX or TCX file."""
MAX_ACTIVITIES = 1_000
"""Activities in one file: who puts three years of runs into one GPX still has them read."""
MAX_DEVELOPER_FIELDS = 32
"""Extra columns that apps on the watch may add to one stream."""

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_OR_ZLIB = 47
_CHUNK = 2**18

_SMALLER = "Give the activity files themselves, or split the archive."


def check_size(n_bytes: int, what: str) -> None:
    """Refuse a single file over the limit before anything is done with it."""
    if n_bytes > MAX_MEMBER_BYTES:
        raise TooLarge(
            f"{what} is {n_bytes / 2**20:.0f} MB; a watch file is never over {MAX_MEMBER_BYTES >> 20} MB.", _SMALLER
        )


def check_ratio(packed: int, unpacked: int, what: str) -> None:
    """Refuse data that unpack to far more than any watch file does (a "bomb")."""
    if unpacked > RATIO_MATTERS_FROM_BYTES and unpacked > MAX_RATIO * max(packed, 1):
        raise TooLarge(f"{what} unpacks to more than {MAX_RATIO} times its size, which no watch file does.", _SMALLER)


def gunzip(data: bytes) -> tuple[bytes, str | None]:
    """Unpack gzip data without ever holding more than the limit.

    Parameters
    ----------
    data : bytes
        One or more gzip members.

    Returns
    -------
    tuple of (bytes, str or None)
        The unpacked bytes, and what was wrong with the packing in plain words (None if all is well).

    Raises
    ------
    TooLarge
        Over ``MAX_MEMBER_BYTES``, ``MAX_RATIO`` or ``MAX_GZIP_MEMBERS``.
    DamagedFile
        Nothing could be unpacked.
    """
    parts: list[bytes] = []
    view = memoryview(data)
    total, begin, n_members, trouble = 0, 0, 0, None
    while view[begin : begin + 2] == _GZIP_MAGIC and trouble is None:
        n_members += 1
        if n_members > MAX_GZIP_MEMBERS:
            raise TooLarge(f"The file is packed in more than {MAX_GZIP_MEMBERS:,} pieces.", _SMALLER)
        unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
        while not unpacker.eof:
            piece: bytes | memoryview = unpacker.unconsumed_tail
            if not piece:
                piece = view[begin : begin + _CHUNK]
                begin += len(piece)
            if not piece:
                trouble = "the packed data break off"
                break
            try:
                out = unpacker.decompress(piece, _CHUNK)
            except zlib.error:
                trouble = "the packed data are damaged"
                break
            parts.append(out)
            total += len(out)
            check_size(total, "The unpacked file")
            check_ratio(len(data), total, "The file")
        begin -= len(unpacker.unused_data)  # of the last piece, what belongs to the next member
    if not total:
        raise DamagedFile(
            f"The packed file could not be opened ({trouble or 'it is empty inside'}).",
            "Export or copy it from the watch again.",
        )
    return b"".join(parts), trouble
