"""Load: how much was run, against what was usual. Pure functions, tables in and tables out."""
