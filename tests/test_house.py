"""The house rules that no linter knows: how files are called, who may import what, and that everything is explained."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from loadmon.server import menu
from tests.paths import ROOT

PACKAGE = ROOT / "loadmon"
PAGES = ROOT / "pages"
DOOR = ROOT / "app.py"
NOT_PART = {".venv", ".git", "build", "dist", "node_modules"}
TEST_ONLY = {
    "defusedxml",
    "fitdecode",
    "garmin_fit_sdk",
    "gpxpy",
    "hypothesis",
    "playwright",
    "pytest",
    "tcxreader",
}
LOADED_BY_NAME = {
    "tzdata": "zoneinfo reads it where the system has no time zones (Windows)",
}


def _sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if not NOT_PART & set(path.relative_to(ROOT).parts))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in the file, by its full dotted name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _roots(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in _imports(path)}


def test_there_is_something_to_look_at() -> None:
    assert len(_sources(PACKAGE)) > 20
    assert len(_sources(PAGES)) == len(menu.places())


@pytest.mark.parametrize("folder", [PACKAGE, PAGES, ROOT / "tests"], ids=lambda path: path.name)
def test_no_file_is_a_drawer_for_odds_and_ends(folder: Path) -> None:
    odd = re.compile(r"utils?|helpers?|common|misc|managers?|stuff")
    named = [_name(path) for path in _sources(folder) if any(odd.fullmatch(part) for part in path.stem.split("_"))]
    assert not named, "call it by the noun or verb it is about"


@pytest.mark.parametrize("path", _sources(PAGES), ids=_name)
def test_a_page_holds_layout_and_words_only(path: Path) -> None:
    not_here = {"sqlalchemy", "numpy", "sklearn", "scipy", "statsmodels", "pyarrow", "alembic", "ruptures"}
    assert not not_here & _roots(path)


@pytest.mark.parametrize("path", _sources(PACKAGE), ids=_name)
def test_only_show_and_server_know_of_streamlit(path: Path) -> None:
    if path.relative_to(PACKAGE).parts[0] not in {"show", "server"}:
        assert "streamlit" not in _roots(path)


@pytest.mark.parametrize("path", [*_sources(PACKAGE), *_sources(PAGES), DOOR], ids=_name)
def test_the_product_does_not_need_what_only_tests_need(path: Path) -> None:
    assert not (TEST_ONLY | {"tests"}) & _roots(path)


@pytest.mark.parametrize("path", _sources(PACKAGE), ids=_name)
def test_everything_public_is_explained(path: Path) -> None:
    if "migrations/versions" in _name(path):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [] if ast.get_docstring(tree) else ["the file"]
    for owner in [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]:
        if isinstance(owner, ast.ClassDef) and owner.name.startswith("_"):
            continue
        for node in owner.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith(
                "_"
            ):
                overload = any("overload" in ast.dump(mark) for mark in node.decorator_list)
                if not overload and not ast.get_docstring(node):
                    bare.append(node.name)
    assert not bare, f"without a docstring: {', '.join(bare)}"


def test_no_test_is_red_because_the_machine_is_busy() -> None:
    """What work may cost in time is told by ``tests.bench.budgets``; a test may wait for something, never measure it."""
    timed = re.compile(
        r"\b(process|thread)_time\b|\btimeit\b|assert\b.*\b(began|begun|spent|monotonic|perf_counter)\b.*<"
    )
    tests = [path for path in _sources(ROOT / "tests") if "bench" not in path.parts and path != Path(__file__)]
    lines = [(path, line) for path in tests for line in path.read_text(encoding="utf-8").splitlines()]
    assert not [f"{_name(path)}: {line.strip()}" for path, line in lines if timed.search(line)]


def test_every_page_is_on_the_menu_and_the_menu_has_no_other() -> None:
    assert sorted(path.name for path in _sources(PAGES)) == sorted(place.file for place in menu.places())
    addresses = [place.address for place in menu.places()]
    assert len(addresses) == len(set(addresses))


def test_no_pages_folder_lies_beside_the_main_script() -> None:
    """Streamlit would serve its files by themselves, past the shell and every check in it."""
    assert not (PACKAGE / "server" / "pages").exists()


def test_the_door_is_written_so_that_streamlit_finds_it() -> None:
    from streamlit.web.server.app_discovery import discover_asgi_app

    found = discover_asgi_app(DOOR)
    assert found.is_asgi_app
    assert found.import_string == "app:app"


def test_every_dependency_is_used_and_nothing_else_is() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=\[ ]", line)[0].lower().replace("_", "-") for line in project["dependencies"]}
    brought_by: dict[str, set[str]] = {}
    for module, packages in importlib.metadata.packages_distributions().items():
        brought_by[module] = {package.lower().replace("_", "-") for package in packages}
    modules = set().union(*(_roots(path) for path in [*_sources(PACKAGE), *_sources(PAGES), DOOR]))
    modules -= {"loadmon", "__future__", *sys.stdlib_module_names}
    optional = {"distributed", "psycopg"}
    undeclared = {module for module in modules - optional if not brought_by.get(module, set()) & declared}
    assert not undeclared, "imported but not among the dependencies"
    used = set().union(*(brought_by.get(module, set()) for module in modules)) | set(LOADED_BY_NAME)
    assert not declared - used, "among the dependencies but not imported: drop it"


def test_the_guide_says_why_each_dependency_is_here() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    told = {
        name.strip("` ")
        for row in re.findall(r"^\| (`[^|]+`) \|", guide, flags=re.MULTILINE)
        for name in row.split(",")
    }
    assert {re.split(r"[<>=\[]", line)[0] for line in lines} == told


@pytest.mark.parametrize("name", ["pyproject.toml", "uv.lock", "README.md", "CONTRIBUTING.md", ".ci/run", "start.py"])
def test_nothing_of_one_machine_is_written_down(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"file://|(?<![\w.~])/(root|home|opt|tmp|srv)/|localhost:\d+/simple", text)
