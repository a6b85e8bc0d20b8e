"""The command line: everything the import page does, and how the server, the worker and the sample squad start."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command; a refusal becomes a sentence and an exit code, never a traceback.

    Its libraries are loaded here: every process that reads files loads the script it was started by, and needs none of them.
    """
    from loadmon.cli import assigning, batches, commands, correcting, twins, watching  # noqa: F401  each brings its commands
    from loadmon.cli.app import main as run

    run()
