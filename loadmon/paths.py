"""Where the door, the pages, Streamlit's settings and the data lie, in a working copy or in an installed package."""

from __future__ import annotations

from pathlib import Path

from loadmon.refusal import NotFound

PACKAGE = Path(__file__).resolve().parent


def app_root() -> Path:
    """The folder that holds ``app.py``, ``pages/`` and ``.streamlit/config.toml``.

    Raises
    ------
    NotFound
        If the installation is incomplete.
    """
    for root in (PACKAGE / "_app", PACKAGE.parent):
        if (root / "app.py").is_file() and (root / "pages").is_dir():
            return root
    raise NotFound("The pages of loadmon are missing from this installation.", "Install it again.")


def data_file(*parts: str) -> Path:
    """One of the files that ship with loadmon in ``data/``: knowledge and coefficients, each with its sources.

    Raises
    ------
    NotFound
        If the installation is incomplete.
    """
    for root in (PACKAGE / "_app", PACKAGE.parent):
        path = root.joinpath("data", *parts)
        if path.is_file():
            return path
    raise NotFound(f"{'/'.join(parts)} is missing from this installation.", "Install loadmon again.")


def import_root() -> Path:
    """The folder from which ``import loadmon`` finds this very package, for processes started from this one."""
    return PACKAGE.parent


def page_file(name: str) -> Path:
    """One page by its file's name, as ``st.switch_page`` and ``st.page_link`` want it.

    In full, because they look for a short path beside the main script, where no page may lie.
    """
    return app_root() / "pages" / name
