"""The twelve runners of the sample squad and their stories. All of them, and everything they do, is made up."""

from __future__ import annotations

from datetime import date, timedelta

from loadmon.athlete import Threshold
from loadmon.demo.people import (
    Ailment,
    Extra,
    Habit,
    Kind,
    Person,
    Place,
    SampleInjury,
    SampleRunner,
    Stay,
    UnknownDays,
)
from loadmon.demo.season import SEASON_DAYS
from loadmon.demo.watches import coros, garmin, label, phone, polar, suunto

SEED = 20261122
SQUAD_NAME = "Sample squad"

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
E, R, L, T, FAST = Kind.EASY, Kind.RECOVERY, Kind.LONG, Kind.TEMPO, Kind.INTERVALS

_DANUBE = Place("Aumeadow", 48.26, 16.31, 172.0, 6.0, "Europe/Vienna")
_SIERRA = Place("Pinoseco", 40.52, -3.62, 690.0, 7.0, "Europe/Madrid")
_POLDER = Place("Wilgendam", 52.29, 4.83, 2.0, 1.0, "Europe/Amsterdam")
_VALLEY = Place("Lindenau", 47.27, 11.34, 585.0, 5.0, "Europe/Vienna")
_RIDGE = Place("Hochsteig", 47.02, 11.52, 1_480.0, 55.0, "Europe/Vienna")
_HEATH = Place("Gorsehill", 51.58, -0.21, 64.0, 7.0, "Europe/London")
_PLAIN = Place("Salcia Mare", 44.47, 26.02, 88.0, 2.0, "Europe/Bucharest", has_track=True)
_FJORD = Place("Storvika", 59.86, 10.62, 90.0, 10.0, "Europe/Oslo")
_LAKES = Place("Hiekkaranta", 60.24, 24.83, 18.0, 5.0, "Europe/Helsinki")
_MOOR = Place("Farrowdale", 53.79, -1.63, 110.0, 8.0, "Europe/London", has_track=True)
_PARK = Place("Kastanienhof", 52.46, 13.21, 44.0, 4.0, "Europe/Berlin")
_RIVER = Place("Kawabe", 35.63, 139.63, 12.0, 2.0, "Asia/Tokyo")
_COAST = Place("Seal Point", 37.74, -122.46, 60.0, 9.0, "America/Los_Angeles")
_BAY = Place("Carraig Bheag", 53.32, -6.34, 40.0, 6.0, "Europe/Dublin")
_TEJO = Place("Vale do Junco", 38.76, -9.21, 95.0, 8.0, "Europe/Lisbon")

_STEADY = (Habit(TUE, 18.2, FAST, 9.5), Habit(WED, 6.7, E, 8.0), Habit(SAT, 9.0, E, 8.0), Habit(SUN, 9.2, L, 16.0))
_FOUR = (Habit(TUE, 18.4, E, 8.0), Habit(THU, 18.3, T, 9.0), Habit(FRI, 6.6, E, 6.5), Habit(SUN, 8.8, L, 14.0))
_THREE = (Habit(TUE, 6.8, E, 7.0), Habit(THU, 18.6, E, 8.0), Habit(SUN, 9.5, L, 12.0))


