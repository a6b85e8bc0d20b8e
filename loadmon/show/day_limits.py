"""The days that a field takes: so many that none is out of reach. Knows nothing of Streamlit.

What lies beyond a field's limits is never sent: the field shows a note of its own, and the day that stood before stays. Without
limits it has some too, ten years to both sides. So the fields take every day, and what is told decides which one can be.
"""

from __future__ import annotations

from datetime import date

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
