"""Readers that end or upset the process they run in: handed to a real pool by their names."""

from __future__ import annotations

import os
import time

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


def dawdling(data: bytes, name: str, home_zone: str | None) -> Decoded:
    """Reads as the product does, but takes its time over what is called slow."""
    if name.startswith("slow"):
        time.sleep(0.2)
    return decode(data, name, home_zone)


def given(number: int, seconds: float = 0.0) -> tuple[int, int]:
    """The number that was given, after a while, and in which process; 13 takes the process down."""
    time.sleep(seconds)
    if number == 13:
        os._exit(11)
    return number, os.getpid()
