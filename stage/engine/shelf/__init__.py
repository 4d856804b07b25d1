"""Model files that are not loaded: found, read, judged, weighed."""
