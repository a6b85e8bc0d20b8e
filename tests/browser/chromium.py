"""Finds a Chrome or Chromium for the browser tests, or brings one: ``python tests/browser/chromium.py`` prints its path.

Uses the standard library only, as it also runs while the machine is being set up.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
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
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if Path(path).is_file():
        yield path


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
    """A browser that works, installed if need be; None if the machine lets none in."""
    found = find()
    if found:
        return found
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    steps = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if root and shutil.which("apt-get"):
        # Playwright's download comes without the system's libraries; Debian's package brings its own.
        # Ubuntu's package of that name is only a stub, so there the libraries are what helps.
        steps.append(["apt-get", "update", "-qq"])
        steps.append(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"])
        steps.append([sys.executable, "-m", "playwright", "install-deps", "chromium"])
    for step in steps:
        say("no browser yet: " + " ".join(step))
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        try:
            done = subprocess.run(
                step, env=quiet, check=False, capture_output=True, text=True, timeout=900, stdin=subprocess.DEVNULL
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            say(f"  that did not work: {error}")
            continue
        if done.returncode:
            last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no message"]
            say(f"  that did not work: {last[0]}")
        elif step[1] != "update":
            found = find()
            if found:
                return found
    return None


def say(text: str) -> None:
    """Progress goes to the error stream: the answer alone goes to the other."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    browser = bring()
    if browser is None:
        say("No browser could be installed. Install Google Chrome or Chromium and run this again.")
        sys.exit(1)
    print(browser)
