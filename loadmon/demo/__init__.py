"""The sample squad: twelve made-up runners over nine months, as genuine watch files from a stated seed."""

from loadmon.demo.bundle import SampleFile, files, write_folder, write_zip
from loadmon.demo.people import SampleInjury, SampleRunner, UnknownDays
from loadmon.demo.season import SEASON_DAYS, story_day
from loadmon.demo.squad import SEED, SQUAD_NAME, squad

__all__ = [
    "SEASON_DAYS",
    "SEED",
    "SQUAD_NAME",
    "SampleFile",
    "SampleInjury",
    "SampleRunner",
    "UnknownDays",
    "files",
    "squad",
    "story_day",
    "write_folder",
    "write_zip",
]
