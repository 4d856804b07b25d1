"""Work cut up or put off so that the window never waits, and the probe that tells."""
