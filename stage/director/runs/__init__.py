"""Runs: takes asked for together, waiting, going on, or found again in the log."""
