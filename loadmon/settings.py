"""The settings a person may change: where the data live, on which port, how many processes may work."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from loadmon.refusal import Refusal

PREFIX = "LOADMON_"
FILE_NAME = "loadmon.toml"
FILE_VARIABLE = "LOADMON_CONFIG"
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  compared with, not listened on
"""Addresses that mean every address of this machine."""


class UnusableSettings(Refusal):
    """A setting is misspelt, out of range or unreadable."""

    name = "unusable settings"


def _processors() -> int:
    """Processors this process may use; on a shared machine fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Settings(BaseSettings):
    """Everything that can be set, each by argument, by environment variable or in ``loadmon.toml``, in that order.

    Parameters
    ----------
    home : Path
        Folder for the database and the kept originals. ``LOADMON_HOME``; by default the system's data folder.
    database_url : SecretStr | None
        SQLAlchemy address of another database than the file in ``home``. Secret, as it may hold a password.
    workers : int
        Processes that read files at the same time.
    scheduler : str
        ``processes`` (this machine), ``serial`` (in the worker itself: a file that crashes its reader ends the import), or
        the address of a Dask scheduler, ``tcp://host:8786`` or ``tls://host:8786``.
    start_worker : bool
        True if the server starts the import worker itself; False where one runs beside it.
    address, port : str, int
        Where the server listens; 127.0.0.1 is reachable from this machine only.
    allowed_hosts : str
        Names, parted by commas, under which people reach the server where these are not its address
        (``runners.example``); under any other name it does not answer.
    max_upload_mb : int
        Largest single file or archive taken from the browser, megabytes.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("loadmon", appauthor=False))
    database_url: SecretStr | None = None
    workers: int = Field(default_factory=_processors, ge=1, le=256)
    scheduler: str = Field(default="processes", pattern=r"^(processes|serial|(tcp|tls)://[^\s/]+:\d{1,5})$")
    start_worker: bool = True
    address: str = "127.0.0.1"
    port: int = Field(default=8501, ge=0, le=65535)
    allowed_hosts: str = Field(default="", pattern=r"^[A-Za-z0-9._:\[\], -]*$")
    max_upload_mb: int = Field(default=500, ge=1, le=20_000)

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("database_url", mode="before")
    @classmethod
    def _empty_is_none(cls, url: Any) -> Any:
        return None if url == "" else url

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names of ``allowed_hosts``, one by one."""
        return tuple(name.strip() for name in self.allowed_hosts.split(",") if name.strip())

    @property
    def database(self) -> str | None:
        """Address of another database than the file in ``home``, with its password: never print or log it."""
        return None if self.database_url is None else self.database_url.get_secret_value()

    def environment(self) -> dict[str, str]:
        """The same settings as environment variables, for a process started from this one."""
        values = self.model_dump(exclude={"database_url"})
        found = {PREFIX + name.upper(): str(value) for name, value in values.items()}
        if self.database_url is not None:
            found[PREFIX + "DATABASE_URL"] = self.database_url.get_secret_value()
        return found

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the files."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=settings_files())


def settings_files() -> list[Path]:
    """Files that settings are read from, the later over the earlier; ``LOADMON_CONFIG`` names one instead."""
    named = os.environ.get(FILE_VARIABLE)
    if named:
        return [Path(named)]
    return [user_config_path("loadmon", appauthor=False) / FILE_NAME, Path(FILE_NAME).absolute()]


def read_settings(**given: Any) -> Settings:
    """The settings in force, with ``given`` over everything else.

    Raises
    ------
    UnusableSettings
        If a value is out of range, a name is not known, or the file named by ``LOADMON_CONFIG`` is not there.
    """
    named = os.environ.get(FILE_VARIABLE)
    try:
        if named and not Path(named).is_file():
            raise UnusableSettings(
                f"The settings file {named} is not there.", f"Correct or remove {FILE_VARIABLE} in the environment."
            )
        return Settings(**given)
    except ValidationError as error:
        # Never the value itself: it may be an address with a password.
        problems = "; ".join(f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors())
        raise UnusableSettings(
            f"A setting cannot be used ({problems}).", "loadmon.example.toml lists every setting and what it may be."
        ) from None
    except (ValueError, OSError) as error:
        raise UnusableSettings(
            f"A settings file cannot be read: {error}.", "Compare it with loadmon.example.toml."
        ) from None
