"""A watch is called by its maker's name for it, not by a number."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest
from garmin_fit_sdk import Profile

from loadmon.readers import fit_profile as profile
from loadmon.readers import read, watches
from loadmon.readers.fit_device import device_of
from loadmon.session import Device, Wearer
from tests.readers import made_fit


def device(maker: int, product: int | None, name: str | None = None) -> Device:
    small: dict[int, list[dict[int, Any]]] = defaultdict(list)
    small[profile.FILE_ID] = [{1: maker, 2: product, 8: name}]
    return device_of(small)


@pytest.mark.parametrize(
    ("maker", "product", "name", "label"),
    [
        (1, 3992, None, "Garmin Forerunner 255"),
        (1, 1328, None, "Garmin Forerunner 910XT"),
        (1, 1537, None, "Garmin Forerunner 910XT china"),
        (1, 2413, None, "Garmin fēnix 3 hr"),
        (1, 65534, None, "Garmin connect"),
        (1, 64000, None, "Garmin product 64000"),
        (294, 822, "COROS PACE Pro", "COROS PACE Pro"),
        (255, None, "HUAWEI WATCH GT 5", "HUAWEI WATCH GT 5"),
        (32, None, None, "Wahoo fitness"),
        (9999, None, None, "Maker 9999"),
        (255, None, None, "unknown device"),
    ],
)
def test_the_label(maker: int, product: int | None, name: str | None, label: str) -> None:
    assert device(maker, product, name).label == label


def test_numbers_mean_what_the_vendor_says() -> None:
    named = {int(number): str(name) for number, name in Profile["types"]["garmin_product"].items()}
    for number, name in watches.GARMIN.items():
        digits = re.findall(r"\d+", name.replace("mm", ""))
        assert set(digits[:1]) <= set(re.findall(r"\d+", named[number])), (number, name, named[number])
    makers = {int(number): str(name) for number, name in Profile["types"]["manufacturer"].items()}
    for number, name in watches.MAKERS.items():
        assert name.split()[0] in makers[number], (number, name)


def test_what_the_watch_was_told_of_its_wearer_has_no_name() -> None:
    fit = made_fit.file_id(made_fit.MadeFit())
    fit.message(
        3,
        [
            (0, made_fit.STRING, b"Somebody\0"),
            (2, made_fit.UINT8, 41),
            (3, made_fit.UINT8, 180),
            (4, made_fit.UINT16, 702),
            (8, made_fit.UINT8, 0),
            (9, made_fit.UINT8, 0xFF),
            (11, made_fit.UINT8, 186),
        ],
        local=4,
    )
    (session,) = read(made_fit.session(made_fit.records(fit)).bytes(), "a.fit")
    assert session.wearer == Wearer(mass_kg=70.2, height_m=1.8, age_years=41.0, max_heart_rate_bpm=186.0)
    assert "Somebody" not in repr(session)
    assert read(made_fit.run(), "b.fit")[0].wearer == Wearer()
