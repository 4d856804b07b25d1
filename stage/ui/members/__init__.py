"""The parts of the cast view: one member looked at from four sides."""
