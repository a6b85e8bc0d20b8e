"""Who reads what is written down: said honestly, wherever somebody is about to write. Knows nothing of Streamlit."""

from __future__ import annotations

WHO_READS = "Whoever can open this page can read it: there is no sign-in yet."
"""Pages look with everybody's eyes: that coaches read no notes is a rule of the store, which holds once there is a sign-in."""
