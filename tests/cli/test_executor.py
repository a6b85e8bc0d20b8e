"""Where commands read files: in processes of their own also on one core, unless asked otherwise."""

from __future__ import annotations

import pytest

from loadmon.cli.app import executor_of
from loadmon.settings import UnusableSettings, read_settings


@pytest.mark.parametrize(
    ("scheduler", "workers", "where"),
    [
        ("processes", 4, "process://4"),
        ("processes", 1, "process://1"),
        ("serial", 4, "serial://"),
        ("tcp://10.0.0.5:8786", 4, "tcp://10.0.0.5:8786"),
        ("tls://[::1]:8786", 4, "tls://[::1]:8786"),
    ],
)
def test_one_core_is_no_reason_to_share_a_process_with_bad_files(scheduler: str, workers: int, where: str) -> None:
    assert executor_of(read_settings(scheduler=scheduler, workers=workers)) == where


@pytest.mark.parametrize("scheduler", ["tcp://host", "http://host:1", "tcp://a b:1", "tcp://host:1/x", "dask", ""])
def test_what_is_no_scheduler_is_refused_before_anything_begins(scheduler: str) -> None:
    with pytest.raises(UnusableSettings, match="scheduler"):
        read_settings(scheduler=scheduler)
