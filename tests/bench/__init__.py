"""Benchmarks: ratios against a peer in the same run. They print; the test suite never waits for a clock."""
