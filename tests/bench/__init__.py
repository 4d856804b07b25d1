"""Performance claims, each a ratio measured in one run. `python -m tests.bench [NAME ...]`."""
