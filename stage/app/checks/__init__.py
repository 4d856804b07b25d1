"""Checks of the machine Stage is about to run on. Standard library only: they run first."""
