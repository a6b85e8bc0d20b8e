"""Tissue: what each run did to ten tissues of the leg, told against the runner's own running. Pure functions."""
