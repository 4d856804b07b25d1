"""A turn: who speaks, the takes, what models begin for others."""
