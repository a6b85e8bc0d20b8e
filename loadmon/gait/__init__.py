"""Gait: how it was run, compared with the runner's own earlier self at one common pace."""
