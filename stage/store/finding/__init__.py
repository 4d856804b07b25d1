"""Search: the index, what is typed, what is found."""
