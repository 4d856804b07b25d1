"""Dialogs: they ask and say; what is done about it is decided elsewhere."""
