"""XML made to harm: nothing a watch writes, each by its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

SIZE = 1_500_000
OPEN = {"gpx": '<gpx version="1.1">', "tcx": "<TrainingCenterDatabase>"}
POINT = {"gpx": "<trk><trkseg>{}</trkseg></trk></gpx>", "tcx": "<Activity><Lap><Track>{}</Track></Lap></Activity>"}
CROWD_BYTES = 10_000_000

LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
DECLARED = {
    "laughs": (LAUGHS, "&a11;"),
    "quadratic": (f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 20_000),
    "external": ('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
    "parameter": ('<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;', ""),
    "harmless": ('<!ENTITY a "never used">', ""),
    "attributes": ("<!ATTLIST a b CDATA 'x' c CDATA 'y'>", ""),
}
"""What a document type declares, and how it is used."""
EXTERNAL_TYPE = b'<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/x.dtd"><gpx>&unknown;</gpx>'
MANY = {
    "attributes": "<a " + " ".join(f'b{i}=""' for i in range(100_000)) + "/>",
    "names": "".join(f"<a{i}/>" for i in range(300_000)),
    "empty elements": "<a/>" * (SIZE // 4),
    "opened and closed": "<a></a>" * (SIZE // 7),
    "references": "<a>" + "&#65;" * (SIZE // 5) + "</a>",
    "comments": "<!---->" * (SIZE // 7),
    "instructions": "<?a?>" * (SIZE // 5),
    "our own instruction": "<?loadmon 0?>" * (SIZE // 13),
    "CDATA": "<a>" + "<![CDATA[]]>" * (SIZE // 12) + "</a>",
    "closing brackets": ">" * 900_000 + "<a/>",
    "quotes": '"' * 900_000 + "<a/>",
    "nodes": "<trk/><Activity/><Lap/>" * (SIZE // 23),
    "waypoints": "<wpt/>" * (SIZE // 6),
    "open points": "<trkpt>" * 60 + "<Trackpoint>" * 2,
}
HUGE = {"attribute": '<a b="{}"/>', "name": "<{}/>", "text": "<a>{}</a>", "comment": "<!--{}-->"}
MANY_INSIDE = ("names", "attributes")
TIMELESS = (
    "<trkpt/>",
    "<trkpt></trkpt>",
    "<trkpt><time>x</time></trkpt>",
    "<trkpt lat='' lon=''/>",
    '<trkpt lat="9" lon="9"/>',
    '<trkpt lat="9" lon="9"></trkpt>',
)
CROWDS = (
    "<trkpt/>",
    "<trkpt/>x<trkpt></trkpt>",
    "<trkpt><hr/></trkpt>",
    "<trkpt><ele>1</ele></trkpt>",
    "<wpt/>",
    "<a></a>",
)
NULS = (b"<gpx>" + b"\x00" * SIZE, b"<gpx>" + b"\x00<a/>" * 100_000 + b"</gpx>", b"\x00" * 4096 + b"<gpx>")


def in_points(inside: str, kind: str = "gpx") -> bytes:
    """A file whose track holds nothing but this."""
    return (OPEN[kind] + POINT[kind].format(inside)).encode()


def entities(what: str, root: str = "gpx") -> bytes:
    """A file with one of ``DECLARED``."""
    declared, used = DECLARED[what]
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{declared}]><{root} version="1.1"><a>{used}</a></{root}>'.encode()


def nested(kind: str, in_point: bool) -> bytes:
    """Elements in elements, two hundred thousand deep."""
    deep = "<a>" * 200_000 + "</a>" * 200_000
    point = "<trkpt>" if kind == "gpx" else "<Trackpoint>"
    return in_points(point + deep, kind) if in_point else (OPEN[kind] + deep).encode()


def huge(kind: str, piece: str) -> bytes:
    """Twenty megabytes in one of ``HUGE``."""
    return (OPEN[kind] + HUGE[piece].format("x" * 20_000_000)).encode()


def many(kind: str, what: str) -> bytes:
    """One of ``MANY`` below the root."""
    close = OPEN[kind].split()[0].strip("<>")
    return f"{OPEN[kind]}{MANY[what]}</{close}>".encode()


def timeless(point: str) -> bytes:
    """A track of points that tell nothing."""
    return in_points(point * (SIZE // len(point)))


def crowd(inside: str, behind: str = "") -> bytes:
    """Ten megabytes of little but tags, and what stands behind them."""
    return in_points(inside * (CROWD_BYTES // len(inside)) + behind)


def odd_points() -> bytes:
    """Points of which each differs from those before it."""
    return in_points("".join(f'<trkpt lat="9" lon="9"><a{i % 900}>1</a{i % 900}></trkpt>' for i in range(SIZE // 45)))


Cases = dict[str, Callable[[], bytes]]


def every() -> dict[str, Cases]:
    """All of them but declarations and crowds, by the way they harm and by name; made when called."""
    return {
        "nesting": {
            f"{kind}{' in a point' * in_point}": partial(nested, kind, in_point)
            for kind in OPEN
            for in_point in (False, True)
        },
        "one huge piece": {f"{kind}, {piece}": partial(huge, kind, piece) for kind in OPEN for piece in HUGE},
        "many of one thing": {f"{what} in {kind}": partial(many, kind, what) for kind in OPEN for what in MANY}
        | {f"{what} in a point": partial(in_points, f"<trkpt>{MANY[what]}</trkpt>") for what in MANY_INSIDE},
        "points without times": {point: partial(timeless, point) for point in TIMELESS},
        "odd points and nuls": {"odd points": odd_points}
        | {f"nuls {number}": partial(bytes, data) for number, data in enumerate(NULS, 1)},
    }
