"""The archive: one SQLite file that is the truth."""
