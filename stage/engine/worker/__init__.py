"""Inside a worker: one process, one model, its loop."""
