"""GarminDB's importer, file by file, for ``tests.bench.peers_import``; run by the Python of GarminDB's own environment.

Reads paths from standard input, one a line. For each it does what ``garmindb_cli.py --import`` does for an activity file:
fitfile decodes it, ``ActivityFitFileProcessor`` writes every record, lap, session and device to SQLite. Prints a line of
JSON a file: processor seconds, seconds, and what went wrong.
"""

import json
import logging
import sys
import tempfile
import time
from pathlib import Path

out, sys.stdout = sys.stdout, sys.stderr
logging.disable(logging.CRITICAL)

import fitfile  # noqa: E402
import idbutils  # noqa: E402
from garmindb import ActivityFitFileProcessor, PluginManager  # noqa: E402


def main() -> None:
    """Import what is asked for."""
    with tempfile.TemporaryDirectory() as home:
        plugins = Path(home, "plugins")
        plugins.mkdir()
        db = idbutils.DbParams(db_type="sqlite", db_path=home)
        processor = ActivityFitFileProcessor(db, PluginManager(str(plugins), db), 0)
        print(json.dumps({"ready": True}), file=out, flush=True)
        for line in sys.stdin:
            cpu, wall, fault = time.process_time(), time.perf_counter(), None
            try:
                processor.write_file(fitfile.file.File(line.strip(), fitfile.field_enums.DisplayMeasure.metric))
            except Exception as why:  # noqa: BLE001  whatever the peer raises, it did not import the file
                fault = repr(why)[:200]
            told = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "fault": fault}
            print(json.dumps(told), file=out, flush=True)


main()
