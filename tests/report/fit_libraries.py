"""The three independent FIT libraries, each read into the same plain shape: messages of name and values."""

from __future__ import annotations

import io
from typing import Any

import fitdecode
import fitparse
import garmin_fit_sdk

Messages = dict[str, list[dict[str, Any]]]


def by_fitparse(data: bytes) -> Messages:
    """fitparse, checksums checked."""
    out: Messages = {}
    for message in fitparse.FitFile(io.BytesIO(data), check_crc=True).get_messages():
        out.setdefault(message.name, []).append(message.get_values())
    return out


def by_fitdecode(data: bytes) -> Messages:
    """fitdecode, a wrong checksum is an error; naive UTC times like fitparse's."""
    out: Messages = {}
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                values = {field.name: field.value for field in frame.fields}
                out.setdefault(frame.name, []).append({name: _naive(value) for name, value in values.items()})
    return out


def by_garmin(data: bytes) -> Messages:
    """Garmin's own decoder; it must find the file whole and without errors."""
    decoder = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_byte_array(bytearray(data)))
    assert decoder.check_integrity()
    messages, errors = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    return {
        name.removesuffix("_mesgs"): [{str(k): _naive(v) for k, v in message.items()} for message in found]
        for name, found in messages.items()
    }


LIBRARIES = {"fitparse": by_fitparse, "fitdecode": by_fitdecode, "garmin": by_garmin}


def _naive(value: Any) -> Any:
    return value.replace(tzinfo=None) if getattr(value, "tzinfo", None) is not None else value
