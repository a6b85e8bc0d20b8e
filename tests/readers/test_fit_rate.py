"""What the measurement of speed does with a file, on made ones: a reader that fails would be measured as nothing."""

from __future__ import annotations

import pytest

from loadmon.readers.fit_records import fit_records
from tests.bench import fit_rate
from tests.readers import made_fit


def test_every_way_of_reading_that_is_measured_reads() -> None:
    run = made_fit.run(400)
    timed = fit_rate._measure([run], 1)
    assert all(spent > 0 for spent in (*timed.ours, *timed.everything))
    assert timed.fitparse[0] is not None
    assert timed.fitparse_everything[0] is not None
    assert len(fit_records(fit_rate._lengthened(run))) > 40_000


def test_a_ratio_that_is_not_reached_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    timed = fit_rate.Timed([0.01], [0.01], [1.0], [3.0], [0.05], [1000])
    fit_rate._tell("made", timed, 200.0)
    told = capsys.readouterr().out.splitlines()
    assert [line.rpartition("; ")[2] for line in told[-3:]] == [
        "wanted 200 x: NOT met", "wanted 200 x: met", "wanted 2 x: met",
    ]  # fmt: skip
