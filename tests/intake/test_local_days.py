"""A run belongs to the runner's own day on which it began, wherever that was and whatever the clocks did meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from loadmon.store import Store, imports, sessions, squad
from loadmon.store.schema import FactsRow
from tests.intake import made
from tests.readers import made_fit

BERLIN, MADRID_SIDE, LISBON_SIDE = (52.52, 13.40), (38.88, -6.95), (38.88, -7.20)
NEW_YORK, AUCKLAND, HONOLULU, APIA = (40.78, -73.97), (-36.86, 174.76), (21.29, -157.84), (-13.83, -171.77)
SAN_FRANCISCO, SYDNEY, LONDON, KIRITIMATI = (37.77, -122.45), (-33.86, 151.21), (51.51, -0.12), (1.98, -157.48)
EVERY_S = 300
HOME = "Europe/Berlin"


@dataclass(frozen=True)
class Run:
    """A made run: its start on the clock of a zone, how long it takes, from where it leads to where.

    ``told_in`` is the zone whose clock the watch wrote down at the end; None for the zone of the start.
    """

    zone: str
    start: str
    minutes: int
    day: str
    place: tuple[float, float]
    to: tuple[float, float] | None = None
    told_in: str | None = None
    fold: int = 0

    @property
    def began(self) -> datetime:
        return datetime.fromisoformat(self.start).replace(tzinfo=ZoneInfo(self.zone), fold=self.fold).astimezone(UTC)

    @property
    def instants(self) -> list[datetime]:
        return [self.began + timedelta(seconds=s) for s in range(0, 60 * self.minutes + 1, EVERY_S)]

    def points(self) -> list[tuple[datetime, float, float]]:
        """An even way from one place to the other; a metre or so a second where there is no other."""
        end = self.to or (self.place[0] + 0.0004 * self.minutes, self.place[1])
        n = len(self.instants) - 1
        return [
            (at, self.place[0] + (end[0] - self.place[0]) * i / n, self.place[1] + (end[1] - self.place[1]) * i / n)
            for i, at in enumerate(self.instants)
        ]


RUNS = {
    "across midnight": Run("Europe/Berlin", "2024-11-08T23:30", 60, "2024-11-08", BERLIN),
    "just after midnight": Run("Europe/Berlin", "2024-11-09T00:10", 30, "2024-11-09", BERLIN),
    "in the hour that is left out": Run("Europe/Berlin", "2025-03-30T01:30", 60, "2025-03-30", BERLIN),
    "in the hour that comes twice": Run("Europe/Berlin", "2025-10-26T02:30", 60, "2025-10-26", BERLIN, fold=1),
    "the night in which clocks go forward, before midnight": Run(
        "Europe/Berlin", "2025-03-29T23:30", 240, "2025-03-29", BERLIN
    ),
    "the night in which they go back, after midnight": Run(
        "Europe/Berlin", "2025-10-26T00:20", 240, "2025-10-26", BERLIN
    ),
    "the day on which they go forward, late": Run("Europe/Berlin", "2025-03-30T23:50", 30, "2025-03-30", BERLIN),
    "the day on which they go back, late": Run("Europe/Berlin", "2025-10-26T23:50", 30, "2025-10-26", BERLIN),
    "London, where winter time is UTC, forward": Run("Europe/London", "2025-03-29T23:40", 120, "2025-03-29", LONDON),
    "London, where winter time is UTC, back": Run("Europe/London", "2025-10-26T00:20", 120, "2025-10-26", LONDON),
    "south of the line, where they go back in April": Run(
        "Australia/Sydney", "2025-04-06T00:20", 300, "2025-04-06", SYDNEY
    ),
    "across a border of zones by night": Run(
        "Europe/Madrid", "2025-07-02T00:20", 150, "2025-07-02", MADRID_SIDE, LISBON_SIDE, told_in="Europe/Madrid"
    ),
    "the way back": Run(
        "Europe/Lisbon", "2025-07-01T23:20", 150, "2025-07-01", LISBON_SIDE, MADRID_SIDE, told_in="Europe/Lisbon"
    ),
    "abroad in the evening": Run("America/New_York", "2025-07-01T20:30", 60, "2025-07-01", NEW_YORK),
    "abroad in the early morning": Run("Asia/Tokyo", "2025-07-02T05:30", 60, "2025-07-02", (35.68, 139.75)),
    "before a flight across the date line": Run("Pacific/Auckland", "2025-01-10T18:00", 60, "2025-01-10", AUCKLAND),
    "and after it, the same day once more": Run("Pacific/Honolulu", "2025-01-10T08:00", 60, "2025-01-10", HONOLULU),
    "before a flight to the west": Run("America/Los_Angeles", "2025-01-10T21:00", 60, "2025-01-10", SAN_FRANCISCO),
    "and after it, a day later": Run("Australia/Sydney", "2025-01-12T07:30", 60, "2025-01-12", SYDNEY),
    "a quarter of an hour off": Run("Asia/Kathmandu", "2025-05-05T00:10", 60, "2025-05-05", (27.71, 85.32)),
    "fourteen hours ahead": Run("Pacific/Kiritimati", "2025-05-05T00:10", 60, "2025-05-05", KIRITIMATI),
    "beside the date line": Run("Pacific/Apia", "2025-05-05T00:10", 60, "2025-05-05", APIA),
}


def fit(run: Run, *, told: bool) -> bytes:
    """The run as a watch writes it; ``told``: with its own clock at the end, as most do."""
    m = made_fit
    made_ = m.file_id(m.MadeFit())
    kinds = [(253, m.UINT32), (0, m.SINT32), (1, m.SINT32), (6, m.UINT16), (3, m.UINT8)]
    made_.define(
        1, 20, [(number, 1 if base == m.UINT8 else 2 if base == m.UINT16 else 4, base) for number, base in kinds]
    )
    for at, lat, lon in run.points():
        values = (int(at.timestamp()) - m.EPOCH_S, round(lat / 180 * 2**31), round(lon / 180 * 2**31), 2500, 140)
        made_.data(1, made_.pack([(number, base, value) for (number, base), value in zip(kinds, values, strict=True)]))
    begin, end = (int(at.timestamp()) - m.EPOCH_S for at in (run.instants[0], run.instants[-1]))
    m.session(made_, end - begin, 2.5 * (end - begin), start=begin)
    if told:
        zone = ZoneInfo(run.told_in or run.zone)
        m.activity(made_, end, int(run.instants[-1].astimezone(zone).utcoffset().total_seconds()))  # type: ignore[union-attr]
    return made_.bytes()


def gpx(run: Run) -> bytes:
    points = "".join(
        f'<trkpt lat="{lat:.6f}" lon="{lon:.6f}"><time>{at:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'
        for at, lat, lon in run.points()
    )
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="Made" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    ).encode()


def tcx(run: Run) -> bytes:
    points = "".join(
        f"<Trackpoint><Time>{at:%Y-%m-%dT%H:%M:%SZ}</Time><Position><LatitudeDegrees>{lat:.6f}</LatitudeDegrees>"
        f"<LongitudeDegrees>{lon:.6f}</LongitudeDegrees></Position></Trackpoint>"
        for at, lat, lon in run.points()
    )
    seconds = 60 * run.minutes
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities><Activity Sport="Running">'
        f'<Id>{run.began:%Y-%m-%dT%H:%M:%SZ}</Id><Lap StartTime="{run.began:%Y-%m-%dT%H:%M:%SZ}">'
        f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds><DistanceMeters>{2.5 * seconds}</DistanceMeters>"
        f"<Track>{points}</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    ).encode()


FORMS = {
    "fit": lambda run: fit(run, told=True),
    "fit without a clock": lambda run: fit(run, told=False),
    "gpx": gpx,
    "tcx": tcx,
}


@pytest.mark.parametrize("form", FORMS)
def test_every_run_lands_on_the_runners_own_day(store: Store, tmp_path: Path, form: str) -> None:
    """Each run is a runner's only one, so that none is taken for a second recording of another."""
    with store.write() as conn:
        for name in RUNS:
            squad.add_athlete(conn, name, time_zone=HOME)
    ending = form.split()[0]
    folder = made.lay(tmp_path / "team", {f"{name}/run.{ending}": FORMS[form](run) for name, run in RUNS.items()})
    done = made.take_in(store, folder)
    assert done.sessions == len(RUNS)
    wanted = {name: date.fromisoformat(run.day) for name, run in RUNS.items()}
    with store.read() as conn:
        reported = imports.reports(conn, made.ALL, done.batch_id).set_index("athlete")["local_day"].dt.date.to_dict()
        facts = {a.name: conn.execute(_day_of(a.id)).scalar_one() for a in squad.athletes(conn, made.ALL)}
        shown = sessions.runs_table(conn, made.ALL).merge(_names(conn), on="athlete_id")
    assert reported == wanted
    assert facts == wanted
    assert shown.set_index("name")["local_day"].dt.date.to_dict() == wanted
    for name, run in RUNS.items():
        assert run.began.astimezone(ZoneInfo(run.zone)).date() == wanted[name], "the case itself is right"


