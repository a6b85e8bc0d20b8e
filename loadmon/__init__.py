"""loadmon reads the files runners' watches write and tells what load they carry and what changed."""

__version__ = "0.1.0"
