"""One small made file for every trap that real watch files set their readers.

    python -m tests.readers.made_traps

writes them to ``tests/files/traps`` anew; a test says if what lies there is not what is made here.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable

from tests.paths import FILES
from tests.readers import made_fit as made
from tests.readers import made_xml
from tests.readers.made_fit import ENUM, SINT8, START, STRING, UINT8, UINT16, UINT32, MadeFit

FOLDER = FILES / "traps"
N = 60
TIME = (253, 4, UINT32)
FLOAT32 = 0x88


def _rows(
    fit: MadeFit,
    fields: list[tuple[int, int, int]],
    form: str,
    rows: Iterable[tuple[float, ...]],
    developer: list[tuple[int, int, int]] | None = None,
) -> MadeFit:
    """A record definition and its rows, each packed by ``form`` without padding."""
    fit.define(1, 20, fields, developer=developer or [])
    for row in rows:
        fit.data(1, struct.pack("<" + form, *row))
    return fit


def _described(fit: MadeFit, app: int, number: int, base: int, name: str, **more: int) -> MadeFit:
    fields: made.Fields = [
        (0, UINT8, app), (1, UINT8, number), (2, UINT8, base), (3, STRING, name.encode() + b"\0"),
    ]  # fmt: skip
    numbers = {"scale": (6, UINT8), "offset": (7, SINT8), "native_message": (14, UINT16), "native": (15, UINT8)}
    fields += [(*numbers[key], value) for key, value in more.items()]
    return fit.message(206, fields, local=5)


def _app(fit: MadeFit, app: int, first_byte: int) -> MadeFit:
    return fit.message(207, [(1, made.BYTE, bytes(range(first_byte, first_byte + 16))), (3, UINT8, app)], local=4)


def odd_field_size() -> bytes:
    fit = made.records(made.file_id(MadeFit()), N)
    fit.define(3, 21, [TIME, (0, 1, ENUM), (3, 1, UINT32)])
    fit.data(3, struct.pack("<IBB", START + N - 1, 0, 7))
    made.records(fit, N, start=START + N, metres=3.0 * N)
    return made.session(fit, 2 * N - 1, 3.0 * (2 * N - 1)).bytes()


def header_checksum_zero() -> bytes:
    return made.session(made.records(made.file_id(MadeFit()), N), N - 1, 3.0 * (N - 1)).bytes(header_crc=False)


def compressed_timestamps() -> bytes:
    fit = made.file_id(MadeFit())
    fit.message(21, [(253, UINT32, START), (0, ENUM, 0), (1, ENUM, 0)], local=3)
    fit.define(1, 20, [(3, 1, UINT8)])
    for i in range(1, 100):
        fit.body += bytes([0x80 | (1 << 5) | ((START + i) & 0x1F), 150])
    return made.session(fit, 99, 297.0).bytes()


def compressed_speed_distance() -> bytes:
    fit = made.file_id(MadeFit())
    rows = ((START + i, *(300 | ((i * 48 & 0xFFF) << 12)).to_bytes(3, "little")) for i in range(200))
    return made.session(_rows(fit, [TIME, (8, 3, made.BYTE)], "IBBB", rows), 199, 597.0).bytes()


def expansion_rounding() -> bytes:
    fit = _rows(made.file_id(MadeFit()), [TIME, (6, 2, UINT16)], "IH", ((START + i, 2010) for i in range(N)))
    return made.session(fit, N - 1, 2.01 * (N - 1)).bytes()


def enhanced_only() -> bytes:
    fields = [TIME, (73, 4, UINT32), (78, 4, UINT32), (6, 2, UINT16), (2, 2, UINT16)]
    rows = ((START + i, 3100, (120 + 500) * 5, 0xFFFF, 0xFFFF) for i in range(N))
    fit = _rows(made.file_id(MadeFit()), fields, "IIIHH", rows)
    # later the watch writes the plain fields alone, half of them not measured
    fields = [TIME, (6, 2, UINT16), (2, 2, UINT16)]
    plain = ((START + N + i, 3000, (125 + 500) * 5) if i % 2 else (START + N + i, 0xFFFF, 0xFFFF) for i in range(N))
    return made.session(_rows(fit, fields, "IHH", plain), 2 * N - 1, 360.0).bytes()


def newer_than_the_profile() -> bytes:
    fields = [TIME, (87, 2, UINT16), (108, 2, UINT16), (114, 4, FLOAT32), (115, 4, FLOAT32), (250, 2, UINT16)]
    rows = ((START + i, 215, 3150, 1.5, 0.5, 7) for i in range(N))
    return made.session(_rows(made.file_id(MadeFit()), fields, "IHHffH", rows)).bytes()


def cadence_of_one_foot() -> bytes:
    return made.run(N, cadence=84, fraction=64)


def cadence_of_both_feet() -> bytes:
    return made.run(N, cadence=170, fraction=0)


def declared_cadence_with_standing() -> bytes:
    fit = made.records(made.file_id(MadeFit()), N, cadence=84, fraction=0)
    made.records(fit, 20, start=START + N, speed=0, cadence=0, fraction=0, metres=3.0 * (N - 1))
    fit.message(
        18, [(253, UINT32, START + 79), (2, UINT32, START), (5, ENUM, 1), (18, UINT8, 63)], local=2
    )  # 84 x 60 / 80
    return fit.bytes()


def zeros_not_measured() -> bytes:
    fields = [TIME, (3, 1, UINT8), (41, 2, UINT16), (39, 2, UINT16), (85, 2, UINT16), (7, 2, UINT16), (6, 2, UINT16)]
    rows = ((START + i, *((0,) * 4 if i % 2 else (150, 2400, 80, 1070)), 0, 3000) for i in range(N))
    return made.session(_rows(made.file_id(MadeFit()), fields, "IBHHHHH", rows)).bytes()


def offset_zero_elsewhere() -> bytes:
    fit = made.session(made.records(made.file_id(MadeFit()), N))
    return made.activity(fit, START + N, 0).bytes()


def offset_told() -> bytes:
    fit = made.session(made.records(made.file_id(MadeFit()), N))
    return made.activity(fit, START + N, -5 * 3600).bytes()


def _paused(kind: int | None) -> bytes:
    fit = made.records(made.file_id(MadeFit()), N)
    if kind is not None:
        made.timer(fit, START + N - 1, kind)
        made.timer(fit, START + N - 1 + 40, 0)
    made.records(fit, N, start=START + N - 1 + 40, metres=3.0 * (N - 1))
    end = 2 * N - 2 + 40
    timer = end - 40 if kind is not None else end
    fit.message(
        18,
        [(253, UINT32, START + end), (2, UINT32, START), (5, ENUM, 1), (7, UINT32, end * 1000), (8, UINT32, timer * 1000),
         (9, UINT32, (2 * N - 2) * 300)],
        local=2,
    )  # fmt: skip
    return fit.bytes()


def smart_recording() -> bytes:
    return made.session(made.records(made.file_id(MadeFit()), 20, every=7), 133, 399.0).bytes()


def messy_reexport() -> bytes:
    fit = made.records(made.file_id(MadeFit()), 30)
    made.records(fit, 1, start=START + 29, heart=160, metres=87.0)  # the same second again
    made.records(fit, 30, start=START + 35, metres=105.0)
    made.records(fit, 5, start=START + 30, metres=90.0)  # five seconds that come too late
    return made.session(fit, 64, 250.0).bytes()


def same_run_on_another_watch() -> bytes:
    return made.session(made.records(made.file_id(MadeFit(), serial=55), N, start=START + 3, heart=255)).bytes()


def strap_beats() -> bytes:
    """A strap without a watch's heart rate: its clock is anchored once, then twelve bits a beat, two beats a second."""
    fit = made.file_id(MadeFit())
    _rows(fit, [TIME, (6, 2, UINT16)], "IH", ((START + i, 1000) for i in range(N)))
    first = 0xFFFFF000  # the strap's clock rolls over on the way
    fit.define(6, 132, [TIME, (9, 4, UINT32), (0, 2, UINT16), (6, 1, UINT8)])
    fit.data(6, struct.pack("<IIHB", START, first, 16384, 120))  # half past the first second
    fit.define(7, 132, [(6, 8, UINT8), (10, 12, made.BYTE)])
    for block in range(14):
        ticks = [first + 512 * (8 * block + i + 1) for i in range(8)]
        packed = sum((tick & 0xFFF) << (12 * i) for i, tick in enumerate(ticks)).to_bytes(12, "little")
        # the rate goes up by one with every second: two beats each
        rates = bytes(120 + (8 * block + i + 1) // 2 for i in range(8))
        fit.data(7, rates + packed)
    return made.session(fit, N - 1, 59.0, sport=5).bytes()


def chained_with_a_bad_end() -> bytes:
    first = made.run(N)
    second = made.session(
        made.records(made.file_id(MadeFit()), N, start=START + 5000), N - 1, 177.0, start=START + 5000
    )
    broken = made.file_id(MadeFit())
    broken.body += b"\x0f\x00\x00"  # data without a definition
    return first + second.bytes() + broken.bytes()


def two_apps_one_name() -> bytes:
    fit = _app(_app(made.file_id(MadeFit()), 0, 0x10), 1, 0x20)
    _described(fit, 0, 0, UINT16, "Power", native_message=20, native=7)
    fields = [TIME, (6, 2, UINT16), (7, 2, UINT16)]
    developer = [(0, 2, 0), (0, 1, 1), (9, 2, 1)]
    rows = ((START + i, 3000, 250, 240, 130, 77) for i in range(N))
    _rows(fit, fields, "IHHHBH", rows, developer)
    # the second app is described late, with a scale and an offset; its field 9 never is
    _described(fit, 1, 0, UINT8, "Power", scale=2, offset=5)
    return made.session(fit).bytes()


def words_as_numbers() -> bytes:
    fields = [TIME, (42, 1, ENUM), (30, 1, UINT8), (6, 2, UINT16), (84, 2, UINT16)]
    rows = ((START + i, 1, 0x80 | 48, 3000, 4980) for i in range(N))
    return made.session(_rows(made.file_id(MadeFit()), fields, "IBBHH", rows), sub_sport=3).bytes()


def seconds_since_power_on() -> bytes:
    return made.session(made.records(made.file_id(MadeFit()), N, start=16_441_242), start=16_441_242).bytes()


def heart_rate_twice() -> bytes:
    twice = "<g:TrackPointExtension><g:hr>89</g:hr></g:TrackPointExtension><heartrate>89</heartrate>"
    return made_xml.gpx(made_xml.points(N, extension=twice)).encode()


def array_or_number() -> bytes:
    fit = made.file_id(MadeFit())
    arrays = ((START + i, 0xFFFFFFFF, 3200) for i in range(N))
    _rows(fit, [TIME, (73, 8, UINT32)], "III", arrays)
    _rows(fit, [TIME, (73, 4, UINT32)], "II", ((START + N + i, 3300) for i in range(N)))
    return made.session(fit, 2 * N - 1, 390.0).bytes()


def accumulated_power() -> bytes:
    fit = made.file_id(MadeFit())
    _rows(fit, [TIME, (7, 2, UINT16), (29, 4, UINT32)], "IHI", ((START + i, 200, 200 * i) for i in range(N)))
    return made.session(fit, sport=2).bytes()


def accumulated_power_in_two_bytes() -> bytes:
    fit = made.file_id(MadeFit())
    rows = ((START + i, 2000, 2000 * i & 0xFFFF) for i in range(N))
    _rows(fit, [TIME, (7, 2, UINT16), (28, 2, UINT16)], "IHH", rows)
    return made.session(fit, sport=2).bytes()


TRAPS: dict[str, Callable[[], bytes]] = {
    "01-odd-field-size.fit": odd_field_size,
    "02-header-checksum-zero.fit": header_checksum_zero,
    "03-compressed-timestamps.fit": compressed_timestamps,
    "04-compressed-speed-distance.fit": compressed_speed_distance,
    "05-expansion-rounding.fit": expansion_rounding,
    "06-enhanced-only.fit": enhanced_only,
    "07-newer-than-the-profile.fit": newer_than_the_profile,
    "08-cadence-of-one-foot.fit": cadence_of_one_foot,
    "08-cadence-of-both-feet.fit": cadence_of_both_feet,
    "09-declared-cadence-with-standing.fit": declared_cadence_with_standing,
    "10-zeros-not-measured.fit": zeros_not_measured,
    "11-offset-zero-elsewhere.fit": offset_zero_elsewhere,
    "11-offset-told.fit": offset_told,
    "12-pause-stop-all.fit": lambda: _paused(4),
    "12-pause-stop.fit": lambda: _paused(1),
    "12-gap-without-stop.fit": lambda: _paused(None),
    "13-smart-recording.fit": smart_recording,
    "14-messy-reexport.fit": messy_reexport,
    "15-first-watch.fit": lambda: made.run(N),
    "15-second-watch.fit": same_run_on_another_watch,
    "16-strap-beats.fit": strap_beats,
    "17-chained-with-a-bad-end.fit": chained_with_a_bad_end,
    "18-two-apps-one-name.fit": two_apps_one_name,
    "19-words-as-numbers.fit": words_as_numbers,
    "20-seconds-since-power-on.fit": seconds_since_power_on,
    "21-heart-rate-twice.gpx": heart_rate_twice,
    "22-array-or-number.fit": array_or_number,
    "23-accumulated-power.fit": accumulated_power,
    "23-accumulated-power-in-two-bytes.fit": accumulated_power_in_two_bytes,
}
"""File name, headed by the trap's number in the specification, and what makes its bytes."""


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in TRAPS.items():
        (FOLDER / name).write_bytes(make())
