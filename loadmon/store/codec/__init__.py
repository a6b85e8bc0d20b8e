"""Turning a session's tables into bytes and back."""

from loadmon.store.codec.heart_rate import decode_heart_rate, encode_heart_rate
from loadmon.store.codec.stream import CODEC, decode_stream, encode_kept, encode_stream
from loadmon.store.codec.tables import decode_table, encode_table
from loadmon.store.codec.windows import decode_windows, encode_windows

__all__ = [
    "CODEC",
    "decode_heart_rate",
    "decode_stream",
    "decode_table",
    "decode_windows",
    "encode_heart_rate",
    "encode_kept",
    "encode_stream",
    "encode_table",
    "encode_windows",
]
