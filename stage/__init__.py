"""Stage: local language-model personas in dialogue, offline."""

__version__ = "0.1.0"
