"""Recorded requests and responses for tests: `sparkbot.testing.recorded`."""