def test_without_clock_and_place_the_runners_home_tells(store: Store, tmp_path: Path) -> None:
    """A treadmill: neither position nor clock, only the zone in which the runner lives."""
    late = made_fit.START + 8 * 3600  # 19:33 in London, 04:33 of the next day in Tokyo
    with store.write() as conn:
        for name, zone in (("Aiko", "Asia/Tokyo"), ("Ben", "America/New_York")):
            squad.add_athlete(conn, name, time_zone=zone)
    files = {}
    for name in ("Aiko", "Ben"):
        m = made_fit.file_id(made_fit.MadeFit(), serial=len(name))
        for second in range(0, 1200, 10):
            m.message(20, [(253, made_fit.UINT32, late + second), (3, made_fit.UINT8, 140), (4, made_fit.UINT8, 84)], 1)
        files[f"{name}/treadmill.fit"] = made_fit.session(m, 1190, 3000.0, start=late, sub_sport=1).bytes()
    made.take_in(store, made.lay(tmp_path / "team", files))
    with store.read() as conn:
        days = {a.name: conn.execute(_day_of(a.id)).scalar_one() for a in squad.athletes(conn, made.ALL)}
    began = datetime.fromtimestamp(late + made_fit.EPOCH_S, UTC)
    wanted = {"Aiko": "Asia/Tokyo", "Ben": "America/New_York"}
    assert days == {name: began.astimezone(ZoneInfo(zone)).date() for name, zone in wanted.items()}
    assert len(set(days.values())) == 2


def _day_of(athlete_id: int):  # type: ignore[no-untyped-def]
    from loadmon.store.schema import SessionRow

    return (
        select(FactsRow.local_day)
        .join(SessionRow, SessionRow.id == FactsRow.session_id)
        .where(SessionRow.athlete_id == athlete_id)
    )


def _names(conn):  # type: ignore[no-untyped-def]
    import pandas as pd

    return pd.DataFrame([(a.id, a.name) for a in squad.athletes(conn, made.ALL)], columns=["athlete_id", "name"])
