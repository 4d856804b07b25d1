"""The play: the pure domain. Lines, trees, personas, casts, scenes, prompts; no I/O at all."""
