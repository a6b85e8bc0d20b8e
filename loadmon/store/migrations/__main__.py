"""Write the next migration from what the tables say now: ``python -m loadmon.store.migrations 'what changes'``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from loadmon.store.migrate import alembic_config
from loadmon.store.schema import REVISION


def write(message: str) -> None:
    """Compare a fresh store with the models and write the difference into ``versions``; then raise ``REVISION``."""
    from alembic import command
    from sqlalchemy import create_engine

    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'new.db'}")
        with engine.connect() as conn:
            config = alembic_config(conn)
            if any((Path(__file__).parent / "versions").glob("0*.py")):
                command.upgrade(config, "head")
            command.revision(config, message, autogenerate=True, rev_id=f"{_last() + 1:04d}")
        engine.dispose()
    sys.stdout.write(
        f"Now read it, set REVISION in loadmon/store/schema/base.py (it is {REVISION}), and run the tests.\n"
    )


def _last() -> int:
    names = [path.name[:4] for path in (Path(__file__).parent / "versions").glob("[0-9]*.py")]
    return max(map(int, names), default=0)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m loadmon.store.migrations 'what changes'")
    write(sys.argv[1])
