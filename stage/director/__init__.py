"""The director: everything a user can ask for, as plain async Python."""
