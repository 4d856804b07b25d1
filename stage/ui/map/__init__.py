"""The map of a whole play: laid out, painted and walked; no registry."""
