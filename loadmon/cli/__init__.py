"""The command line: everything the import page does, and how the server, the worker and the sample squad start."""

from __future__ import annotations

import atexit
import gc

__all__ = ["main"]


_OBJECTS_A_LOOK = 20_000
"""New objects after which Python looks for garbage."""


def main() -> None:
    """Run the command; a refusal becomes a sentence and an exit code, never a traceback.

    Its libraries are loaded here: every process that reads files loads the script it was started by, and needs none of them.
    """
    # Garbage is looked for less often while libraries load, and not at all once the command is over: at its end Python
    # would go through everything they hold, several times, for nearly a second.
    gc.set_threshold(_OBJECTS_A_LOOK)
    atexit.register(gc.freeze)
    from loadmon.cli import assigning, batches, commands, correcting, risk, twins, watching  # noqa: F401  each brings its commands
    from loadmon.cli.app import main as run

    run()
