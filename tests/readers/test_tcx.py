"""TCX files made for one trap each."""

from __future__ import annotations

import pytest

from loadmon.readers import read
from loadmon.refusal import DamagedFile, NoActivity, NoTimes, UnsafeContent
from loadmon.session import Sport
from tests.readers.made_xml import START, activity, stamp, tcx


def names(session) -> set[str]:
    return {o.name for o in session.oddities}


def test_a_run_with_laps_and_extensions() -> None:
    (session,) = read(tcx(activity(n=120)).encode(), "run.tcx")
    stream = session.stream
    assert session.sport is Sport.RUN
    assert names(session) == set()
    assert session.start == START
    assert stream["cadence_spm"].tolist() == [168.0] * 120
    assert stream["speed_mps"].tolist() == [3.0] * 120
    assert stream["power_w"].tolist() == [240.0] * 120
    assert stream["distance_m"].iloc[-1] == pytest.approx(357.0)
    assert session.laps["distance_m"].tolist() == [180.0, 180.0]
    assert session.laps["mean_cadence_spm"].tolist() == [168.0, 168.0]
    assert session.totals.timer_s == 120.0
    assert session.totals.max_heart_rate_bpm == 160.0
    assert (session.device.product, session.device.software) == ("Made Watch", "4.20")
    assert len(session.device.serial_hash or "") == 16
    assert "123456789" not in repr(session.device)


def test_treadmill_points_without_positions_are_kept() -> None:
    (session,) = read(tcx(activity(position=False)).encode(), "treadmill.tcx")
    assert len(session.stream) == 60
    assert session.stream["lat_deg"].isna().all()
    assert session.stream["distance_m"].iloc[-1] == pytest.approx(177.0)


def test_times_without_a_zone_are_told() -> None:
    (session,) = read(tcx(activity(n=120)).replace("Z</Time>", "</Time>").encode(), "a.tcx")
    assert names(session) == {"times without zone"}
    assert session.start == START


def test_leading_blanks_and_a_byte_order_mark() -> None:
    text = tcx(activity())
    assert len(read(b"          " + text.encode(), "strava.tcx")[0].stream) == 60
    assert len(read(b"\xef\xbb\xbf  " + text.encode(), "bom.tcx")[0].stream) == 60


def test_any_namespace_prefix_will_do() -> None:
    text = tcx(activity()).replace("ns3:", "ns2:").replace("xmlns:ns3", "xmlns:ns2")
    text = text.replace("<TrainingCenterDatabase xmlns=", "<t:TrainingCenterDatabase xmlns:t=").replace(
        "</TrainingCenterDatabase>", "</t:TrainingCenterDatabase>"
    )
    (session,) = read(text.encode(), "a.tcx")
    assert session.stream["cadence_spm"].tolist() == [168.0] * 60


def test_several_activities_are_several_sessions() -> None:
    later = activity(sport="Biking").replace("T17:", "T19:")
    run, ride = read(tcx(activity(), later).encode(), "a.tcx")
    assert (run.sport, ride.sport) == (Sport.RUN, Sport.RIDE)
    assert ride.stream["cadence_spm"].isna().all()


def test_other_is_told_and_is_not_running() -> None:
    assert read(tcx(activity(sport="Other")).encode(), "a.tcx")[0].sport is Sport.OTHER
    session = read(tcx(activity()).replace(' Sport="Running"', "").encode(), "a.tcx")[0]
    assert session.sport is Sport.UNKNOWN
    assert "sport not told" in names(session)


def test_no_points_and_no_times() -> None:
    with pytest.raises(NoActivity):
        read(tcx().encode(), "a.tcx")
    text = tcx(activity())
    for i in range(60):
        text = text.replace(f"<Time>{stamp(i)}</Time>", "")
    with pytest.raises(NoTimes):
        read(text.encode(), "a.tcx")


def test_broken_and_hostile_xml() -> None:
    text = tcx(activity())
    (session,) = read(text[: len(text) // 2].encode(), "a.tcx")
    assert "truncated" in names(session)
    assert len(session.stream) == text[: len(text) // 2].count("</Trackpoint>")
    with pytest.raises(DamagedFile, match="line"):
        read(text[: text.index("<Trackpoint")].encode(), "a.tcx")
    with pytest.raises(UnsafeContent, match="entities"):
        read(
            text.replace("<Activities>", "<Activities>", 1)
            .replace("<TrainingCenterDatabase", '<!DOCTYPE x [<!ENTITY a "b">]><TrainingCenterDatabase', 1)
            .encode(),
            "a.tcx",
        )


def test_a_distance_that_starts_anew_in_every_lap_is_added_up() -> None:
    text = tcx(activity(n=60))
    for i in range(30, 60):
        text = text.replace(
            f"<DistanceMeters>{3.0 * i:.2f}</DistanceMeters><HeartRate",
            f"<DistanceMeters>{3.0 * (i - 30):.2f}</DistanceMeters><HeartRate",
        )
    (session,) = read(text.encode(), "a.tcx")
    assert "distance restarts" in names(session)
    assert session.stream["distance_m"].iloc[-1] == pytest.approx(87.0 + 87.0)
