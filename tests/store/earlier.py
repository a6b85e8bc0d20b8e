"""Stores as earlier versions of loadmon left them: the same rows, without what came later."""

from __future__ import annotations

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Double, Engine, text

from loadmon.store.migrate import _foreign_keys_off
from loadmon.store.schema import FactsRow

LATER: dict[str, dict[str, tuple[str, ...]]] = {
    "0013": {},
    "0012": {"pain": ("out_s",), "plan_decision": ("onset_s",)},
    "0011": {"pain": ("told_by",), "check_in": ("told_by",)},
    "0010": {"finding": ("always",)},
    "0009": {"injury": ("mode", "mechanism", "contact", "episode", "setting", "tissue", "code", "reporter")},
    "0008": {},
    "0007": {},
    "0006": {"run_facts": ("exposure_reason",)},
    "0005": {
        "athlete": ("twins", "introduced_by"),
        "import_batch": ("request",),
        "file_report": ("told_by", "about"),
        "session": ("timeless",),
    },
    "0003": {
        "athlete": ("sex", "load_order"),
        "threshold": ("removed",),
        "session": ("effort_told",),
        "run_facts": (
            "median_vertical_ratio_pct", "weighted_power_w", "normalised_graded_mps", "graded_reason", "grade_known",
            "grade_reason", "grade_clamped", "decoupling_pct", "decoupling_reason",
        ),
    },
    "0002": {"session": ("title", "shoes", "effort")},
}  # fmt: skip
"""Columns that each migration added, newest migration first."""

TABLES = {
    "0013": ("plan_draft",),
    "0011": ("run_bouts",),
    "0009": ("plan_decision", "return_plan", "pain", "check_in", "injury_code"),
    "0008": ("assessment", "assessment_draft", "clinic_threshold"),
    "0007": ("risk_fit",),
    "0006": ("tissue_exposure", "finding"),
    "0005": ("waiting_file", "owner_clue", "twin_choice", "correction"),
    "0003": ("heart_rate_seconds",),
}
FACTS = {"0006": 5, "0005": 4, "0004": 4, "0003": 4, "0002": 3, "0001": 2}
"""The version of facts that a store of each revision held."""


def back_to(engine: Engine, revision: str) -> None:
    """Make the store one of an earlier revision, whatever it holds."""
    _times_must_be_told(engine)
    with engine.begin() as conn:
        conn.execute(text("UPDATE run_facts SET version = :version"), {"version": FACTS[revision]})
        for later in sorted((name for name in LATER if name > revision), reverse=True):
            for table in TABLES.get(later, ()):
                conn.execute(text(f"DROP TABLE {table}"))
            for table, columns in LATER[later].items():
                for column in columns:
                    conn.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        conn.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def _times_must_be_told(engine: Engine) -> None:
    """Until 0004 no session could be without its times."""
    with engine.connect() as conn, _foreign_keys_off(conn), conn.begin():
        change = Operations(MigrationContext.configure(conn))
        for table, options in (("session", {"sqlite_autoincrement": True}), ("run_facts", {})):
            with change.batch_alter_table(table, table_kwargs=options) as batch:
                for name in ("elapsed_s", "timer_s", "moving_s"):
                    batch.alter_column(name, existing_type=Double(), nullable=False)


def facts_columns(revision: str) -> set[str]:
    """Columns that the facts of a store of this revision have."""
    later = {name for after, tables in LATER.items() if after > revision for name in tables.get("run_facts", ())}
    return {column.name for column in FactsRow.__table__.columns} - later
