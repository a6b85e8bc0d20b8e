"""Finds a Chrome or Chromium for the browser tests, or brings one: ``python tests/browser/chromium.py`` prints its path.

Uses the standard library only, as it also runs while the machine is being set up.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
"""No sandbox: tests often run as root in a container, and open only our own pages. The rest keeps it from calling home."""

NAMES = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome", "msedge")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
VARIABLE = "LOADMON_TEST_BROWSER"


def candidates() -> Iterator[str]:
    """Programs that may be a browser, the surest first."""
    if os.environ.get(VARIABLE):
        yield os.environ[VARIABLE]
    for name in NAMES:
        found = shutil.which(name)
        if found:
            yield found
    yield from (path for path in APPLICATIONS if Path(path).is_file())
    yield from playwrights_own()


def playwrights_own() -> Iterator[str]:
    """The browser that ``playwright install chromium`` brought, if it did."""
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    status, path = answer_of([sys.executable, "-c", code])
    if status == 0 and Path(path).is_file():
        yield path


def driver_works() -> bool:
    """True if Playwright itself starts: it brings a Node.js that needs a library a bare Debian does not have."""
    return answer_of([sys.executable, "-m", "playwright", "--version"])[0] == 0


def works(path: str) -> bool:
    """True if the program shows a page: a name on the path may be a stub that asks for a store to be installed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [path, *FLAGS, f"--user-data-dir={profile}", "--dump-dom", "data:text/html,<p>loadmon</p>"]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
    return "<p>loadmon</p>" in done.stdout


def find() -> str | None:
    """The first browser that works, or None."""
    return next((path for path in candidates() if works(path)), None)


def bring() -> str | None:
    """A browser that works and a Playwright to drive it, installed if need be; None if the machine lets none in."""
    apt = shutil.which("apt-get") if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    if not driver_works() and not (apt and apt_install(apt, "libatomic1") and driver_works()):
        say("Playwright does not start here (on Debian and Ubuntu: apt-get install libatomic1).")
        return None
    found = find()
    # Playwright's download comes without the system's libraries. Debian's package brings its own; Ubuntu's package of
    # that name is only a stub, so there the libraries are what helps.
    ways: list[Callable[[], bool]] = [lambda: attempt([sys.executable, "-m", "playwright", "install", "chromium"])]
    if apt:
        ways.append(lambda: apt_install(apt, "chromium", "fonts-dejavu-core"))
        ways.append(lambda: attempt([sys.executable, "-m", "playwright", "install-deps", "chromium"]))
    for way in ways:
        if found:
            break
        if way():
            found = find()
    return found


def apt_install(apt: str, *packages: str) -> bool:
    """Install packages of the system; True if that worked."""
    return attempt([apt, "update", "-qq"]) and attempt(
        [apt, "install", "-y", "-qq", "--no-install-recommends", *packages]
    )


def attempt(command: list[str]) -> bool:
    """Run one step of setting up, told to the person; True if it worked."""
    say("  " + " ".join(command))
    status, last = answer_of(command)
    if status:
        say(f"  that did not work: {last}")
    return status == 0


def answer_of(command: list[str]) -> tuple[int, str]:
    """A command's exit code and its last line, or the first that tells of an error; 127 if it could not be run."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, env=environment, check=False, capture_output=True, text=True, timeout=900, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return 127, str(error)
    lines = (done.stdout if done.returncode == 0 else done.stderr + done.stdout).strip().splitlines() or [""]
    telling = [line.strip() for line in lines if done.returncode and re.search(r"\b(error|E:)", line, re.IGNORECASE)]
    return done.returncode, telling[0] if telling else lines[-1]


def say(text: str) -> None:
    """Progress goes to the error stream: the answer alone goes to the other."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    browser = bring()
    if browser is None:
        say("There is no browser for the tests. Install Google Chrome or Chromium and run this again.")
        sys.exit(1)
    print(browser)
