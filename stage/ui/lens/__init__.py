"""Tokens and their numbers: scored, coloured, looked at, on lanes and on any text."""
