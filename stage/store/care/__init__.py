"""Whether a library is sound, its backups, and what is done when it is not."""