def people() -> tuple[Person, ...]:
    """The cast: who they are and what happens to them, in days before today."""
    return (
        Person(
            "Ilse Brandauer",
            "Ran too much too soon in spring, hurt her left Achilles tendon, came back step by step and is steady again.",
            _DANUBE, garmin(3_900_114_001, strap=True), _FOUR, 4.05, 189, 50, 172.0, 58.0, 1.69,
            volume=((-201, 1.0), (-183, 1.6), (-182, 0.0), (-141, 0.0), (-140, 0.30), (-98, 0.80), (-70, 1.0)),
            calm=((140, 98),),
            ailments=(Ailment(182, 98, "Achilles tendon", "left", "Stiff in the morning after three big weeks."),),
            stance_s=0.244, balance_left_pct=49.2,
            sex="female", tells_effort=True,
        ),
        Person(
            "Tomás Quiroga-Vale",
            "Six weeks off with a sore shin, back on short runs for a month, then one of nearly sixteen kilometres this week.",
            _SIERRA, coros(3_900_114_002), _FOUR, 4.20, 193, 47, 166.0, 70.0, 1.79,
            volume=((-98, 1.0), (-80, 1.25), (-79, 0.0), (-36, 0.0), (-35, 0.36), (-8, 0.46), (0, 0.46)),
            rhythm=(1.0, 1.02), calm=((36, 0),), extras=(Extra(2, 9.3, L, 15.6),),
            ailments=(Ailment(79, 14, "shin", "right", "Sore along the inner edge, worse on hard ground."),),
            sex="male",
        ),
        Person(
            "Anneke Holtrop",
            "Spent four weeks in the mountains: the same kilometres with many times the climbing.",
            _VALLEY, suunto(3_900_114_003), _FOUR, 3.95, 186, 52, 170.0, 61.0, 1.74,
            stays=(Stay(55, 28, _RIDGE, hills=True),),
            sex="female",
        ),
        Person(
            "Kwabena Ofori-Lind",
            "Took four steps a minute fewer at the same pace five weeks ago, from one run to the next: new shoes.",
            _HEATH, garmin(3_900_114_004, strap=True), _FOUR, 4.30, 184, 46, 176.0, 74.0, 1.83,
            cadence_shift=((-35.5, 0.0), (-35.4, -4.0)), stance_s=0.236,
            sex="male",
        ),
        Person(
            "Mirela Dascălu",
            "Runs eighty kilometres and more in nine sessions a week, and her cadence has been sinking slowly since summer.",
            _PLAIN, coros(3_900_114_005, pod=True),
            (Habit(MON, 6.3, E, 10.0), Habit(TUE, 6.2, R, 6.0), Habit(TUE, 17.8, FAST, 12.0), Habit(WED, 6.4, E, 12.0),
             Habit(THU, 6.2, R, 6.0), Habit(THU, 17.7, T, 12.0), Habit(FRI, 6.5, E, 9.0), Habit(SAT, 8.2, E, 10.0),
             Habit(SUN, 7.5, L, 21.0)),
            4.60, 191, 43, 184.0, 51.0, 1.63,
            cadence_shift=((-140, 0.0), (0, -9.0)), skips=0.09, stance_s=0.221, oscillation_m=0.078,
            sex="female", tells_effort=True,
        ),
        Person(
            "Jonas Fjeldheim",
            "His watch broke in the middle of the season: three weeks without files, in which he ran on.",
            _FJORD, polar(3_900_114_006), _FOUR, 4.10, 187, 49, 168.0, 72.0, 1.81,
            without_watch=((112, 92, "watch broken"),),
        ),
        Person(
            "Aino Rautavesi",
            "Runs on the treadmill from November to March and outside for the rest of the year.",
            _LAKES, garmin(3_900_114_007), _FOUR, 3.85, 183, 54, 171.0, 57.0, 1.66,
            treadmill_months=(11, 12, 1, 2, 3),
            sex="female",
        ),
        Person(
            "Rahul Sundarkumar",
            "Steady the whole year, and wears two watches on the long run of the week.",
            _MOOR, garmin(3_900_114_008), _STEADY, 4.00, 181, 51, 169.0, 67.0, 1.75,
            skips=0.03, second_watch=suunto(3_900_114_018),
            sex="male",
        ),
        Person(
            "Sakura Tanabe-Klee",
            "Works in Berlin, Japan and California: runs late in the evening, some of them over midnight.",
            _PARK, garmin(3_900_114_009),
            (Habit(MON, 23.4, E, 8.0), Habit(WED, 6.6, E, 7.0), Habit(THU, 23.5, E, 9.0), Habit(SAT, 18.5, L, 14.0)),
            3.95, 188, 50, 174.0, 54.0, 1.62,
            stays=(Stay(186, 162, _RIVER), Stay(50, 27, _COAST)),
            sex="female",
        ),
        Person(
            "Noor El-Amrani",
            "Began three weeks ago with runs and walks in turns: too little history for most figures.",
            _POLDER, phone(3_900_114_010),
            (Habit(MON, 19.2, Kind.RUN_WALK, 3.2), Habit(WED, 19.3, Kind.RUN_WALK, 3.4), Habit(SAT, 10.4, Kind.RUN_WALK, 4.0)),
            2.85, 195, 64, 162.0, 66.0, 1.68, file_format="gpx",
            volume=((-22, 0.0), (-21, 0.9), (0, 1.1)), skips=0.0, extras=(Extra(20, 10.2, Kind.RUN_WALK, 2.6),),
        ),
        Person(
            "Bronagh Ní Dhálaigh",
            "Regular until twelve days ago; nothing has arrived since.",
            _BAY, phone(3_900_114_011), _THREE, 3.80, 185, 53, 167.0, 63.0, 1.71, file_format="tcx",
            volume=((-12, 1.0), (-11, 0.0)), extras=(Extra(12, 18.5, E, 7.2),),
            sex="female",
        ),
        Person(
            "Tevita Halafonua",
            "Has been building for five weeks towards a spring marathon: about a tenth more each week.",
            _TEJO, phone(3_900_114_012), _FOUR, 3.90, 190, 55, 165.0, 82.0, 1.86, file_format="gpx",
            volume=((-35, 0.9), (0, 1.45)), rhythm=(1.0,), skips=0.04,
            sex="male", tells_effort=True,
        ),
    )  # fmt: skip


def squad(today: date, seed: int = SEED) -> list[SampleRunner]:
    """The sample squad as intake needs it: names, stories, zones, thresholds, injuries, missing days.

    Parameters
    ----------
    today : date
        The day the stories end.
    seed : int
        Taken so that squad and files are asked for alike; who they are does not depend on it.
    """
    del seed
    return [_runner(person, today) for person in people()]


def _runner(person: Person, today: date) -> SampleRunner:
    def day(days_ago: int) -> date:
        return today - timedelta(days=days_ago)

    since = day(SEASON_DAYS)
    limits = {
        "max_heart_rate_bpm": float(person.max_hr),
        "rest_heart_rate_bpm": float(person.rest_hr),
        "threshold_heart_rate_bpm": float(round(person.rest_hr + 0.86 * (person.max_hr - person.rest_hr))),
        "threshold_speed_mps": person.threshold_mps,
        "mass_kg": person.mass_kg,
        "height_m": person.height_m,
    }
    device = label(person.watch, person.file_format)
    if person.second_watch is not None:
        device += f" and {label(person.second_watch, person.file_format)}"
    return SampleRunner(
        name=person.name,
        squad=SQUAD_NAME,
        story=person.story,
        time_zone=person.home.zone,
        device=device,
        file_format=person.file_format,
        thresholds=tuple(Threshold(kind, value, since) for kind, value in limits.items()),
        sex=person.sex,
        tells_effort=person.tells_effort,
        injuries=tuple(
            SampleInjury(day(a.onset), None if a.returned is None else day(a.returned), a.area, a.side, a.note)
            for a in person.ailments
        ),
        unknown_days=tuple(UnknownDays(day(first), day(last), why) for first, last, why in person.without_watch),
    )
