"""From files to stored sessions: whose each file is, what became of it, and why."""
