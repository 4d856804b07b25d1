"""The window: its frame, its edges and the panes between them."""
