"""Sets loadmon up in this folder and runs it: ``python3 start.py demo`` or ``python3 start.py test``.

Needs Python 3.11 or later and nothing else: everything is installed into ``.venv`` beside this file, from the lock
file, the first time and whenever that file changes. The second time it starts at once. ``make demo`` and ``make test``
call it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "loadmon-installed.txt"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
USAGE = """python3 start.py demo       the app with the sample squad in it (more: --help after it)
python3 start.py serve      the app with your own data
python3 start.py test       every check and test; arguments after it go to pytest
python3 start.py install    only install into .venv"""


def main(arguments: list[str]) -> int:
    """Do what the first argument says; the exit code of it."""
    os.chdir(str(ROOT))
    what = arguments[0] if arguments else ""
    if what == "install":
        install(tests=False)
        return 0
    if what in ("demo", "serve"):
        install(tests=False)
        return become([str(PYTHON), "-m", "loadmon", *arguments])
    if what == "test":
        install(tests=True)
        return test(arguments[1:])
    print(USAGE)
    return 0 if what in ("", "-h", "--help") else 2


# Installing


def install(tests: bool) -> None:
    """Make ``.venv`` hold what the lock file says, unless it does already."""
    wanted = fingerprint()
    have = STAMP.read_text().split() if STAMP.is_file() and PYTHON.exists() else []
    if wanted in have and (not tests or "test" in have):
        return
    began = time.monotonic()
    say("Installing into .venv (once; a minute or so, more on a slow line)")
    uv = shutil.which("uv")
    extra = ["--extra", "test", "--extra", "postgres"] if tests else []
    if not environment_works():
        make_environment(uv)
    if uv is None:
        # uv comes as an ordinary package and installs exactly what the lock file says; pip alone does not read it.
        pip("install", "--quiet", "--upgrade", "pip", "uv")
        own = BIN / ("uv.exe" if os.name == "nt" else "uv")
        uv = str(own) if own.exists() else None
    if uv is None or not sync(uv, extra):
        say("uv could not install the locked versions; pip takes the newest that fit")
        pip("install", "--quiet", "--editable", ".[test,postgres]" if tests else ".")
    if sys.dont_write_bytecode:
        # Who forbids Python to keep what it compiled has every process compile half a million lines: three times slower.
        say("Compiling once, since PYTHONDONTWRITEBYTECODE is set")
        run([str(PYTHON), "-m", "compileall", "-q", "-j", "0", str(VENV), "loadmon"], quiet=True)
    keep = "test" if tests or (wanted in have and "test" in have) else "app"
    STAMP.write_text(f"{wanted} {keep}\n")
    say(f"Installed in {time.monotonic() - began:.0f} s")


def fingerprint() -> str:
    """Changes when what has to be installed changes."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "uv.lock"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()[:20]


def sync(uv: str, extra: list[str]) -> bool:
    """Let uv install the locked versions into ``.venv``, whatever other environment the caller is in."""
    mine = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    mine.update(UV_PROJECT_ENVIRONMENT=str(VENV), UV_PYTHON=str(PYTHON))
    command = [uv, "sync", "--frozen", "--inexact", "--quiet", *extra]
    if run(command, mine, quiet=True) == 0:
        return True
    # Behind a company's proxy only the system knows whom to trust; on a bare machine only uv does. So: the other one.
    mine.update(UV_SYSTEM_CERTS="1", UV_NATIVE_TLS="1")
    return run(command, mine) == 0


def environment_works() -> bool:
    """True if ``.venv`` is there, starts, and is new enough."""
    return PYTHON.exists() and version_of(str(PYTHON)) >= OLDEST


def make_environment(uv: str | None) -> None:
    """Make an empty ``.venv`` with the newest suitable Python."""
    python = suitable_python()
    if uv is not None:
        wish = python or ">=3.11"  # uv fetches a Python where the machine has none that fits
        if run([uv, "venv", "--quiet", "--clear", "--python", wish, str(VENV)]) == 0:
            return
    if python is None:
        stop(
            "loadmon needs Python 3.11 or later; this is %d.%d." % sys.version_info[:2],
            "Install a newer one (Debian 12, Ubuntu 24.04: apt install python3 python3-venv), or uv, which brings its own.",
        )
    if run([python, "-m", "venv", "--clear", str(VENV)], quiet=True) == 0:
        return
    # Debian and Ubuntu keep half of venv in a package of its own.
    version = "%d.%d" % version_of(python)
    package = f"python{version}-venv"
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Python's venv is incomplete here: installing {package}")
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        run(["apt-get", "update", "-qq"], quiet, quiet=True)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package], quiet, quiet=True)
        if run([python, "-m", "venv", "--clear", str(VENV)], quiet=True) == 0:
            return
    say("Python's venv comes without pip here: fetching pip from bootstrap.pypa.io")
    if run([python, "-m", "venv", "--clear", "--without-pip", str(VENV)]) == 0 and fetch_pip():
        return
    stop("No working virtual environment could be made.", f"Run: sudo apt-get install {package}   and start again.")


