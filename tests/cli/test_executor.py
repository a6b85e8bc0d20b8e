"""Where commands read files: in processes of their own also on one core, unless asked otherwise."""

from __future__ import annotations

import pytest

from loadmon.cli.app import executor_of
from loadmon.settings import read_settings


@pytest.mark.parametrize(
    ("scheduler", "workers", "where"),
    [("processes", 4, "process://4"), ("processes", 1, "process://1"), ("serial", 4, "serial://")],
)
def test_one_core_is_no_reason_to_share_a_process_with_bad_files(scheduler: str, workers: int, where: str) -> None:
    assert executor_of(read_settings(scheduler=scheduler, workers=workers)) == where
