"""What happened to a play: the log of events, undo, the past, the bin."""
