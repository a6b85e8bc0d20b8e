"""FitTrackee's import of a workout file, file by file, for ``tests.bench.peers_import``; run by its own environment's Python.

Reads paths from standard input, one a line; DATABASE_TEST_URL names an empty PostgreSQL with PostGIS, as FitTrackee needs.
For each file it calls ``WorkoutsFromFileCreationService.create_workout_from_file``, which is what an upload calls: decode,
points, segments, records, the original's copy, commit. Weather is off, and the map image, which needs the network, is left
out: FitTrackee does less here than for its users. Prints a line of JSON a file: processor seconds of this process (the
database server's are not in it), seconds, and what went wrong.
"""

import io
import json
import logging
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

out, sys.stdout = sys.stdout, sys.stderr
scratch = tempfile.TemporaryDirectory()
os.environ |= {"APP_SETTINGS": "fittrackee.config.TestingConfig", "UPLOAD_FOLDER": scratch.name, "UI_URL": "http://x"}

from fittrackee import create_app, db  # noqa: E402
from sqlalchemy import text  # noqa: E402

logging.disable(logging.CRITICAL)


def main() -> None:
    """Import what is asked for."""
    app = create_app(init_email=False)
    with app.app_context():
        from fittrackee.application.utils import get_or_init_config, update_app_config_from_database
        from fittrackee.users.models import User
        from fittrackee.workouts.models import Sport
        from fittrackee.workouts.services.workout_from_file.base_workout_with_segment_service import (
            BaseWorkoutWithSegmentsCreationService as Base,
        )
        from fittrackee.workouts.services.workouts_from_file_creation_service import WorkoutsFromFileCreationService

        with db.engine.begin() as conn:
            conn.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
        db.create_all()
        update_app_config_from_database(app, get_or_init_config())
        user = User(username="bench", email="bench@example.com", password="12345678")
        user.is_active, user.accepted_policy_date, user.timezone = True, datetime.now(UTC), "Europe/Berlin"
        sport = Sport(label="Running")
        db.session.add_all([user, sport])
        db.session.commit()
        Base.generate_map_image = classmethod(lambda cls, map_filepath, coordinates: None)
        Base.get_map_hash = classmethod(lambda cls, map_filepath: os.urandom(16).hex())
        print(json.dumps({"ready": True}), file=out, flush=True)
        for line in sys.stdin:
            data = io.BytesIO(Path(line.strip()).read_bytes())
            cpu, wall, fault = time.process_time(), time.perf_counter(), None
            try:
                service = WorkoutsFromFileCreationService(user, {"sport_id": sport.id}, None)
                service.create_workout_from_file("fit", None, data, get_weather=False)
            except Exception as why:  # noqa: BLE001  whatever the peer raises, it did not import the file
                fault = repr(why)[:300]
            told = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "fault": fault}
            print(json.dumps(told), file=out, flush=True)
        db.session.remove()


main()
