"""Measures: pure functions of a branch. The room is laid, later issues furnish it."""
