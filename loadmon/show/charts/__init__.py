"""Charts as Vega-Lite descriptions: each built once with Altair, then given a small table at every look."""
