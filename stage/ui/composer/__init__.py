"""Below the lanes: one's own words, who speaks next, how full the context is."""
