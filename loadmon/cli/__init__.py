"""The command line: everything the import page does, and how the server, the worker and the sample squad start."""

from loadmon.cli import batches, commands, twins
from loadmon.cli.app import app, main

__all__ = ["app", "batches", "commands", "main", "twins"]
