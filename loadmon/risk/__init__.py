"""Risk: the chance of a new injury in the next 7 days, with its range, its drivers, its record and its audit. Pure."""
