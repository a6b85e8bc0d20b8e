"""Settings: their order, their limits, and that the example file tells each of them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from loadmon.settings import Settings, UnusableSettings, read_settings
from tests.paths import ROOT

EXAMPLE = ROOT / "loadmon.example.toml"


def _file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("LOADMON_CONFIG", str(path))


def test_argument_before_environment_before_file_before_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_settings().port == 8501
    _file(tmp_path, monkeypatch, "port = 9001\naddress = '0.0.0.0'\n")
    assert read_settings().port == 9001
    monkeypatch.setenv("LOADMON_PORT", "9002")
    assert read_settings().port == 9002
    assert read_settings(port=9003).port == 9003
    assert read_settings().address == "0.0.0.0"


def test_the_database_is_the_file_in_the_home_unless_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().database is None
    monkeypatch.setenv("LOADMON_DATABASE_URL", "postgresql://u:s3cret@h/d")
    assert read_settings().database == "postgresql://u:s3cret@h/d"
    monkeypatch.setenv("LOADMON_DATABASE_URL", "")
    assert read_settings().database is None


def test_a_password_shows_neither_in_print_nor_in_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOADMON_DATABASE_URL", "postgresql://u:s3cret@h/d")
    assert "s3cret" not in repr(read_settings()) + str(read_settings().model_dump())
    with pytest.raises(UnusableSettings) as refused:
        read_settings(database_url=["s3cret"])
    assert "database_url" in str(refused.value)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("LOADMON_PORT", "70000"), ("LOADMON_WORKERS", "0"), ("LOADMON_SCHEDULER", "ray"), ("LOADMON_PORT", "http")],
)
def test_out_of_range_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UnusableSettings, match=name.removeprefix("LOADMON_").lower()):
        read_settings()


@pytest.mark.parametrize("text", ["prot = 80\n", "port = \n", "port = 'x'\n"])
def test_a_misspelt_or_broken_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    _file(tmp_path, monkeypatch, text)
    with pytest.raises(UnusableSettings):
        read_settings()


def test_a_named_file_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOADMON_CONFIG", str(tmp_path / "nowhere.toml"))
    with pytest.raises(UnusableSettings, match=r"nowhere\.toml"):
        read_settings()


def test_what_is_handed_to_a_child_process_reads_back_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = read_settings(
        home=tmp_path / "other", port=0, workers=3, start_worker=False, database_url="postgresql://u:p@h/d"
    )
    for name, value in mine.environment().items():
        monkeypatch.setenv(name, value)
    assert read_settings() == mine


def test_the_example_file_tells_every_setting_and_no_other() -> None:
    told = re.findall(r"^# (\w+) = ", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(told) == sorted(Settings.model_fields)


def test_the_example_file_can_be_used_when_every_line_is_switched_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = re.sub(r"^# (\w+ = )", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(tomllib.loads(text)) == set(Settings.model_fields)
    _file(tmp_path, monkeypatch, text)
    monkeypatch.delenv("LOADMON_HOME")
    settings = read_settings()
    for name in ("scheduler", "start_worker", "address", "port", "max_upload_mb"):
        assert getattr(settings, name) == Settings.model_fields[name].default, f"{name}: the example is not the default"


def test_hosts_are_parted_by_commas_and_are_names_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().hosts == ()
    monkeypatch.setenv("LOADMON_ALLOWED_HOSTS", "runners.example, club.example,")
    assert read_settings().hosts == ("runners.example", "club.example")
    monkeypatch.setenv("LOADMON_ALLOWED_HOSTS", "https://runners.example/")
    with pytest.raises(UnusableSettings, match="allowed_hosts"):
        read_settings()
