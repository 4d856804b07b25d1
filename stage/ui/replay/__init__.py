"""A branch as it happened: where it stands, what is seen of it, its controls."""
