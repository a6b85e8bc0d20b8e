"""The server around the pages: the shell, health, what runs while it runs, and how it is started."""
