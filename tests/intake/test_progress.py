"""Rate and time left."""

from __future__ import annotations

from loadmon.intake.progress import Pace, Progress


def test_time_left_follows_the_rate_of_late() -> None:
    p = Progress("Reading", done=30, total=100, files_per_second=3.5)
    assert p.seconds_left == 20.0
    assert p.sentence() == "Reading: 30 of 100 files, 4 a second, about 20 s left"


def test_nothing_is_promised_before_anything_is_known() -> None:
    p = Progress("Reading", done=0, total=100)
    assert p.seconds_left is None
    assert p.sentence() == "Reading: 0 of 100 files"


def test_while_the_total_is_not_known_there_is_no_share() -> None:
    p = Progress("Making files")
    assert p.share == 0.0
    assert p.sentence() == "Making files"


def test_start_up_does_not_count_as_reading() -> None:
    pace = Pace()
    assert pace.note(0.0, 0) is None
    assert pace.note(12.0, 0) is None
    assert pace.note(14.0, 20) == 10.0


def test_the_rate_is_that_of_the_last_seconds() -> None:
    pace = Pace()
    pace.note(0.0, 0)
    for second in range(1, 61):
        rate = pace.note(float(second), second if second <= 30 else 30 + (second - 30) * 5)
    assert rate is not None
    assert 4.5 < rate < 5.5


def test_slow_files_are_told_as_seconds_each() -> None:
    assert "one every 4 s" in Progress("Reading", 1, 3, 0.25).sentence()