def fetch_pip() -> bool:
    """Bring pip into an environment without it, the way its authors describe."""
    script = VENV / "get-pip.py"
    try:
        with urllib.request.urlopen("https://bootstrap.pypa.io/get-pip.py", timeout=60) as answer:
            script.write_bytes(answer.read())
    except OSError as error:
        say(f"  that did not work: {error}")
        return False
    return run([str(PYTHON), str(script), "--quiet"]) == 0


def suitable_python() -> str | None:
    """This Python if it is new enough, else the newest on the path that starts and is."""
    if sys.version_info[:2] >= OLDEST:
        return sys.executable
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found and version_of(found) >= OLDEST:
            return found
    return None


def version_of(python: str) -> tuple[int, int]:
    """A Python's version, or (0, 0) if it does not start."""
    try:
        answer = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        ).stdout
        major, minor = answer.split()
    except (OSError, ValueError, subprocess.CalledProcessError):
        return (0, 0)
    return int(major), int(minor)


def pip(*arguments: str) -> None:
    """Run the environment's pip; stop with its own message if it fails."""
    if run([str(PYTHON), "-m", "pip", "--version"], quiet=True) != 0:
        run([str(PYTHON), "-m", "ensurepip", "--upgrade"], quiet=True)
    if run([str(PYTHON), "-m", "pip", "--disable-pip-version-check", *arguments]) != 0:
        stop("pip could not install what loadmon needs; its message is above.", "Check the network and start again.")


# Testing


def test(arguments: list[str]) -> int:
    """Every check, then every test; 0 if all are well. pytest comes last, so that its summary closes the output."""
    say("Looking for a browser")
    found = subprocess.run([str(PYTHON), "tests/browser/chromium.py"], stdout=subprocess.PIPE, check=False)
    browser = found.stdout.decode().strip()
    if found.returncode == 0:
        os.environ["LOADMON_TEST_BROWSER"] = browser
        say(f"  {browser}")
    checks = {
        "style": ["-m", "ruff", "check", "--quiet", "."],
        "format": ["-m", "ruff", "format", "--quiet", "--check", "."],
        "layers": ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
        "types": ["-m", "mypy"],
    }
    failed = [name for name, command in checks.items() if not check(name, command)]
    if failed:
        say("Failed so far: " + ", ".join(failed))
    say("Tests")
    workers = str(min(4, max(2, os.cpu_count() or 2)))
    code = run([str(PYTHON), "-m", "pytest", "-n", workers, "--dist", "worksteal", "-q", *arguments])
    if failed:
        say("Failed beside the tests: " + ", ".join(failed))
    return code or (1 if failed else 0)


def check(name: str, command: list[str]) -> bool:
    """Run one check; show its output only if it fails."""
    began = time.monotonic()
    done = subprocess.run([str(PYTHON), *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    passed = done.returncode == 0
    say(f"{name}: {'well' if passed else 'FAILED'} ({time.monotonic() - began:.0f} s)")
    if not passed:
        sys.stdout.buffer.write(done.stdout)
        sys.stdout.flush()
    return passed


# Running


def run(command: list[str], environment: dict[str, str] | None = None, quiet: bool = False) -> int:
    """Run a command and wait; its exit code, 127 if there is no such program."""
    silent = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.call(command, env=environment, stdout=silent, stderr=silent)
    except OSError:
        return 127


def become(command: list[str]) -> int:
    """Run a command in this one's place, so that Ctrl+C and stop signals reach it."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 0


def say(text: str) -> None:
    """One line of progress."""
    print("== " + text, flush=True)


def stop(what: str, advice: str) -> NoReturn:
    """End with a sentence and what to do about it."""
    print(f"{what}\n{advice}", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
