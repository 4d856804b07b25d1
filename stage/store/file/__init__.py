"""The library as a file: opened, locked, one thread, its schema."""
