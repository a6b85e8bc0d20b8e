"""Readers that end or upset the process they run in: handed to a real pool by their names."""

from __future__ import annotations

import os

from loadmon.intake.decode import Decoded, decode


def ending(data: bytes, name: str, home_zone: str | None) -> Decoded:
    """Reads as the product does, except that a file called killer takes its process down, as a fault in C would."""
    if name == "killer.fit":
        os._exit(11)
    return decode(data, name, home_zone)


def raising(data: bytes, name: str, home_zone: str | None) -> Decoded:
    """Reads as the product does, except that a file called killer raises what no reader should."""
    if name == "killer.fit":
        raise MemoryError
    return decode(data, name, home_zone)


def hanging(data: bytes, name: str, home_zone: str | None) -> Decoded:
    """Reads as the product does, except that a file called killer is read for ever, and listens to nobody."""
    while name == "killer.fit":
        pass
    return decode(data, name, home_zone)


def either(data: bytes, name: str, home_zone: str | None) -> Decoded:
    """Reads as the product does, but for a killer, which ends its process, and a sleeper, which is read for ever."""
    while name == "sleeper.fit":
        pass
    return ending(data, name, home_zone)
