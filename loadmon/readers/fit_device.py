"""The watch that wrote a FIT file: maker, product, software, its serial number as a hash; and what it knew of its wearer."""

from __future__ import annotations

import re
from typing import Any

from loadmon.readers import fit_profile as profile
from loadmon.readers import watches
from loadmon.readers.recording import hashed_serial
from loadmon.session import Device, Wearer

_CREATOR = 0
_DEVELOPMENT = 255
_FORERUNNER = re.compile(r"^fr(\d+)(xt)?\b")


def device_of(small: dict[int, list[dict[int, Any]]]) -> Device:
    """Join what ``file_id`` says with the ``device_info`` of the watch itself (device index 0)."""
    file_id = small[profile.FILE_ID][0] if small[profile.FILE_ID] else {}
    infos = [row for row in small[profile.DEVICE_INFO] if row.get(0) in (_CREATOR, None)]
    maker = _first(file_id.get(1), *(row.get(2) for row in infos))
    product = _first(file_id.get(2), *(row.get(4) for row in infos))
    # one name is told by both, but only a string that is there is worth more than the number
    name = _first(_text(file_id.get(8)), *(_text(row.get(27)) for row in infos))
    software = _first(*(row.get(5) for row in infos))
    return Device(
        manufacturer=_maker_name(maker),
        product=name or _product_name(maker, product),
        serial_hash=hashed_serial(serial_of(small)),
        software=f"{software / 100:.2f}" if isinstance(software, (int, float)) else None,
    )


def serial_of(small: dict[int, list[dict[int, Any]]]) -> Any:
    """The watch's serial number as the file tells it, None where it does not: a number that is no secret to its owner."""
    file_id = small[profile.FILE_ID][0] if small[profile.FILE_ID] else {}
    infos = (row for row in small[profile.DEVICE_INFO] if row.get(0) in (_CREATOR, None))
    return _first(file_id.get(3), *(row.get(3) for row in infos))


def wearer_of(small: dict[int, list[dict[int, Any]]]) -> Wearer:
    """What the user profile tells of who wears the watch, the last of several; zero was never told."""
    told = small[profile.USER_PROFILE][-1] if small[profile.USER_PROFILE] else {}

    def value(number: int, scale: float = 1.0) -> float | None:
        found = told.get(number)
        return found / scale if isinstance(found, (int, float)) and found > 0 else None

    return Wearer(
        mass_kg=value(4, 10.0),
        height_m=value(3, 100.0),
        age_years=value(2),
        resting_heart_rate_bpm=value(8),
        max_heart_rate_bpm=value(9) or value(11),
    )


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _text(value: Any) -> str | None:
    text = "".join(c for c in value if c.isprintable()).strip() if isinstance(value, str) else ""
    return text or None


def _maker_name(number: Any) -> str | None:
    if not isinstance(number, int):
        return None
    if number in watches.MAKERS:
        return watches.MAKERS[number]
    from fitparse.profile import FIELD_TYPES

    if number == _DEVELOPMENT:
        return None  # what apps and young makers write that have no number of their own
    return str(FIELD_TYPES["manufacturer"].values.get(number, f"maker {number}")).replace("_", " ")


def _product_name(maker: Any, number: Any) -> str | None:
    if not isinstance(number, int):
        return None
    if maker in profile.GARMIN:
        if number in watches.GARMIN:
            return watches.GARMIN[number]
        from fitparse.profile import FIELD_TYPES

        return _spoken(str(FIELD_TYPES["garmin_product"].values.get(number, f"product {number}")))
    return f"product {number}"


def _spoken(name: str) -> str:
    """A product as its maker writes it: "Forerunner 910XT china" for ``fr910xt_china``."""
    words = _FORERUNNER.sub(lambda m: f"Forerunner {m[1]}{(m[2] or '').upper()}", name.replace("_", " "))
    return re.sub(r"^fenix ?(\d)", r"fēnix \1", words)
