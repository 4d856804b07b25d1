"""Below the lanes: who speaks next, one's own words, how full the context is."""
