"""``python -m loadmon`` is the same as the command ``loadmon``."""

from loadmon.cli import main

if __name__ == "__main__":
    main()
